"""The dataset as it could be known on a date, about a date, or without some references.

There are two clocks: when something happened, and when it could be known.

* **as of** a day: what could be known then. References issued on or before the day, and
  events until it; an announced event is not there before its day.
* **on** a day: what is known today about that day. All references, and events until it:
  a decision of 2003 that only a paper of 2010 tells of is there on 2005, and not as of 2005.
* **as of** one day **on** an earlier one: what could be known on the first about the second.
  The other way round is a contradiction: nothing was known then of what came later.

A question with a parameter ``on`` answers about a day by itself (``kg ask status``).

A view is a choice of references: their graphs, merged anew, and the descriptions of
what they mention. What nobody had written about by then is not even listed.
Names and definitions have no dates: a brand given later stands beside an old fact.
What the curators looked for is known from the day until which they looked.

Views are made of text, a line of N-Triples a triple, which is several times faster than
quads one by one. Terms are as they stand there: ``<...>``, ``"..."^^<...>``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from pyoxigraph import NamedNode, Store

from kg.dataset.archive import Graphs
from kg.dataset.lines import SUPER, in_graph
from kg.dataset.loading import Loading
from kg.errors import BadParameter, Mismatch
from kg.vocabulary import PREFIXES, dcterms, lkg, rdf, rdfs, skos

Line = bytes  # one triple of N-Triples, with its end
KINDS = {"press": lkg.PressArticle, "abstract": lkg.Abstract}
WITHOUT = (*KINDS, "recalled")  # the last is a mark on claims, not a kind of reference
_CLAIM = f"<{PREFIXES['claim']}".encode()
_ENDS = re.compile(rb"^(<[^>]*>) <[^>]*> (<[^>]*>)?", re.MULTILINE)


def _term(node: NamedNode) -> bytes:
    return str(node).encode()


_SUPER = {_term(narrow): _term(broad) for narrow, broad in SUPER.items()}
_FOLLOWED = {_term(each) for each in (rdfs.subClassOf, skos.broader, dcterms.publisher, lkg.about)}


def agree(as_of: date | None, on: date | None, without: Iterable[str] = ()) -> None:
    """Refuse to ask what could be known on a day about a later one, and unknown kinds.

    Raises:
        BadParameter: the day asked about is after the day of the knowledge, or a kind of
            evidence that is left out is none.
    """
    if as_of and on and on > as_of:
        raise Mismatch(
            f"on {on}, as of {as_of}: what could be known on a day says nothing of a later one; "
            "leave one of the two out"
        )
    if unknown := set(without) - set(WITHOUT):
        raise BadParameter(f"--without {min(unknown)}: it takes {', '.join(WITHOUT)}")


def view(
    store: Store,
    as_of: date | None = None,
    without: Iterable[str] = (),
    on: date | None = None,
    place: Path | None = None,
) -> Store:
    """A new store in memory that holds only part of what another one knows.

    Args:
        store: the whole dataset.
        as_of: keep references issued on or before this day, and events until it.
        without: kinds to leave out: "press", "abstract", or "recalled" (claims that the
            curator could not see in their source).
        on: keep events until this day.
        place: the folder of the generation that the store was opened from, if it is on disk.

    Raises:
        BadParameter: an unknown kind, or days that contradict each other.
    """
    kinds = set(without)
    agree(as_of, on, kinds)
    graphs = Graphs(store, place)
    described = _Described(graphs.text(lkg.descriptions.value).splitlines(keepends=True))
    references = described.issued(as_of) - {
        each for kind in kinds & KINDS.keys() for each in described.of(KINDS[kind])
    }
    until = min(filter(None, (as_of, on)), default=None)
    stated: dict[bytes, bytes] = {}
    with Loading() as loading:
        for reference in sorted(references):
            every = graphs.text(reference[1:-1].decode())
            kept = _kept(every, until, "recalled" in kinds)
            if kept or not every:
                stated[reference] = kept
                loading.add(in_graph(kept, reference))
        listed = described.of(lkg.Measure) + described.looked_at(as_of)
        descriptions = b"".join(described.mentioned(stated, listed))
        loading.add(in_graph(descriptions, _term(lkg.descriptions)))
        loading.add(descriptions)
        for reference, text in stated.items():
            if stated.keys().isdisjoint(described.values(reference, lkg.supersededBy)):
                loading.add(_without_claims(text))
    return loading.store


def _kept(text: bytes, until: date | None, drop_recalled: bool) -> bytes:
    """What a reference says, less events after a day and, if asked, recalled claims."""
    gone: set[bytes] = set()
    triples: set[Line] = set()
    if until is not None:
        gone |= {s for s, p, o in _split(text, lkg.date) if _lexical(o) > until.isoformat()}
    if drop_recalled:
        recalled = {s for s, _, o in _split(text, lkg.checked) if _lexical(o) == "recalled"}
        gone |= recalled
        triples = _claimed(text, recalled)
    if not gone:
        return text
    return b"".join(
        line
        for line in text.splitlines(keepends=True)
        if line.split(b" ", 1)[0] not in gone and line not in triples
    )


def _without_claims(text: bytes) -> bytes:
    """Sorted lines without those of claim nodes, which stand together."""
    first = text.find(_CLAIM)
    if first < 0:
        return text
    last = text.find(b"\n", text.rfind(b"\n" + _CLAIM) + 1)
    return text[:first] + text[last + 1 :]


def _claimed(text: bytes, claims: set[bytes]) -> set[Line]:
    """The triples that some claim nodes of a graph are about."""
    parts: dict[bytes, dict[bytes, bytes]] = defaultdict(dict)
    for subject, predicate, value in map(_parts, text.splitlines(keepends=True)):
        if subject in claims:
            parts[subject][predicate] = value
    found: set[Line] = set()
    for part in parts.values():
        subject, predicate, value = (
            part.get(_term(each), b"") for each in (rdf.subject, rdf.predicate, rdf.object)
        )
        implied = _SUPER.get(predicate, predicate)
        found |= {b"%s %s %s .\n" % (subject, each, value) for each in (predicate, implied)}
    return found


class _Described:
    """What is said of each entity in the graph of descriptions."""

    def __init__(self, lines: list[Line]) -> None:
        self._of: dict[bytes, list[tuple[bytes, bytes, Line]]] = defaultdict(list)
        self._by: dict[bytes, list[tuple[bytes, bytes]]] = defaultdict(list)
        for line in lines:
            entity, predicate, value = _parts(line)
            self._of[entity].append((predicate, value, line))
            self._by[predicate].append((entity, value))

    def of(self, kind: NamedNode) -> list[bytes]:
        """The entities of a class."""
        wanted = _term(kind)
        return [entity for entity, value in self._by[_term(rdf.type)] if value == wanted]

    def values(self, entity: bytes, predicate: NamedNode) -> list[bytes]:
        """What an entity has by a predicate."""
        wanted = _term(predicate)
        return [value for found, value, _ in self._of.get(entity, ()) if found == wanted]

    def issued(self, as_of: date | None) -> set[bytes]:
        """The references that could be known on a day."""
        dated = self._by[_term(dcterms.issued)]
        return {s for s, day in dated if as_of is None or _lexical(day) <= as_of.isoformat()}

    def looked_at(self, as_of: date | None) -> list[bytes]:
        """The areas that the curators had looked at by a day."""
        return [
            area
            for area in self.of(lkg.Coverage)
            if as_of is None
            or all(_lexical(day) <= as_of.isoformat() for day in self.values(area, lkg.until))
        ]

    def mentioned(self, stated: dict[bytes, bytes], listed: Iterable[bytes]) -> Iterator[Line]:
        """Of all that is mentioned, its ancestors, and the conflicts that remain.

        Args:
            stated: what each reference says; references are described too.
            listed: entities that are described whether anything mentions them or not.
        """
        ends = [pair for text in stated.values() for pair in _ENDS.findall(text)]
        nodes = {subject for subject, _ in ends}
        todo = [*stated, *nodes, *{value for _, value in ends}, *listed]
        todo += [
            conflict
            for conflict in self.of(lkg.Conflict)
            if nodes.issuperset(self.values(conflict, lkg.between))
        ]
        done: set[bytes] = set()
        replaced = _term(lkg.supersededBy)
        while todo:
            if (entity := todo.pop()) in done:
                continue
            done.add(entity)
            for predicate, value, line in self._of.get(entity, ()):
                if predicate == replaced and value not in stated:
                    continue
                yield line
                if predicate in _FOLLOWED:
                    todo.append(value)


def _parts(line: Line) -> tuple[bytes, bytes, bytes]:
    subject, predicate, rest = line.split(b" ", 2)
    return subject, predicate, rest.rstrip(b"\n").removesuffix(b" .")


def _split(text: bytes, predicate: NamedNode) -> Iterator[tuple[bytes, bytes, bytes]]:
    """The parts of the lines with a predicate."""
    between = b" %s " % _term(predicate)
    if between not in text:
        return
    for line in text.splitlines(keepends=True):
        if between in line and (parts := _parts(line))[1] == between[1:-1]:
            yield parts


def _lexical(literal: bytes) -> str:
    return literal.split(b'"')[1].decode()
