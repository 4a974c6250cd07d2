"""The named graphs of a store as text, beside it: a view needs many whole graphs, and reading
them from the store one quad at a time takes longer than all else.

A zip file with a member for each graph, named by its IRI: its triples as sorted N-Triples.
"""

from __future__ import annotations

import zipfile
import zlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, Store

from kg.errors import DamagedStore

if TYPE_CHECKING:
    from kg.dataset.lines import Lines

NAME = "graphs.zip"


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
        self._packed = place / NAME if place and (place / NAME).exists() else None

    def text(self, graph: str) -> bytes:
        """The triples of a graph, a line each, sorted; nothing if there is no such graph.

        Raises:
            DamagedStore: the text is not what was written: each member has a checksum.
        """
        if self._packed is None:
            dumped = self._store.dump(format=RdfFormat.N_TRIPLES, from_graph=NamedNode(graph))
            return b"".join(sorted((dumped or b"").splitlines(keepends=True)))
        try:
            return self._archive.read(graph)
        except KeyError:
            return b""
        except (zipfile.BadZipFile, zlib.error) as error:
            raise DamagedStore(f"{self._packed}: {error}: build the store again") from None

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        assert self._packed
        return zipfile.ZipFile(self._packed)
