"""Shortest and most meaningful paths between two entities, with the evidence of each step.

A path through a hub says little: every leukemia drug is joined to every other through
acute myeloid leukemia. So a step costs more the more relations of its kind its two ends
have (a broader entity has one to all that is narrower): with d the number of such relations,
``1 + 0.4 (ln d(subject) + ln d(object))``. The sum of the second terms along a path is the
negative logarithm of its *path degree product* with the damping exponent 0.4, by which
Himmelstein and Baranzini (PLoS Computational Biology 2015;11:e1004259) and Himmelstein and
others (eLife 2017;6:e26726) weight paths in heterogeneous networks; the 1 prefers short
paths, which those authors, who compare paths of one form, do not need. The simple paths of
least cost are found by Yen's algorithm.

Paths run through drugs, their parts, targets, mechanisms, biomarkers, diseases, trials and
regimens. Organizations, adverse events and measures may be an end and nothing between: that
two drugs have the same agency, cause nausea or were measured by survival does not join
them. Arms and results are part of steps, not stops; references are evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import islice, pairwise
from math import log
from typing import Any

import msgspec

from kg.analysis.relations import ENDS, Edge, edges, kind
from kg.analysis.sources import Select, Source, Triple, stated
from kg.cards import Link
from kg.errors import BadParameter, Mismatch
from kg.vocabulary import curie

_DAMPING = 0.4
_IS_A = ("rdfs:subClassOf", "skos:broader")
_STOPS = frozenset(
    "drug target disease trial mechanism biomarker payload linker antibody regimen".split()
)


class Step(msgspec.Struct, frozen=True):
    """One step of a path.

    Attributes:
        source, target: where it leads from and to.
        relation: what joins them, as it reads from source to target.
        forward: whether the source is the subject of the relation.
        triples: what makes it, in short forms: one triple, or two for each node between.
        evidence: who states those triples, by date; none for what holds by definition.
    """

    source: Link
    relation: str
    target: Link
    forward: bool
    triples: list[Triple]
    evidence: list[Source]


class Path(msgspec.Struct, frozen=True):
    """A path, by its cost: the lower, the shorter and the more specific."""

    cost: float
    steps: list[Step]

    def __str__(self) -> str:
        rest = (f" {step.relation} {step.target.label}" for step in self.steps)
        return self.steps[0].source.label + ";".join(rest)


def paths(
    select: Select, start: str, end: str, most: int, label: Callable[[str], str]
) -> list[Path]:
    """The best paths between two entities, best first; none if nothing joins them.

    Args:
        select: answers SELECT queries.
        start, end: IRIs.
        most: how many paths at most.
        label: from an IRI to its label.

    Raises:
        BadParameter: both are one, one is no entity that paths can end at, or most < 1.
    """
    _refuse(start, end, most, label)
    import networkx as nx

    network = _network(edges(select, (start, end)), {start, end})
    if not (start in network and end in network and nx.has_path(network, start, end)):
        return []
    ways = islice(nx.shortest_simple_paths(network, start, end, weight="cost"), most)
    chosen = [list(pairwise(way)) for way in ways]
    joins = {pair: network.edges[pair] for way in chosen for pair in way}
    said = stated(select, (each for join in joins.values() for each in join["edge"].triples))
    return [
        Path(
            round(sum(joins[pair]["cost"] for pair in way), 3),
            [_step(*pair, joins[pair]["edge"], said, label) for pair in way],
        )
        for way in chosen
    ]


def _refuse(start: str, end: str, most: int, label: Callable[[str], str]) -> None:
    if most < 1:
        raise BadParameter(f"{most} paths: ask for one or more")
    if start == end:
        raise Mismatch(f"both names are {label(start)} ({curie(start)}): a path needs two ends")
    for each in (start, end):
        if kind(each) not in _STOPS | ENDS.keys():
            kinds = ", ".join(sorted(_STOPS | ENDS.keys()))
            raise Mismatch(f"{curie(each)}: no paths lead there; they join {kinds}")


def _network(found: list[Edge], ends: set[str]) -> Any:
    """The cheapest relation between each two entities, as an undirected ``networkx.Graph``."""
    import networkx as nx

    kept = [e for e in found if all(kind(n) in _STOPS or n in ends for n in (e.subject, e.object))]
    outward = Counter((edge.subject, edge.predicate, edge.given) for edge in kept)
    inward = Counter((edge.object, edge.predicate, edge.given) for edge in kept)
    hierarchy = nx.DiGraph((e.subject, e.object) for e in kept if e.predicate in _IS_A)
    for broad, predicate, given in [key for key in inward if key[1] in _IS_A]:
        inward[broad, predicate, given] = len(nx.ancestors(hierarchy, broad))
    network = nx.Graph()
    for edge in kept:
        degrees = (
            outward[edge.subject, edge.predicate, edge.given],
            inward[edge.object, edge.predicate, edge.given],
        )
        cost = 1 + _DAMPING * sum(map(log, degrees))
        known = network.get_edge_data(edge.subject, edge.object)
        if known is None or cost < known["cost"]:
            network.add_edge(edge.subject, edge.object, cost=cost, edge=edge)
    return network


def _step(
    source: str,
    target: str,
    edge: Edge,
    said: dict[Triple, set[Source]],
    label: Callable[[str], str],
) -> Step:
    forward = edge.subject == source
    return Step(
        Link(curie(source), label(source)),
        edge.words(forward),
        Link(curie(target), label(target)),
        forward,
        sorted((curie(s), p, curie(o)) for s, p, o in edge.triples),
        sorted({each for triple in edge.triples for each in said[triple]}),
    )
