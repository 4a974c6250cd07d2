"""The whole site: a page for every entity, question and conflict, with networks and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from pyoxigraph import Store

from kg import questions, site
from kg.backend import Local
from kg.coverage import areas
from kg.graph import KnowledgeGraph
from kg.pages import about, conflict, finding, home, question, shared
from kg.pages.drawn import Drawings, drawings
from kg.pages.frame import Frame, assets
from kg.pages.href import path_of, static
from kg.pages.library import Library
from kg.serialization import save

Track = Callable[[int, int], None]


def publish(
    graph: KnowledgeGraph,
    folder: Path,
    track: Track = lambda done, of: None,
    networks: site.Networks | None = None,
) -> list[Path]:
    """Write the site of a graph into a folder; return the files.

    Args:
        track: is told how many pages of how many are written.
        networks: the network pages, if they have been drawn.

    Raises:
        OutputError: the folder cannot be written.
    """
    with _figures(graph) as figures:
        networks = networks or site.networks(graph)
        library = Library(graph.select, networks.known)
        frames = _frames(library, networks)
        files = [
            path
            for name, content in networks.pages.items()
            for path in save(folder / name, content)
        ]
        writing = _pages(graph, library, frames, networks, figures)
        total = _number(library) + len(files)
        for name, content in writing:
            files += save(folder / name, content.encode())
            track(len(files), total)
    return files


def _frames(library: Library, networks: site.Networks) -> tuple[Frame, Frame]:
    """Of pages in the folder itself, and of those one folder below."""
    return Frame(library, static(), networks.of), Frame(library, static("../"), networks.of)


def _number(library: Library) -> int:
    kinds = library.entities
    return sum(map(len, kinds.values())) + len(kinds) + len(questions.names()) + len(_FIXED)


_FIXED = ("home", "questions", "conflicts", "style", "script", "search", "queries")


def _pages(
    graph: KnowledgeGraph,
    library: Library,
    frames: tuple[Frame, Frame],
    networks: site.Networks,
    figures: Callable[[], Drawings],
) -> Iterator[tuple[str, str]]:
    """Each file below the folder with its text; pages that have no figures come first."""
    top, below = frames
    listed = networks.central + networks.leukemias
    yield path_of("home"), home.page(top, graph.select, areas(graph.select), listed)
    yield path_of("questions"), question.every(top)
    yield path_of("conflicts"), conflict.page(top)
    for name, text in {**assets(), "queries.js": shared.script()}.items():
        yield path_of(f"asset:{name}"), text
    yield path_of("asset:search.js"), finding.index(library, static())
    for name in questions.names():
        yield path_of(f"question:{name}"), question.page(below, graph, name)
    for kind in sorted(library.entities, key=lambda each: each in ("drug", "disease")):
        yield path_of(f"kind:{kind}"), about.kind(below, kind)
        drawn = figures() if kind in ("drug", "disease") else {}
        for name in library.entities[kind]:
            yield path_of(name), about.entity(below, name, drawn.get(name, ()))


@contextmanager
def _figures(graph: KnowledgeGraph) -> Iterator[Callable[[], Drawings]]:
    """What gives the figures, which another process draws where it can open the same store."""
    if graph.place is None:
        yield cache(lambda: drawings(graph))
        return
    with ProcessPoolExecutor(1, get_context("spawn")) as second:
        drawing = second.submit(_drawings_at, graph.place)
        yield cache(lambda: _awaited(drawing) or drawings(graph))


def _awaited(drawing: Future[Drawings]) -> Drawings:
    """None where the process could not begin, as from a script that is read from a pipe."""
    try:
        return drawing.result()
    except BrokenProcessPool:
        return {}


def _drawings_at(place: Path) -> Drawings:
    """None where the files cannot be opened any more: a graph that is open outlives them."""
    try:
        store = Store.read_only(str(place / "store"))
    except (OSError, RuntimeError):
        return {}
    return drawings(KnowledgeGraph(Local(store, place)))
