"""The tools for an agent that starts this process and talks to it by its standard streams."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from kg import __version__
from kg.dataset.store import open_generation
from kg.packaged import open_packaged
from kg.serve import worker
from kg.serve.limits import Limits
from kg.serve.mcp import protocol
from kg.serve.pool import Pool
from kg.serve.rendering import Rendering
from kg.serve.settings import Settings
from kg.serve.viewing import Views

_QUERY = Limits(patience=20.0, long=0)  # one client, who may wait for the start
_OURS = _QUERY._replace(seconds=60.0)  # what is no stranger's query


def talk(store: str, say: Callable[[str], None]) -> None:
    """Serve the tools until the standard input ends.

    Args:
        store: a folder; "" for the packaged knowledge.
        say: is told when that has to be built first.

    Raises:
        NoStore, DamagedStore: what is in the folder cannot be opened.
    """
    asyncio.run(_talk(store, say))


async def _talk(store: str, say: Callable[[str], None]) -> None:
    # Importing the SDK takes longer than all else: meanwhile the store is opened, and the
    # processes start.
    importing = asyncio.ensure_future(asyncio.to_thread(protocol))
    _, place = await asyncio.to_thread(_opened, store, say)
    views = Views(place)
    rendering = Rendering(views, f"{__version__} {place.name}", Settings(processes=1, limits=_OURS))
    queries = Pool(worker.command(place, _QUERY), 1, _QUERY)
    rendering.start()
    starting = asyncio.create_task(queries.start())
    try:
        server = await importing
        await server.talk(server.Desk(queries, rendering, views))
    finally:
        await starting
        await queries.stop()
        await rendering.stop()
        views.close()


def _opened(store: str, say: Callable[[str], None]) -> tuple[object, Path]:
    return open_generation(Path(store)) if store else open_packaged(say)
