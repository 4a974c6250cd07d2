"""What the pages tell beyond nodes and edges, in a few queries over the whole graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache

import msgspec

from kg.links import identifier, of_reference, registered
from kg.network import recalled_claims, words
from kg.rows import Rows
from kg.vocabulary import curie, iri

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
    return Knowledge(identifiers(select), properties(select), notes(select), references(select))


_IDENTIFIERS = """SELECT ?s ?match ?number WHERE {
  GRAPH lkg:descriptions {
    { ?s skos:exactMatch ?match } UNION { ?s dcterms:identifier ?number }
  }
}"""

_PROPERTIES = """SELECT ?s ?p ?o ?r WHERE {
  $only {
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
  $only ?node a $class .
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
  $only ?node a lkg:Conflict ; lkg:about ?about ; rdfs:label ?label
}"""


def identifiers(select: Select) -> dict[str, list[tuple[str, str]]]:
    """Identifiers elsewhere of each entity: what they are called, and where they lead."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in _rows(select, _IDENTIFIERS):
        match, number = row["match"], row["number"]
        found[_short(row["s"])].add(identifier(match) if match else registered(number))
    return {entity: sorted(pairs) for entity, pairs in found.items()}


def properties(select: Select, only: Collection[str] | None = None) -> dict[str, list[Property]]:
    """The literals that references state of each entity, or of some only."""
    query = _PROPERTIES.replace("$only", "" if only is None else f"VALUES ?s {{ {_terms(only)} }}")
    rows = [tuple(map(_short, row)) for row in select(query).texts()]
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


def notes(select: Select, only: Collection[str] | None = None) -> dict[str, list[Note]]:
    """Results, observations, statements and conflicts about each entity, or about some only."""
    trial_of = {arm: trial for trial, arm in select("SELECT ?t ?a { ?t lkg:arm ?a }").texts()}
    near = ""
    if only is not None:
        arms = (_short(arm) for arm, trial in trial_of.items() if _short(trial) in only)
        near = f"VALUES ?about {{ {_terms([*only, *arms])} }}"
    found: dict[str, dict[str, Note]] = defaultdict(dict)
    for kind, (class_, link) in _KINDS.items():
        for row in _rows(select, _noted(near, class_, link)):
            about = row["about"]
            note = _note(kind, row, _more(row))
            found[_short(trial_of.get(about, about))][row["node"]] = note
    sides: dict[str, list[Note]] = defaultdict(list)
    for row in _rows(select, _SIDES):
        sides[row["conflict"]].append(_note("side", row))
    for row in _rows(select, _CONFLICTS.replace("$only", near)):
        node, about = row["node"], row["about"]
        each = sorted(sides.get(node, []), key=_order)
        note = Note("conflict", row["label"], sides=each)
        found[_short(trial_of.get(about, about))][node] = note
    return {entity: sorted(notes.values(), key=_order) for entity, notes in found.items()}


def references(select: Select) -> dict[str, Reference]:
    """All references by their short id."""
    found = {}
    for row in _rows(select, _REFERENCES):
        found[_short(row["s"])] = Reference(
            title=row["title"],
            date=_known_part(row["issued"], row["precision"]),
            kind=words(_short(row["type"])),
            publisher=row["publisher"],
            url=of_reference(row["source"], row["doi"], row["pmid"]),
        )
    return found


def _note(kind: str, row: Mapping[str, str], more: str = "") -> Note:
    by = [_short(row["r"])]
    return Note(kind, row["label"], more, by, by if row["checked"] == "recalled" else [])


def _more(row: Mapping[str, str]) -> str:
    population = row["population"]
    parts = (
        "" if population == "unstated" else population.replace("-", " "),
        row["subgroup"],
        row["speaker"],
        row["locator"],
    )
    return " · ".join(part for part in parts if part)


def _order(note: Note) -> tuple[str, str, list[str]]:
    return note.kind, note.text, note.references


def _noted(only: str, class_: str, link: str) -> str:
    # A node of some entities is looked up from them, of all from its class.
    first = f"{only} ?node {link} ?about ." if only else ""
    return _NOTES.replace("$only", first).replace("$class", class_).replace("$link", link)


def _terms(names: Iterable[str]) -> str:
    return " ".join(f"<{iri(name).value}>" for name in names)


_short = lru_cache(1 << 15)(curie)


def _rows(select: Select, query: str) -> Iterator[dict[str, str]]:
    """The text of each cell by its column, "" where nothing is bound."""
    rows = select(query)
    return (dict(zip(rows.columns, row, strict=True)) for row in rows.texts())
