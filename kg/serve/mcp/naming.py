"""What names were taken for: ids come from here, never from a caller's memory."""

from __future__ import annotations

import msgspec

from kg import questions
from kg.answers.asking import Ask
from kg.answers.judging import Compare
from kg.answers.naming import Find, GetCard
from kg.answers.saying import GetConflicts, GetEvidence
from kg.errors import UnknownName
from kg.graph import KnowledgeGraph
from kg.grounding import NAMED_PREFIXES, normal
from kg.serve.mcp.said import Resolved
from kg.vocabulary import PREFIXES, curie, iri

_Kinds = tuple[str, ...]


def resolved(graph: KnowledgeGraph, request: msgspec.Struct) -> list[Resolved]:
    """The entities that a request names.

    Raises:
        UnknownName, AmbiguousName: see their messages.
    """
    return [_resolved(graph, given, kinds) for given, kinds in _named(request)]


def looked_for(graph: KnowledgeGraph, names: list[Resolved]) -> str:
    """What an empty answer about some entities means."""
    return graph.covered(iri(each.id).value for each in names).words


def _named(request: msgspec.Struct) -> list[tuple[str, _Kinds]]:
    found: list[tuple[str, _Kinds]] = []
    match request:
        case Find():
            found = [(request.name, tuple(request.kind))]
        case GetCard():
            found = [(request.name, ())]
        case Compare():
            found = [(name, ("trial", "drug")) for name in request.name]
        case GetConflicts() if request.entity:
            found = [(request.entity, ())]
        case GetEvidence() if not _is_node(request.subject):
            found = [(request.subject, ())]
        case Ask():
            given = {name.replace("_", "-"): value for name, value in request.parameters.items()}
            taken = questions.load(request.question).parameters
            found = [(given[p.name], p.prefixes) for p in taken if p.is_entity and p.name in given]
    return found


def _is_node(name: str) -> bool:
    """Whether it is the id of what has no name: a result, an event ..."""
    prefix = name.partition(":")[0]
    return prefix in PREFIXES and prefix not in NAMED_PREFIXES


def _resolved(graph: KnowledgeGraph, given: str, kinds: _Kinds) -> Resolved:
    try:
        entity = graph.find(given, kinds)
    except UnknownName:
        if graph.whole is graph:
            raise
        entity = graph.whole.find(given, kinds)
        named = f"{given!r} is {graph.whole.label(entity)} ({curie(entity)})"
        raise UnknownName(f"{named}, of which nothing is on record {graph.described}") from None
    label = graph.label(entity)
    by = "identifier" if ":" in given else "other name"
    return Resolved(given, curie(entity), label, "label" if normal(label) == normal(given) else by)
