"""What a request is, and the kinds of text and number that its fields take."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias

import msgspec
from msgspec import Meta

from kg.vocabulary import CODES, KINDS, SUPERCLASS

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

DAYS = [
    {"type": "string", "format": "date"},
    {"type": "string", "pattern": "^[1-9][0-9]{3}-(0[1-9]|1[0-2])$"},
    {"type": "string", "pattern": "^[1-9][0-9]{3}$"},
]

Name = Annotated[str, Meta(min_length=1, max_length=300)]
Text = Annotated[str, Meta(min_length=1, max_length=2000)]
Why = Annotated[str, Meta(min_length=1, max_length=500, pattern=r"\S")]
# A day is checked where it is read: what a pattern says of it, the calendar may not have.
Day = Annotated[str, Meta(extra_json_schema={"anyOf": DAYS})]
if TYPE_CHECKING:  # closed lists, of which a type checker need not know the members
    Setting: TypeAlias = str
    Disagreement: TypeAlias = str
    ReferenceKind: TypeAlias = str
    EntityKind: TypeAlias = str
else:
    from kg.grounding import NAMED_PREFIXES

    Setting = Literal[CODES["setting"]]
    Disagreement = Literal[KINDS["Conflict"]]
    ReferenceKind = Literal[tuple(n for n, of in SUPERCLASS.items() if of == "Reference")]
    EntityKind = Literal[NAMED_PREFIXES]
LeftOut = Literal["press", "abstract", "recalled"]


class View(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which part of the knowledge is asked; every request can be put to one.

    Attributes:
        as_of: what could be known on a day.
        on: today's knowledge about a day.
        without: evidence that is left out.
    """

    as_of: Annotated[Day, Meta(description="Answer with what could be known on this day.")] = ""
    on: Annotated[Day, Meta(description="Answer about this day, with today's knowledge.")] = ""
    without: Annotated[
        Sequence[LeftOut],
        Meta(description="Leave out press articles, abstracts, or what nobody saw in its source."),
    ] = ()

    def of(self, graph: KnowledgeGraph) -> KnowledgeGraph:
        """The graph as the view has it.

        Raises:
            BadParameter: days that are none, or that contradict each other.
        """
        return graph.view(self.as_of, self.without, self.on)


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that a graph is asked: a command, an address of the API, a tool.

    Attributes:
        gives: the type of :meth:`answer`.
    """

    gives: ClassVar[Any]

    @abstractmethod
    def found(self, graph: KnowledgeGraph) -> Any:
        """What the graph returns, as Python has it.

        Raises:
            UsageError: what is asked cannot be answered as it is asked.
        """

    def answer(self, graph: KnowledgeGraph) -> Any:
        """The answer as :func:`kg.printing.dump` makes JSON of it: that of the command line."""
        return self.record(graph, self.found(graph))

    def record(self, graph: KnowledgeGraph, found: Any) -> Any:
        """What was found, in the shape of the JSON."""
        return found
