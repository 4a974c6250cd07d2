"""The home page: what there is, the field by disease, what is new, what was looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kg import questions
from kg.pages import answers
from kg.pages.frame import Frame
from kg.pages.library import KINDS
from kg.pages.tree import tree
from kg.rows import Rows

Select = Callable[[str], Rows]

_DECISIONS = """SELECT ?date ?eventType ?jurisdiction ?drug ?drugLabel ?indication ?indicationLabel
       ?reference ?locator ?checked ?event WHERE {
  ?event a lkg:RegulatoryEvent ; lkg:date ?date ; lkg:eventType ?eventType ; lkg:drug ?drug .
  FILTER(?eventType != "status-report")
  ?drug rdfs:label ?drugLabel .
  GRAPH ?reference { ?event a lkg:RegulatoryEvent }
  FILTER NOT EXISTS { ?event lkg:datePrecision ?precision }
  OPTIONAL { ?event lkg:jurisdiction ?jurisdiction }
  OPTIONAL { ?event lkg:indication ?indication . ?indication rdfs:label ?indicationLabel }
  OPTIONAL { ?event lkg:locator ?locator }
  OPTIONAL { ?event lkg:checked ?checked }
} ORDER BY DESC(?date) ?drugLabel ?event LIMIT 12
"""
_REFERENCES = """SELECT ?issued ?title ?titleLabel ?publisher WHERE {
  ?title a lkg:Reference ; dcterms:issued ?issued ; dcterms:title ?titleLabel .
  FILTER NOT EXISTS { ?title a lkg:Database }
  FILTER NOT EXISTS { ?title lkg:datePrecision ?precision }
  OPTIONAL { ?title dcterms:publisher ?publisher }
} ORDER BY DESC(?issued) ?title LIMIT 12
"""


def page(frame: Frame, select: Select, areas: Iterable[Any], networks: Iterable[Any] = ()) -> str:
    """The HTML of the home page.

    Args:
        select: answers SELECT queries.
        areas: those of :func:`kg.coverage.areas`.
        networks: the network pages with ``file``, ``title``, ``entities`` and ``relations``.
    """
    library = frame.library
    tables = [
        answers.table(frame.cells, select(query), name, title, query)
        for name, title, query in (
            ("decisions", "Latest decisions", _DECISIONS),
            ("newest", "Newest references", _REFERENCES),
        )
    ]
    return frame.render(
        "home.html",
        tables,
        title="A knowledge graph",
        kinds=[(kind, KINDS[kind].lower(), len(e)) for kind, e in library.entities.items() if e],
        questions=len(questions.names()),
        conflicts=None if frame.served else len(library.conflicts),
        tree=tree(library, select),
        networks=list(networks),
        areas=list(areas),
    )
