"""Networks around entities as pages; a large one is cut down to what is nearest."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from urllib.parse import quote

import networkx as nx

from kg.errors import BadParameter
from kg.graph import KnowledgeGraph
from kg.pages.data import Knowledge, notes, properties
from kg.pages.href import Href
from kg.pages.library import Library
from kg.pages.page import Page, content, render
from kg.pages.words import around, whole

_DEEPEST = 3
_MOST = 1500  # nodes; more take long to place and tell less


class Networks:
    """The networks of a graph as pages.

    Args:
        library: that of the graph.
        href: where pages are.
    """

    def __init__(self, graph: KnowledgeGraph, library: Library, href: Href) -> None:
        self._graph, self._library, self._href = graph, library, href
        _load_layouts()

    def page(self, entity: str, given: Mapping[str, str]) -> str:
        """The HTML of the network around an entity, or of the whole graph.

        Args:
            entity: short id; "" for the whole graph.
            given: ``depth``, in steps.

        Raises:
            BadParameter: the depth is none, or networks do not show the entity.
        """
        text = given.get("depth") or "1"
        if not text.isdecimal() or not 1 <= int(text) <= _DEEPEST:
            raise BadParameter(f"the depth of a network is 1 to {_DEEPEST} steps, not {text!r}")
        depth = int(text)
        network = self._graph.network(entity, depth)
        while entity and depth > 1 and len(network) > _MOST:
            depth -= 1
            network = self._graph.network(entity, depth)
        title, summary = around(network, entity, depth) if entity else whole()
        if self._graph.described:
            summary = f"{summary} Knowledge {self._graph.described}."
        if depth < int(text):
            summary = f"{summary} More than {depth} steps around it would be too much to see."
        return render(*self._shown(network, title, summary, entity), "/assets")

    def neighbours(self, entity: str) -> bytes:
        """What is next to an entity, as JSON that its page takes in.

        Raises:
            BadParameter: networks do not show the entity.
        """
        network = self._graph.network(entity)
        page, known = self._shown(network, "", "", entity)
        return json.dumps(content(page, known)).encode()

    def _shown(
        self, network: nx.MultiDiGraph, title: str, summary: str, entity: str
    ) -> tuple[Page, Knowledge]:
        """A page and what it tells, read for what it shows alone."""
        nodes, select = set(network), self._graph.select
        known = Knowledge(
            self._library.identifiers,
            properties(select, nodes),
            notes(select, nodes),
            self._library.references,
        )
        pages = {node: self._href(node) for node in nodes}
        more = self._href("neighbours:{id}").replace(quote("{id}"), "{id}")
        return Page(network, title, summary, entity, pages, more, self._href("home")), known


def _load_layouts() -> None:
    """Import igraph without matplotlib: that takes a second, for plots that pages have not."""
    if "igraph" not in sys.modules and "matplotlib" not in sys.modules:
        sys.modules["matplotlib"] = None  # type: ignore[assignment]  # an import fails
        try:
            import igraph  # noqa: F401
        finally:
            del sys.modules["matplotlib"]
