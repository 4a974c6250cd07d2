"""The lint of questions: every question passes, and each rule trips on its own bad example."""

from pathlib import Path

import pytest

from kg import questions
from kg.questions.groups import parse
from kg.questions.lint import lint

GOOD = """SELECT ?drug ?label (MAX(COALESCE(?phase, "")) AS ?highest) ?acronym WHERE {
  VALUES ?kind { "approval" }
  ?event lkg:drug ?drug ; lkg:eventType ?kind ; lkg:pivotal ?trial .
  ?drug rdfs:label ?label .
  FILTER(?label != "x")
  FILTER NOT EXISTS { ?other lkg:amends ?event }
  MINUS { ?event lkg:indication ?where . ?where rdfs:subClassOf* disease:leukemia }
  OPTIONAL { ?trial lkg:phase ?phase OPTIONAL { ?phase rdfs:label ?any } }
  OPTIONAL { ?trial lkg:acronym ?acronym }
  BIND(EXISTS { ?conflict lkg:about ?drug } AS ?none)
} GROUP BY ?drug ?label ?acronym ORDER BY ?drug
"""
BAD = [
    ("  ?drug rdfs:label ?label .\n", "", "} GROUP", "  ?drug rdfs:label ?label .\n} GROUP", 10,
     "a required pattern after BIND: move it in front"),
    ("  ?drug rdfs:label ?label .\n", "", "  BIND", "  ?drug rdfs:label ?label .\n  BIND", 9,
     "a required pattern after OPTIONAL: move it in front"),
    ("?trial lkg:phase ?phase OPTIONAL { ?phase rdfs:label ?any }",
     "?trial lkg:phase ?phase . ?phase rdfs:label ?any", "", "", 8,
     "OPTIONAL joins patterns, each evaluated whole: nest them, OPTIONAL { a OPTIONAL { b } }"),
    ("?trial lkg:acronym ?acronym", "?trial lkg:sponsor/rdfs:label ?acronym", "", "", 9,
     "OPTIONAL joins patterns, each evaluated whole: nest them, OPTIONAL { a OPTIONAL { b } }"),
    ("OPTIONAL { ?phase rdfs:label ?any } }", "} OPTIONAL { ?phase rdfs:label ?any }", "", "", 8,
     "OPTIONAL continues ?phase, which may be unbound: nest it in the pattern that binds it"),
    ('FILTER(?label != "x")', 'FILTER(?label IN ("x", "y"))', "", "", 5,
     "FILTER(?label IN ...) before OPTIONAL: say it with VALUES"),
    ("?other lkg:amends ?event", "?other lkg:amends+ ?event", "", "", 6,
     "a property path in NOT EXISTS: say it with MINUS"),
    ("BY ?drug ?label ?acronym", "BY ?drug ?label ?acronym ?trial", "", "", 11,
     "GROUP BY ?trial, which is not selected: select it too"),
    ("BY ?drug ?label ?acronym", "BY ?drug ?label (STR(?acronym))", "", "", 11,
     "GROUP BY an expression: bind it to a variable first"),
    ('MAX(COALESCE(?phase, ""))', "MAX(?phase)", "", "", 1,
     "MAX(?phase) may meet nothing bound: COALESCE it"),
    ('MAX(COALESCE(?phase, ""))', "SAMPLE(STR(?phase))", "", "", 1,
     "SAMPLE(?phase) may meet nothing bound: COALESCE it"),
    ("lkg:pivotal ?trial", "lkg:pivotal ?trial ; lkg:date ?date", "", "", 3,
     "?date is not used: leave it out, or call it ?any"),
    ("disease:leukemia", "mondo:leukemia", "", "", 7,
     "mondo: is not a prefix of the vocabulary"),
    ("WHERE {", "FROM lkg:descriptions WHERE {", "", "", 1,
     "FROM: a question asks the graph that it is given"),
]  # fmt: skip


@pytest.mark.parametrize("name", questions.names())
def test_every_question_passes(name):
    text = (Path(questions.__file__).parent / f"{name}.rq").read_text(encoding="utf-8")
    assert lint(text, name) == []


def test_the_good_example_passes():
    assert lint(GOOD) == []


@pytest.mark.parametrize("case", BAD)
def test_a_bad_example_trips_one_rule(case):
    old, new, at, then, line, message = case
    bad = GOOD.replace(old, new, 1)
    bad = bad.replace(at, then, 1) if at else bad
    assert bad != GOOD
    assert lint(bad, "bad") == [f"bad.rq:{line}: {message}"]


def test_a_service_is_told():
    found = lint("SELECT ?s WHERE {\n  SERVICE <http://x> { ?s a lkg:Drug }\n}")
    assert any("query.rq:2: SERVICE" in message for message in found)


def test_groups_are_read_as_written():
    top = parse('SELECT ?s { ?s a/lkg:p* ?o, "#} FILTER" ; !lkg:q 1.5 . { ?s ?p <a#b> } } LIMIT 1')
    triples = [" ".join(t.text for t in c.tokens) for g in top.walk() for c in g.clauses]
    assert triples == [
        "?s a / lkg:p * ?o", '?s a / lkg:p * "#} FILTER"', "?s ! lkg:q 1.5", "", "?s ?p <a#b>",
    ]  # fmt: skip
    assert [token.text for token in top.tail] == ["LIMIT", "1"]
