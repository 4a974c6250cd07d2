"""The figures of entities, each drawn when a browser comes to it."""

from __future__ import annotations

from functools import cached_property
from importlib.util import find_spec

from kg.errors import BadParameter, UnknownName
from kg.graph import KnowledgeGraph
from kg.pages.drawn import Drawn, Plan, draw, plans
from kg.pages.href import Href
from kg.pages.library import Library
from kg.vocabulary import curie

_SVG = "image/svg+xml"
_NOTHING = """<svg xmlns="http://www.w3.org/2000/svg" width="720" height="60">
<text x="20" y="35" font-family="sans-serif" font-size="15">There is too little to draw.</text>
</svg>
"""


class Figures:
    """The figures of a graph.

    Args:
        library: that of the graph.
        href: where figures are.
    """

    def __init__(self, graph: KnowledgeGraph, library: Library, href: Href) -> None:
        self._graph, self._library, self._href = graph, library, href

    @cached_property
    def of(self) -> dict[str, list[Drawn]]:
        """The figures of each entity, by its short id; none without matplotlib."""
        found: dict[str, list[Drawn]] = {}
        for plan in self._plans.values():
            drawn = Drawn(plan.name, self._title(plan), self._href(f"figure:{plan.name}"))
            found.setdefault(curie(plan.entity), []).append(drawn)
        return found

    @cached_property
    def _plans(self) -> dict[str, Plan]:
        if not find_spec("matplotlib"):
            return {}
        return {plan.name: plan for plan in plans(self._graph.select)}

    def _title(self, plan: Plan) -> str:
        label = self._library.label
        what = f" of {label(curie(plan.of))}" if plan.figure == "forest" else ""
        return f"{plan.figure.replace('-', ' ').capitalize()}{what}: {label(curie(plan.entity))}"

    def drawing(self, name: str) -> tuple[str, bytes]:
        """A figure with its media type.

        Raises:
            UnknownName: there is none of that name.
        """
        if name not in self._plans:
            raise UnknownName(f"there is no figure {name!r}")
        try:
            return _SVG, draw(self._graph, self._plans[name])[1].encode()
        except BadParameter:
            return _SVG, _NOTHING.encode()
