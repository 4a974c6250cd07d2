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
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.dataset.quads import DEFAULT, SUPER, is_claim_node
from kg.errors import BadParameter
from kg.vocabulary import dcterms, lkg, rdf, rdfs, skos

KINDS = {"press": lkg.PressArticle, "abstract": lkg.Abstract}
WITHOUT = (*KINDS, "recalled")  # the last is a mark on claims, not a kind of reference


class _Described(dict[Any, list[Quad]]):
    """The description of each entity, read when it is asked for; of a literal there is none."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store

    def __missing__(self, entity: Any) -> list[Quad]:
        if not isinstance(entity, NamedNode):
            return []
        found = self._store.quads_for_pattern(entity, None, None, lkg.descriptions)
        self[entity] = rows = list(found)
        return rows

    def of(self, kind: NamedNode) -> list[Any]:
        """The entities of a class."""
        found = self._store.quads_for_pattern(None, rdf.type, kind, lkg.descriptions)
        return [quad.subject for quad in found]


def agree(as_of: date | None, on: date | None) -> None:
    """Refuse to ask what could be known on a day about a later one.

    Raises:
        BadParameter: the day asked about is after the day of the knowledge.
    """
    if as_of and on and on > as_of:
        raise BadParameter(
            f"on {on}, as of {as_of}: what could be known on a day says nothing of a later one; "
            "leave one of the two out"
        )


def view(
    store: Store,
    as_of: date | None = None,
    without: Iterable[str] = (),
    on: date | None = None,
) -> Store:
    """A new store in memory that holds only part of what another one knows.

    Args:
        store: the whole dataset.
        as_of: keep references issued on or before this day, and events until it.
        without: kinds to leave out: "press", "abstract", or "recalled" (claims that the
            curator could not see in their source).
        on: keep events until this day.

    Raises:
        BadParameter: an unknown kind, or days that contradict each other.
    """
    agree(as_of, on)
    kinds = set(without)
    if unknown := kinds - set(WITHOUT):
        raise BadParameter(f"--without {min(unknown)}: it takes {', '.join(WITHOUT)}")
    described = _Described(store)
    references = _kept(store, as_of) - {
        each for kind in kinds & KINDS.keys() for each in described.of(KINDS[kind])
    }
    until = min(filter(None, (as_of, on)), default=None)
    graphs = {each: _graph(store, each, until, "recalled" in kinds) for each in references}
    emptied = {
        each for each, rows in graphs.items() if not rows and store.contains_named_graph(each)
    }
    stated = [quad for rows in graphs.values() for quad in rows]
    listed = described.of(lkg.Measure) + _covered(described, as_of)
    result = Store()
    result.bulk_extend(_merged(stated, described, references - emptied, listed))
    return result


def _values(rows: Iterable[Quad], predicate: NamedNode) -> list[Any]:
    return [row.object for row in rows if row.predicate == predicate]


def _kept(store: Store, as_of: date | None) -> set[Any]:
    """The references that could be known on a day."""
    issued = store.quads_for_pattern(None, dcterms.issued, None, lkg.descriptions)
    return {quad.subject for quad in issued if as_of is None or _text(quad) <= as_of.isoformat()}


def _covered(described: _Described, as_of: date | None) -> list[Any]:
    """The areas that the curators had looked at by a day."""
    return [
        area
        for area in described.of(lkg.Coverage)
        if as_of is None
        or all(day.value <= as_of.isoformat() for day in _values(described[area], lkg.until))
    ]


def _graph(
    store: Store, reference: NamedNode, until: date | None, drop_recalled: bool
) -> list[Quad]:
    """What a reference says, less events after a day and, if asked, recalled claims."""
    rows = list(store.quads_for_pattern(None, None, None, reference))
    gone: set[Any] = set()
    if until is not None:
        day = until.isoformat()
        gone |= {q.subject for q in rows if q.predicate == lkg.date and _text(q) > day}
    triples: set[tuple[object, ...]] = set()
    if drop_recalled:
        recalled = {
            q.subject for q in rows if q.predicate == lkg.checked and _text(q) == "recalled"
        }
        gone |= recalled
        triples = _claimed(rows, recalled)
    return [
        q
        for q in rows
        if q.subject not in gone and (q.subject, q.predicate, q.object) not in triples
    ]


def _text(quad: Quad) -> str:
    return quad.object.value if isinstance(quad.object, Literal) else ""


def _claimed(rows: list[Quad], claims: set[Any]) -> set[tuple[object, ...]]:
    """The triples that some claim nodes of a graph are about."""
    parts: dict[object, dict[NamedNode, object]] = defaultdict(dict)
    for quad in rows:
        if quad.subject in claims:
            parts[quad.subject][quad.predicate] = quad.object
    found: set[tuple[object, ...]] = set()
    for part in parts.values():
        subject, predicate, value = (part.get(k) for k in (rdf.subject, rdf.predicate, rdf.object))
        implied = SUPER.get(predicate) if isinstance(predicate, NamedNode) else None
        found |= {(subject, predicate, value), (subject, implied, value)}
    return found


def _merged(
    stated: list[Quad], described: _Described, references: set[Any], listed: list[Any]
) -> Iterator[Quad]:
    superseded = {
        reference
        for reference in references
        if any(new in references for new in _values(described[reference], lkg.supersededBy))
    }
    for quad in stated:
        yield quad
        if quad.graph_name not in superseded and not is_claim_node(quad.subject):
            yield _in_default(quad)
    for quad in _descriptions(stated, described, references, listed):
        yield quad
        yield _in_default(quad)


def _in_default(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, DEFAULT)


def _descriptions(
    stated: list[Quad], described: _Described, references: set[Any], listed: list[Any]
) -> Iterator[Quad]:
    """Of all that is mentioned, its ancestors, the codelists, and the conflicts that remain.

    Args:
        listed: entities that are described whether anything mentions them or not.
    """
    nodes = {quad.subject for quad in stated}
    todo: list[Any] = [*references, *nodes, *(quad.object for quad in stated)]
    todo += listed
    todo += [
        conflict
        for conflict in described.of(lkg.Conflict)
        if nodes.issuperset(_values(described[conflict], lkg.between))
    ]
    follow = (rdfs.subClassOf, skos.broader, dcterms.publisher, lkg.about)
    done: set[Any] = set()
    while todo:
        entity = todo.pop()
        if entity in done:
            continue
        done.add(entity)
        for quad in described[entity]:
            if quad.predicate == lkg.supersededBy and quad.object not in references:
                continue
            yield quad
            if quad.predicate in follow:
                todo.append(quad.object)
