"""The page about an entity, and the list of all entities of a kind."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from kg.pages import compared, conflict
from kg.pages.drawn import Drawn
from kg.pages.entity import tables, term
from kg.pages.frame import Frame
from kg.pages.library import KINDS, Library
from kg.pages.tables import Table, anchored, columns, row
from kg.pages.words import label

_LISTED = {"name": "Name", "type": "Kind", "also": "Also called", "definition": "What it is"}
_REFERENCES = {"name": "Title", "type": "Kind", "publisher": "Publisher", "date": "Date"}


def entity(frame: Frame, name: str, figures: Iterable[Drawn] = ()) -> str:
    """The HTML of the page about an entity.

    Args:
        name: its short id; ``frame.library.has_page(name)`` must hold.
        figures: drawn of it.
    """
    library, kind = frame.library, name.partition(":")[0]
    found = library.conflicts_about(name)
    return frame.render(
        "entity.html",
        tables(library, frame.cells, name),
        noted=conflict.noted(found),
        title=library.label(name),
        kind=kind,
        term=term(name),
        heading=KINDS[kind],
        type=library.type_of(name),
        about=_about(frame, name),
        definition=" ".join(library.said(name, "skos:definition")),
        described=[(term, said) for term, said in _described(frame, name) if said],
        network=frame.networks.get(name, ""),
        conflicts=[conflict.block(frame, each) for each in found],
        figures=[*figures, *compared.figures(library, name)],
    )


def kind(frame: Frame, name: str) -> str:
    """The HTML of the list of all entities of a kind."""
    library = frame.library
    shown = columns(_REFERENCES if name == "reference" else _LISTED)
    rows = []
    for each in library.entities[name]:
        first = (frame.cells.link(each, library.label(each)), library.type_of(each))
        said = _published(frame, each) if name == "reference" else _listed(library, each)
        rows.append(row(zip(shown, (*first, *said), strict=True), ()))
    title = KINDS[name]
    return frame.render(
        "kind.html", [Table(name, f"All {title.lower()}", shown, rows)], title=title
    )


def _listed(library: Library, name: str) -> tuple[str, str]:
    definition = " ".join(library.said(name, "skos:definition"))
    return ", ".join(library.said(name, "skos:altLabel")), definition


def _published(frame: Frame, name: str) -> tuple[str, str]:
    known = frame.library.references.get(name)
    return (frame.cells.publisher(name), known.date) if known else ("", "")


def _about(frame: Frame, name: str) -> str:
    """Who published a reference, and when; of others nothing."""
    known = frame.library.references.get(name)
    return ", ".join(filter(None, _published(frame, name))) if known else ""


def _described(frame: Frame, name: str) -> Iterable[tuple[str, list[Markup]]]:
    library, cells = frame.library, frame.cells
    yield "Also called", [escape(label(each)) for each in library.said(name, "skos:altLabel")]
    yield "Kind of", [cells.link(each) for each in library.parents(name)]
    yield "Forms", [cells.link(each) for each in library.children.get(name, ())]
    yield (
        "Identifiers",
        [_elsewhere(said, place) for said, place in library.identifiers.get(name, ())],
    )
    known = library.references.get(name)
    if known and known.url:
        yield "Read it", [_elsewhere(urlsplit(known.url).netloc, known.url)]


def _elsewhere(said: str, place: str) -> Markup:
    if not place:
        return escape(label(said))
    return anchored(place, said)
