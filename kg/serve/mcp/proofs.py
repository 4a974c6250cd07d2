"""Who says what an answer holds: its nodes and triples as claims, and the references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import NamedNode, Quad, Store

from kg.links import of_reference
from kg.proof import Evidence
from kg.proof.evidence import claims
from kg.serve.mcp.said import Claim, Source
from kg.vocabulary import bibo, dcterms, iri, lkg, rdf

_NODE = re.compile(r'"((?:outcome|observation|event|statement):[0-9a-f]{20})"')
_REFERENCE = re.compile(r'"(reference:[\w.-]+)"')


def of_nodes(store: Store, text: str) -> list[Claim]:
    """The claims that the results, observations, events and statements of an answer are.

    Args:
        store: of the graph that was asked.
        text: the answer as JSON, in which nodes stand by their short forms.
    """
    return [
        claim(each)
        for node in dict.fromkeys(_NODE.findall(text))
        for each in claims(store, store.quads_for_pattern(iri(node), rdf.type, None, None))
    ]


def of_triples(store: Store, triples: Iterable[tuple[str, str, str]]) -> list[Claim]:
    """The claims of triples: short forms of subject and predicate, and what is said."""
    return [
        claim(each)
        for subject, predicate, said in triples
        for each in claims(store, _quads(store, subject, predicate))
        if each.object == said
    ]


def _quads(store: Store, subject: str, predicate: str) -> Iterator[Quad]:
    return store.quads_for_pattern(iri(subject), iri(predicate), None, None)


def claim(evidence: Evidence) -> Claim:
    """Evidence without what stands once in the table of references."""
    said = evidence.subject, evidence.predicate, evidence.object
    return Claim(*said, evidence.reference, evidence.locator, evidence.checked)


def references(store: Store, text: str) -> dict[str, Source]:
    """The references that an answer as JSON names, by their short forms."""
    return {name: _source(store, iri(name)) for name in sorted({*_REFERENCE.findall(text)})}


def _source(store: Store, reference: NamedNode) -> Source:
    def value(predicate: NamedNode) -> str:
        found: Any = store.quads_for_pattern(reference, predicate, None, lkg.descriptions)
        return next((quad.object.value for quad in found), "")

    url = of_reference(value(dcterms.source), value(bibo.doi), value(bibo.pmid))
    return Source(value(dcterms.title), value(dcterms.issued), url)
