"""The tables of an entity's page: every fact with who says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from kg.pages import compared
from kg.pages.facts import Fact
from kg.pages.library import Library
from kg.pages.sections import SECTIONS
from kg.pages.tables import Cells, Row, Table, columns, property_words, row
from kg.pages.words import told
from kg.vocabulary import PREFIXES

_OF = columns({"property": "What", "value": "Is", "reference": "Reference"})
_ABOUT = columns(
    {"subject": "Who", "type": "Kind", "property": "Relation", "reference": "Reference"}
)
_BY = columns({"subject": "Of", "property": "What", "value": "Is", "locator": "Where it says so"})
# Trials and arms have tables of their own on the pages of those whom they name.
_ELSEWHERE = ("trial:", "arm:")


def tables(library: Library, cells: Cells, entity: str) -> Iterator[Table]:
    """The tables of an entity's page that have rows."""
    yield from _facts(library, cells, entity)
    kind = entity.partition(":")[0]
    for section in SECTIONS:
        if section.name == "tests":  # what they test stands before them
            yield from compared.tables(library, cells, entity)
        nodes = library.rows(section, entity)
        if nodes:
            shown = columns(section.columns)
            rows = [cells.node(section.name, shown, node) for node in nodes]
            yield Table(section.name, section.title, shown, rows, kind=f"{section.name}.{kind}")


def term(entity: str) -> str:
    """An entity as SPARQL writes it: its IRI, or the name of a payload class."""
    prefix, _, local = entity.partition(":")
    if prefix == "payload-class":
        escaped = local.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    return f"<{PREFIXES[prefix]}{local}>"


def _facts(library: Library, cells: Cells, entity: str) -> Iterator[Table]:
    known = library.facts_of(entity)
    if entity.startswith("reference:"):
        yield from _table(
            Table("facts", "What it says", _BY, [], kind="facts.by"),
            (_said(cells, fact, entity) for fact in sorted(known.by.get(entity, ()), key=_subject)),
        )
    elif entity.startswith("payload-class:"):
        members = [
            fact
            for fact in known.about.get(entity.partition(":")[2], ())
            if fact.property == "lkg:payloadClass"
        ]
        yield from _table(
            Table("about", "Payloads of this class", _ABOUT, [], kind="facts.about"),
            (_about(library, cells, fact) for fact in members),
        )
        carried = [fact for each in members for fact in known.about.get(each.subject, ())]
        yield from _table(
            Table("carriers", "What carries them", _ABOUT, [], kind="facts.carriers"),
            (_about(library, cells, fact) for fact in carried),
        )
    else:
        yield from _table(
            Table("facts", "Facts", _OF, [], kind="facts.of"),
            (_of(cells, fact) for fact in known.of.get(entity, ())),
        )
        yield from _table(
            Table("about", "Who is related to it", _ABOUT, [], kind="facts.about"),
            (
                _about(library, cells, fact)
                for fact in known.about.get(entity, ())
                if not fact.subject.startswith(_ELSEWHERE)
            ),
        )


def _table(empty: Table, rows: Iterable[Row]) -> Iterator[Table]:
    if found := list(rows):
        yield empty._replace(rows=found)


def _of(cells: Cells, fact: Fact) -> Row:
    said = (property_words(fact.property), cells.value(fact), cells.cite(fact.sources))
    return row(zip(_OF, said, strict=True), _references(fact))


def _about(library: Library, cells: Cells, fact: Fact) -> Row:
    said = (
        cells.link(fact.subject),
        library.type_of(fact.subject),
        property_words(fact.property),
        cells.cite(fact.sources),
    )
    return row(zip(_ABOUT, said, strict=True), _references(fact))


def _said(cells: Cells, fact: Fact, reference: str) -> Row:
    places = [
        told(locator) + (" (not seen in its source)" if checked == "recalled" else "")
        for said_by, locator, checked in fact.sources
        if said_by == reference
    ]
    said = (
        cells.link(fact.subject),
        property_words(fact.property),
        cells.value(fact),
        Markup("; ").join(places),
    )
    return row(zip(_BY, said, strict=True), ())


def _references(fact: Fact) -> list[str]:
    return [source[0] for source in fact.sources]


def _subject(fact: Fact) -> str:
    return fact.subject
