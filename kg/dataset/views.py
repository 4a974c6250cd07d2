"""The dataset as it could be known on a date, or without some kinds of reference.

A view is a choice of references: their graphs, merged anew, and the descriptions of
what they mention. What nobody had written about by then is not even listed.
Names and definitions have no dates: a brand given later stands beside an old fact.
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


def view(store: Store, as_of: date | None = None, without: Iterable[str] = ()) -> Store:
    """A new store in memory that holds only part of what another one knows.

    Args:
        store: the whole dataset.
        as_of: keep references issued on or before this day, and events until it.
        without: kinds to leave out: "press", "abstract", or "recalled" (claims that the
            curator could not see in their source).

    Raises:
        BadParameter: an unknown kind.
    """
    kinds = set(without)
    if unknown := kinds - set(WITHOUT):
        raise BadParameter(f"--without {min(unknown)}: it takes {', '.join(WITHOUT)}")
    described = _Described(store)
    references = _kept(store, as_of) - {
        each for kind in kinds & KINDS.keys() for each in described.of(KINDS[kind])
    }
    graphs = {each: _graph(store, each, as_of, "recalled" in kinds) for each in references}
    emptied = {
        each for each, rows in graphs.items() if not rows and store.contains_named_graph(each)
    }
    stated = [quad for rows in graphs.values() for quad in rows]
    # What is covered today says nothing of a day gone by.
    lists = [lkg.Measure] if as_of is not None else [lkg.Measure, lkg.Coverage]
    result = Store()
    result.bulk_extend(_merged(stated, described, references - emptied, lists))
    return result


def _values(rows: Iterable[Quad], predicate: NamedNode) -> list[Any]:
    return [row.object for row in rows if row.predicate == predicate]


def _kept(store: Store, as_of: date | None) -> set[Any]:
    """The references that could be known on a day."""
    issued = store.quads_for_pattern(None, dcterms.issued, None, lkg.descriptions)
    return {quad.subject for quad in issued if as_of is None or _text(quad) <= as_of.isoformat()}


def _graph(
    store: Store, reference: NamedNode, as_of: date | None, drop_recalled: bool
) -> list[Quad]:
    """What a reference says, less events after the day and, if asked, recalled claims."""
    rows = list(store.quads_for_pattern(None, None, None, reference))
    gone: set[Any] = set()
    if as_of is not None:
        day = as_of.isoformat()
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
    stated: list[Quad], described: _Described, references: set[Any], lists: list[NamedNode]
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
    for quad in _descriptions(stated, described, references, lists):
        yield quad
        yield _in_default(quad)


def _in_default(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, DEFAULT)


def _descriptions(
    stated: list[Quad], described: _Described, references: set[Any], lists: list[NamedNode]
) -> Iterator[Quad]:
    """Of all that is mentioned, its ancestors, the codelists, and the conflicts that remain.

    Args:
        lists: the classes that are listed whole.
    """
    nodes = {quad.subject for quad in stated}
    todo: list[Any] = [*references, *nodes, *(quad.object for quad in stated)]
    todo += [entity for kind in lists for entity in described.of(kind)]
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
