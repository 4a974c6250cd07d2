"""The home page: what there is, the field by disease, what is new, what was looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from kg import questions
from kg.pages import answers
from kg.pages.frame import Frame
from kg.pages.library import KINDS, Library
from kg.pages.sections import SECTIONS
from kg.rows import Rows

Select = Callable[[str], Rows]
ROOT = "disease:leukemia"
_BAR = 100  # pixels

_DECISIONS = """SELECT ?date ?eventType ?jurisdiction ?drug ?drugLabel ?indication ?indicationLabel
       ?reference ?locator ?checked ?event WHERE {
  ?event a lkg:RegulatoryEvent ; lkg:date ?date ; lkg:eventType ?eventType ; lkg:drug ?drug .
  ?drug rdfs:label ?drugLabel .
  GRAPH ?reference { ?event a lkg:RegulatoryEvent }
  FILTER NOT EXISTS { ?event lkg:datePrecision ?precision }
  OPTIONAL { ?event lkg:jurisdiction ?jurisdiction }
  OPTIONAL { ?event lkg:indication ?indication . ?indication rdfs:label ?indicationLabel }
  OPTIONAL { ?event lkg:locator ?locator }
  OPTIONAL { ?event lkg:checked ?checked }
} ORDER BY DESC(?date) ?drugLabel ?event LIMIT 12
"""
_REFERENCES = """SELECT ?issued ?said ?saidLabel ?publisher WHERE {
  ?said dcterms:issued ?issued ; dcterms:title ?saidLabel .
  FILTER NOT EXISTS { ?said lkg:datePrecision ?precision }
  OPTIONAL { ?said dcterms:publisher ?publisher }
} ORDER BY DESC(?issued) ?said LIMIT 12
"""


class Branch(NamedTuple):
    """A disease in the tree, with numbers of itself and all below it; ``width`` in pixels."""

    id: str
    label: str
    drugs: int
    trials: int
    results: int
    decisions: int
    width: int
    below: list[Branch]


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
        conflicts=len(library.conflicts),
        tree=_tree(library),
        networks=list(networks),
        areas=list(areas),
    )


def _tree(library: Library) -> list[Branch]:
    members = {s.name: s for s in SECTIONS if s.name in ("trials", "results", "harms", "decisions")}
    own: dict[str, tuple[set[str], set[str], set[str], set[str]]] = {}

    def counted(disease: str) -> tuple[set[str], set[str], set[str], set[str]]:
        """Drugs, trials, results and decisions of a disease and all below it."""
        if disease not in own:
            own[disease] = (set(), set(), set(), set())  # of a circle too
            nodes = {name: library.rows(section, disease) for name, section in members.items()}
            given = nodes["trials"] + nodes["decisions"]
            sets = (
                {drug for node in given for drug, _ in node.values.get("drug", ())},
                {node.id for node in nodes["trials"]},
                {node.id for node in nodes["results"] + nodes["harms"]},
                {node.id for node in nodes["decisions"]},
            )
            for below in library.children.get(disease, ()):
                for mine, theirs in zip(sets, counted(below), strict=True):
                    mine.update(theirs)
            own[disease] = sets
        return own[disease]

    def branch(disease: str, most: int) -> Branch:
        numbers = [len(each) for each in counted(disease)]
        below = [
            branch(each, most) for each in library.children.get(disease, ()) if any(counted(each))
        ]
        below.sort(key=lambda each: (-each.trials, each.label))
        width = round(_BAR * numbers[1] / most) if most else 0
        return Branch(disease, library.label(disease), *numbers, width, below)

    roots = [e for e in library.entities["disease"] if not library.parents(e) and any(counted(e))]
    roots.sort(key=library.label)
    if ROOT in library.described:
        roots = [ROOT, *(root for root in roots if root != ROOT)]
    most = max((len(counted(root)[1]) for root in roots), default=0)
    return [branch(root, most) for root in roots]
