"""The index that the search reads: a script, since a page on a disk may fetch nothing."""

from __future__ import annotations

from collections.abc import Iterator

from kg.pages.href import Href
from kg.pages.library import Library
from kg.pages.page import json_text
from kg.pages.words import label


def index(library: Library, href: Href) -> str:
    """The script of the index: of each entity its address, label, kind, id and other names.

    Args:
        href: from the folder of the site.
    """
    entries = [
        [
            href(entity),
            library.label(entity),
            library.type_of(entity),
            entity,
            _names(library, entity),
        ]
        for names in library.entities.values()
        for entity in names
    ]
    return f"window.kgFind({json_text(entries)});\n"


def _names(library: Library, entity: str) -> str:
    return "\n".join(dict.fromkeys(label(each) for each in _other(library, entity) if each))


def _other(library: Library, entity: str) -> Iterator[str]:
    yield from library.said(entity, "lkg:acronym")
    yield from library.said(entity, "skos:altLabel")
    yield from (said for said, _ in library.identifiers.get(entity, ()))
    known = library.references.get(entity)
    if known:
        yield known.url
