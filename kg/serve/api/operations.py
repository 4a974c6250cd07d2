"""What the API has: an address for each request of :mod:`kg.answers`, and for each question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import msgspec

from kg.answers.asking import Ask, listed
from kg.answers.every import ANSWERS
from kg.answers.request import DAYS, Request, View
from kg.questions import Question
from kg.vocabulary import CODES

Json = dict[str, Any]
_ASK = "ask"
_NAME = {"type": "string", "minLength": 1, "maxLength": 300}
_DAY = {"type": "string", "anyOf": DAYS}


@dataclass(frozen=True)
class Parameter:
    """A parameter of an address.

    Attributes:
        name: as it stands in the address; ``field``: as the request has it.
        schema: JSON Schema of its value, without what it means.
        examples: values that show what it is for.
    """

    name: str
    field: str
    meaning: str
    schema: Json
    required: bool
    examples: tuple[Any, ...] = ()

    @property
    def many(self) -> bool:
        """Whether it may be repeated."""
        return self.schema.get("type") == "array"


@dataclass(frozen=True)
class Operation:
    """An address that can be asked.

    Attributes:
        path: the address; ``what``: the name of the request that answers it.
        group: of what it is part.
        summary: what it gives, in a line.
        parameters: its own; ``view``: those that say which part of the knowledge is asked.
        gives: the type of the answer.
        question: the name of the question, if it is one.
    """

    path: str
    what: str
    group: str
    summary: str
    parameters: tuple[Parameter, ...]
    view: tuple[Parameter, ...]
    gives: Any
    question: str = ""

    @property
    def every(self) -> dict[str, Parameter]:
        """All parameters, by name."""
        return {each.name: each for each in (*self.parameters, *self.view)}

    @property
    def example(self) -> str:
        """An address that shows what it is for."""
        given = {each.name: each.examples[0] for each in self.parameters if each.examples}
        return self.path + ("?" + urlencode(given, doseq=True) if given else "")


def operations() -> dict[str, Operation]:
    """All operations, by path."""
    every = [*_requests(), *map(_question, listed())]
    return {each.path: each for each in every}


def _requests() -> Iterator[Operation]:
    for name, kind in ANSWERS.items():
        if name != _ASK:
            fields = tuple(_fields(kind))
            summary = (kind.__doc__ or "").rstrip(".")
            yield Operation(f"/api/{name}", name, "Requests", summary, fields, _VIEW, kind.gives)


def _question(question: Question) -> Operation:
    examples = question.example_values
    own = tuple(
        Parameter(
            each.name,
            each.variable,
            each.meaning[:1].upper() + each.meaning[1:],
            _schema_of_kind(each.kind),
            not each.optional,
            tuple(examples[name] for name in [each.name] if name in examples),
        )
        for each in question.parameters
    )
    taken = {each.name for each in own}
    return Operation(
        f"/api/{_ASK}/{question.name}",
        _ASK,
        f"Questions: {question.group}",
        question.summary,
        (*own, *(each for each in _fields(Ask) if each.name == "proof")),
        tuple(each for each in _VIEW if each.name not in taken),
        Ask.gives,
        question.name,
    )


def _schema_of_kind(kind: str) -> Json:
    if kind in CODES:
        return {"type": "string", "enum": list(CODES[kind])}
    of_kind: dict[str, Json] = {"date": _DAY, "integer": {"type": "integer"}}
    return of_kind.get(kind, _NAME)


def _fields(kind: type[Request] | type[View]) -> Iterator[Parameter]:
    schema = msgspec.json.schema(kind)["$defs"][kind.__name__]
    for field, said in schema["properties"].items():
        yield Parameter(
            field.replace("_", "-"),
            field,
            said["description"],
            _of_value(said),
            field in schema["required"],
            tuple(said.get("examples", ())),
        )


def _of_value(said: Json) -> Json:
    """The schema of a field as that of a parameter, which is left out rather than null."""
    told_elsewhere = ("description", "examples", "default")
    own = {key: value for key, value in said.items() if key not in told_elsewhere}
    if "type" not in own:
        (value,) = (each for each in own.pop("anyOf") if each != {"type": "null"})
        own |= {"type": "string", **value}
    if own["type"] in ("integer", "boolean") and "default" in said:
        own["default"] = said["default"]
    return own


_VIEW = tuple(_fields(View))
