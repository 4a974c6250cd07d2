"""Pooling over arms: which studies, whether at all, and what is said of the rest."""

import sys

import msgspec
import pytest
from conftest import SMALL, write_tables

from kg.analysis.proportions import pool_proportions
from kg.backend import Local
from kg.dataset.store import in_memory
from kg.errors import BadParameter, MissingExtra, UnknownName
from kg.graph import KnowledgeGraph
from kg.sources import curated

DRUG = "inotuzumab ozogamicin"
SOURCE = {"reference": "reference:paper-2012", "locator": "abstract", "checked": "source"}
COVERAGE = [
    {
        "id": "coverage:all",
        "label": "Acute lymphoblastic leukemia",
        "about": "disease:all",
        "lookedFor": "responses",
        "lookedIn": "papers",
        "until": "2026-11-23",
        "leftOut": "nothing",
    }
]


def trial(name, arms, **changed):
    number = f"NCT0000000{name}"
    trials = [
        {
            "id": f"trial:{number}",
            "label": f"Study {name}",
            "condition": "disease:all",
            "drug": "drug:inotuzumab-ozogamicin",
            "hypothesis": "single-arm",
            **SOURCE,
            **changed,
        }
    ]
    rows, outcomes = [], []
    for arm, (role, results) in arms.items():
        rows.append(
            {
                "id": f"arm:{number}-{arm}",
                "trial": f"trial:{number}",
                "label": arm,
                "drug": "drug:inotuzumab-ozogamicin",
                "role": role,
                "setting": "relapsed-refractory",
                "ageLow": "18",
                **SOURCE,
            }
        )
        for i, result in enumerate(results):
            outcomes.append(
                {
                    "key": f"{number}-{arm}-{i}",
                    "trial": f"trial:{number}",
                    "arm": f"arm:{number}-{arm}",
                    "measure": "measure:complete-remission",
                    "unit": "%",
                    "population": "treated",
                    "assessor": "investigator",
                    "criteria": "local",
                    "timing": "best",
                    "reported": "as counted",
                    **SOURCE,
                    **result,
                }
            )
    return trials, rows, outcomes


def n(count, total, **more):
    return {"count": str(count), "total": str(total), **more}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    def make(*trials, **tables):
        folder = write_tables(
            tmp_path_factory.mktemp("pooling") / "tables",
            {
                **SMALL,
                "coverage": COVERAGE,
                "trials": [row for each in trials for row in each[0]],
                "arms": [row for each in trials for row in each[1]],
                "outcomes": [row for each in trials for row in each[2]],
                **tables,
            },
        )
        store = in_memory(curated.claims(folder))
        return KnowledgeGraph(Local(store))

    return make


ONE = trial(1, {"all": ("single", [n(9, 49)])})
TWO = trial(2, {"all": ("single", [n(20, 60)])})


def test_comparable_studies_are_pooled(made):
    found = made(ONE, TWO).pool("complete-remission", drug=DRUG)
    assert found.verdict == "pooled" and found.reasons == []
    assert [(s.label, s.count, s.total) for s in found.studies] == [
        ("NCT00000001", 9, 49),
        ("NCT00000002", 20, 60),
    ]
    assert found.pooled == pool_proportions([(9, 49), (20, 60)])
    assert (round(found.studies[0].lower, 1), round(found.studies[0].upper, 1)) == (8.8, 32.0)
    assert sum(study.weight for study in found.studies) == pytest.approx(100)


def test_one_study_stands_for_itself(made):
    found = made(ONE).pool("complete-remission", drug=DRUG)
    assert found.pooled.estimate == pytest.approx(100 * 9 / 49)
    assert "stands for itself" in found.remark


def test_what_differs_is_not_pooled_unless_with_a_reason(made):
    graph = made(ONE, trial(2, {"all": ("single", [n(20, 60, population="infused")])}))
    refused = graph.pool("complete-remission", drug=DRUG)
    assert (refused.verdict, refused.pooled) == ("refused", None)
    assert refused.remark == "not pooled: the studies differ in denominator"
    assert [study.weight for study in refused.studies] == [None, None]
    anyway = graph.pool("complete-remission", drug=DRUG, anyway="for a talk")
    assert anyway.pooled and anyway.remark.startswith("pooled anyway: for a talk; differs in den")


def test_of_one_trial_one_data_cut_and_one_arm(made):
    cuts = [n(5, 30, dataCutoff="2010-01-31"), n(9, 49, dataCutoff="2011-01-31")]
    arms = {"large": ("experimental", cuts), "small": ("experimental", [n(3, 10)])}
    graph = made(trial(1, arms), TWO)
    found = graph.pool("complete-remission", drug=DRUG)
    assert [(s.count, s.total) for s in found.studies] == [(9, 49), (20, 60)]
    every = graph.pool("complete-remission", drug=DRUG, every_arm=True)
    assert [(s.label, s.count) for s in every.studies] == [
        ("NCT00000001, large", 9),
        ("NCT00000001, small", 3),
        ("NCT00000002", 20),
    ]


def test_what_has_no_count_of_all_patients_is_left_out_and_told(made):
    percent = trial(2, {"all": ("single", [{"value": "33", "total": "60"}])})
    subgroup = trial(3, {"all": ("single", [n(2, 5, subgroup="TP53")])})
    pooled = trial(4, {"both": ("pooled", [n(29, 109)])})
    landmark = trial(5, {"all": ("single", [n(6, 20, method="Kaplan-Meier estimate")])})
    found = made(ONE, percent, subgroup, pooled, landmark).pool("complete-remission", drug=DRUG)
    assert [study.label for study in found.studies] == ["NCT00000001"]
    assert [each.partition(": left out: ")[0] for each in found.left_out] == [
        "NCT00000002",
        "NCT00000003",
        "NCT00000004",
        "NCT00000005",
    ]
    assert "several trials" in found.left_out[2]


def test_setting_and_disease_choose_the_arms(made):
    graph = made(ONE, TWO)
    assert len(graph.pool("complete-remission", disease="leukemia").studies) == 2
    assert not graph.pool("complete-remission", drug=DRUG, setting="maintenance").studies


def test_nothing_to_pool_says_whether_anybody_looked(made):
    covered = made(ONE).pool("complete-remission", drug=DRUG, setting="maintenance")
    assert covered.verdict == "nothing to pool" and covered.pooled is None
    assert (
        "covered (Acute lymphoblastic leukemia, until 2026-11-23), none found" in covered.empty[0]
    )
    blank = made(ONE, coverage=[]).pool("complete-remission", drug=DRUG, setting="maintenance")
    assert "not covered" in blank.empty[0]


def test_without_statsmodels_the_message_names_the_extra(made, monkeypatch):
    monkeypatch.setitem(sys.modules, "statsmodels.stats.meta_analysis", None)
    with pytest.raises(MissingExtra, match=r"leukemia-kg\[analysis\]"):
        made(ONE, TWO).pool("complete-remission", drug=DRUG)


@pytest.mark.parametrize(
    ("measure", "options", "error", "says"),
    [
        ("overall-survival-median", {"drug": DRUG}, BadParameter, "median-time does not pool"),
        ("overall-survival-rate", {"drug": DRUG}, BadParameter, "survival-probability does not"),
        ("cumulative-incidence-of-relapse", {"drug": DRUG}, BadParameter, "does not pool"),
        ("adverse-event-incidence", {"drug": DRUG}, BadParameter, "name the harm"),
        ("response", {"drug": DRUG}, BadParameter, "name one of its measures"),
        ("bestness", {"drug": DRUG}, UnknownName, "no measure"),
        ("cr-or-cri", {}, BadParameter, "a drug, a disease or both"),
        ("cr-or-cri", {"drug": DRUG, "setting": "salvage"}, BadParameter, "it is one of"),
        ("cr-or-cri", {"drug": DRUG, "anyway": " "}, BadParameter, "takes a reason"),
        ("cr-or-cri", {"drug": "no such drug"}, UnknownName, "no drug"),
    ],
)
def test_what_cannot_be_pooled_is_told(graph, measure, options, error, says):
    with pytest.raises(error, match=says):
        graph.pool(measure, **options)


def test_the_packaged_knowledge_is_not_pooled_across_populations(graph):
    found = graph.pool("mrd-negativity", drug="blinatumomab")
    assert found.verdict == "refused" and len(found.studies) > 2
    assert {"line of therapy", "age"} <= {d.dimension for d in found.differences if d.reason}
    trials = [study.line.arm.trial for study in found.studies]
    assert len(trials) == len(set(trials))


def test_harms_pool_by_their_incidence(graph):
    found = graph.pool("sinusoidal obstruction syndrome", drug=DRUG, anyway="to see")
    assert {study.line.result.measure for study in found.studies} == {
        "measure:adverse-event-incidence"
    }
    assert found.pooled.lower < found.pooled.estimate < found.pooled.upper
    severe = graph.pool("cytokine release syndrome", disease="ALL", grade="3+")
    assert severe.studies
    assert all(study.line.endpoint.endswith("grade 3+") for study in severe.studies)


def test_the_dictionary_and_the_table_are_stable(made):
    found = made(ONE, TWO).pool("complete-remission", drug=DRUG)
    assert set(found.to_dict()) == {
        "measure",
        "definition",
        "verdict",
        "differences",
        "anyway",
        "empty",
        "known",
        "among",
        "studies",
        "pooled",
        "leftOut",
        "remark",
    }
    assert set(msgspec.to_builtins(found.pooled)) >= {"estimate", "predictionLower", "tau2", "i2"}
    header, body = found.table()
    assert header[0] == "study" and [row[2] for row in body] == ["9/49", "20/60", "29/109"]
    assert found._repr_html_().count("<tr>") == 4
