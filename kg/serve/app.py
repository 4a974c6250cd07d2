"""The service: the release that answers now, and what lasts longer than one."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from kg.serve import metrics
from kg.serve.guard import Guard
from kg.serve.release import Release
from kg.serve.settings import Settings

_GRACE = 60.0  # seconds that the requests of a former release get


class Service:
    """A store behind HTTP.

    Attributes:
        release: what answers now.

    Args:
        place: the folder of the store's generation.
        settings: for whom it answers, and how much.
    """

    def __init__(self, place: Path, settings: Settings) -> None:
        self._settings, self.release = settings, Release(place, settings)
        self._retiring: dict[asyncio.Task[None], Release] = {}
        routes = [
            Route("/health", self._health),
            Route("/metrics", self._metrics),
            Mount("/", self._answer),
        ]
        middleware = [Middleware(GZipMiddleware, minimum_size=1000, compresslevel=3)]
        if settings.origins:
            cors = Middleware(
                CORSMiddleware,
                allow_origins=settings.origins,
                allow_methods=["GET", "POST"],
                allow_headers=["*"],
            )
            middleware.insert(0, cors)
        app = Starlette(routes=routes, middleware=middleware, lifespan=self._lifespan)
        self.app = Guard(app, settings)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.release(scope, receive, send)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        await self.start()
        try:
            yield
        finally:
            for task, former in self._retiring.copy().items():
                task.cancel()
                await former.stop()
            await self.release.stop()

    async def start(self) -> None:
        """Start what answers, unless it runs already.

        Raises:
            Died: it does not start.
        """
        await self.release.start()

    async def renew(self, place: Path) -> None:
        """Answer from another generation; requests that are running end with the one before.

        Raises:
            OSError, ValueError, Died: it cannot be opened; the service goes on as before.
        """
        new = Release(place, self._settings)
        await new.start()
        former, self.release = self.release, new
        task = asyncio.get_running_loop().create_task(former.retire(_GRACE))
        self._retiring[task] = former
        task.add_done_callback(self._retiring.pop)

    async def _health(self, _: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def _metrics(self, _: Request) -> Response:
        return PlainTextResponse(metrics.text(self.app, self.release), media_type=metrics.MEDIA)
