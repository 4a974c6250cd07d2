"""Who says what: the references of a triple, and where references disagree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar

from msgspec import Meta

from kg.analysis.conflicts.model import Conflict
from kg.answers.request import Disagreement, Name, ReferenceKind, Request, Text
from kg.proof.evidence import Evidence

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


class GetEvidence(Request, frozen=True):
    """The references that state a triple, where in them, and whether that was seen."""

    gives: ClassVar = list[Evidence]

    subject: Annotated[
        Name,
        Meta(
            description="An entity by any of its names, or a node by its id.",
            examples=["inotuzumab ozogamicin"],
        ),
    ]
    predicate: Annotated[
        Name | None, Meta(description="A term; all if left out.", examples=["lkg:target"])
    ] = None
    value: Annotated[
        Text | None,
        Meta(description="An entity by any name, or the text of a value.", examples=["CD22"]),
    ] = None

    def found(self, graph: KnowledgeGraph) -> list[Evidence]:
        """The claims."""
        return graph.evidence(self.subject, self.predicate or "", self.value or "")


class GetConflicts(Request, frozen=True):
    """Where references disagree: every side, which is preferred, and why."""

    gives: ClassVar = list[Conflict]

    entity: Annotated[
        Name | None,
        Meta(description="Only about this drug, trial, disease ...", examples=["INO-VATE"]),
    ] = None
    kind: Annotated[Sequence[Disagreement], Meta(description="Only these kinds.")] = ()
    prefer: Annotated[
        Sequence[ReferenceKind],
        Meta(description="Kinds of reference to trust first, in this order."),
    ] = ()

    def found(self, graph: KnowledgeGraph) -> list[Conflict]:
        """The conflicts."""
        return graph.conflicts(self.entity or "", self.kind, self.prefer)
