"""What the tools take beyond the requests of :mod:`kg.answers`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta

from kg import questions
from kg.serve.mcp.said import Cut

T = TypeVar("T")
SECTIONS = ("facts", "mentions", "events", "results", "observations", "statements", "conflicts")
if TYPE_CHECKING:  # closed lists, of which a type checker need not know the members
    Section = str
    Group = str
else:
    Section = Literal["", *SECTIONS]
    Group = Literal["", *sorted({questions.load(name).group for name in questions.names()})]


class Page(msgspec.Struct, frozen=True):
    """Which part of a list is asked for."""

    limit: Annotated[int, Meta(ge=1, le=100, description="Entries of a list.")] = 10
    offset: Annotated[int, Meta(ge=0, description="Entries to pass over.")] = 0

    def of(self, every: Sequence[T]) -> list[T]:
        """That part."""
        return [*every[self.offset : self.offset + self.limit]]

    def cut(self, what: str, every: Sequence[object], more: str = "") -> list[Cut]:
        """What is said of a list of which only that part is shown, if it is not the whole.

        Args:
            more: arguments that get others, beside the offset.
        """
        shown = len(self.of(every))
        if shown == len(every):
            return []
        after = self.offset + shown
        rest = f"{more}offset={after}" if after < len(every) else f"{more}offset=0"
        return [Cut(what, self.offset, shown, len(every), rest)]


class Sections(Page, frozen=True):
    """A page of each section of a card, or of one."""

    limit: Annotated[int, Meta(ge=1, le=100, description="Entries of a section.")] = 5
    section: Annotated[Section, Meta(description="Only this part of the card.")] = ""


class OneRow(Page, frozen=True):
    """A page of rows, or of the proof of one."""

    row: Annotated[
        int, Meta(ge=0, description="Only this row (from 1), with its whole proof by pages.")
    ] = 0


class ListQuestions(msgspec.Struct, frozen=True):
    """The questions that can be asked: all in brief, or one group or one question in full."""

    group: Annotated[Group, Meta(description="A group, with parameters in full.")] = ""
    question: Annotated[str, Meta(description="One question in full, with its SPARQL.")] = ""


class GetSchema(msgspec.Struct, frozen=True):
    """Classes, properties, prefixes, codes and example queries."""

    term: Annotated[str, Meta(description="A class or property, with definitions.")] = ""


class RunQuery(msgspec.Struct, frozen=True):
    """A SPARQL query."""

    query: Annotated[
        str, Meta(min_length=1, max_length=20_000, description="SPARQL 1.1; prefixes are declared.")
    ]


class ReadResult(msgspec.Struct, frozen=True):
    """The result of a query, to be shown with what its nodes and references say.

    Attributes:
        media: its media type.
        content: the result.
    """

    media: str
    content: str
