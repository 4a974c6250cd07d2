"""The tools: what each is called, takes and does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from kg.answers.asking import Ask
from kg.answers.judging import Compare
from kg.answers.naming import Find, GetCard
from kg.answers.request import View
from kg.answers.saying import GetConflicts, GetEvidence
from kg.errors import BadParameter
from kg.serve.mcp import asked, asking, querying, said, saying
from kg.serve.mcp.asked import Page
from kg.serve.mcp.schema import Schema

_ALWAYS = ("proof",)  # it is always given
_Say = Callable[[Any, Any, Any], said.Said[Any]]


class Tool(NamedTuple):
    """A tool.

    Attributes:
        does: what it does, for an agent that chooses; at most 200 characters.
        request: what it takes.
        gives: the type of its answer.
        say: makes the answer from a graph, the request and the page.
        page: which part of the answer is asked for.
        view: whether it can be asked of a view.
        told: what ``say`` takes instead of the request, where that is run first.
    """

    does: str
    request: type[msgspec.Struct]
    gives: Any
    say: _Say
    page: type[Page] | None = Page
    view: bool = True
    told: type[msgspec.Struct] | None = None

    @property
    def parts(self) -> list[type[msgspec.Struct]]:
        """The records that its arguments make together."""
        view, page = [View] if self.view else [], [self.page] if self.page else []
        return [self.request, *view, *page]

    @property
    def arguments(self) -> list[str]:
        """The names of its arguments."""
        every = [name for part in self.parts for name in part.__struct_encode_fields__]
        return [name for name in every if name not in _ALWAYS]


TOOLS = {
    "resolve": Tool(
        "The id of a drug, target, disease, trial ... of a name. Ambiguous and unknown names give "
        "candidates. The other tools take names too, and say what they took them for.",
        Find,
        Find.gives,
        saying.resolve,
        page=None,
    ),
    "card": Tool(
        "Everything on record about one entity: facts, decisions, results, conflicts.",
        GetCard,
        GetCard.gives,
        saying.card,
        page=asked.Sections,
    ),
    "questions": Tool(
        "The questions that ask answers, with what they take. Look here before writing SPARQL.",
        asked.ListQuestions,
        list[said.Offered],
        asking.list_questions,
        page=None,
        view=False,
    ),
    "ask": Tool(
        "Answers a question (see questions): approval status, results, safety, anatomy of drugs "
        "... Each row has its claims.",
        Ask,
        said.Asked,
        asking.ask,
        page=asked.OneRow,
    ),
    "evidence": Tool(
        "Which references say something of an entity, or are behind an id such as outcome:..., "
        "where in them, and whether that was seen.",
        GetEvidence,
        list[said.Claim],
        saying.evidence,
    ),
    "compare": Tool(
        "Trials or drugs side by side on a measure. Ranks only what is comparable; a refusal with "
        "its reasons is the answer then.",
        Compare,
        Compare.gives,
        saying.compare,
    ),
    "conflicts": Tool(
        "Where references disagree, every side, and which is preferred and why.",
        GetConflicts,
        GetConflicts.gives,
        saying.conflicts,
    ),
    "schema": Tool(
        "Classes, properties, codes and example queries, for writing SPARQL.",
        asked.GetSchema,
        Schema,
        saying.schema,
        page=None,
        view=False,
    ),
    "sparql": Tool(
        "Runs a read-only SPARQL query, where no question fits. For proof select ids of outcomes, "
        "events ... or use GRAPH ?reference { ... }.",
        asked.RunQuery,
        said.Table,
        querying.table,
        told=asked.ReadResult,
    ),
}


class Call(NamedTuple):
    """A call of a tool, read.

    Attributes:
        tool: its name.
        page: None where the tool has no pages.
    """

    tool: str
    request: msgspec.Struct
    view: View
    page: Page | None


def read(tool: str, arguments: Mapping[str, Any]) -> Call:
    """The call of a tool with arguments by name.

    Raises:
        BadParameter: one is missing, unknown, or not of its kind.
        UnknownQuestion: what is asked is no question.
    """
    parts = TOOLS[tool].parts
    known = TOOLS[tool].arguments
    if unknown := sorted(arguments.keys() - set(known)):
        raise BadParameter(f"{tool} takes no {unknown[0]!r}: it takes {', '.join(known)}")
    request, *others = (_part(tool, part, arguments) for part in parts)
    view = next((each for each in others if isinstance(each, View)), View())
    page = next((each for each in others if isinstance(each, Page)), None)
    if isinstance(request, Ask):
        request, on = request.about(view.on)
        view = replace(view, on=on)
    return Call(tool, request, view, page)


def _part(tool: str, part: type[msgspec.Struct], arguments: Mapping[str, Any]) -> Any:
    own = {name: arguments[name] for name in part.__struct_encode_fields__ if name in arguments}
    try:
        return msgspec.convert(own, part, strict=False)
    except msgspec.ValidationError as error:
        raise BadParameter(f"{tool}: {error}") from None
