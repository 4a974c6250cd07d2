"""What all pages of the site share: their frame, the notes at their foot, scripts and styles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from functools import cache
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, Template
from markupsafe import Markup

from kg import __version__
from kg.pages.href import Href, anchor
from kg.pages.library import Library
from kg.pages.tables import Cells, Table
from kg.pages.words import told

_SCRIPTS = ("table", "notes", "search", "suggest", "copy", "figure")
_POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)


@cache
def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("kg.pages"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        newline_sequence="\n",
        finalize=_readable,
    )
    found.filters["anchor"] = anchor
    return found


def _readable(value: Any) -> Any:
    """What a template writes: text that is no markup yet is cut where nobody would read on."""
    return told(value) if type(value) is str else value


@cache
def template(name: str) -> Template:
    """A template of the site, compiled once."""
    return _environment().get_template(f"site/{name}")


@cache
def source(name: str) -> str:
    """The text of a file among the templates of the site."""
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), f"site/{name}")[0]


def assets() -> dict[str, str]:
    """The style sheet and the script that all pages share, by file name."""
    return {
        "site.css": source("site.css"),
        "site.js": "\n".join(source(f"{name}.js") for name in _SCRIPTS),
    }


class Note(NamedTuple):
    """An entry at the foot of a page, which cells of its tables lead to."""

    title: str
    about: str
    page: str = ""
    read: str = ""


class Served(NamedTuple):
    """What a served page says of itself, beside what a page in a folder says.

    Attributes:
        path: where it is.
        given: the parameters of its address as (name, value), without those of the view.
        chosen: those of the view.
        view: the view in words; "" for all that is known.
        today: the address of the same page without a view.
        forms: names and addresses of the same as data.
    """

    path: str
    given: list[tuple[str, str]]
    chosen: list[tuple[str, str]]
    view: str = ""
    today: str = ""
    forms: tuple[tuple[str, str], ...] = ()


class Frame:
    """Renders templates within the frame of the site.

    Attributes:
        library: what pages are made of.
        href: where pages are.
        cells: writes cells of tables.
        networks: the file of the network around an entity, where there is one.
        served: of a page on a server.
    """

    served: Served | None = None

    def __init__(
        self, library: Library, href: Href, networks: Mapping[str, str] | None = None
    ) -> None:
        self.library, self.href, self.networks = library, href, networks or {}
        self.cells = Cells(library, href)
        self._notes: dict[str, Markup] = {}

    def at(self, served: Served) -> Frame:
        """The frame of a page on a server."""
        made = copy(self)
        made.served = served
        return made

    def render(self, name: str, tables: Iterable[Table] = (), **context: Any) -> str:
        """The HTML of a page.

        Args:
            name: of a template of ``templates/site``.
            tables: those of the page, whose references and endpoints stand at its foot.
        """
        shown = list(tables)
        noted = {each for table in shown for row in table.rows for each in row.noted}
        noted.update(context.pop("noted", ()))
        references = sorted(each for each in noted if not each.startswith("measure:"))
        return template(name).render(
            href=self.href,
            link=self.cells.link,
            policy="" if self.served else _POLICY,  # a server sends its own
            served=self.served,
            release=__version__,
            tables=shown,
            references=[self._note(each) for each in references if each in self._known],
            endpoints=[self._note(each) for each in sorted(noted - set(references))],
            **context,
        )

    @property
    def _known(self) -> Mapping[str, Any]:
        return self.library.references

    def _note(self, name: str) -> Markup:
        if name not in self._notes:
            note = self._endpoint(name) if name.startswith("measure:") else self._reference(name)
            page = self.href(name) if self.library.has_page(name) else ""
            made = template("note.html").render(note=note, id=anchor(name), page=page)
            self._notes[name] = Markup(made)
        return self._notes[name]

    def _endpoint(self, name: str) -> Note:
        definition = " ".join(self.library.said(name, "skos:definition"))
        return Note(self.library.label(name), definition or "No definition on record.")

    def _reference(self, name: str) -> Note:
        known = self._known[name]
        about = (known.kind, self.cells.publisher(name), known.date)
        return Note(known.title, ", ".join(filter(None, about)), read=known.url)
