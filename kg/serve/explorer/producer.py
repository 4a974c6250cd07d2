"""Pages as a renderer makes them: the sites of the graphs that were asked last are kept."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from kg.graph import KnowledgeGraph
from kg.serve.explorer.asked import Asked
from kg.serve.explorer.site import Content, Site
from kg.serve.job import Work

_KEPT = 4  # as many as graphs


@lru_cache(_KEPT)
def _site(graph: KnowledgeGraph, release: str, view: tuple[tuple[str, str], ...]) -> Site:
    return Site(graph, release, view)


def produce(graph: KnowledgeGraph, work: Work) -> Content:
    """The page that some work asks for.

    Raises:
        UsageError: there is none.
    """
    as_of, on, without = work.view
    days = [(name, day) for name, day in (("as-of", as_of), ("on", on)) if day]
    site = _site(graph, Path(work.place).name, (*days, *(("without", kind) for kind in without)))
    return site.content(msgspec.convert(work.arguments | {"what": work.what}, Asked))
