"""A network as other programs draw it: places, colours, shapes and sizes as on its page."""

from __future__ import annotations

import re
import textwrap
from typing import Any, NamedTuple

import networkx as nx

from kg.pages.drawing import SMALL
from kg.pages.drawing import nodes as drawn
from kg.pages.spacing import LINE, zoom

MOST = 80  # characters of a caption that are drawn
FONT = 10.0
# XML 1.0, production 2: no escape brings any other character into a file.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Node(NamedTuple):
    """A node and how it is drawn.

    Attributes:
        id: short form of its IRI.
        label: its whole name.
        caption: what is written at it, of a trial the acronym or number; not all of a long name.
        x, y: pixels, ``y`` downwards.
        radius: pixels.
        colour: ``#rrggbb``.
        shape: one of those of :mod:`kg.pages.palette`.
        type, iri, definition, synonyms: as in the network.
    """

    id: str
    label: str
    caption: str
    x: float
    y: float
    radius: float
    colour: str
    shape: str
    type: str
    iri: str
    definition: str
    synonyms: list[str]

    @property
    def rgb(self) -> tuple[int, int, int]:
        """The colour as red, green and blue, from 0 to 255."""
        red, green, blue = bytes.fromhex(self.colour.removeprefix("#"))
        return red, green, blue

    @property
    def lines(self) -> list[str]:
        """The caption, wrapped."""
        return textwrap.wrap(self.caption, LINE) or [""]


class Edge(NamedTuple):
    """An edge; of parallel edges each has a ``key`` of its own.

    Attributes:
        key: predicate and what it says; ``predicate``: short form of its IRI.
        label: the predicate as words.
        says: what it says beyond that ("approval US 2017-08-17").
        references: short forms of the references that state it.
    """

    source: str
    target: str
    key: str
    predicate: str
    label: str
    says: str
    references: list[str]

    @property
    def caption(self) -> str:
        """What is written at it: what it says, or else the relation."""
        return self.says or self.label


class Placed(NamedTuple):
    """A network to be drawn.

    Attributes:
        nodes, edges: the place of an edge in the list is its number.
        font: height of captions in pixels; those of a small network can be read, without
            touching each other, when all of it fits a window.
    """

    nodes: list[Node]
    edges: list[Edge]
    font: float


def placed(network: nx.MultiDiGraph, centre: str = "") -> Placed:
    """Place a network; its texts lose the characters that no XML file can hold.

    Args:
        network: as :func:`kg.network.network` returns it.
        centre: the node that it is around, which is drawn larger; "" if none.
    """
    nodes = [_node(item, network.nodes[item["id"]]) for item in drawn(network, centre)]
    edges = [
        _edge(source, target, key, data)
        for source, target, key, data in network.edges(keys=True, data=True)
    ]
    larger = zoom((node.x, node.y) for node in nodes) if len(nodes) <= SMALL else 1.0
    return Placed(nodes, edges, round(FONT * larger, 1))


def _node(item: dict[str, Any], data: dict[str, str]) -> Node:
    label = _plain(data["label"])
    return Node(
        id=_plain(item["id"]),
        label=label,
        caption=_plain(item.get("short", label))[:MOST],
        x=float(item["x"]),
        y=float(item["y"]),
        radius=float(item["size"]),
        colour=item["color"],
        shape=item["shape"],
        type=_plain(data["type"]),
        iri=_plain(data["iri"]),
        definition=_plain(data["definition"]),
        synonyms=sorted(filter(None, _plain(data["synonyms"]).split(" | "))),
    )


def _edge(source: str, target: str, key: str, data: dict[str, str]) -> Edge:
    return Edge(
        source=_plain(source),
        target=_plain(target),
        key=_plain(key),
        predicate=_plain(data["predicate"]),
        label=_plain(data["label"]),
        says=_plain(data["says"]),
        references=_plain(data["references"]).split(),
    )


def _plain(text: str) -> str:
    return _NOT_XML.sub("", text)
