"""A network as other programs draw it: places, colours, shapes and sizes as on its page."""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from typing import Any, NamedTuple

import networkx as nx

from kg.layout import Place
from kg.pages.drawing import SMALL
from kg.pages.drawing import nodes as drawn
from kg.pages.spacing import LINE, zoom

Ends = tuple[str, str, str]  # of an edge, with its key
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
        bend: where it turns, so that parallel edges are told apart; None for a straight one.
    """

    source: str
    target: str
    key: str
    predicate: str
    label: str
    says: str
    references: list[str]
    bend: Place | None

    @property
    def caption(self) -> str:
        """What is written at it: what it says, or else the relation."""
        return self.says or self.label


class Placed(NamedTuple):
    """A network to be drawn.

    Attributes:
        nodes, edges: the place of an edge in the list is its number.
        scale: how many times larger lines and captions are drawn than they are seen when all
            of it fits a window, where captions of a small network then do not touch.
    """

    nodes: list[Node]
    edges: list[Edge]
    scale: float

    @property
    def font(self) -> float:
        """The height of captions, in pixels."""
        return round(FONT * self.scale, 1)


def placed(network: nx.MultiDiGraph, centre: str = "") -> Placed:
    """Place a network; its texts lose the characters that no XML file can hold.

    Args:
        network: as :func:`kg.network.network` returns it.
        centre: the node that it is around, which is drawn larger; "" if none.
    """
    nodes = [_node(item, network.nodes[item["id"]]) for item in drawn(network, centre)]
    bends = _bends(network, {node.id: (node.x, node.y) for node in nodes})
    edges = [_edge(ends, network.edges[ends], bends.get(ends)) for ends in network.edges(keys=True)]
    scale = zoom((node.x, node.y) for node in nodes) if len(nodes) <= SMALL else 1.0
    return Placed(nodes, edges, round(scale, 2))


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


def _edge(ends: Ends, data: dict[str, str], bend: Place | None) -> Edge:
    source, target, key = ends
    return Edge(
        source=_plain(source),
        target=_plain(target),
        key=_plain(key),
        predicate=_plain(data["predicate"]),
        label=_plain(data["label"]),
        says=_plain(data["says"]),
        references=_plain(data["references"]).split(),
        bend=bend,
    )


def _bends(network: nx.MultiDiGraph, places: dict[str, Place]) -> dict[Ends, Place]:
    """Turning points side by side, across the middle of what parallel edges join."""
    parallel: dict[tuple[str, str], list[Ends]] = defaultdict(list)
    for source, target, key in network.edges(keys=True):
        parallel[min(source, target), max(source, target)].append((source, target, key))
    found = {}
    for (one, other), edges in parallel.items():
        (x, y), (to_x, to_y) = places[one], places[other]
        step = min(0.12, 0.8 / len(edges))
        for number, edge in enumerate(edges):
            aside = (number - (len(edges) - 1) / 2) * step
            if aside:
                across = (to_y - y) * aside, (x - to_x) * aside
                middle = (x + to_x) / 2, (y + to_y) / 2
                found[edge] = (round(middle[0] + across[0], 1), round(middle[1] + across[1], 1))
    return found


def _plain(text: str) -> str:
    return _NOT_XML.sub("", text)
