"""Paths between entities: laws over random networks, and examples from the packaged knowledge."""

from itertools import pairwise
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.backend import Local
from kg.errors import BadParameter
from kg.graph import KnowledgeGraph
from kg.vocabulary import dcterms, iri, lkg, rdfs

PAPER = NamedNode("https://w3id.org/leukemia-kg/reference/paper")


def build(triples):
    """A graph in which one paper states some triples."""
    store = Store()
    for s, p, o in triples:
        store.extend([Quad(iri(s), iri(p), iri(o), graph) for graph in (PAPER, None) if graph])
        store.add(Quad(iri(s), iri(p), iri(o)))
        for each in (iri(s), iri(o)):
            store.add(Quad(each, rdfs.label, Literal(each.value), lkg.descriptions))
    day = Literal("2011-06-30", datatype=iri("xsd:date"))
    store.extend([Quad(PAPER, dcterms.issued, day), Quad(PAPER, dcterms.issued, day, PAPER)])
    return KnowledgeGraph(Local(store))


drugs, targets, payloads = (
    [f"{kind}:{n}" for n in range(4)] for kind in ("drug", "target", "payload")
)
edges = st.one_of(
    st.tuples(st.sampled_from(drugs), st.just("lkg:target"), st.sampled_from(targets)),
    st.tuples(st.sampled_from(drugs), st.just("lkg:payload"), st.sampled_from(payloads)),
)


@settings(deadline=None, max_examples=50)
@given(st.sets(edges, min_size=1, max_size=14))
def test_paths_join_up_and_are_stated(triples):
    graph = build(triples)
    ends = sorted({end for s, _, o in triples for end in (s, o)})
    start, end = ends[0], ends[-1]
    found = graph.paths(start, end, most=8)
    for path in found:
        stops = [step.source.id for step in path.steps] + [path.steps[-1].target.id]
        assert (stops[0], stops[-1]) == (start, end)
        assert len(set(stops)) == len(stops)
        assert all(one.target == other.source for one, other in pairwise(path.steps))
        for step in path.steps:
            (triple,) = step.triples
            assert triple in triples
            assert {step.source.id, step.target.id} == {triple[0], triple[2]}
            assert step.forward == (triple[0] == step.source.id)
            assert [each.reference for each in step.evidence] == ["reference:paper"]
    costs = [path.cost for path in found]
    assert costs == sorted(costs)
    assert costs == [path.cost for path in graph.paths(end, start, most=8)]


@settings(deadline=None, max_examples=50)
@given(st.sets(edges, min_size=1, max_size=14))
def test_the_order_in_which_it_was_said_does_not_matter(triples):
    ends = sorted({end for s, _, o in triples for end in (s, o)})
    one, other = build(sorted(triples)), build(sorted(triples, reverse=True))
    assert one.paths(ends[0], ends[-1]) == other.paths(ends[0], ends[-1])


def test_a_hub_costs_more_than_a_specific_node():
    hub = [(f"drug:{n}", "lkg:target", "target:hub") for n in range(9)]
    rare = [(f"drug:{n}", "lkg:payload", "payload:rare") for n in (0, 1)]
    first, second = build([*hub, *rare]).paths("drug:0", "drug:1")
    assert [first.steps[0].target.id, second.steps[0].target.id] == ["payload:rare", "target:hub"]
    # each drug has one such relation, the payload 2, the target 9; both paths have two steps
    assert first.cost == pytest.approx(2 + 2 * 0.4 * log(2), abs=1e-3)
    assert second.cost == pytest.approx(2 + 2 * 0.4 * log(9), abs=1e-3)


def test_all_that_is_narrower_counts_for_a_broad_entity():
    """Two diseases below "wide" and two below "slim", of which "wide" has two more levels."""
    below = [("disease:a", "disease:wide"), ("disease:b", "disease:wide")]
    below += [("disease:a", "disease:slim"), ("disease:b", "disease:slim")]
    below += [("disease:c", "disease:a2"), ("disease:a2", "disease:b")]
    wide = [(narrow, "rdfs:subClassOf", broad) for narrow, broad in below]
    wide += [("disease:d", "rdfs:subClassOf", "disease:e")]
    wide += [("disease:e", "rdfs:subClassOf", "disease:wide")]
    first, second = build(wide).paths("disease:a", "disease:b", most=2)
    assert first.steps[0].target.id == "disease:slim"
    assert second.steps[0].target.id == "disease:wide"
    assert [step.relation for step in first.steps] == ["is a kind of", "includes"]


def test_no_path_leads_through_an_organization_but_one_ends_there():
    both = [(f"drug:{n}", "lkg:developer", "organization:maker") for n in (0, 1)]
    assert build(both).paths("drug:0", "drug:1") == []
    (path,) = build(both).paths("drug:0", "organization:maker")
    assert path.steps[0].relation == "is developed by"


def test_asciminib_acts_by_the_myristoyl_pocket(graph):
    first = graph.paths("asciminib", "ABL1 myristoyl pocket inhibition")[0]
    (step,) = first.steps
    assert step.relation == "acts by" and step.forward
    assert step.evidence == sorted(step.evidence) and step.evidence
    assert str(first) == "asciminib acts by ABL1 myristoyl pocket inhibition"


def test_cd22_leads_to_calicheamicin_through_inotuzumab(graph):
    first = graph.paths("CD22", "N-acetyl-gamma-calicheamicin")[0]
    assert [step.target.id for step in first.steps] == [
        "drug:inotuzumab-ozogamicin",
        "payload:n-acetyl-gamma-calicheamicin",
    ]
    assert [step.forward for step in first.steps] == [False, True]


@pytest.mark.parametrize(
    ("start", "end"), [("azacitidine", "IDH1"), ("nausea", "CD22"), ("FDA", "CD22")]
)
def test_every_step_is_in_the_store_and_its_evidence_states_it(graph, start, end):
    found = graph.paths(start, end, most=3)
    assert found
    for step in (step for path in found for step in path.steps):
        assert step.triples
        for s, p, o in step.triples:
            assert graph.query(f"ASK {{ {s} {p} {o} }}")
        for source in step.evidence:
            assert any(
                graph.query(f"ASK {{ GRAPH {source.reference} {{ {s} {p} {o} }} }}")
                for s, p, o in step.triples
            )


def test_a_view_knows_only_the_paths_of_its_day(graph):
    early = graph.as_of("2011-06-30").paths("CD22", "N-acetyl-gamma-calicheamicin")
    days = [source.issued for path in early for step in path.steps for source in step.evidence]
    assert days and max(days) <= "2011-06-30"


@pytest.mark.parametrize(
    ("start", "end", "most", "says"),
    [
        ("CD22", "SIGLEC2", 5, "both names are CD22"),
        ("CD22", "CD33", 0, "ask for one or more"),
        ("CD22", "reference:dijoseph-2004-blood", 5, "no paths lead there"),
    ],
)
def test_what_no_path_can_join_is_told(graph, start, end, most, says):
    with pytest.raises(BadParameter, match=says):
        graph.paths(start, end, most)
