"""A process that gives answers and pages of a graph, one after the other, for a pool.

Unlike :mod:`.worker` it runs no query of a stranger, only what this package asks of a graph.
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import msgspec
from pyoxigraph import Store

from kg.backend import Local
from kg.dataset.choice import choose
from kg.errors import KGError
from kg.graph import KnowledgeGraph
from kg.serve import answering
from kg.serve.confinement import bind
from kg.serve.failures import Missing, failure
from kg.serve.frames import HEAD, READY, Out, TooLarge, end, fail, frame
from kg.serve.job import Work

_KEPT = 4  # graphs that stay open

Producer = Callable[[KnowledgeGraph, Work], tuple[str, bytes]]
# What makes each kind of work: its media type and content.
PRODUCERS: dict[str, Producer] = {"answer": answering.answer}


class Renderer:
    """Does work with frames."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._graphs: OrderedDict[str, KnowledgeGraph] = OrderedDict()

    def run(self, work: Work) -> None:
        """Do some work: data, then how it ended."""
        try:
            media, content = PRODUCERS[work.kind](self.graph(work), work)
            out = Out(self._pipe, work.most)
            out.write(content)
            out.flush()
            end(self._pipe, media)
        except (KGError, Missing, TooLarge, OSError) as error:
            fail(self._pipe, failure(error))

    def graph(self, work: Work) -> KnowledgeGraph:
        """The graph that some work is about; the last few stay open."""
        if work.store not in self._graphs:
            whole = KnowledgeGraph(_opened(str(Path(work.place) / "store"), Path(work.place)))
            if any(work.view):
                whole = whole.seen(_opened(work.store).store, choose(*work.view))
            self._graphs[work.store] = whole
            if len(self._graphs) > _KEPT:
                self._graphs.popitem(last=False)
        self._graphs.move_to_end(work.store)
        return self._graphs[work.store]


def _opened(store: str, place: Path | None = None) -> Local:
    return Local(Store.read_only(store), place)


def command() -> list[str]:
    """The words that start a renderer."""
    return [sys.executable, "-P", "-m", __name__]


def main() -> None:
    """Work until the input ends."""
    source, pipe = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing but frames goes there
    bind()
    renderer = Renderer(pipe)
    decode = msgspec.json.Decoder(Work).decode
    pipe.write(frame(READY))
    pipe.flush()
    while head := source.read(HEAD.size):
        renderer.run(decode(source.read(HEAD.unpack(head)[1])))


if __name__ == "__main__":
    main()
