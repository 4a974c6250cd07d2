"""Claims to quads: the named graphs, and the default graph that merges them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, Quad

from kg.model import Claim, Description, Fact, Node, Pair, text, types
from kg.vocabulary import SUPERPROPERTY, lkg, rdf

DEFAULT = DefaultGraph()
SUPER = {lkg[name]: lkg[parent] for name, parent in SUPERPROPERTY.items()}


def quads(claims: Iterable[Claim]) -> Iterator[Quad]:
    """All quads of the dataset that some claims make, possibly with repetitions.

    A triple of a reference that a newer version supersedes stays in the named
    graph of that reference and is left out of the default graph.
    """
    every = list(claims)
    superseded = {
        claim.subject
        for claim in every
        if isinstance(claim, Description) and any(p == lkg.supersededBy for p, _ in claim.pairs)
    }
    for claim in every:
        graph = lkg.descriptions if isinstance(claim, Description) else claim.reference
        current = graph not in superseded
        for predicate, value in _pairs(claim):
            yield Quad(claim.subject, predicate, value, graph)
            if current:
                yield Quad(claim.subject, predicate, value, DEFAULT)
        if isinstance(claim, Fact) and claim.checked:
            yield from _claim_node(claim)


def _pairs(claim: Claim) -> Iterator[Pair]:
    if isinstance(claim, Fact):
        yield claim.predicate, claim.object
        if claim.predicate in SUPER:
            yield SUPER[claim.predicate], claim.object
        return
    yield from claim.pairs
    if isinstance(claim, Node):
        yield lkg.locator, text(claim.locator)
        yield lkg.checked, text(claim.checked)


def _claim_node(fact: Fact) -> Iterator[Quad]:
    """The node that says where a reference states a triple; only in that reference's graph."""
    pairs = [
        *types("Claim"),
        (rdf.subject, fact.subject),
        (rdf.predicate, fact.predicate),
        (rdf.object, fact.object),
        (lkg.locator, text(fact.locator)),
        (lkg.checked, text(fact.checked)),
    ]
    node = fact.claim
    for predicate, value in pairs:
        yield Quad(node, predicate, value, fact.reference)
