"""SHACL shapes over a default graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pyshacl
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg import resources
from kg.vocabulary import PREFIXES, curie

Result = tuple[str, str, str]  # the name of the shape, the entity, and what is wrong


class _Lookup(rdflib.Graph):
    """Triples to be read, never changed: the validator asks a few simple things very often.

    Over Oxigraph it takes longer by orders of magnitude, over rdflib's memory store, which
    keeps contexts, three times as long.
    """

    def __init__(self, triples: Iterable[tuple[Any, Any, Any]]) -> None:
        super().__init__()
        self._objects: dict[Any, dict[Any, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self._subjects: dict[Any, dict[Any, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in triples:
            self._objects[subject][predicate].append(value)
            self._subjects[predicate][value].append(subject)

    def __len__(self) -> int:
        return sum(len(found) for each in self._objects.values() for found in each.values())

    def __contains__(self, triple: Any) -> bool:
        return any(True for _ in self.triples(triple))

    def triples(self, triple: Any) -> Iterator[Any]:  # type: ignore[override]
        """Those that match; None matches all."""
        subject, predicate, value = triple
        if subject is not None:
            for p, found in _picked(self._objects.get(subject, {}), predicate):
                yield from ((subject, p, o) for o in found if value is None or o == value)
            return
        for p, by_value in _picked(self._subjects, predicate):
            for o, subjects in _picked(by_value, value):
                yield from ((s, p, o) for s in subjects)


def _picked(index: Any, key: Any) -> Iterable[tuple[Any, Any]]:
    if key is None:
        return list(index.items())
    return [(key, index[key])] if key in index else []


def check(store: Store) -> set[Result]:
    """What the shapes find in the default graph of a store."""
    term = cache(_term)
    data = _Lookup(
        (term(quad.subject), term(quad.predicate), term(quad.object))
        for quad in store.quads_for_pattern(None, None, None, DefaultGraph())
    )
    shapes = rdflib.Graph()
    shapes.parse(resources.ontology() / "shapes.ttl", format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False, inference="none")
    sh = rdflib.Namespace(PREFIXES["sh"])
    return {
        (_shape(shapes, report, result, sh), str(focus), _what(report, result, sh))
        for result, focus in report.subject_objects(sh.focusNode)
    }


def _term(value: object) -> Any:
    """A term of the store as one of rdflib."""
    if isinstance(value, Literal):
        typed = None if value.language else value.datatype.value
        plain = typed == PREFIXES["xsd"] + "string"
        return rdflib.Literal(value.value, value.language, None if plain else typed)
    if isinstance(value, NamedNode):
        return rdflib.URIRef(value.value)
    return rdflib.BNode(str(value))


def _shape(shapes: Any, report: Any, result: Any, sh: Any) -> str:
    """ "shape-" and the class of the node shape that a result comes from."""
    source = report.value(result, sh.sourceShape)
    owner = next(shapes.subjects(sh.property, source), source)
    target = str(shapes.value(owner, sh.targetClass) or owner)
    return f"shape-{target.rpartition('#')[2]}"


def _what(report: Any, result: Any, sh: Any) -> str:
    message = str(report.value(result, sh.resultMessage))
    path, value = report.value(result, sh.resultPath), report.value(result, sh.value)
    parts = (curie(str(path)) if path else "", message, f"({curie(str(value))})" if value else "")
    return " ".join(filter(None, parts))
