"""What pages load: scripts, styles, the index of names, the icon."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.errors import UnknownName
from kg.pages import finding, frame, shared, sparql, terms
from kg.pages.href import Href
from kg.pages.library import Library
from kg.pages.page import asset_files

_MEDIA = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_ICON = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="#00538a">
<path d="M4 4 12 5 8 12Z" fill="none" stroke="#00538a"/>
<circle cx="4" cy="4" r="2.5"/><circle cx="12" cy="5" r="2.5"/><circle cx="8" cy="12" r="2.5"/>
</svg>
"""


def fixed() -> Mapping[str, str]:
    """The files that no knowledge is in, by name."""
    return {**frame.assets(), **sparql.assets(), **asset_files(), "icon.svg": _ICON}


def file(name: str, library: Library, href: Href) -> tuple[str, bytes]:
    """A file with its media type.

    Raises:
        UnknownName: there is none of that name.
    """
    made: dict[str, Callable[[], str]] = {
        "search.js": lambda: finding.index(library, href),
        "queries.js": shared.script,
        "terms.js": terms.script,
    }
    text = made[name]() if name in made else fixed().get(name)
    if text is None:
        raise UnknownName(f"there is no file {name!r}")
    return f"{_MEDIA[name.rpartition('.')[2]]}; charset=utf-8", text.encode()
