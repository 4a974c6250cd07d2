"""Entities by their names: which one, which ones, and all about one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar

from msgspec import Meta

from kg.answers.request import EntityKind, Name, Request
from kg.cards import Card
from kg.suggestions import Named, Suggestion

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_KIND = "Only entities of these kinds."


class Find(Request, frozen=True):
    """The one entity of a name, or the candidates."""

    gives: ClassVar = Named

    name: Annotated[
        Name,
        Meta(
            description="Label, synonym, code or identifier of an entity, in any spelling.",
            examples=["CMC-544", "VOD", "chembl.compound:CHEMBL2109650"],
        ),
    ]
    kind: Annotated[Sequence[EntityKind], Meta(description=_KIND)] = ()

    def found(self, graph: KnowledgeGraph) -> Named:
        """The entity."""
        entity = graph.find(self.name, tuple(self.kind))
        return Named.of(entity, graph.label(entity))


class Suggest(Request, frozen=True):
    """Entities that some letters of a name could become, the best first."""

    gives: ClassVar = list[Suggestion]

    q: Annotated[Name, Meta(description="The letters so far.", examples=["ino", "CD2"])]
    kind: Annotated[Sequence[EntityKind], Meta(description=_KIND)] = ()
    most: Annotated[int, Meta(ge=1, le=50, description="How many at most.")] = 10

    def found(self, graph: KnowledgeGraph) -> list[Suggestion]:
        """The entities."""
        return graph.suggest(self.q, tuple(self.kind), self.most)


class GetCard(Request, frozen=True):
    """Everything about one entity: what it is, facts, decisions, results, with references."""

    gives: ClassVar = Card

    name: Annotated[
        Name, Meta(description="The entity, by any of its names.", examples=["besponsa", "CD22"])
    ]

    def found(self, graph: KnowledgeGraph) -> Card:
        """The card."""
        return graph.card(self.name)
