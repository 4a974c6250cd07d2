"""Everything that the graph says about one entity, with who says it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import msgspec

from kg.rows import Row, Rows
from kg.vocabulary import curie, iri

Select = Callable[[str], Rows]


class Link(msgspec.Struct, frozen=True):
    """A value in a card: an entity with its label, or a literal (``id`` is then "")."""

    id: str
    label: str


class CardFact(msgspec.Struct, frozen=True):
    """One triple with the references that state it.

    Attributes:
        predicate: short form, "lkg:target".
        subject: who it is said of (the card's entity, or one that points to it).
        object: what is said.
        references: short forms.
    """

    predicate: str
    subject: Link
    object: Link
    references: list[str]


class Entry(msgspec.Struct, frozen=True):
    """A node of results, events, statements or conflicts.

    Attributes:
        id: short form of its IRI.
        label: what it says, in one line.
        date: of the event, or when the reference was issued; "" if unknown.
        references: short forms.
    """

    id: str
    label: str
    date: str
    references: list[str]


class Card(msgspec.Struct, frozen=True):
    """All about one entity; shows itself in a notebook.

    Attributes:
        id: short form of the IRI.
        types: classes, most specific first.
        identifiers: IRIs of exact matches elsewhere.
        parents: broader entities.
        facts: what is said of it; ``mentions``: facts of others that point to it.
        events, results, observations, statements, conflicts: nodes about it, by date.
    """

    id: str
    iri: str
    label: str
    types: list[str]
    synonyms: list[str]
    definition: str
    identifiers: list[str]
    parents: list[Link]
    facts: list[CardFact]
    mentions: list[CardFact]
    events: list[Entry]
    results: list[Entry]
    observations: list[Entry]
    statements: list[Entry]
    conflicts: list[Entry]

    def to_dict(self) -> dict[str, Any]:
        """The card as plain lists and dictionaries, the shape of ``kg card --format json``."""
        return msgspec.to_builtins(self)  # type: ignore[no-any-return]

    def _repr_html_(self) -> str:
        from kg.notebook import MOST, links, table

        about = [", ".join(self.types), " | ".join(self.synonyms), self.definition]
        parts = [f"<h3>{escape(self.label)}</h3>"]
        parts += [f"<p>{escape(text)}</p>" for text in about if text]
        parts += [f"<p>{links(self.identifiers)}</p>"] if self.identifiers else []
        for section in ("facts", "mentions"):
            facts = getattr(self, section)
            body = [
                [escape(f.subject.label), escape(f.predicate), escape(f.object.label), _cited(f)]
                for f in facts[:MOST]
            ]
            if body:
                header = ["subject", "predicate", "object", "references"]
                parts.append(f"<h4>{section}</h4>{table(header, body, len(facts))}")
        for section in ("events", "results", "observations", "statements", "conflicts"):
            entries = getattr(self, section)
            body = [[escape(e.date), escape(e.label), _cited(e)] for e in entries[:MOST]]
            if body:
                header = ["date", "what", "references"]
                parts.append(f"<h4>{section}</h4>{table(header, body, len(entries))}")
        return "".join(parts)


def _cited(said: CardFact | Entry) -> str:
    from kg.notebook import links

    return links(iri(reference).value for reference in said.references)


def card(select: Select, entity: str) -> Card:
    """The card of the entity of an IRI, from a function that answers SELECT queries."""
    about = _description(select, entity)
    facts = select(_FACTS.replace("$pattern", f"<{entity}> ?p ?o . BIND(<{entity}> AS ?s)"))
    mentions = select(_FACTS.replace("$pattern", f"?s ?p <{entity}> . BIND(<{entity}> AS ?o)"))
    nodes = {name: select(_NODES.replace("$links", _LINKS[name].format(entity))) for name in _LINKS}
    return Card(
        id=curie(entity),
        iri=entity,
        label=next(iter(about.get("rdfs:label", [])), Link("", curie(entity))).label,
        types=_specific([link.id for link in about.get("rdf:type", [])]),
        synonyms=[link.label for link in about.get("skos:altLabel", [])],
        definition=" ".join(link.label for link in about.get("skos:definition", [])),
        identifiers=[link.id for link in about.get("skos:exactMatch", [])],
        parents=[*about.get("rdfs:subClassOf", []), *about.get("skos:broader", [])],
        facts=_facts(facts),
        mentions=_facts(mentions),
        **{name: _entries(rows) for name, rows in nodes.items()},
    )


_DESCRIPTION = """SELECT ?p ?o ?oLabel WHERE {
  GRAPH lkg:descriptions { <$iri> ?p ?o }
  OPTIONAL { ?o rdfs:label ?oLabel }
} ORDER BY ?p ?o"""

# Claim nodes and n-ary nodes point to everything and have sections of their own.
_FACTS = """SELECT ?s ?sLabel ?p ?o ?oLabel (GROUP_CONCAT(DISTINCT STR(?r)) AS ?references) WHERE {
  GRAPH ?r { $pattern }
  FILTER(?r != lkg:descriptions)
  FILTER(!REGEX(STR(?s), "/(claim|outcome|observation|event|statement)/[0-9a-f]+$"))
  OPTIONAL { ?s rdfs:label ?sLabel }
  OPTIONAL { ?o rdfs:label ?oLabel }
} GROUP BY ?s ?sLabel ?p ?o ?oLabel ORDER BY ?p ?s ?o"""

_NODES = """SELECT ?node ?label (MIN(?when) AS ?date)
       (GROUP_CONCAT(DISTINCT STR(?r)) AS ?references) WHERE {
  $links
  ?node rdfs:label ?label .
  GRAPH ?r { ?node rdf:type ?class }
  OPTIONAL { ?node lkg:date ?decided }
  OPTIONAL { ?r dcterms:issued ?issued }
  BIND(COALESCE(?decided, ?issued) AS ?when)
} GROUP BY ?node ?label ORDER BY ?date ?label"""

_LINKS = {
    "events": "?node a lkg:RegulatoryEvent ; lkg:drug|lkg:indication|lkg:combinedWith"
    "|lkg:adverseEvent|lkg:agency|lkg:pivotal|lkg:requires|lkg:excludes|lkg:after <{0}> .",
    "results": "?node a lkg:Outcome ; lkg:trial|lkg:arm|lkg:arm/lkg:drug|lkg:adverseEvent"
    "|lkg:measure|lkg:among|lkg:comparator|lkg:trial/lkg:drug <{0}> .",
    "observations": "?node a lkg:Observation ; lkg:about|lkg:measure <{0}> .",
    "statements": "?node a lkg:Statement ; lkg:about <{0}> .",
    "conflicts": "?node a lkg:Conflict ; lkg:about|lkg:between <{0}> .",
}


def _description(select: Select, iri: str) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for row in select(_DESCRIPTION.replace("$iri", iri)):
        found.setdefault(_text(row, "p"), []).append(_link(row, "o"))
    return found


def _facts(rows: Rows) -> list[CardFact]:
    return [
        CardFact(_text(row, "p"), _link(row, "s"), _link(row, "o"), _references(row))
        for row in rows
    ]


def _entries(rows: Rows) -> list[Entry]:
    return [
        Entry(_text(row, "node"), _text(row, "label"), _text(row, "date"), _references(row))
        for row in rows
        if row["node"] is not None
    ]


def _link(row: Row, name: str) -> Link:
    cell, label = row[name], row[f"{name}Label"]
    if cell is None:
        return Link("", "")
    short = cell.curie if cell.is_iri else ""
    return Link(short, str(label if label is not None else cell.curie))


def _references(row: Row) -> list[str]:
    return sorted(
        short for short in map(curie, row.references) if short != "lkg:descriptions"
    )  # fmt: skip


def _text(row: Row, name: str) -> str:
    cell = row[name]
    return "" if cell is None else cell.curie


def _specific(types: list[str]) -> list[str]:
    general = ("lkg:Drug", "lkg:Reference")
    return sorted(types, key=lambda each: (each in general, each))
