"""The figures of entity pages: of diseases timelines, matrices and evidence maps; forest plots."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from markupsafe import Markup

from kg.errors import BadParameter, MissingExtra
from kg.rows import Rows
from kg.vocabulary import curie

if TYPE_CHECKING:
    from kg.figures.drawn import Figure

Drawings = Mapping[str, "list[Drawn]"]
Select = Callable[[str], Rows]


class Drawn(NamedTuple):
    """A figure as a page shows it.

    Attributes:
        name: of the files that it is saved as; title: its heading.
        src: where the drawing is; of a page on a disk the drawing itself, as SVG.
    """

    name: str
    title: str
    src: str


class Graph(Protocol):
    """What drawing needs of a graph."""

    def select(self, sparql: str) -> Rows:
        """The rows of a SELECT."""

    def figure(self, name: str, **parameters: object) -> Figure:
        """Draw a figure."""

    def pool(self, measure: str, anyway: str = "", **chosen: Any) -> Any:
        """Pool a proportion over arms."""


# The diseases that the curators' areas are about have enough to draw.
_DISEASES = """SELECT DISTINCT ?disease WHERE {
  ?coverage a lkg:Coverage ; lkg:about ?disease . ?disease a lkg:Disease
} ORDER BY ?disease"""
_FIGURES = (("timeline", "disease"), ("matrix", "disease"), ("evidence-map", "about"))
_POOLABLE = """SELECT ?drug ?measure WHERE {
  ?measure lkg:kind "proportion" ; lkg:family ?family .
  VALUES ?family { "response" "mrd" }
  ?outcome lkg:measure ?measure ; lkg:count ?count ; lkg:total ?total ; lkg:trial ?trial ;
           lkg:arm ?arm .
  ?arm lkg:drug ?drug ; lkg:role ?role .
  FILTER(?role != "comparator")
  FILTER NOT EXISTS { ?outcome lkg:among ?among }
  FILTER NOT EXISTS { ?outcome lkg:subgroup ?subgroup }
} GROUP BY ?drug ?measure HAVING(COUNT(DISTINCT ?trial) > 1) ORDER BY ?drug ?measure"""


class Plan(NamedTuple):
    """A figure that may be drawn of an entity.

    Attributes:
        entity: its IRI.
        figure: which figure; "forest" for a pooling.
        of: the parameter of the figure that the entity is, or the IRI of the pooled measure.
    """

    entity: str
    figure: str
    of: str

    @property
    def name(self) -> str:
        """Of the files that it is saved as."""
        slugs = [curie(each).partition(":")[2] for each in (self.entity, self.of)]
        return "-".join(
            [self.figure, *slugs] if self.figure == "forest" else [self.figure, slugs[0]]
        )


def plans(select: Select) -> list[Plan]:
    """The figures that there may be, in the order of pages."""
    diseases = [disease for (disease,) in select(_DISEASES).texts()]
    found = [Plan(disease, *figure) for disease in diseases for figure in _FIGURES]
    return found + [Plan(drug, "forest", measure) for drug, measure in select(_POOLABLE).texts()]


def draw(graph: Graph, plan: Plan) -> tuple[str, str]:
    """The heading of a figure, and the figure as SVG.

    Raises:
        BadParameter: there is nothing to draw.
        MissingExtra: matplotlib is not installed.
    """
    if plan.figure != "forest":
        figure = graph.figure(plan.figure, **{plan.of: plan.entity})
        return figure.title, figure.svg()
    from kg.figures.forest import of_pooling, svg

    pooling = graph.pool(curie(plan.of), drug=curie(plan.entity))
    if len(pooling.studies) < 2:
        raise BadParameter("there are not two studies that can be pooled")
    forest = of_pooling(pooling)
    return forest.title, svg(forest)


def drawings(graph: Graph) -> Drawings:
    """The figures of each entity that has any, by its short id; none without matplotlib."""
    found: dict[str, list[Drawn]] = defaultdict(list)
    for plan in plans(graph.select):
        try:
            title, svg = draw(graph, plan)
        except BadParameter:  # there is nothing to draw
            continue
        except MissingExtra:
            return {}
        found[curie(plan.entity)].append(Drawn(plan.name, title, encoded(svg)))
    return found


def encoded(svg: str) -> Markup:
    """A drawing as a page on a disk holds it: as its own address."""
    return Markup(f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}")
