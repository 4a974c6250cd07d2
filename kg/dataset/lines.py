"""Claims as lines of N-Triples, by graph: the named graphs, and the default one, their merger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.model import Claim, Description, Fact, Node, Pair, text, types
from kg.vocabulary import SUPERPROPERTY, lkg, rdf

SUPER = {lkg[name]: lkg[parent] for name, parent in SUPERPROPERTY.items()}
DEFAULT = ""
Lines = dict[str, list[str]]  # by the IRI of a graph; sorted, each once


def by_graph(claims: Iterable[Claim]) -> Lines:
    """All triples of the dataset that some claims make, in any order of them.

    A triple of a reference that a newer version supersedes stays in the named
    graph of that reference and is left out of the default graph.
    """
    every = list(claims)
    superseded = {
        claim.subject
        for claim in every
        if isinstance(claim, Description) and any(p == lkg.supersededBy for p, _ in claim.pairs)
    }
    found: dict[str, set[str]] = defaultdict(set)
    for claim in every:
        graph = lkg.descriptions if isinstance(claim, Description) else claim.reference
        lines = _lines(claim.subject, _pairs(claim))
        found[graph.value].update(lines)
        if graph not in superseded:
            found[DEFAULT].update(lines)
        if isinstance(claim, Fact) and claim.checked:
            found[graph.value].update(_lines(claim.claim, _of_claim(claim)))
    return {graph: sorted(lines) for graph, lines in sorted(found.items())}


def nquads(graphs: Lines) -> bytes:
    """The lines of all graphs as N-Quads."""
    return b"".join(
        _in_graph("".join(lines).encode(), f"<{graph}>".encode() if graph else b"")
        for graph, lines in graphs.items()
    )


def _in_graph(ntriples: bytes, graph: bytes) -> bytes:
    """N-Triples as N-Quads of a graph ("<...>"); no literal holds the end of a line."""
    return ntriples.replace(b" .\n", b" %s .\n" % graph)


def _lines(subject: object, pairs: Iterable[Pair]) -> list[str]:
    return [f"{subject} {predicate} {value} .\n" for predicate, value in pairs]


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


def _of_claim(fact: Fact) -> Iterator[Pair]:
    """What says where a reference states a triple; only in that reference's graph."""
    yield from types("Claim")
    yield rdf.subject, fact.subject
    yield rdf.predicate, fact.predicate
    yield rdf.object, fact.object
    yield lkg.locator, text(fact.locator)
    yield lkg.checked, text(fact.checked)
