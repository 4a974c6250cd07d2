"""The graph as its users hold it: ask, query, look up, prove, draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import QueryBoolean, Store

from kg.analysis.methods import Analyses
from kg.backend import Backend, Local, to_dataset, to_rdflib
from kg.errors import QueryError, StoreError
from kg.grounding import NAMED_PREFIXES, Index
from kg.rows import Covered, Disputes, Rows
from kg.vocabulary import BASE, PREFIXES, curie, iri, lkg

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.cards import Card
    from kg.dataset.choice import Choice
    from kg.figures.drawn import Figure
    from kg.pages.data import Knowledge
    from kg.proof import Evidence


class KnowledgeGraph(Analyses):
    """A knowledge graph of leukemia therapeutics, local or remote. See :func:`kg.load`."""

    def __init__(
        self,
        backend: Backend,
        described: str = "",
        whole: KnowledgeGraph | None = None,
        known: date | None = None,
    ) -> None:
        self._backend, self.described, self._whole = backend, described, whole or self
        self._known = known  # the day of a view's knowledge
        self._view = lru_cache(maxsize=_KEPT_VIEWS)(self._made)

    def query(self, sparql: str) -> Rows | bool | rdflib.Graph:
        """Run SPARQL 1.1 in which all prefixes of the vocabulary are declared.

        Returns:
            rows for SELECT, a bool for ASK, an ``rdflib.Graph`` for CONSTRUCT and DESCRIBE.

        Raises:
            QueryError: the query does not parse, or cannot be evaluated.
        """
        answer = self._backend.run(sparql)
        if isinstance(answer, Rows):
            return self._disputable(answer)
        if isinstance(answer, QueryBoolean):
            return bool(answer)
        return to_rdflib(answer)

    def select(self, sparql: str) -> Rows:
        """The rows of a SELECT.

        Raises:
            QueryError: it is no SELECT, does not parse or cannot be evaluated.
        """
        answer = self._backend.run(sparql)
        if not isinstance(answer, Rows):
            raise QueryError("this takes a SELECT query: use query() for the other forms")
        return self._disputable(answer)

    def _disputable(self, answer: Rows) -> Rows:
        """Rows that can find their conflicts, when they are asked for."""
        answer.dispute = self._disputes
        return answer

    def ask(self, question: str, **parameters: object) -> Rows:
        """Answer a competency question (``kg ask`` lists them).

        An answer without rows says in its ``coverage`` whether they were looked for.

        Raises:
            UnknownQuestion, BadParameter, UnknownName, AmbiguousName: see their messages.
        """
        from kg.questions import load as load_question

        asked = load_question(question)
        if self._known and asked.takes_day and parameters.get("on"):
            from kg.dataset.choice import choose

            choose(self._known, str(parameters["on"]))
        answer = self.select(asked.bind(parameters, self.find))
        if not answer:
            answer.coverage = self.covered(asked.entities(parameters, self.find))
        return answer

    def covered(self, entities: Iterable[str]) -> Covered:
        """What an empty answer about the entities of some IRIs means."""
        from kg.analysis.covered import covered

        return covered(self._whole.select, entities, self._whole.label)

    def find(self, name: str, prefixes: tuple[str, ...] = ()) -> str:
        """The IRI of the entity of a name: label, synonym, code or identifier.

        Raises:
            UnknownName: there is none; the message lists near spellings.
            AmbiguousName: there are several; the message lists them.
        """
        return self._index.find(name, prefixes)

    def label(self, entity: str) -> str:
        """The label of an entity's IRI, or its short form if it has none."""
        return self._index.label(entity)

    def card(self, name: str) -> Card:
        """Everything about one entity, by any of its names."""
        from kg.cards import card

        return card(self.select, self.find(name))

    def evidence(self, subject: str, predicate: str = "", value: str = "") -> list[Evidence]:
        """The references that state triples, and where in them.

        Args:
            subject: any name of an entity, or the id of a node ("outcome:...").
            predicate: a term such as "lkg:target"; empty for all.
            value: an entity by any name, or the text of a literal; empty for all.
        """
        from kg.analysis.stating import claims

        return claims(
            self.select,
            self._node(subject),
            _property(predicate) if predicate else "",
            {value, self._maybe(value)} if value else set(),
        )

    def _disputes(self, nodes: set[str]) -> Disputes:
        from kg.analysis.conflicts import marks

        return marks(self.select, nodes)

    def network(self, entity: str = "", depth: int = 1) -> networkx.MultiDiGraph:
        """Entities as typed, labelled nodes and what is said of them as edges with references.

        Args:
            entity: any name; empty for the whole graph.
            depth: how many steps around the entity.
        """
        from kg.network import part
        from kg.pages.shown import Network

        centre = self.find(entity) if entity else ""
        found = part(self._network, centre, depth)
        return Network.of(found, self.select, curie(centre) if centre else "", depth)

    def figure(self, name: str, **parameters: object) -> Figure:
        """Draw a figure (``kg figure`` lists them): ``graph.figure("timeline", disease="CML")``."""
        from kg.figures import figure

        return figure(self, name, parameters)

    def as_of(self, day: str | date) -> KnowledgeGraph:
        """The graph as it could be known on a day ("2011-06-30")."""
        return self.view(day)

    def without(self, *kinds: str) -> KnowledgeGraph:
        """The graph without "press", "abstract" or "recalled" evidence."""
        return self.view(without=kinds)

    def on(self, day: str | date) -> KnowledgeGraph:
        """What is known today about a day: all knowledge, without the events after it."""
        return self.view(on=day)

    def view(
        self, as_of: str | date = "", without: Iterable[str] = (), on: str | date = ""
    ) -> KnowledgeGraph:
        """All choices at once (:mod:`kg.dataset.views`); the last few views are kept."""
        if not (as_of or without or on):
            return self
        from kg.dataset.choice import choose

        return self._view(choose(as_of, on, without))

    def _made(self, choice: Choice) -> KnowledgeGraph:
        from kg.dataset.views import view

        return self.seen(view(self.store, choice, self.place), choice)

    def seen(self, store: Store, choice: Choice) -> KnowledgeGraph:
        """A view of this graph whose store has been made."""
        as_of, on, without = choice
        days = [f"as of {as_of}" if as_of else "", f"on {on}" if on else ""]
        words = filter(None, [self.described, *days, *(f"without {k}" for k in sorted(without))])
        return KnowledgeGraph(Local(store), ", ".join(words), self._whole, as_of or self._known)

    @property
    def dataset(self) -> rdflib.Dataset:
        """The whole dataset as rdflib sees it, over the same store."""
        return to_dataset(self.store)

    @property
    def store(self) -> Store:
        """The ``pyoxigraph.Store`` underneath.

        Raises:
            StoreError: the graph is remote.
        """
        if not isinstance(self._backend, Local):
            raise StoreError("this needs the store itself: load the graph locally, not by its URL")
        return self._backend.store

    @property
    def place(self) -> Path | None:
        """The folder of a local store, where this graph is all that is in it."""
        return self._backend.place if isinstance(self._backend, Local) else None

    def _node(self, name: str) -> str:
        """An entity by any name; other nodes have only their ids."""
        prefix = name.partition(":")[0]
        if prefix in PREFIXES and prefix not in NAMED_PREFIXES:
            return iri(name).value
        if name.startswith(BASE):
            return iri(curie(name)).value
        return self.find(name)

    def _maybe(self, name: str) -> str:
        from kg.errors import UsageError, VocabularyError

        try:
            return self._node(name)
        except (UsageError, VocabularyError):
            return name

    @cached_property
    def _network(self) -> networkx.MultiDiGraph:
        from kg.network import whole

        return whole(self.select)

    @cached_property
    def knowledge(self) -> Knowledge:
        """What pages of networks tell beyond nodes and edges."""
        from kg.pages.data import knowledge

        return knowledge(self.select)

    @cached_property
    def _index(self) -> Index:
        def pairs(query: str) -> list[tuple[str, str]]:
            return [(entity, name) for entity, name in self.select(query).texts()]

        return Index(pairs(_LABELS), pairs(_OTHER_NAMES), lambda: pairs(_MATCHES))


_KEPT_VIEWS = 4  # each is a store in memory
_LABELS = "SELECT ?e ?name { GRAPH lkg:descriptions { ?e rdfs:label ?name } }"
_OTHER_NAMES = """SELECT ?e ?name {
  GRAPH lkg:descriptions { ?e skos:altLabel|dcterms:identifier ?name }
}"""
_MATCHES = "SELECT ?e ?match { ?e skos:exactMatch ?match }"


def _property(name: str) -> str:
    """The IRI of a term; one of ours that does not exist is a spelling mistake."""
    prefix, _, local = name.partition(":")
    return lkg[local].value if prefix == "lkg" else iri(name).value


def load(place: str | Path = "", say: Callable[[str], None] = lambda _: None) -> KnowledgeGraph:
    """Open a knowledge graph.

    Args:
        place: nothing for the packaged knowledge; a folder that ``kg build --store``
            made; or the http(s) address of a SPARQL endpoint.
        say: is told when the packaged knowledge has to be built first.

    Raises:
        NoStore, DamagedStore: what is in the folder cannot be opened.
    """
    if str(place).startswith(("http://", "https://")):
        from kg.fetch import Remote

        return KnowledgeGraph(Remote(str(place)))
    if place:
        from kg.dataset.store import open_generation

        return KnowledgeGraph(Local(*open_generation(Path(place))))
    from kg.packaged import open_packaged

    return KnowledgeGraph(Local(*open_packaged(say)))
