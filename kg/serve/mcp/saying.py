"""How a tool makes its answer from a graph, with the proof of what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from kg.analysis.conflicts import Conflict
from kg.answers.judging import Compare
from kg.answers.naming import Find, GetCard
from kg.answers.saying import GetConflicts, GetEvidence
from kg.cards import Card
from kg.graph import KnowledgeGraph
from kg.serve.mcp import proofs
from kg.serve.mcp.asked import SECTIONS, GetSchema, Page, Sections
from kg.serve.mcp.naming import looked_for, resolved
from kg.serve.mcp.said import Claim, Cut, Said
from kg.serve.mcp.schema import Schema, schema_card
from kg.suggestions import Named

T = TypeVar("T")
_CLAIMS = 100  # of what an answer names


def said(
    graph: KnowledgeGraph,
    answer: T,
    claims: Sequence[Claim] | None = None,
    cut: Iterable[Cut] = (),
    coverage: str = "",
) -> Said[T]:
    """An answer with what stands beside it.

    Args:
        claims: its proof; None for the results, events ... that it names.
        cut: what is not whole in it.
        coverage: what it means that it is empty.
    """
    text = msgspec.json.encode(answer, enc_hook=str).decode()
    cuts = [*cut]
    if claims is None:
        claims = proofs.of_nodes(graph.store, text)
        if len(claims) > _CLAIMS:
            rest = "a smaller limit, or evidence of an id"
            cuts.append(Cut("claims", 0, _CLAIMS, len(claims), rest))
            claims = claims[:_CLAIMS]
    text += msgspec.json.encode(claims).decode()
    return Said(
        answer=answer,
        view=graph.described,
        coverage=coverage,
        cut=cuts,
        claims=[*claims],
        references=proofs.references(graph.store, text),
    )


def resolve(graph: KnowledgeGraph, request: Find, _: Page) -> Said[Named]:
    """The entity of a name."""
    return said(graph, request.found(graph))


def card(graph: KnowledgeGraph, request: GetCard, page: Sections) -> Said[Card]:
    """A card: the first entries of each section, or a page of one."""
    found = request.found(graph)
    names = [page.section] if page.section else SECTIONS
    every = {name: getattr(found, name) for name in names}
    shown = replace(
        found, **{name: page.of(every[name]) if name in every else [] for name in SECTIONS}
    )
    triples = [
        (fact.subject.id, fact.predicate, fact.object.id or fact.object.label)
        for fact in (*shown.facts, *shown.mentions)
    ]
    nodes = msgspec.json.encode(shown).decode()
    return said(
        graph,
        shown,
        proofs.of_triples(graph.store, triples) + proofs.of_nodes(graph.store, nodes),
        [cut for name in names for cut in page.cut(name, every[name], f"section={name}, ")],
    )


def evidence(graph: KnowledgeGraph, request: GetEvidence, page: Page) -> Said[list[Claim]]:
    """What references say of a subject."""
    found = [proofs.claim(each) for each in request.found(graph)]
    empty = "" if found else looked_for(graph, resolved(graph, request))
    return said(graph, page.of(found), [], page.cut("answer", found), empty)


def compare(graph: KnowledgeGraph, request: Compare, page: Page) -> Said[dict[str, Any]]:
    """Results side by side; a refusal to rank them, with its reasons, is an answer too."""
    found = request.answer(graph)
    lists = {name: found[name] for name in ("lines", "tests")}
    return said(
        graph,
        found | {name: page.of(every) for name, every in lists.items()},
        cut=[cut for name, every in lists.items() for cut in page.cut(name, every)],
        coverage=" ".join(found["empty"]),
    )


def conflicts(graph: KnowledgeGraph, request: GetConflicts, page: Page) -> Said[list[Conflict]]:
    """Where references disagree."""
    found = request.found(graph)
    empty = "" if found else looked_for(graph, resolved(graph, request))
    return said(graph, page.of(found), cut=page.cut("answer", found), coverage=empty)


def schema(graph: KnowledgeGraph, request: GetSchema, _: Page) -> Said[Schema]:
    """The schema card."""
    return said(graph, schema_card(request.term), claims=[])
