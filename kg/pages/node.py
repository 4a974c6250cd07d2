"""The page about a node that has no page in the site: a result, a decision, an arm, a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markupsafe import Markup

from kg.network import words
from kg.pages.frame import Frame
from kg.pages.library import short
from kg.pages.tables import Row, Table, anchored, columns, property_words, row
from kg.rows import Rows
from kg.vocabulary import ENTITY_PREFIXES, iri

Select = Callable[[str], Rows]

_SAYS = """SELECT DISTINCT ?property ?value ?reference {
  GRAPH ?reference { $node ?property ?value } FILTER(?property != rdfs:label)
} ORDER BY ?property ?value ?reference"""
_NAMED_IN = """SELECT DISTINCT ?subject ?property ?reference {
  GRAPH ?reference { ?subject ?property $node }
} ORDER BY ?property ?subject ?reference LIMIT 500"""
_LABEL = "SELECT DISTINCT ?label { GRAPH ?any { $node rdfs:label ?label } }"
_OF = columns({"property": "What", "value": "Is", "reference": "Reference"})
_IN = columns({"subject": "Of", "property": "What", "reference": "Reference"})
_NOBODYS = "lkg:descriptions"  # what nobody in particular says


def page(frame: Frame, select: Select, name: str) -> str:
    """The HTML of the page about a node; "" if the graph says nothing of it.

    Args:
        select: answers SELECT queries.
        name: its short id.
    """

    def asked(query: str) -> Rows:
        return select(query.replace("$node", f"<{iri(name).value}>"))

    said = [[*map(short, each)] for each in asked(_SAYS).texts()]
    named = [[*map(short, each)] for each in asked(_NAMED_IN).texts()]
    if not said and not named:
        return ""
    tables = [
        Table("says", "What is said of it", _OF, [*_of(frame, said)]),
        Table("in", "Where it is named", _IN, [*_in(frame, named)]),
    ]
    label = next((label for (label,) in asked(_LABEL).texts()), name)
    kinds = [words(value) for term, value, _ in said if term == "rdf:type"]
    return frame.render(
        "node.html",
        [table for table in tables if table.rows],
        title=label,
        id=name,
        type=", ".join(dict.fromkeys(kinds)),
    )


def _of(frame: Frame, said: list[list[str]]) -> Iterator[Row]:
    for term, value, reference in said:
        cells = (property_words(term), _value(frame, value), _cite(frame, reference))
        yield row(zip(_OF, cells, strict=True), [reference])


def _in(frame: Frame, named: list[list[str]]) -> Iterator[Row]:
    for subject, term, reference in named:
        cells = (_value(frame, subject), property_words(term), _cite(frame, reference))
        yield row(zip(_IN, cells, strict=True), [reference])


def _value(frame: Frame, value: str) -> Markup:
    prefix, _, local = value.partition(":")
    if frame.library.has_page(value) or not local or prefix not in ENTITY_PREFIXES:
        return frame.cells.link(value)
    return anchored(frame.href(value), frame.library.label(value))


def _cite(frame: Frame, reference: str) -> Markup | str:
    return "" if reference == _NOBODYS else frame.cells.cite([(reference, "", "")])
