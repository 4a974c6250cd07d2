"""Requests as records: what they take, what they give, and that the command line gives the same."""

import json

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from kg import cli, questions
from kg.answers.asking import Ask
from kg.answers.every import ANSWERS
from kg.answers.naming import Find, Suggest
from kg.answers.request import View
from kg.errors import AmbiguousName, UnknownName, UnknownQuestion
from kg.grounding import Index
from kg.printing import dump

# Of each request an example, and the command that says the same.
EXAMPLES = {
    "find": ({"name": "cmc 544"}, ["find", "cmc 544"]),
    "suggest": ({"q": "ino", "most": 3}, ["suggest", "ino", "--most", "3"]),
    "card": ({"name": "CD22"}, ["card", "CD22"]),
    "questions": ({}, ["ask"]),
    "ask": (
        {"question": "status", "parameters": {"drug": "CMC-544"}, "proof": True},
        ["ask", "status", "--drug", "CMC-544", "--proof"],
    ),
    "coverage": ({"name": "plasma cell leukemia"}, ["coverage", "plasma cell leukemia"]),
    "evidence": (
        {"subject": "besponsa", "predicate": "lkg:target", "value": "CD22"},
        ["evidence", "besponsa", "lkg:target", "CD22"],
    ),
    "conflicts": (
        {"entity": "INO-VATE", "kind": ["assessor"], "prefer": ["Label"]},
        ["conflicts", "INO-VATE", "--kind", "assessor", "--prefer", "Label"],
    ),
    "compare": (
        {"name": ["INO-VATE", "TOWER"], "measure": "response", "anyway": "to see"},
        ["compare", "INO-VATE", "TOWER", "--measure", "response", "--anyway", "to see"],
    ),
    "pool": (
        {"measure": "mrd-negativity", "drug": "blinatumomab", "every_arm": True},
        ["pool", "mrd-negativity", "--drug", "blinatumomab", "--every-arm"],
    ),
    "network": ({"entity": "CD22"}, ["network", "CD22"]),
    "path": ({"from": "CD22", "to": "ALL", "most": 2}, ["path", "CD22", "ALL", "--most", "2"]),
    "neighbours": ({"drug": "asciminib", "most": 2}, ["neighbours", "asciminib", "--most", "2"]),
    "diff": (
        {"from": "2017-07", "to": "2017-08"},
        ["diff", "--from", "2017-07", "--to", "2017-08"],
    ),
}


def answer(graph, name, fields):
    return dump(msgspec.convert(fields, ANSWERS[name]).answer(graph))


@pytest.mark.parametrize("name", ANSWERS)
def test_the_command_line_gives_the_same_json(graph, name):
    fields, words = EXAMPLES[name]
    done = CliRunner().invoke(cli.application(), [*words, "--format", "json", "-q"])
    assert done.exception is None, done.output
    assert done.stdout == answer(graph, name, fields)


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_are_what_their_description_says(graph, name):
    given = json.loads(answer(graph, name, EXAMPLES[name][0]))
    described = msgspec.json.schema(ANSWERS[name].gives)
    jsonschema.Draft202012Validator(described).validate(given)


@pytest.mark.parametrize("name", ANSWERS)
def test_every_field_says_what_it_means(name):
    schema = msgspec.json.schema(ANSWERS[name])["$defs"][ANSWERS[name].__name__]
    assert schema["description"] and schema["additionalProperties"] is False
    assert all(field["description"] for field in schema["properties"].values())


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("card", {}),
        ("card", {"name": ""}),
        ("card", {"name": "x" * 301}),
        ("card", {"name": "CD22", "depth": 1}),
        ("compare", {"name": []}),
        ("compare", {"name": ["INO-VATE"], "anyway": " "}),
        ("conflicts", {"kind": ["quarrel"]}),
        ("pool", {"measure": "cr", "setting": "tuesday"}),
        ("network", {"depth": 7}),
        ("path", {"from": "CD22", "to": "ALL", "most": 0}),
    ],
)
def test_what_a_request_does_not_take_is_refused(name, fields):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(fields, ANSWERS[name])


def test_a_question_without_rows_says_whether_they_were_looked_for(graph):
    found = Ask("history", {"drug": "BL22"}).answer(graph)
    assert found.rows == [] and found.coverage and found.coverage.covered
    assert json.loads(dump(found))["coverage"]["words"].startswith("covered, none found")
    assert not ANSWERS["coverage"]("plasma cell leukemia").answer(graph).covered


def test_a_day_goes_to_the_question_that_answers_about_days():
    asked, left = Ask("status", {"drug": "Mylotarg"}).about("2005")
    assert asked.parameters["on"] == "2005" and left == ""
    asked, left = Ask("approvals", {"agency": "FDA"}).about("2005")
    assert "on" not in asked.parameters and left == "2005"


def test_questions_are_listed_with_what_they_take(graph):
    listed = {each.question: each for each in ANSWERS["questions"]().answer(graph)}
    assert sorted(listed) == questions.names()
    first, *_ = listed["agency-lag"].parameters
    assert (first.name, first.kind, first.example) == ("first", "jurisdiction", "US")
    assert "EU" in first.allowed and not first.optional


def test_a_view_is_asked_like_the_whole(graph):
    then = View(as_of="2011-06-30").of(graph)
    (row,) = Ask("status", {"drug": "CMC-544"}).answer(then).rows
    assert row.values["status"] == "investigational"
    assert View().of(graph) is graph


def test_names_that_are_unknown_or_ambiguous_come_with_candidates(graph):
    with pytest.raises(UnknownName) as unknown:
        Find("inotuzmab ozogamicin").found(graph)
    assert unknown.value.candidates[0] == ("drug:inotuzumab-ozogamicin", "inotuzumab ozogamicin")
    with pytest.raises(UnknownQuestion) as question:
        Ask("statsu").found(graph)
    assert "status" in [each.id for each in question.value.candidates]


def test_an_ambiguous_name_lists_its_meanings():
    one, other = (f"https://w3id.org/leukemia-kg/drug/{name}" for name in "ab")
    index = Index([(one, "A"), (other, "B")], [(one, "AB"), (other, "AB")])
    with pytest.raises(AmbiguousName) as several:
        index.find("ab")
    assert several.value.candidates == (("drug:a", "A"), ("drug:b", "B"))


def test_a_near_spelling_is_of_a_drug_rather_than_of_an_arm_that_is_called_like_it():
    drug, arm = (f"https://w3id.org/leukemia-kg/{each}" for each in ("drug/a", "arm/a"))
    assert Index([(arm, "inotuzumab"), (drug, "inotuzumab")]).near("inotuzmab", ()) == [drug]


def suggested(graph, text, **more):
    return [each.id for each in Suggest(text, **more).found(graph)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("CMC-5", "drug:inotuzumab-ozogamicin"),
        ("bespo", "drug:inotuzumab-ozogamicin"),
        ("vod", "adverse-event:hepatic-veno-occlusive-disease"),
        ("cd22", "target:CD22"),
        ("chronic myeloid", "disease:chronic-myeloid-leukemia"),
        ("inotuzmab ozogamicin", "drug:inotuzumab-ozogamicin"),
        ("drug:imatinib", "drug:imatinib"),
    ],
)
def test_letters_become_the_entity_that_is_meant(graph, text, first):
    assert suggested(graph, text)[0] == first


def test_suggestions_begin_with_a_word_of_a_name(graph):
    for each in Suggest("ozoga", most=50).found(graph):
        words = (each.via or each.label).lower().replace("-", " ").split()
        assert any(word.strip("()").startswith("ozoga") for word in words), each


def test_suggestions_can_be_of_some_kinds_and_are_no_more_than_asked_for(graph):
    found = suggested(graph, "c", kind=["target"], most=7)
    assert len(found) == 7 and all(each.startswith("target:") for each in found)


@given(st.text(min_size=1, max_size=12))
def test_any_text_has_suggestions_or_none(small, text):
    found = suggested(small, text)
    assert len(found) == len(set(found)) <= 10


@given(st.integers(0, 21))
def test_every_beginning_of_a_name_suggests_it(small, length):
    name = "inotuzumab ozogamicin"
    if letters := name[:length].strip():
        assert "drug:inotuzumab-ozogamicin" in suggested(small, letters)
