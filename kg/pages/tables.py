"""Tables as every page has them: rows that sort, filter and download, with who says each.

A row's HTML is made once and used by each page that shows it. What it refers to, references
and definitions of endpoints, it names by anchors; the page lists these once, at its foot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from markupsafe import Markup, escape

from kg.links import identifier
from kg.network import words
from kg.pages.facts import Fact
from kg.pages.href import Href, anchor
from kg.pages.library import Library, Node, short
from kg.pages.words import label, told
from kg.vocabulary import BASE

Sources = Iterable[tuple[str, str, str]]
_PUBLISHER = 32  # characters of a publisher's name in a table
_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")


class Column(NamedTuple):
    """A column: its key in downloads, its heading, whether it is shown on demand only."""

    key: str
    heading: str
    more: bool = False


class Row(NamedTuple):
    """A row's HTML, and the ids of the references and endpoints that it leads to."""

    html: Markup
    noted: tuple[str, ...]


class Table(NamedTuple):
    """A table of a page.

    Attributes:
        name: the id of its place in the page; title: its heading.
        query: the SPARQL that gives its rows; "" where no query does.
        kind: instead of a query, which of :mod:`kg.pages.shared` it is.
        notes: sentences that stand above it.
    """

    name: str
    title: str
    columns: list[Column]
    rows: list[Row]
    query: str = ""
    kind: str = ""
    notes: tuple[str, ...] = ()

    @property
    def shown(self) -> int:
        """How many columns are shown at once."""
        return sum(not column.more for column in self.columns)


def columns(headings: Mapping[str, str]) -> list[Column]:
    """Columns of variables and headings; a ``+`` before a variable shows it on demand."""
    found = [Column(key.lstrip("+"), said, key.startswith("+")) for key, said in headings.items()]
    return shown_first(found)


def shown_first(found: list[Column]) -> list[Column]:
    """Columns with those at the end that are shown on demand, as the style sheet needs them."""
    return sorted(found, key=lambda column: column.more)


def row(cells: Iterable[tuple[Column, Markup | str]], noted: Iterable[str]) -> Row:
    """A row of cells; what is no markup is escaped.

    What HTML can do without is left out, end tags and the last empty cells: a site has half a
    million cells.
    """
    parts = [f"<td>{_said(cell) if cell else ''}" for _, cell in cells]
    while len(parts) > 1 and parts[-1] == "<td>":
        parts.pop()
    return Row(Markup(f"<tr>{''.join(parts)}\n"), tuple(noted))


def _said(cell: Markup | str) -> str:
    if _DAY.fullmatch(cell):
        return f"<time>{cell}</time>"
    return cell if isinstance(cell, Markup) else escape(told(cell))


def _name(publisher: str) -> str:
    """A publisher without volume, pages, seat and explanation; of an organization the slug."""
    if publisher.startswith(BASE):
        return publisher.rpartition("/")[2].replace("-", " ")
    name = re.split(r"[,;:(]| \d", publisher)[0].strip()
    return name if len(name) <= _PUBLISHER else f"{name[:_PUBLISHER].rstrip()}…"


def anchored(address: str, said: str, rest: str = "") -> Markup:
    """A link; ``rest`` is markup of further attributes."""
    return Markup(f'<a href="{escape(address)}"{rest}>{escape(label(said))}</a>')


class Cells:
    """Writes what stands in cells, with links by one :data:`~kg.pages.href.Href`."""

    def __init__(self, library: Library, href: Href) -> None:
        self._library, self._href = library, href
        self._made: dict[tuple[str, ...], Markup] = {}
        self._rows: dict[tuple[str, str], Row] = {}

    def link(self, entity: str, label: str = "") -> Markup:
        """An entity by its label, as a link if it has a page; else an identifier, or the text."""
        key = ("link", entity, label)
        if key not in self._made:
            said = label or self._library.name(entity)
            if self._library.has_page(entity):
                self._made[key] = anchored(self._href(entity), said)
            else:
                self._made[key] = elsewhere(said)
        return self._made[key]

    def named(self, entity: str) -> str:
        """What an entity is called."""
        return self._library.name(entity)

    def cite(self, sources: Sources, nodes: Iterable[str] = ()) -> Markup:
        """Who says it, each leading to its entry at the foot; and which conflicts it is in."""
        marks = (each for node in nodes for each in self._library.disputed.get(node, ()))
        cites = [self._cite(*source) for source in sources]
        return Markup(" ".join([*cites, *map(self._disputed, dict.fromkeys(marks))]))

    def node(self, section: str, shown: list[Column], node: Node) -> Row:
        """The row of a node of a section, made once."""
        key = (section, node.id)
        if key not in self._rows:
            cells = ((column, self._values(column.key, node)) for column in shown)
            self._rows[key] = row(cells, self._noted(node))
        return self._rows[key]

    def value(self, fact: Fact) -> Markup:
        """The value of a fact."""
        named = fact.property == "lkg:payloadClass"
        return self.link(f"payload-class:{fact.value}" if named else fact.value, fact.value * named)

    def who(self, reference: str) -> str:
        """A reference as a table names it: who published it, and the year."""
        known = self._library.references.get(reference)
        if known is None:
            return reference.partition(":")[2]
        name = _name(known.publisher) or known.kind
        return f"{name} {known.date[:4]}".strip()

    def publisher(self, reference: str) -> str:
        """Who published a reference: a name, or the label of an organization; "" if unknown."""
        said = self._library.references[reference].publisher
        return self._library.label(short(said)) if said.startswith(BASE) else said

    def _cite(self, reference: str, locator: str, checked: str) -> Markup:
        key = ("cite", reference, locator, checked)
        if key not in self._made:
            at = f' data-at="{escape(told(locator))}"' if locator else ""
            mark = " data-recalled" if checked == "recalled" else ""
            address = f"#{anchor(reference)}"
            self._made[key] = anchored(address, self.who(reference), f"{at}{mark}")
        return self._made[key]

    def _disputed(self, conflict: str) -> Markup:
        address = escape(self._href(conflict))
        return Markup(
            f'<a class="disputed" href="{address}">≠<span class="unseen"> in conflict</span></a>'
        )

    def _values(self, key: str, node: Node) -> Markup | str:
        if key == "reference":
            return self.cite(node.sources, [node.id])
        parts = []
        for text, name in node.values.get(key, ()):
            if not name:
                parts.append(escape(told(text)))
            elif text.startswith("measure:"):
                parts.append(endpoint(text, name))
            else:
                parts.append(self.link(text, name))
        return Markup("; ".join(parts))

    @staticmethod
    def _noted(node: Node) -> Iterable[str]:
        yield from (source[0] for source in node.sources)
        for pairs in node.values.values():
            yield from (text for text, label in pairs if label and text.startswith("measure:"))


def endpoint(measure: str, label: str) -> Markup:
    """An endpoint, which leads to its definition at the foot."""
    return anchored(f"#{anchor(measure)}", label)


def elsewhere(address: str) -> Markup:
    """An identifier of others, as a link if it leads anywhere; another text as it is."""
    if not address.startswith(("http://", "https://", "obo:")):
        return escape(told(address))
    name, place = identifier(address)
    if not place:
        return escape(name)
    return anchored(place, name)


def property_words(term: str) -> str:
    """A property as the first cell of a row says it."""
    return words(term).replace("_", " ")
