"""Competency questions: well-formed files, and their golden rows on the packaged knowledge.

A golden row changes only with the knowledge that changes it; after such a change, look at
the difference and write it with ``KG_UPDATE_GOLDEN=1 pytest tests/test_questions.py``.
"""

import os
import re
import shlex
from pathlib import Path

import pytest

from kg import printing, questions
from kg.vocabulary import CODES, ENTITY_PREFIXES

GOLDEN = Path(__file__).parent / "golden"
NAMES = questions.names()
GROUPS = {
    "coverage",
    "conjugates",
    "targets",
    "trials",
    "safety",
    "regulation",
    "disease",
    "provenance",
}


def test_there_are_enough_questions():
    assert len(NAMES) >= 50


@pytest.mark.parametrize("name", NAMES)
def test_a_question_is_well_formed(name):
    question = questions.load(name)
    assert question.summary.endswith("?") or question.summary[0].isupper()
    assert question.group in GROUPS
    assert question.example.startswith(f"kg ask {name}")
    for parameter in question.parameters:
        kinds = set(parameter.kind.split(","))
        assert kinds <= {"date", "text", "integer", "entity", *CODES, *ENTITY_PREFIXES}
        assert re.search(rf"^\s*VALUES \?{parameter.variable} \{{ .* \}}$", question.query, re.M)
    for named in re.findall(r"# with (\S+)$", question.query, re.M):
        assert named in {parameter.name for parameter in question.parameters if parameter.optional}
    assert "ORDER BY" in question.query


@pytest.mark.parametrize("name", NAMES)
def test_the_file_itself_is_a_query_that_runs(name, graph):
    graph.select(questions.load(name).query)


def asked_sparql(graph, name):
    """The view that a question's own example asks, and the query that it runs there."""
    words = shlex.split(questions.load(name).example)[3:]
    options = dict(zip(words[::2], words[1::2], strict=True))
    view = graph.as_of(day) if (day := options.pop("--as-of", "")) else graph
    values = {key.removeprefix("--"): value for key, value in options.items()}
    return view, questions.load(name).bind(values, view.find)


def asked(graph, name):
    """The answer to a question's own example."""
    view, sparql = asked_sparql(graph, name)
    return view.select(sparql)


@pytest.mark.parametrize("name", NAMES)
def test_golden_rows(name, graph):
    answer = asked(graph, name)
    content = printing.rows(answer, "csv")
    path = GOLDEN / f"{name}.csv"
    if os.environ.get("KG_UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    assert content == path.read_text(encoding="utf-8"), f"see the docstring of {__file__}"
    assert len(answer) > 0, "an example that shows nothing is none"
    assert f"{len(answer)} row" in printing.rows(answer, "table")


@pytest.mark.parametrize(
    "name",
    [name for name in NAMES if questions.load(name).group != "coverage" and name != "disease-tree"],
)
def test_every_row_has_its_references(name, graph):
    for row in asked(graph, name):
        assert row.references, f"{name}: {row}"
        assert all("/reference/" in reference for reference in row.references)


@pytest.mark.parametrize("name", NAMES)
def test_optional_parameters_may_be_left_out(name, graph):
    question = questions.load(name)
    needed = {p.name for p in question.parameters if not p.optional}
    words = shlex.split(question.example)[3:]
    given = dict(zip(words[::2], words[1::2], strict=True))
    fewest = {key[2:]: value for key, value in given.items() if key[2:] in needed}
    most = asked(graph, name) if "--as-of" not in given else ()
    assert len(graph.ask(name, **fewest)) >= len(most)


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_distinct(name, graph):
    rows = [tuple(row) for row in asked(graph, name)]
    assert len(rows) == len(set(rows))
