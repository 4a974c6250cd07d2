"""Where queries run: a local store, or a remote endpoint that speaks SPARQL 1.1."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store, serialize

from kg.errors import QueryError
from kg.rows import Row, Rows
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    import rdflib

    from kg.proof import Proof, Prover

Answer = Rows | QueryTriples | QueryBoolean


class Backend(Protocol):
    """Answers a SPARQL query in which all our prefixes are declared."""

    def run(self, query: str) -> Answer:
        """The whole answer.

        Raises:
            QueryError: the query does not parse, or cannot be evaluated.
        """


class Local:
    """An Oxigraph store in this process.

    Attributes:
        store: the store itself.
        place: the folder of the generation that it was opened from, if it is on disk.
    """

    def __init__(self, store: Store, place: Path | None = None) -> None:
        self.store, self.place = store, place

    def run(self, query: str) -> Answer:
        """Evaluate a query, to its last row."""
        refuse(query)
        try:
            answer = self.store.query(query, prefixes=PREFIXES)
            if isinstance(answer, QuerySolutions):
                return Rows(answer, _Lazy(self.store, query))
            return answer
        except SyntaxError as error:
            raise QueryError(explain(query, str(error))) from None
        except (ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"the query cannot be evaluated: {error}") from None


class _Lazy:
    """A prover that is made when the first proof is asked for."""

    def __init__(self, store: Store, query: str) -> None:
        self._store, self._query = store, query

    @cached_property
    def _prover(self) -> Prover:
        from kg.proof import Prover

        return Prover(self._store, self._query)

    def __call__(self, row: Row) -> Proof:
        return self._prover.proof(row)


_KEPT_VIEWS = 4  # each is a store in memory


_DEEPEST = 200


def refuse(query: str) -> None:
    """What would leave this machine, or end this process.

    Raises:
        QueryError: the query calls other services, or nests deeper than the engine can.
    """
    # Taking the text apart costs more than a small answer: only where it could matter.
    calls, nests = "service" in query.lower(), sum(map(query.count, "({[")) > _DEEPEST
    if not calls and not nests:
        return
    from kg.sparql import masked

    bare = masked(query)
    if calls and re.search(r"\bSERVICE\b", bare, re.IGNORECASE):
        raise QueryError("SERVICE is not followed here: this graph opens no network")
    depth = deepest = 0
    for char in bare:
        depth += (char in "({[") - (char in ")}]")
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise QueryError(f"the query nests {deepest} levels deep; at most {_DEEPEST} are taken")


def explain(query: str, message: str) -> str:
    """A parser's message as: where, what stands there, and what to do."""
    place = re.match(r"error at (\d+):(\d+): ", message)
    if not place:
        return f"the query does not parse: {message}"
    line, column = int(place[1]), int(place[2])
    text = (query.splitlines() or [""])[min(line, len(query.splitlines()) or 1) - 1]
    where = f"the query does not parse at line {line}, column {column}"
    if "Prefix not found" in message:
        names = re.findall(r"([A-Za-z][\w.-]*)?:", text[: column - 1]) or [""]
        known = " ".join(f"{prefix}:" for prefix in PREFIXES)
        return (
            f"{where}: unknown prefix '{names[-1]}:'; declare it with PREFIX or use one of {known}"
        )
    reason = re.search(r"The SELECT contains [a-z ]+|[Vv]ariable [^,\[]+", message)
    found = (
        f"unexpected {text[column - 1 : column + 15]!r}" if text[column - 1 :] else "it ends early"
    )
    return f"{where}: {reason[0] if reason else found}\n  {text}\n  {' ' * (column - 1)}^"


def to_rdflib(triples: QueryTriples) -> rdflib.Graph:
    """The triples of a CONSTRUCT or DESCRIBE as rdflib has them.

    Raises:
        QueryError: the result uses what RDF 1.1 does not have.
    """
    import rdflib

    graph = rdflib.Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    try:
        graph.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    except Exception as error:  # what rdflib's parser raises has no common root
        raise QueryError(f"the result is not RDF 1.1: {error}") from None
    return graph


def to_dataset(store: Store) -> rdflib.Dataset:
    """A store as rdflib sees it."""
    import rdflib
    from oxrdflib import OxigraphStore

    class ReadOnly(OxigraphStore):
        """``Dataset.graph(iri)`` registers the graph first, which a reader cannot."""

        def add_graph(self, graph: rdflib.Graph) -> None:
            pass

    dataset = rdflib.Dataset(store=ReadOnly(store=store))
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset
