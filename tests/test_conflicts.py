"""Where references disagree: what is found, what must not be, and which side is preferred."""

import itertools
import json

import pytest
from conftest import SMALL, write_tables
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from kg.analysis.conflicts import preference, results
from kg.analysis.conflicts.model import FACT, RESULT, STATUS, Conflict, Side, Source
from kg.analysis.conflicts.reading import Said
from kg.backend import Local
from kg.cli import application
from kg.dataset.store import in_memory
from kg.errors import BadParameter
from kg.graph import KnowledgeGraph
from kg.sources import curated

OUTCOME = SMALL["outcomes"][0]
REFERENCES = [
    *SMALL["references"],
    *(
        {"id": f"reference:{name}", "type": kind, "title": name, "issued": day, "checked": "source"}
        for name, kind, day in (
            ("paper-2012b", "Article", "2012-03-01"),
            ("paper-2014", "Article", "2014-05-01"),
            ("label-2012", "Label", "2012-08-17"),
            ("registry-2012", "RegistryRecord", "2012-04-01"),
            ("press-2012", "PressArticle", "2012-03-01"),
            ("press-2018", "PressArticle", "2018-01-01"),
        )
    ),
]
OTHER = {"key": "other", "reference": "reference:paper-2012b", "count": "20", "value": "41"}


@pytest.fixture
def made(tmp_path):
    """A graph of the small tables with more references and some tables replaced."""
    folders = itertools.count()

    def make(**changed):
        tables = {**SMALL, "references": REFERENCES, **changed}
        tables = {name: sorted(rows, key=_key) for name, rows in tables.items()}
        folder = write_tables(tmp_path / str(next(folders)), tables)
        return KnowledgeGraph(Local(in_memory(curated.claims(folder))))

    return make


def _key(row):
    return [
        row.get(name, "") for name in ("id", "subject", "key", "predicate", "object", "reference")
    ]


def outcomes(*changes):
    """The small table's outcome, and others that differ from it."""
    return [OUTCOME, *({**OUTCOME, **OTHER, **change} for change in changes)]


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("error", {}),
        ("data-cut", {"reference": "reference:paper-2014"}),
        ("press-against-primary", {"reference": "reference:press-2012"}),
        ("label-against-paper", {"reference": "reference:label-2012"}),
        ("registry-against-paper", {"reference": "reference:registry-2012"}),
        ("denominator", {"population": "response-evaluable"}),
        ("denominator", {"total": "90", "count": "37"}),
        ("definition", {"criteria": "marrow responses counted"}),
    ],
)
def test_two_values_of_one_thing_are_a_conflict_named_for_what_differs(made, kind, change):
    (found,) = made(outcomes=outcomes(change)).conflicts()
    assert (found.kind, found.curated, found.explanation) == (kind, False, "")
    assert found.about == ("trial:NCT01134575",)
    assert {side.value for side in found.sides} == {"9 (18%)"}
    assert {side.figure for side in found.sides} == {"18", "41"}


@pytest.mark.parametrize(
    "change",
    [
        {"count": "", "total": "", "value": "18.4"},  # the same figure, printed more precisely
        {"count": "9", "value": ""},  # 9 of 49 is 18.4 %
        {"subgroup": "Ph-positive"},
        {"timePoint": "12", "timing": "at"},
        {"measure": "measure:other"},
        {"reference": OUTCOME["reference"], "criteria": "IWG"},  # its own second analysis
        {"reference": OUTCOME["reference"]},  # in the same place of the same reference
    ],
)
def test_what_one_truth_could_have_been_printed_as_is_no_conflict(made, change):
    measures = [*SMALL["measures"], {**SMALL["measures"][0], "id": "measure:other"}]
    assert made(outcomes=outcomes(change), measures=measures).conflicts() == []


def test_assessors_and_follow_up_come_before_the_kind_of_reference(made):
    first = {**OUTCOME, "assessor": "investigator", "followUp": "10"}
    press = {**OUTCOME, **OTHER, "reference": "reference:press-2012"}
    (found,) = made(outcomes=[first, {**press, "followUp": "20"}]).conflicts()
    assert found.kind == "data-cut"
    (found,) = made(outcomes=[first, {**press, "assessor": "independent-review"}]).conflicts()
    assert found.kind == "assessor"


def test_successive_data_cuts_are_one_conflict_whose_id_stays(made):
    cuts = [
        {"key": f"cut-{months}", "followUp": months, "value": value, "count": "", "total": ""}
        for months, value in (("10", "30"), ("20", "35"), ("30", "40"))
    ]
    cuts[2]["reference"] = "reference:paper-2014"
    base = {**OUTCOME, **OTHER}
    two = made(outcomes=[{**base, **cuts[0]}, {**base, **cuts[2]}]).conflicts()
    three = made(
        outcomes=[
            {**base, **cuts[0]},
            {**base, **cuts[1], "reference": "reference:label-2012"},
            {**base, **cuts[2]},
        ]
    ).conflicts()
    assert [len(each.sides) for each in (*two, *three)] == [2, 3]
    assert two[0].id == three[0].id
    assert three[0].preferred.figure == "40"
    assert three[0].because == "latest data cut"


def test_a_curated_conflict_absorbs_what_it_explains(made):
    conflict = {
        "key": "explained",
        "about": "trial:NCT01134575",
        "between": "cr|other",
        "kind": "error",
        "preferred": "cr",
        "explanation": "A misprint.",
    }
    (found,) = made(outcomes=outcomes({}), conflicts=[conflict]).conflicts()
    assert (found.id, found.explanation) == ("conflict:explained", "A misprint.")
    assert (found.preferred.figure, found.because) == ("18", "the curator's choice")


def facts(name, *values):
    rows = [
        {**SMALL["trials"][0], "enrollment": "", name: value, "reference": reference}
        for value, reference in zip(
            values, ("reference:paper-2012", "reference:registry-2012"), strict=True
        )
    ]
    rows[1]["label"] = ""
    return rows


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("enrollment", "90", "91"),
        ("phase", "2", "3"),
        ("startDate", "2010-05", "2011-05-03"),
        ("masking", "open-label", "double-blind"),
        ("allocation", "randomized", "single-arm"),
    ],
)
def test_a_fact_with_two_values_is_a_conflict(made, name, one, other):
    (found,) = made(trials=facts(name, one, other)).conflicts()
    assert found.kind == "registry-against-paper"
    assert {side.node for side in found.sides} == {""}
    assert {side.checked for side in found.sides} == {"source"}
    assert all(side.label.startswith(name) for side in found.sides)


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("enrollment", "90", "90"),
        ("phase", "1/2", "2"),
        ("startDate", "2010-05", "2010-05-03"),
        ("masking", "quadruple", "double-blind"),
        ("allocation", "non-randomized", "single-arm"),
        ("country", "US", "DE"),
    ],
)
def test_facts_that_agree_or_are_plural_are_none(made, name, one, other):
    assert made(trials=facts(name, one, other)).conflicts() == []


def test_an_isotype_said_more_precisely_is_no_conflict(made):
    antibody = {"id": "antibody:g544", "type": "Antibody", "label": "G544"}

    def graph(*isotypes):
        rows = [
            {**SMALL["facts"][0], "subject": "antibody:g544", "predicate": "isotype"}
            | {"object": isotype, "reference": reference}
            for isotype, reference in zip(
                isotypes, ("reference:paper-2012", "reference:paper-2012b"), strict=True
            )
        ]
        return made(components=[antibody], facts=rows)

    assert graph("IgG4", "IgG4 kappa").conflicts() == []
    assert [each.about for each in graph("IgG4", "IgG1").conflicts()] == [("antibody:g544",)]


def test_drugs_per_antibody_agree_within_a_range(made):
    measure = {**SMALL["measures"][0], "id": "measure:drug-antibody-ratio", "kind": "mean"}

    def graph(value):
        base = {
            "about": "drug:inotuzumab-ozogamicin",
            "measure": "measure:drug-antibody-ratio",
            "population": "unstated",
            "locator": "text",
            "checked": "source",
        }
        rows = [
            {**base, "key": "a", "lower": "5", "upper": "7", "reported": "5-7"}
            | {"reference": "reference:paper-2012"},
            {**base, "key": "b", "value": value, "reported": value}
            | {"reference": "reference:paper-2012b"},
        ]
        return made(observations=rows, measures=[*SMALL["measures"], measure])

    assert graph("6").conflicts() == []
    assert [each.kind for each in graph("3").conflicts()] == ["error"]


def report(day, words, **more):
    return {
        **SMALL["events"][0],
        "key": "report",
        "eventType": "status-report",
        "date": day,
        "reported": words,
        "reference": "reference:press-2018",
        "indication": "disease:leukemia",
        **more,
    }


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (report("2017-12-31", "investigational"), True),
        (report("2017-12-31", "not yet approved in the US"), True),
        (report("2016-12-31", "approved for adults"), True),
        (report("2017-06-30", "investigational"), False),  # true on that day
        (report("2017", "investigational"), False),  # so it was for most of that year
        (report("2017-12-31", "approved; elsewhere not approved"), False),
        (report("2017-12-31", "investigational", jurisdiction="JP"), False),
        (report("2017-12-31", "investigational", setting="newly-diagnosed"), False),
    ],
)
def test_a_status_said_against_an_event_on_record(made, said, found):
    conflicts = made(events=[*SMALL["events"], said]).conflicts()
    assert [each.kind for each in conflicts] == ["press-against-primary"] * found
    if found:
        assert conflicts[0].preferred.reference == "reference:fda-2017"


def test_an_approval_taken_back_makes_the_report_right(made):
    gone = {
        **SMALL["events"][0],
        "key": "gone",
        "eventType": "withdrawal",
        "date": "2017-10-01",
        "amends": "us-2017",
        "reference": "reference:press-2018",
    }
    later = report("2017-12-31", "not approved")
    assert made(events=[*SMALL["events"], gone, later]).conflicts() == []


def test_a_percentage_that_is_not_its_count_over_total(made):
    (found,) = made(outcomes=[{**OUTCOME, "value": "25"}]).conflicts()
    assert [side.value for side in found.sides] == ["25 %", "9 of 49 (18.37 %)"]
    assert made(outcomes=[{**OUTCOME, "value": "18.4"}]).conflicts() == []


def side(node, kind="Article", figure="", **more):
    return Side(node, node, figure or node, f"reference:{node}", kind, "2012-01-01", figure, **more)


def decided(*sides, kind="error", topic=RESULT, **how):
    found = preference.prefer(Conflict("conflict:x", kind, (), sides, topic), **how)
    assert [each.node for each in found.sides] == [each.node for each in sides]
    return found.preferred and found.preferred.node, found.because


def test_which_side_is_preferred():
    article, press = side("a", figure="1"), side("p", "PressArticle", "2")
    assert decided(article, press) == ("a", "kind of reference")
    assert decided(article, press, chosen=frozenset({"p"})) == ("p", "the curator's choice")
    assert decided(article, press, order=["PressArticle"]) == ("p", "the order given")
    assert decided(article, press, kind="denominator")[0] is None
    assert decided(article, press, one_thing=False)[0] is None
    assert decided(article, side("l", "Label", "2")) == (None, "no rule decides")
    retracted = side("r", figure="2", retracted=True)
    assert decided(retracted, press) == ("p", "not retracted")
    recalled = side("m", figure="2", checked="recalled")
    assert decided(article, recalled) == ("a", "seen in its source")
    notice, paper = side("n", "RegulatoryNotice", "1"), side("b", figure="2")
    assert decided(notice, paper, topic=STATUS)[0] == "n"
    assert decided(notice, paper, topic=FACT)[0] is None


def test_review_and_data_cuts_decide_their_own_kinds():
    one = side("i", figure="1", assessor="investigator", follow_up="30")
    other = side("r", figure="2", assessor="independent-review", follow_up="9.5")
    assert decided(one, other, kind="assessor")[0] == "r"
    assert decided(one, other, kind="data-cut") == ("i", "latest data cut")
    primary = side("i", figure="1", assessor="investigator", endpoint_role="primary")
    assert decided(primary, other, kind="assessor") == ("i", "the protocol's primary endpoint")


def test_sides_of_one_figure_count_as_one():
    found = decided(side("a", figure="5"), side("b", figure="5"), side("p", "PressArticle", "6"))
    assert found == ("b", "kind of reference")


def test_an_unknown_kind_of_reference_is_told():
    with pytest.raises(BadParameter, match="kinds of reference are Abstract"):
        decided(side("a"), side("b"), order=["Blog"])


numbers = st.decimals(min_value=0, max_value=100, places=1).map(str)
said = st.builds(
    lambda number, reference, more: Said(
        f"outcome:{number}-{reference}-{sorted(more.items())}",
        Source(f"reference:{reference}", "Article", f"20{10 + reference}-01-01"),
        {"trial": "trial:x", "measure": "measure:y", "unit": "%", "value": number, **more},
    ),
    numbers,
    st.integers(0, 9),
    st.fixed_dictionaries(
        {},
        optional={
            "assessor": st.sampled_from(["investigator", "independent-review"]),
            "population": st.sampled_from(["treated", "enrolled", "unstated"]),
            "followUp": st.sampled_from(["10", "20"]),
        },
    ),
)


def unordered(found):
    return {(each.id, each.kind, each.sides) for each in found}


@settings(max_examples=60)
@given(st.lists(said, max_size=7, unique_by=lambda each: each.node), st.randoms())
def test_the_order_of_results_does_not_matter(every, random):
    shuffled = random.sample(every, len(every))
    assert unordered(results.find(every)) == unordered(results.find(shuffled))


@given(said, said)
def test_compatibility_and_kind_are_symmetric(one, other):
    assert results.compatible(one, other) == results.compatible(other, one)
    assert results.classify(one, other) == results.classify(other, one)
    assert results.compatible(one, one)


@settings(max_examples=60)
@given(st.lists(said, max_size=6, unique_by=lambda each: each.node), said)
def test_a_result_compatible_with_all_adds_nothing(every, one):
    if all(results.compatible(one, each) for each in every):
        assert unordered(results.find([*every, one])) == unordered(results.find(every))


@pytest.fixture(scope="module")
def found(graph):
    return graph.conflicts()


def test_every_curated_conflict_is_there_once(graph, found):
    on_record = [row[0].curie for row in graph.select("SELECT ?c { ?c a lkg:Conflict }")]
    assert sorted(each.id for each in found if each.curated) == sorted(on_record)
    assert len({each.id for each in found}) == len(found)
    assert all(len(each.sides) > 1 and each.because for each in found)


def test_detected_pairs_are_not_those_that_a_curator_explained(found):
    explained = [each.nodes for each in found if each.curated]
    for each in found:
        if not each.curated and len(each.nodes) == 2:
            assert not any(each.nodes <= nodes for nodes in explained)


def test_data_cuts_stand_last(found):
    cuts = [each.kind == "data-cut" for each in found]
    assert cuts == sorted(cuts)
    assert any(cuts)
    assert not all(cuts)


def test_the_56_per_cent(graph):
    name = "conflict:56-percent-press-against-abstract"
    for entity in ("inotuzumab ozogamicin", "NCT01134575", "CD22"):
        (conflict,) = (each for each in graph.conflicts(entity) if each.id == name)
        assert len(conflict.sides) == 5
        assert conflict.preferred.reference == "reference:ash-2011-3102"


def test_what_was_not_known_is_no_conflict_then(graph):
    then = graph.as_of("2011-06-30").conflicts()
    assert all(side.issued <= "2011-06-30" for each in then for side in each.sides)
    assert len(then) < len(graph.conflicts())


def test_responses_come_under_several_measures_with_the_mark(graph):
    rows = graph.ask("responses", drug="inotuzumab ozogamicin", disease="ALL")
    marked = [row for row in rows if row.conflicts]
    assert len({row["measure"] for row in marked}) > 2
    assert len(marked) < len(rows)
    by_row = {name for row in rows for name in row.conflicts}
    assert "conflict:56-percent-press-against-abstract" in by_row


def test_marks_are_those_of_the_whole_list(graph, found):
    for question, parameters in (
        ("results-of-trial", {"trial": "INO-VATE"}),
        ("history", {"drug": "inotuzumab ozogamicin"}),
        ("statements", {}),
    ):
        for row in graph.ask(question, **parameters):
            nodes = {cell.curie for cell in row if cell is not None}
            expected = sorted(each.id for each in found if nodes & each.nodes)
            assert list(row.conflicts) == expected


def run(*words):
    return CliRunner().invoke(application(), list(words), catch_exceptions=False)


def test_the_command(graph, monkeypatch):
    monkeypatch.setattr("kg.graph.load", lambda *_: graph)
    answer = json.loads(run("conflicts", "NCT01134575", "--format", "json").stdout)
    first = next(each for each in answer if each["id"].startswith("conflict:56"))
    assert set(first) == {
        *("id", "kind", "about", "aboutLabel", "sides", "topic", "explanation", "because")
    }
    assert {"node", "value", "reference", "issued", "preferred"} <= set(first["sides"][0])
    text = run("conflicts", "NCT01134575", "--kind", "press-against-primary", "--format", "table")
    assert "* preferred: the curator's choice" in text.stdout
    assert "0 series of data cuts" in text.stdout
    assert run("conflicts", "NCT01134575", "--fail").exit_code == 1
    assert run("conflicts", "CD52", "--kind", "assessor", "--fail").exit_code == 0
    with pytest.raises(BadParameter, match="kinds of conflict are definition"):
        run("conflicts", "--kind", "quarrel")


def test_the_mark_in_tables_and_json(graph, monkeypatch):
    monkeypatch.setattr("kg.graph.load", lambda *_: graph)
    asked = ("ask", "responses", "--drug", "inotuzumab ozogamicin", "--disease", "ALL")
    assert "≠ takes part in a conflict" in run(*asked, "--format", "table").stdout
    rows = json.loads(run(*asked, "--format", "json").stdout)["rows"]
    assert any(row["conflicts"] for row in rows)
    assert "conflict:" not in run(*asked, "--format", "csv").stdout
