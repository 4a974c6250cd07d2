"""The named graphs of a store as text, beside it: a view needs many whole graphs, and reading
them from the store one quad at a time takes longer than all else.

A zip file with a member for each graph, named by its IRI: its triples as sorted N-Triples.
"""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

NAME = "graphs.zip"
Lines = dict[str, list[str]]  # by the IRI of a graph, "" for the default one


def by_graph(quads: Iterable[Quad]) -> Lines:
    """Quads as sorted lines of N-Triples, each once."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        found[graph].add(f"{quad.subject} {quad.predicate} {quad.object} .\n")
    return {graph: sorted(lines) for graph, lines in sorted(found.items())}


def nquads(graphs: Lines) -> bytes:
    """The lines of all graphs as N-Quads."""
    return b"".join(
        in_graph("".join(lines).encode(), f"<{graph}>".encode() if graph else b"")
        for graph, lines in graphs.items()
    )


def in_graph(ntriples: bytes, graph: bytes) -> bytes:
    """N-Triples as N-Quads of a graph ("<...>"); no literal holds the end of a line."""
    return ntriples.replace(b" .\n", b" %s .\n" % graph)


def write(graphs: Lines, place: Path) -> None:
    """Write the named graphs; the same bytes for the same lines."""
    with zipfile.ZipFile(place / NAME, "w") as archive:
        for graph in filter(None, graphs):
            member = zipfile.ZipInfo(graph)  # of no particular day
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, "".join(graphs[graph]), compresslevel=1)


class Graphs:
    """The triples of each named graph as N-Triples, from the text beside a store if it has one.

    Args:
        store: the store.
        place: the folder of the store's generation; None for a store in memory.
    """

    def __init__(self, store: Store, place: Path | None) -> None:
        self._store = store
        packed = place / NAME if place else None
        self._archive = zipfile.ZipFile(packed) if packed and packed.exists() else None

    def lines(self, graph: str) -> list[bytes]:
        """The triples of a graph, a line each with its end; none if there is no such graph."""
        if self._archive is None:
            dumped = self._store.dump(format=RdfFormat.N_TRIPLES, from_graph=NamedNode(graph))
            return (dumped or b"").splitlines(keepends=True)
        try:
            return self._archive.read(graph).splitlines(keepends=True)
        except KeyError:
            return []
