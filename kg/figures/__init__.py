"""Figures: one module each, registered by standing in this folder with a ``QUESTION``.

``QUESTION`` is asked like those of :mod:`kg.questions`; ``draw(answer, about, view)`` makes
a :class:`~kg.figures.drawn.Figure` of its rows. ``about`` is the label of each parameter's
value, ``view`` is the knowledge that is shown. Matplotlib comes with the extra
``leukemia-kg[analysis]``; nothing of ``pyplot``, whose state is global, is used.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Protocol

from kg.errors import BadParameter, UnknownQuestion
from kg.questions import Question
from kg.rows import Rows

if TYPE_CHECKING:
    from kg.figures.drawn import Figure
    from kg.figures.style import View

About = Mapping[str, str]


class Module(Protocol):
    """What the module of a figure offers."""

    QUESTION: Question

    def draw(self, answer: Rows, about: About, view: View) -> Figure:
        """Draw the rows of the question."""


class Graph(Protocol):
    """What a figure needs of a graph."""

    @property
    def described(self) -> str:
        """Which part of the knowledge it is, in words; "" for all."""

    def select(self, sparql: str) -> Rows:
        """The rows of a SELECT."""

    def find(self, name: str, prefixes: tuple[str, ...] = ()) -> str:
        """The IRI of the entity of a name."""

    def label(self, entity: str) -> str:
        """The label of an entity's IRI."""


def every() -> dict[str, Module]:
    """The figures by name, in kebab-case."""
    modules = [
        importlib.import_module(f"{__name__}.{found.name}")
        for found in pkgutil.iter_modules(__path__)
    ]
    return {m.QUESTION.name: m for m in modules if hasattr(m, "QUESTION")}


def figure(graph: Graph, name: str, parameters: Mapping[str, object]) -> Figure:
    """Draw a figure of a graph.

    Raises:
        UnknownQuestion: there is no such figure.
        BadParameter: a parameter is missing or wrong, or there is nothing to draw.
        MissingExtra: matplotlib is not installed.
    """
    from kg.figures.style import drawing

    known, name = every(), name.replace("_", "-")
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise UnknownQuestion(f"no figure is called {name!r}{hint} ('kg figure' lists them)")
    about: dict[str, str] = {}

    def find(value: str, prefixes: tuple[str, ...]) -> str:
        iri = graph.find(value, prefixes)
        about[value] = graph.label(iri)
        return iri

    query = known[name].QUESTION.bind(parameters, find)
    labels = {key.replace("_", "-"): about.get(str(v), str(v)) for key, v in parameters.items()}
    answer = graph.select(query)
    if not len(answer):
        asked = ", ".join(f"{key} {value}" for key, value in labels.items())
        raise BadParameter(f"there is nothing to draw: the graph has no {name} for {asked}")
    with drawing():
        return known[name].draw(answer, labels, _view(graph))


_LATEST = "SELECT (MAX(?day) AS ?latest) {{ ?reference dcterms:issued ?day {} }}"
_EXACT = "FILTER NOT EXISTS { ?reference lkg:datePrecision ?precision }"


def _view(graph: Graph) -> View:
    """The knowledge of a graph; partial days count only where there are no others."""
    from kg.figures.style import View

    exact, any_day = (graph.select(_LATEST.format(only))[0]["latest"] for only in (_EXACT, ""))
    return View(date.fromisoformat(str(exact or any_day)), graph.described)
