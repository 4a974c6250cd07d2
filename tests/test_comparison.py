"""Trials and drugs side by side: what is shown, what is refused, and what is said."""

import json

import pytest
from test_cli import run

from kg.errors import BadParameter, UnknownName

THREE = ("INO-VATE", "TOWER", "ELIANA")


@pytest.fixture(scope="module")
def responses(graph):
    return graph.compare(*THREE, measure="response")


def test_three_trials_on_response_are_shown_and_not_ranked(responses):
    assert responses.verdict == "refused"
    assert {line.arm.trial_label for line in responses.lines} == set(THREE)
    assert [line.arm.trial_label for line in responses.lines] == sorted(
        line.arm.trial_label for line in responses.lines
    )
    assert all(line.rank is None for line in responses.lines)
    differing = {each.dimension for each in responses.differences if each.reason}
    assert differing >= {"age", "disease", "design", "endpoint definition", "denominator"}
    assert "not ranked" in responses.remark


def test_measures_are_told_apart(responses):
    endpoints = {line.endpoint for line in responses.lines}
    assert {"cr-or-cri", "cr-or-crh-or-cri"} <= endpoints
    for line in responses.lines:
        assert {each.measure for each in (line.result, *line.others)} == {line.result.measure}
    keys = [(line.arm.trial, line.arm.id, line.endpoint) for line in responses.lines]
    assert len(keys) == len(set(keys))


def test_a_reason_ranks_anyway_and_stands_beside_the_ranking(graph):
    found = graph.compare(*THREE, measure="response", anyway="for a talk")
    assert found.verdict == "ranked anyway"
    assert found.remark.startswith("ranked anyway: for a talk; differs in age")
    ranked = [(line.rank, line.value) for line in found.lines]
    assert ranked == sorted(ranked, key=lambda each: (each[0], -each[1]))
    assert ranked[0][0] == 1


def test_arms_of_one_randomised_trial_are_compared_with_the_test_as_reported(graph):
    found = graph.compare("INO-VATE", measure="overall-survival-median")
    assert found.verdict == "comparable"
    assert [line.rank for line in found.lines] == [1, 2]
    assert all("randomised" not in each for each in found.reasons)
    ratios = [
        each for each in found.tests if each.measure.endswith("overall-survival-hazard-ratio")
    ]
    assert ratios and all(each.comparator for each in ratios)
    reported = graph.query(
        "SELECT ?v { ?o lkg:trial trial:NCT01564784 ; lkg:comparator ?c ; "
        "lkg:measure measure:overall-survival-hazard-ratio ; lkg:value ?v }"
    )
    assert {each.value for each in ratios} == {float(str(row[0])) for row in reported}


def test_drugs_bring_all_their_arms_and_no_others(graph):
    found = graph.compare("Besponsa", "blinatumomab", measure="cr-or-cri")
    assert {line.name for line in found.lines} == {"Besponsa", "blinatumomab"}
    for line in found.lines:
        drug = {"Besponsa": "inotuzumab ozogamicin"}.get(line.name, line.name)
        assert drug in line.arm.drugs


def test_an_interval_that_is_not_reported_is_computed_and_marked(small):
    (line,) = small.compare("NCT01134575", measure="complete-remission").lines
    assert line.computed == ("interval",)
    assert (round(line.lower, 1), round(line.upper, 1)) == (8.8, 32.0)  # exact, of 9/49
    assert "8.8 to 32.0*" in small.compare("NCT01134575").table()[1][0]


def test_one_result_is_no_comparison(small):
    found = small.compare("NCT01134575", measure="response")
    assert found.verdict == "nothing to compare" and len(found.lines) == 1


def test_without_a_measure_the_first_family_with_results_is_taken(graph):
    assert graph.compare(*THREE).measure == "response"
    assert graph.compare("INO-VATE", "TOWER", measure="survival").measure == "survival"


def test_nothing_found_says_whether_anybody_looked(graph, small):
    (said, _) = graph.compare("TOWER", "ELIANA", measure="mr4").empty
    assert "covered (Acute lymphoblastic leukemia, until" in said and "none found" in said
    (said,) = small.compare("NCT01134575", measure="survival").empty
    assert said.startswith("survival of NCT01134575: not covered")


def test_a_view_compares_what_was_known_then(graph):
    then = graph.as_of("2016-12-31").compare("INO-VATE", measure="response")
    assert then.lines and all(
        each.issued <= "2016-12-31" for line in then.lines for each in (line.result, *line.others)
    )


def test_the_dictionary_is_json_under_the_names_of_the_vocabulary(responses):
    found = json.loads(json.dumps(responses.to_dict()))
    assert set(found) == {
        "measure",
        "definition",
        "verdict",
        "differences",
        "anyway",
        "empty",
        "known",
        "lines",
        "tests",
        "remark",
    }
    line = found["lines"][0]
    assert {"arm", "endpoint", "result", "value", "lower", "upper", "computed", "rank"} <= set(line)
    assert {"dataCutoff", "followUp", "population", "reference"} <= set(line["result"])
    assert {"trialLabel", "priorLines", "ageLow", "requires", "randomized"} <= set(line["arm"])


def test_a_notebook_shows_the_table_and_the_reasons(responses):
    shown = responses._repr_html_()
    assert shown.count("<tr>") == len(responses.lines) + 1 and "not ranked" in shown


@pytest.mark.parametrize(
    ("names", "options", "error", "says"),
    [
        ((), {}, BadParameter, "two or more"),
        (("blinatumomab",), {}, BadParameter, "two or more"),
        (("Besponsa", "inotuzumab ozogamicin"), {}, BadParameter, "two or more"),
        (("INO-VATE", "no such trial"), {}, UnknownName, "no trial or drug"),
        (THREE, {"measure": "bestness"}, UnknownName, "a measure is also a family: response"),
        (THREE, {"anyway": "  "}, BadParameter, "a reason"),
    ],
)
def test_what_cannot_be_compared_is_told(graph, names, options, error, says):
    with pytest.raises(error, match=says):
        graph.compare(*names, **options)


@pytest.fixture(scope="module")
def command(cache):
    def kg(*words):
        return run(*words, env={"XDG_CACHE_HOME": str(cache.parent)})

    return kg


def test_the_command_refuses_a_ranking_with_exit_0(command):
    done = command("compare", *THREE, "--measure", "response", "--format", "table")
    assert done.returncode == 0
    assert "not ranked: the results differ in" in done.stdout
    assert "3 to 21" in done.stdout and "cr-or-crh-or-cri" in done.stdout


def test_the_command_marks_what_it_ranks_anyway_in_every_row(command):
    words = ("compare", *THREE, "--measure", "cr-or-cri")
    rows = command(*words, "--anyway", "for a talk").stdout.splitlines()
    assert rows[0].startswith("rank,trial,arm,measure,n/N,value,interval,population")
    assert all("ranked anyway: for a talk" in row for row in rows[1:])


@pytest.mark.parametrize(
    "words",
    [
        ("compare", *THREE, "--anyway", ""),
        ("compare", "blinatumomab"),
        ("compare", "INO-VATE", "TOWER", "--measure", "bestness"),
        ("pool", "cr-or-cri"),
        ("pool", "cr-or-cri", "--drug", "blinatumomab", "--anyway", " "),
        ("pool", "response", "--drug", "blinatumomab"),
    ],
)
def test_bad_usage_is_one_line_and_exit_2(command, words):
    done = command(*words)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("kg: ") and done.stderr.count("\n") == 1
