"""From quads to the claims that they come from: who says it, where, and how it was checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, Quad, Store

from kg.model import mint
from kg.vocabulary import SUPERPROPERTY, curie, dcterms, lkg, rdf, rdfs


@dataclass(frozen=True)
class Evidence:
    """One claim of one reference: a triple, or a node of triples shown by its label.

    Attributes:
        subject, predicate, object, reference: short forms; literals as they are.
        title, issued: of the reference.
        locator: where in it.
        checked: "source" or "recalled"; "" where a bulk source has no mark.
    """

    subject: str
    predicate: str
    object: str
    reference: str
    title: str
    issued: str
    locator: str
    checked: str


_NODE = re.compile(r"(outcome|observation|event|statement):[0-9a-f]{20}")
_DESCRIPTIONS = lkg.descriptions
_SUB = {lkg[parent]: lkg[name] for name, parent in SUPERPROPERTY.items()}


def claims(store: Store, quads: Iterable[Quad]) -> tuple[Evidence, ...]:
    """The claims that quads of reference graphs come from, each once, by what it says."""
    return tuple(sorted(set(_claims(store, quads)), key=lambda each: tuple(vars(each).values())))


def _claims(store: Store, quads: Iterable[Quad]) -> Iterator[Evidence]:
    for quad in quads:
        reference = quad.graph_name
        if not isinstance(reference, NamedNode) or reference == _DESCRIPTIONS:
            continue
        said: tuple[Any, Any, Any] = (quad.subject, quad.predicate, quad.object)
        node: Any = quad.subject
        if _NODE.fullmatch(curie(_text(node))):
            said = (node, rdfs.label, _value(store, node, rdfs.label, reference) or quad.object)
        else:
            node = _claim_node(store, said, reference)
        subject, predicate, value = (curie(_text(term)) for term in said)
        yield Evidence(
            subject,
            predicate,
            value,
            curie(_text(reference)),
            _text(_value(store, reference, dcterms.title, _DESCRIPTIONS)),
            _text(_value(store, reference, dcterms.issued, _DESCRIPTIONS)),
            _text(_value(store, node, lkg.locator, reference)),
            _text(_value(store, node, lkg.checked, reference)),
        )


def _claim_node(store: Store, said: tuple[Any, Any, Any], reference: NamedNode) -> NamedNode:
    """The node that says where a triple stands, or where that stands which implies it."""
    subject, predicate, value = said
    for stated in filter(None, (predicate, _SUB.get(predicate))):
        node = mint("claim", [(subject, stated, value)], reference)
        if _value(store, node, rdf.subject, reference):
            return node
    return mint("claim", [said], reference)


def _value(store: Store, subject: Any, predicate: NamedNode, graph: NamedNode) -> Any:
    found = next(store.quads_for_pattern(subject, predicate, None, graph), None)
    return found.object if found else None


def _text(term: Any) -> str:
    return "" if term is None else str(term.value)
