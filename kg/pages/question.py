"""The page of a question: what it asks, its parameters, its query, the answer to its example."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlencode

from kg import questions
from kg.errors import StoreError, UsageError
from kg.grounding import NAMED_PREFIXES
from kg.pages import answers
from kg.pages.frame import Frame
from kg.questions import Parameter, Question
from kg.rows import Rows
from kg.vocabulary import CODES


class Graph(Protocol):
    """What the page of a question needs of a graph."""

    def ask(self, question: str, **parameters: object) -> Rows:
        """Answer a competency question."""

    def find(self, name: str, prefixes: tuple[str, ...] = ()) -> str:
        """The IRI of the entity of a name."""

    def as_of(self, day: str) -> Graph:
        """The graph as it could be known on a day."""


class Field(NamedTuple):
    """A parameter as a form asks for it.

    Attributes:
        codes: what may be chosen, of a closed list; kinds: prefixes of the entities it takes.
        fault: what is wrong with its value; instead: what could be meant, with the address of
            the same question with that.
    """

    name: str
    meaning: str
    optional: bool
    type: str
    value: str
    codes: tuple[str, ...] = ()
    kinds: str = ""
    fault: str = ""
    instead: tuple[tuple[str, str], ...] = ()


def page(frame: Frame, graph: Graph, name: str, given: Mapping[str, str] | None = None) -> str:
    """The HTML of the page of a question.

    Args:
        given: parameters by name; those of the question's example if left out.
    """
    question = questions.load(name)
    chosen = dict(question.example_values if given is None else given)
    shown: dict[str, Any] = {"title": question.summary, "question": question, "given": dict(chosen)}
    day = chosen.pop("as-of", "")
    if frame.served:
        faults = question.faults(chosen, graph.find)
        shown["fields"] = [_field(frame, question, p, chosen, faults) for p in question.parameters]
        if faults:
            return frame.render("question.html", remark="There is no answer yet.", **shown)
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


def _field(
    frame: Frame,
    question: Question,
    parameter: Parameter,
    chosen: Mapping[str, str],
    faults: Mapping[str, UsageError],
) -> Field:
    name, codes = parameter.name, CODES.get(parameter.kind, ())
    fault, here = faults.get(name), frame.href(f"question:{question.name}")
    joined = "&" if "?" in here else "?"
    return Field(
        name,
        parameter.meaning,
        parameter.optional,
        {"date": "date", "integer": "number"}.get(parameter.kind, "text"),
        chosen.get(name, ""),
        codes,
        " ".join(parameter.prefixes or NAMED_PREFIXES) if parameter.is_entity else "",
        str(fault or "").partition("; did you mean")[0].removeprefix(f"--{name}: "),
        tuple(
            (each.label, here + joined + urlencode({**chosen, name: each.id}))
            for each in (fault.candidates if fault else ())
        ),
    )


def every(frame: Frame) -> str:
    """The HTML of the list of all questions."""
    found = sorted(map(questions.load, questions.names()), key=lambda q: (q.group, q.name))
    groups = [(group, list(of)) for group, of in groupby(found, key=lambda q: q.group)]
    return frame.render("questions.html", title="Questions", groups=groups)
