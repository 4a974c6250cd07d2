"""A process that answers queries over a store, one after the other, for a :class:`.pool.Pool`.

It reads jobs from its standard input and writes answers to its standard output
(:mod:`.frames`). It opens no file and no connection once it is ready, may use only so much
memory, and ends when its pool does. What a query does to it, it does to nobody else.
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from pathlib import Path
from typing import IO, BinaryIO, cast

import msgspec
from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
)

import kg.sparql  # noqa: F401  # what refusing needs, before no file can be opened
from kg.backend import explain, refuse
from kg.errors import QueryError
from kg.serve.confinement import confine, may_open
from kg.serve.frames import HEAD, READY, Out, TooLarge, end, fail, frame
from kg.serve.job import Failure, Job
from kg.serve.limits import Limits
from kg.vocabulary import PREFIXES

_KEPT = 4  # stores that stay open
_PIECE = 1 << 17  # bytes: most answers are one write


class Worker:
    """Answers jobs with frames."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._stores: OrderedDict[str, Store] = OrderedDict()

    def run(self, job: Job) -> None:
        """Answer a job: data, then how it ended."""
        out = Out(self._pipe, job.most)
        try:
            media = self._answer(job, cast("IO[bytes]", out))
            out.flush()
            end(self._pipe, media)
        except QueryError as error:
            fail(self._pipe, Failure(400, str(error)))
        except _Unacceptable as error:
            fail(self._pipe, Failure(406, str(error)))
        except TooLarge as error:
            fail(self._pipe, Failure(503, str(error)))
        except (ValueError, RuntimeError) as error:
            fail(self._pipe, Failure(400, f"the query cannot be evaluated: {error}"))
        except OSError as error:
            fail(self._pipe, Failure(500, f"the store cannot be read: {error}"))

    def _answer(self, job: Job, out: IO[bytes]) -> str:
        refuse(job.query)
        try:
            base = job.base or None
            if job.default is None and job.named is None:
                answer = self.open(job.store).query(job.query, prefixes=PREFIXES, base_iri=base)
            else:
                answer = self._dataset(job).query(
                    job.query,
                    prefixes=PREFIXES,
                    base_iri=base,
                    default_graph=DefaultGraph(),  # what the request says goes before FROM
                    named_graphs=[*map(NamedNode, job.named or ())],
                )
        except SyntaxError as error:
            raise QueryError(explain(job.query, str(error))) from None
        if isinstance(answer, QuerySolutions | QueryBoolean):
            media = _first(job.tables, "SELECT and ASK")
            form = QueryResultsFormat.from_media_type(media)
            assert form
            answer.serialize(out, form)
        else:
            media = _first(job.graphs, "CONSTRUCT and DESCRIBE")
            rdf = RdfFormat.from_media_type(media)
            assert rdf
            answer.serialize(out, rdf)
        return media

    def _dataset(self, job: Job) -> Store:
        """A new store of the graphs that the request names.

        Oxigraph's own list of default graphs would count a triple of two graphs twice.
        """
        store, chosen = self.open(job.store), Store()
        for graph in map(NamedNode, job.default or ()):
            quads = store.quads_for_pattern(None, None, None, graph)
            chosen.extend(Quad(*quad.triple) for quad in quads)
        for graph in map(NamedNode, job.named or ()):
            chosen.extend(store.quads_for_pattern(None, None, None, graph))
        return chosen

    def open(self, place: str) -> Store:
        """The store in a folder; the last few stay open."""
        if place not in self._stores:
            if len(self._stores) == _KEPT:
                self._stores.popitem(last=False)
            with may_open([*self._stores, place]):
                self._stores[place] = Store.read_only(place)
        self._stores.move_to_end(place)
        return self._stores[place]


class _Unacceptable(Exception):
    pass


def _first(acceptable: list[str], forms: str) -> str:
    if not acceptable:
        raise _Unacceptable(f"{forms} have answers of other media types than are accepted")
    return acceptable[0]


def command(place: Path, limits: Limits) -> list[str]:
    """The words that start a worker over the store of a generation."""
    return [sys.executable, "-P", "-m", __name__, str(limits.memory), str(place / "store")]


def main() -> None:
    """Answer jobs until the input ends."""
    _, memory, *stores = sys.argv
    source = sys.stdin.buffer
    pipe = open(sys.stdout.fileno(), "wb", _PIECE, closefd=False)  # noqa: SIM115  # until the end
    worker = Worker(pipe)
    confine(int(memory))
    for store in stores:
        worker.open(store)
    decode = msgspec.json.Decoder(Job).decode
    pipe.write(frame(READY))
    pipe.flush()
    while head := source.read(HEAD.size):
        worker.run(decode(source.read(HEAD.unpack(head)[1])))


if __name__ == "__main__":
    main()
