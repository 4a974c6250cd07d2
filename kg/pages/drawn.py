"""The figures of entity pages: of diseases timelines, matrices and evidence maps; forest plots."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from kg.errors import BadParameter, MissingExtra
from kg.rows import Rows
from kg.vocabulary import curie

if TYPE_CHECKING:
    from kg.figures.drawn import Figure

Drawings = Mapping[str, "list[Drawn]"]


class Drawn(NamedTuple):
    """A figure as a page shows it.

    Attributes:
        name: of the files that it is saved as; title: its heading.
        svg: the drawing, in base64, so that a page can show and save it from a disk.
    """

    name: str
    title: str
    svg: str


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


def drawings(graph: Graph) -> Drawings:
    """The figures of each entity that has any, by its short id; none without matplotlib."""
    found: dict[str, list[Drawn]] = defaultdict(list)
    jobs: list[tuple[str, Callable[[], Drawn | None]]] = []
    for (disease,) in graph.select(_DISEASES).texts():
        for name, parameter in _FIGURES:
            jobs.append((disease, _figure(graph, name, parameter, disease)))
    for drug, measure in graph.select(_POOLABLE).texts():
        jobs.append((drug, _forest(graph, drug, measure)))
    for entity, draw in jobs:
        try:
            drawn = draw()
        except BadParameter:  # there is nothing to draw
            continue
        except MissingExtra:
            return {}
        if drawn is not None:
            found[curie(entity)].append(drawn)
    return found


def _figure(graph: Graph, name: str, parameter: str, entity: str) -> Callable[[], Drawn | None]:
    def draw() -> Drawn:
        figure = graph.figure(name, **{parameter: entity})
        slug = curie(entity).partition(":")[2]
        return Drawn(f"{name}-{slug}", figure.title, encoded(figure.svg()))

    return draw


def _forest(graph: Graph, drug: str, measure: str) -> Callable[[], Drawn | None]:
    def draw() -> Drawn | None:
        from kg.figures.forest import of_pooling, svg

        pooling = graph.pool(curie(measure), drug=curie(drug))
        if len(pooling.studies) < 2:
            return None
        forest = of_pooling(pooling)
        slugs = [curie(each).partition(":")[2] for each in (drug, measure)]
        return Drawn(f"forest-{'-'.join(slugs)}", forest.title, encoded(svg(forest)))

    return draw


def encoded(svg: str) -> str:
    """A drawing as a page holds it."""
    return base64.b64encode(svg.encode()).decode()
