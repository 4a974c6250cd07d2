"""Pages that a person opens in a browser: self-contained, offline, and safe from their data."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import networkx as nx

from kg.rows import Rows

__all__ = ["Graph", "write_network"]


class Graph(Protocol):
    """What a page needs of a graph."""

    def select(self, sparql: str) -> Rows:
        """The rows of a SELECT."""

    def find(self, name: str, prefixes: tuple[str, ...] = ()) -> str:
        """The IRI of the entity of a name."""

    def network(self, entity: str = "", depth: int = 1) -> nx.MultiDiGraph:
        """The network around an entity, or all of it."""


def write_network(graph: Graph, path: Path, name: str = "", depth: int = 1) -> list[Path]:
    """Write one page of the network around an entity, everything inside the one file.

    Args:
        graph: where the network is from.
        path: the file.
        name: any name of the entity; "" for the whole graph.
        depth: steps around the entity.

    Raises:
        UnknownName, AmbiguousName: the name is not that of one entity.
        OutputError: the file cannot be written.
    """
    from kg.pages.data import knowledge
    from kg.pages.page import Page, render
    from kg.pages.words import around, whole
    from kg.serialization import save
    from kg.vocabulary import curie

    network = graph.network(name, depth)
    centre = curie(graph.find(name)) if name else ""
    title, summary = around(network, centre, depth) if centre else whole()
    page = Page(network, title, summary, centre)
    return save(path, render(page, knowledge(graph.select)).encode())
