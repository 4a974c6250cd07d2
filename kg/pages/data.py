"""What the pages tell beyond nodes and edges, in a few queries over the whole graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import msgspec

from kg.links import identifier, of_reference, registered
from kg.network import recalled_claims, words
from kg.rows import Row, Rows
from kg.vocabulary import curie

Select = Callable[[str], Rows]


class Reference(msgspec.Struct, frozen=True, omit_defaults=True):
    """A reference as a page names it; ``url`` is "" where there is no address to go to."""

    title: str
    date: str = ""
    kind: str = ""
    publisher: str = ""
    url: str = ""


class Property(msgspec.Struct, frozen=True, omit_defaults=True):
    """A literal that references state of an entity: its phase, its isotype.

    Attributes:
        references: short ids; ``recalled``: those of them that nobody saw say it.
    """

    name: str
    value: str
    references: list[str]
    recalled: list[str] = []


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """A result, an observation, a statement or a conflict.

    Attributes:
        kind: "result", "observation", "statement", "conflict".
        text: what it says in one line; ``more``: in whom, where in the reference.
        references: short ids; of a conflict none, its sides have theirs.
        recalled: those of the references that nobody saw say it.
        sides: of a conflict, each side as a note.
    """

    kind: str
    text: str
    more: str = ""
    references: list[str] = []
    recalled: list[str] = []
    sides: list[Note] = []


class Knowledge(msgspec.Struct, frozen=True):
    """All of it by short id of the entity, or of the reference."""

    identifiers: dict[str, list[tuple[str, str]]]
    properties: dict[str, list[Property]]
    notes: dict[str, list[Note]]
    references: dict[str, Reference]


def knowledge(select: Select) -> Knowledge:
    """Collect it, from a function that answers SELECT queries."""
    return Knowledge(identifiers(select), _properties(select), _notes(select), references(select))


_IDENTIFIERS = """SELECT ?s ?match ?number WHERE {
  GRAPH lkg:descriptions {
    { ?s skos:exactMatch ?match } UNION { ?s dcterms:identifier ?number }
  }
}"""

_PROPERTIES = """SELECT ?s ?p ?o ?r WHERE {
  {
    SELECT DISTINCT ?s WHERE {
      GRAPH lkg:descriptions { ?s rdfs:label ?label }
      MINUS { GRAPH lkg:descriptions { ?s a ?class VALUES ?class { lkg:Arm lkg:Reference } } }
    }
  }
  GRAPH ?r { ?s ?p ?o }
  FILTER(ISLITERAL(?o) && ?r != lkg:descriptions)
}"""

_REFERENCES = """SELECT ?s ?type ?title ?issued ?precision ?publisher ?source ?doi ?pmid WHERE {
  ?s dcterms:title ?title ; a ?type .
  FILTER(?type != lkg:Reference)
  OPTIONAL { ?s dcterms:issued ?issued }
  OPTIONAL { ?s lkg:datePrecision ?precision }
  OPTIONAL { ?s dcterms:publisher ?publisher }
  OPTIONAL { ?s dcterms:source ?source }
  OPTIONAL { ?s bibo:doi ?doi }
  OPTIONAL { ?s bibo:pmid ?pmid }
}"""

# The class in the default graph leaves out what only a superseded version says.
_NOTES = """SELECT ?node ?about ?label ?population ?subgroup ?speaker ?locator ?checked ?r WHERE {
  ?node a $class .
  GRAPH ?r { ?node $link ?about ; rdfs:label ?label }
  OPTIONAL { ?node lkg:population ?population }
  OPTIONAL { ?node lkg:subgroup ?subgroup }
  OPTIONAL { ?node lkg:speaker ?speaker }
  OPTIONAL { ?node lkg:locator ?locator }
  OPTIONAL { ?node lkg:checked ?checked }
}"""

_KINDS = {
    "result": ("lkg:Outcome", "lkg:trial"),
    "observation": ("lkg:Observation", "lkg:about"),
    "statement": ("lkg:Statement", "lkg:about"),
}

_SIDES = """SELECT ?conflict ?label ?r ?checked WHERE {
  ?conflict lkg:between ?side .
  GRAPH ?r { ?side rdfs:label ?label }
  OPTIONAL { ?side lkg:checked ?checked }
}"""

_CONFLICTS = """SELECT ?node ?about ?label WHERE {
  ?node a lkg:Conflict ; lkg:about ?about ; rdfs:label ?label
}"""


def identifiers(select: Select) -> dict[str, list[tuple[str, str]]]:
    """Identifiers elsewhere of each entity: what they are called, and where they lead."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in select(_IDENTIFIERS):
        match, number = _text(row, "match"), _text(row, "number")
        found[curie(_text(row, "s"))].add(identifier(match) if match else registered(number))
    return {entity: sorted(pairs) for entity, pairs in found.items()}


def _properties(select: Select) -> dict[str, list[Property]]:
    rows = [
        tuple(curie(_text(row, key)) for key in ("s", "p", "o", "r")) for row in select(_PROPERTIES)
    ]
    precision = {(s, r): o for s, p, o, r in rows if p == "lkg:datePrecision"}
    unseen = recalled_claims(select)
    found: dict[str, dict[tuple[str, str], dict[str, bool]]] = defaultdict(dict)
    for entity, term, value, reference in rows:
        if term == "lkg:datePrecision":
            continue
        dated = term in ("lkg:startDate", "lkg:completionDate")
        shown = _known_part(value, precision.get((entity, reference), "")) if dated else value
        marks = found[entity].setdefault((words(term), shown), {})
        marks[reference] = (entity, term, value, reference) in unseen
    return {
        entity: [
            Property(*pair, sorted(marks), sorted(name for name in marks if marks[name]))
            for pair, marks in sorted(said.items())
        ]
        for entity, said in found.items()
    }


def _known_part(day: str, precision: str) -> str:
    """A date without what nobody said: "2010-06" for a month, which is stored as its last day."""
    return day[: {"year": 4, "month": 7}.get(precision, 10)]


def _notes(select: Select) -> dict[str, list[Note]]:
    trial_of = {str(arm): str(trial) for trial, arm in select("SELECT ?t ?a { ?t lkg:arm ?a }")}
    found: dict[str, dict[str, Note]] = defaultdict(dict)
    for kind, (class_, link) in _KINDS.items():
        for row in select(_NOTES.replace("$class", class_).replace("$link", link)):
            about = _text(row, "about")
            note = _note(kind, row, _more(row))
            found[curie(trial_of.get(about, about))][_text(row, "node")] = note
    sides: dict[str, list[Note]] = defaultdict(list)
    for row in select(_SIDES):
        sides[_text(row, "conflict")].append(_note("side", row))
    for row in select(_CONFLICTS):
        node, about = _text(row, "node"), _text(row, "about")
        each = sorted(sides.get(node, []), key=_order)
        note = Note("conflict", _text(row, "label"), sides=each)
        found[curie(trial_of.get(about, about))][node] = note
    return {entity: sorted(notes.values(), key=_order) for entity, notes in found.items()}


def references(select: Select) -> dict[str, Reference]:
    """All references by their short id."""
    found = {}
    for row in select(_REFERENCES):
        found[curie(_text(row, "s"))] = Reference(
            title=_text(row, "title"),
            date=_known_part(_text(row, "issued"), _text(row, "precision")),
            kind=words(curie(_text(row, "type"))),
            publisher=_text(row, "publisher"),
            url=of_reference(_text(row, "source"), _text(row, "doi"), _text(row, "pmid")),
        )
    return found


def _note(kind: str, row: Row, more: str = "") -> Note:
    by = [curie(_text(row, "r"))]
    return Note(
        kind, _text(row, "label"), more, by, by if _text(row, "checked") == "recalled" else []
    )


def _more(row: Row) -> str:
    population = _text(row, "population")
    parts = (
        "" if population == "unstated" else population.replace("-", " "),
        _text(row, "subgroup"),
        _text(row, "speaker"),
        _text(row, "locator"),
    )
    return " · ".join(part for part in parts if part)


def _order(note: Note) -> tuple[str, str, list[str]]:
    return note.kind, note.text, note.references


def _text(row: Row, name: str) -> str:
    return str(row[name] or "")
