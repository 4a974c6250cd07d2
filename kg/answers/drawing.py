"""Networks as pages draw them: nodes with places, edges with references, and their details."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import msgspec
from msgspec import UNSET, Meta, UnsetType, field

from kg.answers.request import Name, Request
from kg.vocabulary import curie

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.pages.shown import Network


class NodeRecord(msgspec.Struct, frozen=True):
    """A node.

    Attributes:
        label: its name; ``short``: what is written at it, where that is less.
        type: its class, "Target".
        x, y: its place in pixels, ``y`` downwards; ``size``: its radius.
        shape, color: how it is drawn.
    """

    id: str
    label: str
    type: str
    x: float
    y: float
    shape: str
    color: str
    size: float
    short: str | UnsetType = UNSET


class EdgeRecord(msgspec.Struct, frozen=True):
    """An edge; parallel edges are several.

    Attributes:
        id: its number in this network.
        relation: the predicate as words; ``says``: what it says beyond that.
        references: ids of those that state it; ``recalled``: those that nobody saw say it.
        smooth: how it bends, beside parallel edges.
    """

    id: int
    source: str = field(name="from")
    target: str = field(name="to")
    relation: str
    says: str
    references: list[str]
    recalled: list[str] | UnsetType = UNSET
    smooth: dict[str, Any] | UnsetType = UNSET


class Details(msgspec.Struct, frozen=True):
    """What is told of nodes (definition, synonyms, identifiers, properties, notes), by id.

    Attributes:
        references: title, date, kind, publisher and address of each reference, by id.
    """

    nodes: dict[str, dict[str, Any]]
    references: dict[str, dict[str, Any]]


class NetworkRecord(msgspec.Struct, frozen=True):
    """A network.

    Attributes:
        centre: id of the entity that it is around; "" for the whole graph.
        looks: how each type of node is drawn and called.
    """

    centre: str
    nodes: list[NodeRecord]
    edges: list[EdgeRecord]
    details: Details
    looks: dict[str, dict[str, Any]]


class GetNetwork(Request, frozen=True):
    """The network around an entity, or the whole: nodes with places, edges with references."""

    gives: ClassVar = NetworkRecord

    entity: Annotated[
        Name | None, Meta(description="The entity; the whole graph if left out.", examples=["CD22"])
    ] = None
    depth: Annotated[int, Meta(ge=0, le=6, description="Steps around the entity.")] = 1

    def found(self, graph: KnowledgeGraph) -> Network:
        """The network."""
        found: Network = graph.network(self.entity or "", self.depth)
        return found

    def record(self, graph: KnowledgeGraph, found: Network) -> dict[str, Any]:
        """The network with places, in the shape of :class:`NetworkRecord`."""
        from kg.pages import drawing
        from kg.pages.details import details
        from kg.pages.palette import look

        centre = curie(graph.find(self.entity)) if self.entity else ""
        nodes = drawing.nodes(found, centre)
        return {
            "centre": centre,
            "nodes": nodes,
            "edges": drawing.edges(found),
            "details": details(found, graph.knowledge, {}),
            "looks": {kind: look(kind)._asdict() for kind in sorted({n["type"] for n in nodes})},
        }
