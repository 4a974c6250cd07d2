"""The page of a question: what it asks, its parameters, its query, the answer to its example."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any, Protocol

from kg import questions
from kg.errors import StoreError, UsageError
from kg.pages import answers
from kg.pages.frame import Frame
from kg.questions import Question
from kg.rows import Rows


class Graph(Protocol):
    """What the page of a question needs of a graph."""

    def ask(self, question: str, **parameters: object) -> Rows:
        """Answer a competency question."""

    def find(self, name: str, prefixes: tuple[str, ...] = ()) -> str:
        """The IRI of the entity of a name."""

    def as_of(self, day: str) -> Graph:
        """The graph as it could be known on a day."""


def page(frame: Frame, graph: Graph, name: str, given: Mapping[str, str] | None = None) -> str:
    """The HTML of the page of a question.

    Args:
        given: parameters by name; those of the question's example if left out.
    """
    question = questions.load(name)
    chosen = dict(example(question) if given is None else given)
    shown: dict[str, Any] = {"title": question.summary, "question": question, "given": dict(chosen)}
    day = chosen.pop("as-of", "")
    try:
        view = graph.as_of(day) if day else graph
        query = question.bind(chosen, view.find)
        answer = view.ask(name, **chosen)
    except (UsageError, StoreError) as error:
        return frame.render("question.html", remark=f"No answer: {error}", **shown)
    known = f"As it could be known on {day}. " if day else ""
    empty = answer.coverage.words if answer.coverage else ""
    table = answers.table(frame.cells, answer, "answer", "Answer", query)
    return frame.render("question.html", [table], remark=known + empty, **shown)


def every(frame: Frame) -> str:
    """The HTML of the list of all questions."""
    found = sorted(map(questions.load, questions.names()), key=lambda q: (q.group, q.name))
    groups = [(group, list(of)) for group, of in groupby(found, key=lambda q: q.group)]
    return frame.render("questions.html", title="Questions", groups=groups)


def example(question: Question) -> dict[str, str]:
    """The parameters of a question's example."""
    return question.example_values
