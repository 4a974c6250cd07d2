"""What a tool says: an answer with its proof, in a bounded size."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

from kg.answers.asking import ParameterRecord

T = TypeVar("T")
Value = str | int | float | bool | None


class Cut(msgspec.Struct, frozen=True):
    """A list, or a text, that is not whole here.

    Attributes:
        what: which.
        offset: what was passed over.
        shown: how many entries (or characters) are here.
        total: how many there are.
        rest: the arguments that get others.
    """

    what: str
    offset: int
    shown: int
    total: int
    rest: str


class Resolved(msgspec.Struct, frozen=True):
    """What a name was taken for.

    Attributes:
        given: as it was asked.
        by: "identifier", "label" or "other name".
    """

    given: str
    id: str
    label: str
    by: str


class Claim(msgspec.Struct, frozen=True):
    """What one reference says.

    Attributes:
        subject, predicate, object: a triple; or a result, event ... with its label.
        locator: where in the reference.
        checked: "source" if a curator saw it there, "recalled" if not, "" of a bulk source.
    """

    subject: str
    predicate: str
    object: str
    reference: str
    locator: str
    checked: str


class Source(msgspec.Struct, frozen=True):
    """A reference: its title, the day from which it could be known, and its address."""

    title: str
    issued: str
    url: str


class Said(msgspec.Struct, Generic[T], frozen=True, kw_only=True, rename="camel"):
    """The answer of a tool.

    Attributes:
        resolved: what the names were taken for.
        view: of which knowledge; "" for all of today's.
        coverage: what an empty answer means: that nobody looked, or that there is none.
        cut: what is not whole here.
        claims: the proof: what references say.
        references: those that the answer and the claims name.
    """

    answer: T
    resolved: list[Resolved] = []
    view: str = ""
    coverage: str = ""
    cut: list[Cut] = []
    claims: list[Claim] = []
    references: dict[str, Source] = {}


class AskedRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """A row of an answer.

    Attributes:
        values: by column; entities by their ids.
        claims: positions in the list of claims of those that make the row.
        references: those that the question selects for it.
        conflicts: ids of the conflicts that it takes part in.
        absent: what no reference says, which the row depends on.
        unavailable: why there is no proof.
    """

    values: dict[str, Value]
    claims: list[int] = []
    references: list[str] = []
    conflicts: list[str] = []
    absent: list[str] = []
    unavailable: str = ""


class Asked(msgspec.Struct, frozen=True):
    """The answer to a question."""

    question: str
    parameters: dict[str, str]
    columns: list[str]
    rows: list[AskedRow]


class Offered(msgspec.Struct, frozen=True, omit_defaults=True):
    """A question that can be asked.

    Attributes:
        takes: in brief, its parameters, with "?" where they are optional.
        parameters: in full.
        sparql: the query, if only this question was asked for.
    """

    question: str
    asks: str
    takes: str = ""
    parameters: list[ParameterRecord] = []
    sparql: str = ""


class Table(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a query gives: rows of SELECT, the boolean of ASK, N-Triples of the other forms."""

    columns: list[str] = []
    rows: list[dict[str, Value]] = []
    boolean: bool | None = None
    triples: list[str] = []
