"""The pages of one graph, each made when it is asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import quote, urlencode

from pyoxigraph import RdfFormat

from kg import questions, resources
from kg.coverage import areas
from kg.errors import BadParameter, Candidate, UnknownName, UsageError, VocabularyError
from kg.graph import KnowledgeGraph
from kg.grounding import NAMED_PREFIXES
from kg.network import is_drawn
from kg.pages import about, conflict, home, node, question, sparql, terms
from kg.pages.frame import Frame, Served
from kg.pages.href import Href, served
from kg.pages.library import KINDS
from kg.serve.explorer import rdf
from kg.serve.explorer.asked import HTML, Asked
from kg.serve.explorer.figures import Figures
from kg.serve.explorer.files import file, fixed
from kg.serve.explorer.live import Live
from kg.serve.explorer.networks import Networks
from kg.site import CENTRAL
from kg.vocabulary import BASE, ENTITY_PREFIXES, curie, iri

_KEPT = 200  # pages
_FORMS = {
    "Turtle": "ttl", "N-Triples": "nt", "JSON-LD": "jsonld", "RDF/XML": "rdf",
    "TriG, with who says it": "trig",
}  # fmt: skip
Content = tuple[str, bytes]  # with its media type before it


class Site:
    """The pages of a graph.

    Args:
        graph: whole, or a view.
        release: names the knowledge.
        view: the parameters that choose the view, as (name, value).
    """

    def __init__(
        self, graph: KnowledgeGraph, release: str, view: tuple[tuple[str, str], ...]
    ) -> None:
        self._graph, self._view, self._release = graph, view, release
        self._library = Live(graph.select)
        self._kept = lru_cache(_KEPT)(self._made)

    def content(self, asked: Asked) -> Content:
        """What is asked for, with its media type.

        Raises:
            UsageError: there is no such page, or not in that form.
        """
        return self._kept(asked)

    def _made(self, asked: Asked) -> Content:
        kind, _, local = asked.what.partition(":")
        if kind == "asset":
            return file(local, self._library, self._href)
        if kind == "figure":
            return self._figures.drawing(local)
        if kind == "neighbours":
            return "application/json", self._networks.neighbours(local)
        if asked.form != HTML:
            return asked.form, self._data(asked)
        return f"{HTML}; charset=utf-8", self._html(asked, kind, local).encode()

    def _html(self, asked: Asked, kind: str, local: str) -> str:
        frame, select = self._frame.at(self._served(asked)), self._graph.select
        pages: dict[str, Callable[[], str]] = {
            "home": lambda: home.page(frame, select, areas(select), self._central),
            "questions": lambda: question.every(frame),
            "conflicts": lambda: conflict.page(frame),
            "vocab": lambda: terms.page(frame),
            "sparql": lambda: sparql.page(frame, urlencode(self._view)),
            "error": lambda: self._error(frame, asked.given),
            "question": lambda: question.page(
                frame, self._graph, local, self._parameters(local, asked)
            ),
            "network": lambda: self._networks.page(local, dict(asked.given)),
            **{kind: lambda: about.kind(frame, local) for kind in ["kind"] if local in KINDS},
        }
        if kind in pages:
            return pages[kind]()
        if self._library.has_page(asked.what):
            return about.entity(frame, asked.what, self._figures.of.get(asked.what, ()))
        made = node.page(frame, select, asked.what) if _is_node(asked.what) else ""
        if not made:
            raise self._missing(asked)
        return made

    def _missing(self, asked: Asked) -> UnknownName:
        """That there is nothing, with what could be meant."""
        kind, _, local = asked.what.partition(":")
        try:
            found = self._graph.find(local, (kind,) if kind in NAMED_PREFIXES else ())
            near: Iterable[Candidate] = [Candidate(curie(found), self._graph.label(found))]
        except UsageError as error:
            near = error.candidates
        why = f"there is nothing at {asked.path} {self._graph.described}"
        return UnknownName(why.strip(), near)

    def _parameters(self, name: str, asked: Asked) -> dict[str, str]:
        """What a question is asked with: what the address says, or its example."""
        if asked.given:
            return {key: value for key, value in asked.given if value}
        example = questions.load(name).example_values
        example.pop("as-of", None)  # the whole site has a day
        return example

    def _data(self, asked: Asked) -> bytes:
        form = RdfFormat.from_media_type(asked.form)
        assert form
        if asked.what == "vocab":
            return rdf.converted(resources.ontology() / "leukemia-kg.ttl", form)
        if asked.what.partition(":")[0] not in ENTITY_PREFIXES:
            raise BadParameter("this page is there as HTML only")
        node = iri(asked.what) if _is_node(asked.what) else None
        content = rdf.described(self._graph.store, node, form) if node else b""
        if not content:
            raise self._missing(asked)
        return content

    def _error(self, frame: Frame, given: tuple[tuple[str, str], ...]) -> str:
        (_, status), (_, why), *meant = given
        title = "Not found" if status == "404" else "This cannot be shown"
        instead = [(label, self._href(name)) for name, label in meant]
        return frame.render("error.html", title=title, why=why, instead=instead)

    def _served(self, asked: Asked) -> Served:
        given = list(asked.given) if asked.what != "error" else []
        path = quote(asked.path)
        here = f"{path}?{urlencode(given)}" if given else path
        data = asked.what.partition(":")[0] in ENTITY_PREFIXES or asked.what == "vocab"
        forms = tuple(
            (name, f"{path}?{urlencode([('format', form), *self._view])}")
            for name, form in _FORMS.items()
            if data
        )
        return Served(path, given, list(self._view), self._graph.described, here, forms)

    @cached_property
    def _frame(self) -> Frame:
        drawn = {
            name: name
            for names in self._library.entities.values()
            for name in names
            if is_drawn(name)
        }
        return Frame(self._library, self._href, drawn)

    @cached_property
    def _figures(self) -> Figures:
        return Figures(self._graph, self._library, self._href)

    @cached_property
    def _networks(self) -> Networks:
        return Networks(self._graph, self._library, self._href)

    @cached_property
    def _href(self) -> Href:
        view = urlencode(self._view)
        parts = (self._release, view, *fixed().values())
        version = hashlib.blake2b("".join(parts).encode(), digest_size=6).hexdigest()
        return served(view, version)

    @cached_property
    def _central(self) -> list[Link]:
        """The networks that the home page leads to."""
        names = [name for name, _ in CENTRAL if self._library.has_page(name)]
        return [Link(name, self._library.label(name)) for name in names]


def _is_node(name: str) -> bool:
    """Whether a short id is that of an IRI of ours."""
    try:
        return iri(name).value.startswith(BASE)
    except VocabularyError:
        return False


class Link(NamedTuple):
    """A network as the home page lists it."""

    file: str
    title: str
