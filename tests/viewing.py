"""What a view must hold, told quad by quad: slow, and plain enough to be believed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.dataset.choice import Choice
from kg.vocabulary import PREFIXES, SUPERPROPERTY, dcterms, lkg, rdf, rdfs, skos

_FOLLOWED = {rdfs.subClassOf, skos.broader, dcterms.publisher, lkg.about}
_KINDS = {"press": lkg.PressArticle, "abstract": lkg.Abstract}


def view(store: Store, choice: Choice) -> set[Quad]:
    """The quads of a view of a store."""
    said = {graph: set(_triples(store, graph)) for graph in store.named_graphs()}
    described = said.pop(lkg.descriptions)
    stated = {}
    for reference, _, issued in _with(described, dcterms.issued):
        triples = said.get(reference, set())
        left = _left(triples, choice)
        if _wanted(reference, issued, described, choice) and (left or not triples):
            stated[reference] = left
    entities = _entities(stated, described, choice)
    descriptions = {
        (s, p, o)
        for s, p, o in described
        if s in entities and not (p == lkg.supersededBy and o not in stated)
    }
    found = {Quad(*triple, lkg.descriptions) for triple in descriptions}
    found |= {Quad(*triple, DefaultGraph()) for triple in descriptions}
    replaced = _with(described, lkg.supersededBy)
    for reference, triples in stated.items():
        found |= {Quad(*triple, reference) for triple in triples}
        newer = {o for s, _, o in replaced if s == reference}
        if newer.isdisjoint(stated):
            found |= {Quad(*t, DefaultGraph()) for t in triples if not _of_claim(t[0])}
    return found


def _triples(store, graph):
    return (tuple(quad.triple) for quad in store.quads_for_pattern(None, None, None, graph))


def _with(triples, predicate):
    return [triple for triple in triples if triple[1] == predicate]


def _of_claim(subject):
    return subject.value.startswith(PREFIXES["claim"])


def _day(literal):
    return date.fromisoformat(literal.value)


def _wanted(reference, issued, described, choice):
    if choice.as_of and _day(issued) > choice.as_of:
        return False
    return not any(
        (reference, rdf.type, _KINDS[k]) in described for k in choice.without & {*_KINDS}
    )


def _left(triples, choice):
    days = [day for day in (choice.as_of, choice.on) if day]
    gone = {s for s, _, o in _with(triples, lkg.date) if days and _day(o) > min(days)}
    lost = set()
    if "recalled" in choice.without:
        recalled = {s for s, _, o in _with(triples, lkg.checked) if o.value == "recalled"}
        gone |= recalled
        for claim in filter(_of_claim, recalled):
            s, p, o = (
                next(o for s, found, o in triples if s == claim and found == part)
                for part in (rdf.subject, rdf.predicate, rdf.object)
            )
            lost |= {(s, p, o)}
            local = p.value.removeprefix(PREFIXES["lkg"])
            if local in SUPERPROPERTY:
                lost |= {(s, lkg[SUPERPROPERTY[local]], o)}
    return {t for t in triples if t[0] not in gone and t not in lost}


def _entities(stated, described, choice):
    triples = set().union(*stated.values())
    subjects = {s for s, _, _ in triples}
    todo = {*stated, *subjects, *(o for _, _, o in triples if isinstance(o, NamedNode))}
    ends, above = defaultdict(set), defaultdict(set)
    for s, p, o in described:
        if p in (lkg.until, lkg.between):
            ends[s].add(o)
        if p in _FOLLOWED:
            above[s].add(o)
    for entity, _, kind in _with(described, rdf.type):
        if (
            kind == lkg.Measure
            or (kind == lkg.Conflict and subjects.issuperset(ends[entity]))
            or (
                kind == lkg.Coverage
                and all(_day(o) <= (choice.as_of or _day(o)) for o in ends[entity])
            )
        ):
            todo.add(entity)
    done = set()
    while todo:
        done.add(entity := todo.pop())
        todo |= above[entity] - done
    return done
