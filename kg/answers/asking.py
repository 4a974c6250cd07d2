"""Competency questions: which there are, and their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import msgspec
from msgspec import UNSET, Meta, UnsetType, field

from kg import questions
from kg.answers.request import Name, Request, Text
from kg.proof.report import ProofRecord, record
from kg.questions import Parameter, Question
from kg.rows import Cell, Covered, Row, Rows
from kg.vocabulary import CODES, curie

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

Value = str | int | float | bool | None


class Coverage(msgspec.Struct, frozen=True):
    """What an answer without rows means.

    Attributes:
        covered: whether it was looked for; else the empty answer says nothing.
        words: that, until when, and what was left out.
    """

    covered: bool
    words: str


class AnswerRow(msgspec.Struct, frozen=True):
    """A row of an answer.

    Attributes:
        values: by column; entities by their short ids, decimals as text, null where none is known.
        references: ids of those that support the row.
        conflicts: ids of the conflicts that it takes part in.
        proof: if it was asked for.
    """

    values: dict[str, Value]
    references: list[str]
    conflicts: list[str]
    proof: ProofRecord | UnsetType = UNSET


class Answer(msgspec.Struct, frozen=True):
    """The answer to a question.

    Attributes:
        coverage: of an answer without rows, whether it was looked for; else null.
    """

    question: str
    parameters: dict[str, str]
    columns: list[str]
    coverage: Coverage | None
    rows: list[AnswerRow]


class Ask(Request, frozen=True):
    """The answer to a competency question, each row with its references."""

    gives: ClassVar = Answer

    question: Annotated[
        Text, Meta(description="The name of a question.", examples=["status", "responses"])
    ]
    parameters: Annotated[
        dict[str, str], Meta(description="By name, as the list of questions tells them.")
    ] = field(default_factory=dict)
    proof: Annotated[
        bool, Meta(description="Whether each row comes with the claims that made it.")
    ] = False

    def about(self, day: str) -> tuple[Ask, str]:
        """The request that asks about a day, and the day that is left for the view to be on.

        A question that answers about a day by itself takes it as its parameter.
        """
        if not day or not questions.load(self.question).takes_day:
            return self, day
        return msgspec.structs.replace(self, parameters=self.parameters | {"on": day}), ""

    def found(self, graph: KnowledgeGraph) -> Rows:
        """The rows."""
        return graph.ask(self.question, **self.parameters)

    def record(self, graph: KnowledgeGraph, found: Rows) -> Answer:
        """The rows as records."""
        return Answer(
            questions.load(self.question).name,
            {name.replace("-", "_"): value for name, value in self.parameters.items()},
            list(found.columns),
            found.coverage and Coverage(*found.coverage),
            [_row(row, self.proof) for row in found],
        )


def _row(row: Row, proof: bool) -> AnswerRow:
    return AnswerRow(
        {name: _plain(cell) for name, cell in row.dict().items()},
        [curie(reference) for reference in row.references],
        list(row.conflicts),
        record(row.proof) if proof else UNSET,
    )


def _plain(cell: Cell | None) -> Any:
    if cell is None:
        return None
    return cell.curie if cell.is_iri else cell.value


class GetCoverage(Request, frozen=True):
    """Whether anybody looked: what it means that the graph says nothing about an entity."""

    gives: ClassVar = Coverage

    name: Annotated[
        Name,
        Meta(description="The entity, by any of its names.", examples=["hairy cell leukemia"]),
    ]

    def found(self, graph: KnowledgeGraph) -> Covered:
        """That, in the words of an answer without rows."""
        return graph.covered([graph.find(self.name)])

    def record(self, graph: KnowledgeGraph, found: Covered) -> Coverage:
        """The same as a record."""
        return Coverage(*found)


class ParameterRecord(msgspec.Struct, frozen=True):
    """A parameter of a question.

    Attributes:
        kind: "date", "text", "integer", "entity" for any, prefixes of entities joined by commas,
            or a closed list.
        allowed: the members of the closed list; empty where it is none.
        example: a value, from the question's example; "" if that has none.
    """

    name: str
    kind: str
    optional: bool
    meaning: str
    allowed: list[str]
    example: str


class QuestionRecord(msgspec.Struct, frozen=True):
    """A question that can be asked.

    Attributes:
        asks: what, in a user's words.
        example: a command that asks it.
    """

    group: str
    question: str
    asks: str
    example: str
    parameters: list[ParameterRecord]


class ListQuestions(Request, frozen=True):
    """The competency questions, with their parameters, allowed values and examples."""

    gives: ClassVar = list[QuestionRecord]

    def found(self, graph: KnowledgeGraph) -> list[Question]:
        """The questions, by group and name."""
        return listed()

    def record(self, graph: KnowledgeGraph, found: list[Question]) -> list[QuestionRecord]:
        """The questions as records."""
        return [described(each) for each in found]


def listed() -> list[Question]:
    """All questions, by group and name."""
    every = map(questions.load, questions.names())
    return sorted(every, key=lambda question: (question.group, question.name))


def described(question: Question) -> QuestionRecord:
    """A question as JSON has it."""
    return QuestionRecord(
        question.group,
        question.name,
        question.summary,
        question.example,
        [_parameter(each, question.example_values) for each in question.parameters],
    )


def _parameter(parameter: Parameter, example: dict[str, str]) -> ParameterRecord:
    return ParameterRecord(
        parameter.name,
        parameter.kind,
        parameter.optional,
        parameter.meaning,
        list(CODES.get(parameter.kind, ())),
        example.get(parameter.name, ""),
    )
