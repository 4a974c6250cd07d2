"""How entities hang together, and what changed: paths, neighbours, differences of two days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from msgspec import Meta, field

from kg.analysis.changes import Change
from kg.analysis.neighbours import Neighbour
from kg.analysis.paths import Path
from kg.answers.request import Day, Name, Request

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


class FindPaths(Request, frozen=True):
    """The shortest and most specific paths between two entities, and who says each step."""

    gives: ClassVar = list[Path]

    start: Annotated[
        Name, Meta(description="An entity, by any of its names.", examples=["CD22"])
    ] = field(name="from")
    end: Annotated[
        Name, Meta(description="Another.", examples=["N-acetyl-gamma-calicheamicin"])
    ] = field(name="to")
    most: Annotated[int, Meta(ge=1, le=20, description="How many at most.")] = 5

    def found(self, graph: KnowledgeGraph) -> list[Path]:
        """The paths, the best first."""
        return graph.paths(self.start, self.end, self.most)


class FindNeighbours(Request, frozen=True):
    """The drugs nearest to a drug by what they share, with the weight of each reason."""

    gives: ClassVar = list[Neighbour]

    drug: Annotated[
        Name, Meta(description="The drug, by any of its names.", examples=["asciminib"])
    ]
    most: Annotated[int, Meta(ge=1, le=100, description="How many at most.")] = 10

    def found(self, graph: KnowledgeGraph) -> list[Neighbour]:
        """The drugs, the nearest first."""
        return graph.neighbours(self.drug, self.most)


class ListChanges(Request, frozen=True):
    """What became known, approved, withdrawn or contradicted after one day until another."""

    gives: ClassVar = list[Change]

    start: Annotated[Day, Meta(description="What was known then.", examples=["2016-12-31"])] = (
        field(name="from")
    )
    end: Annotated[Day, Meta(description="And then.", examples=["2017-12-31"])] = field(name="to")

    def found(self, graph: KnowledgeGraph) -> list[Change]:
        """The changes, in order of time."""
        return graph.diff(self.start, self.end)
