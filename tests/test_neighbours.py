"""Drugs near a drug: symmetric, rarer is nearer, and every reason is stated by somebody."""

from math import log

import pytest
from test_paths import build

from kg.errors import BadParameter, UnknownName


def scores(graph, drug):
    return {each.drug.id: each.score for each in graph.neighbours(drug, most=1000)}


def test_the_score_is_symmetric(graph):
    names = ["drug:inotuzumab-ozogamicin", "drug:venetoclax", "drug:blinatumomab"]
    for name in names:
        near = graph.neighbours(name, most=1000)
        other = near[len(near) // 2].drug.id
        assert scores(graph, other)[name] == scores(graph, name)[other]


def test_reasons_add_up_and_are_in_order(graph):
    for each in graph.neighbours("asciminib"):
        weights = [reason.weight for reason in each.reasons]
        assert sum(weights) == pytest.approx(each.score, abs=0.005)
        assert weights == sorted(weights, reverse=True)
        assert all(reason.evidence and reason.drugs >= 2 for reason in each.reasons)


def test_the_other_calicheamicin_conjugate_is_nearest_to_inotuzumab(graph):
    nearest = graph.neighbours("CMC-544", most=1)[0]
    assert nearest.drug.id == "drug:gemtuzumab-ozogamicin"
    shared = {(reason.aspect, reason.feature.label) for reason in nearest.reasons}
    assert ("payload class", "calicheamicin") in shared
    assert ("payload", "N-acetyl-gamma-calicheamicin") in shared


def test_the_formula():
    """Three drugs share a target, two of them another: IC is -ln(3/4) and -ln(2/4)."""
    targets = {"a": "xy", "b": "xy", "c": "xz", "d": "w"}
    triples = [
        (f"drug:{d}", "lkg:target", f"target:{t}") for d, each in targets.items() for t in each
    ]
    x, y, z = log(4 / 3), log(4 / 2), log(4 / 1)
    near = build(triples).neighbours("drug:a")
    assert [each.drug.id for each in near] == ["drug:b", "drug:c"]
    assert near[0].score == 1 and near[1].score == pytest.approx(x / (x + y + z), abs=1e-3)


def test_what_is_broader_counts_once_with_what_is_shared():
    triples = [(f"drug:{n}", "lkg:mechanism", "mechanism:narrow") for n in "ab"]
    triples += [("drug:c", "lkg:mechanism", "mechanism:broad")]
    triples += [("drug:d", "lkg:mechanism", "mechanism:other")]
    triples += [("mechanism:narrow", "skos:broader", "mechanism:broad")]
    near = build(triples).neighbours("drug:a")
    assert [(each.drug.id, len(each.reasons)) for each in near] == [("drug:b", 1), ("drug:c", 1)]
    assert near[0].reasons[0].feature.id == "mechanism:narrow" and near[0].score == 1
    assert near[1].reasons[0].feature.id == "mechanism:broad" and near[1].score < 1


def test_ties_are_in_the_order_of_ids():
    triples = [(f"drug:{n}", "lkg:target", "target:x") for n in "dbca"]
    triples += [("drug:e", "lkg:target", "target:y")]
    near = build(triples).neighbours("drug:c")
    assert [each.drug.id for each in near] == ["drug:a", "drug:b", "drug:d"]


def test_a_drug_that_shares_nothing_has_no_neighbours():
    triples = [("drug:a", "lkg:target", "target:x"), ("drug:b", "lkg:target", "target:y")]
    assert build(triples).neighbours("drug:a") == []


def test_bad_input_is_told(graph):
    with pytest.raises(UnknownName, match="no drug is called"):
        graph.neighbours("CD22")
    with pytest.raises(BadParameter, match="one or more"):
        graph.neighbours("asciminib", most=0)
