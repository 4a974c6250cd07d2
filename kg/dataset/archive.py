"""The quads of a store as text beside it, by what they stand by: what views are made of.

A zip file of blocks, N-Quads of some groups (:mod:`.supports`) one after the other, and an
index of the groups in the same order: those that could be known first come first.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat, Store

from kg.dataset.lines import DEFAULT
from kg.dataset.supports import Groups, Support, Terms, groups
from kg.errors import DamagedStore

NAME = "graphs.zip"
_INDEX = "index.json"
_BLOCK = 1_000_000  # bytes, at least


class Group(NamedTuple):
    """Quads that stand by the same.

    Attributes:
        terms: what they stand by.
        quads: how many.
        size: bytes of their N-Quads.
        block: which block of the archive holds them, after those before them in it.
    """

    terms: Terms
    quads: int
    size: int
    block: int


class Archive:
    """The quads of a dataset, in groups.

    Attributes:
        groups: in order.
        replacing: what each reference stands by that replaces another one.
    """

    def __init__(
        self, groups: list[Group], replacing: dict[str, Terms], block: Callable[[int], bytes]
    ) -> None:
        self.groups, self.replacing, self._block = groups, replacing, block

    def text(self, chosen: Callable[[Group], bool]) -> Iterator[bytes]:
        """The N-Quads of the groups that are chosen, a block at a time."""
        for number, members in groupby(self.groups, key=lambda group: group.block):
            wanted = [(group, chosen(group)) for group in members]
            if not any(yes for _, yes in wanted):
                continue
            block, start, parts = memoryview(self._block(number)), 0, []
            for group, yes in wanted:
                if yes:
                    parts.append(block[start : start + group.size])
                start += group.size
            yield b"".join(parts)


def write(found: Groups, place: Path) -> None:
    """Write an archive into the folder of a generation; the same bytes for the same groups."""
    with zipfile.ZipFile(place / NAME, "w") as packed:
        index = []
        for number, members in enumerate(_blocks(found)):
            index += [(terms, len(lines), size, number) for terms, lines, size in members]
            text = "".join(line for _, lines, _ in members for line in lines)
            _add(packed, str(number), text)
        _add(packed, _INDEX, json.dumps([index, found.replacing]))


def _blocks(found: Groups) -> Iterator[list[tuple[Terms, list[str], int]]]:
    block, held = [], 0
    for terms in sorted(found.quads, key=lambda terms: (_first(terms), terms)):
        lines = sorted(found.quads[terms])
        size = sum(len(line.encode()) for line in lines)
        block.append((terms, lines, size))
        held += size
        if held > _BLOCK:
            yield block
            block, held = [], 0
    if block:
        yield block


def _first(terms: Terms) -> str:
    return min((support.known for support in terms), default="~")  # after all days


def _add(packed: zipfile.ZipFile, name: str, text: str) -> None:
    member = zipfile.ZipInfo(name)  # of no particular day
    member.compress_type = zipfile.ZIP_DEFLATED
    packed.writestr(member, text, compresslevel=1)


def read(place: Path) -> Archive:
    """The archive in the folder of a generation.

    Raises:
        DamagedStore: now or when text is read, it is missing or not what was written.
    """
    file = place / NAME
    with _whole(file):
        packed = zipfile.ZipFile(file)
        index, replacing = json.loads(packed.read(_INDEX))

    def block(number: int) -> bytes:
        with _whole(file):
            return packed.read(str(number))

    listed = [Group(_terms(terms), *numbers) for terms, *numbers in index]
    return Archive(listed, {name: _terms(terms) for name, terms in replacing.items()}, block)


@contextmanager
def _whole(file: Path) -> Iterator[None]:
    """What reads a file, each member of which has a checksum."""
    try:
        yield
    except (OSError, zipfile.BadZipFile, zlib.error, KeyError, ValueError) as error:
        raise DamagedStore(f"{file}: {error}: build the store again") from None


def _terms(listed: list[tuple[str, str, int, list[str]]]) -> Terms:
    return tuple(Support(known, until, kinds, tuple(rest)) for known, until, kinds, rest in listed)


def of_store(store: Store) -> Archive:
    """The same of a store that has none beside it."""
    lines = {graph.value: _dumped(store, graph) for graph in store.named_graphs()}
    found = groups({DEFAULT: _dumped(store, DefaultGraph()), **lines})
    texts = ["".join(lines).encode() for lines in found.quads.values()]
    listed = [
        Group(terms, len(found.quads[terms]), len(texts[number]), number)
        for number, terms in enumerate(found.quads)
    ]
    return Archive(listed, found.replacing, texts.__getitem__)


def _dumped(store: Store, graph: NamedNode | BlankNode | DefaultGraph) -> list[str]:
    text = store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph)
    return [f"{line}\n" for line in (text or b"").decode().split("\n") if line]
