"""Answers and pages over HTTP: from a request to work, from what it gives to a response."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import BadParameter
from kg.serve import renderer
from kg.serve.failures import failure
from kg.serve.job import Work
from kg.serve.pool import Answer, Pool
from kg.serve.process import Died, Refused
from kg.serve.responses import Whole, client_of, tag, while_there
from kg.serve.settings import Settings
from kg.serve.viewing import Views

View = tuple[str, str, tuple[str, ...]]
Task = tuple[str, str, Mapping[str, Any]]
_CACHED = "public, max-age=60"
# What is made here is our own and ends: a process that has read what it needs is not given up
# because a machine is busy, or a client has left.
_SECONDS, _PATIENCE, _EACH = 60.0, 30.0, 8


class Rendering:
    """Responds from a pool of renderers.

    Attributes:
        pool: the processes.

    Args:
        views: finds the store of a view.
        release: names what responses depend on, beside the request.
        settings: how many processes, and their limits.
    """

    def __init__(self, views: Views, release: str, settings: Settings) -> None:
        self._views, self._release = views, release
        limits = settings.limits._replace(
            quick=_SECONDS, seconds=_SECONDS, patience=_PATIENCE, each=_EACH, long=0
        )
        self.pool = Pool(renderer.command(), settings.processes, limits)
        self._processes = settings.processes
        self._starting: asyncio.Task[None] | None = None
        self._warming: asyncio.Task[None] | None = None

    def start(self, first: Sequence[Task] = ()) -> None:
        """Start the processes, unless they run already; who asks before they are ready waits.

        Args:
            first: kind, name and arguments of what each process makes ahead, so that it has at
                hand what it needs for others.
        """
        if not self._starting:
            self._starting = asyncio.get_running_loop().create_task(self._start(first))

    async def _start(self, first: Sequence[Task]) -> None:
        await self.pool.start()
        self._warming = asyncio.get_running_loop().create_task(self._warm(first))

    async def _warm(self, first: Sequence[Task]) -> None:
        """The first task is for all processes at once, of others one is busy at a time."""
        for task in first[:1]:
            await asyncio.gather(*(self._one(task) for _ in range(self._processes)))
        for task in first[1:]:
            for _ in range(self._processes if self._processes > 1 else 0):
                await self._one(task)  # processes take turns

    async def _one(self, task: Task) -> None:
        store = await self._views.store("", "", ())
        with contextlib.suppress(Refused):
            answer = await self.pool.answer(self._work(*task, ("", "", ()), store), "")
            answer.file.close()

    async def stop(self) -> None:
        """End the processes."""
        if self._starting:
            with contextlib.suppress(Died):
                await self._starting
        await self.pool.stop()
        if self._warming:
            self._warming.cancel()

    async def respond(
        self, request: Request, kind: str, what: str, arguments: Mapping[str, Any], view: View
    ) -> Response:
        """The response that gives what is asked for.

        Args:
            request: where it comes from.
            kind: what produces it (:data:`.renderer.PRODUCERS`).
            what: which of these.
            arguments: by name.
            view: ``as_of``, ``on`` and ``without``.

        Raises:
            Refused: why there is none.
        """
        etag = tag(self._release, kind, what, sorted(arguments.items()), view)
        headers = {"ETag": etag, "Cache-Control": _CACHED, "Vary": "Accept"}
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        answering = self.answer(kind, what, arguments, view, client_of(request))
        return Whole(await while_there(request, answering), headers)

    async def answer(
        self, kind: str, what: str, arguments: Mapping[str, Any], view: View, client: str
    ) -> Answer:
        """What is asked for, not as a response.

        Args:
            client: who asks.

        Raises:
            Refused: why there is none.
        """
        try:
            store = await self._views.store(*view)
        except BadParameter as error:
            raise Refused(*msgspec.structs.astuple(failure(error))) from None
        work = self._work(kind, what, arguments, view, store)
        making = asyncio.ensure_future(self.pool.answer(work, client))
        try:
            return await asyncio.shield(making)
        except asyncio.CancelledError:  # what a process has read is worth more than the moment
            making.add_done_callback(_close)
            raise

    def _work(
        self, kind: str, what: str, arguments: Mapping[str, Any], view: View, store: str
    ) -> Work:
        place, most = str(self._views.place), self.pool.limits.answer
        return Work(kind, what, dict(arguments), view, place, store, most)


def _close(made: asyncio.Future[Answer]) -> None:
    """Drop what nobody waits for any more."""
    if not made.cancelled() and not made.exception():
        made.result().file.close()
