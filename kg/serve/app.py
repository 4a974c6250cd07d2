"""The service: its addresses, and what starts and stops with it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from pyoxigraph import Store
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kg.serve import description, metrics
from kg.serve.endpoint import Endpoint, told
from kg.serve.guard import Guard
from kg.serve.pool import Pool
from kg.serve.settings import Settings
from kg.serve.viewing import Views

_GRACE = 60.0  # seconds
_METHODS = ["GET", "HEAD", "POST", "OPTIONS"]


class Service:
    """A store behind HTTP.

    Args:
        place: the folder of the store's generation.
        settings: for whom it answers, and how much.
    """

    def __init__(self, place: Path, settings: Settings) -> None:
        self._store = Store.read_only(str(place / "store"))
        self._views = Views(place)
        self._former: list[Views] = []  # of which requests may still be running
        self._pool = Pool(str(place / "store"), settings.processes, settings.limits)
        self._endpoint = Endpoint(self._pool, self._views)
        routes = [
            Route("/sparql", _Methods(self._endpoint)),
            Route("/.well-known/void", self._void),
            Route("/health", self._health),
            Route("/metrics", self._metrics),
        ]
        middleware = [Middleware(GZipMiddleware, minimum_size=1000, compresslevel=3)]
        if settings.origins:
            cors = Middleware(
                CORSMiddleware, allow_origins=settings.origins, allow_methods=["GET", "POST"]
            )
            middleware.insert(0, cors)
        app = Starlette(routes=routes, middleware=middleware, lifespan=self._lifespan)
        self.app = Guard(app, settings)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        await self.start()
        try:
            yield
        finally:
            await self._pool.stop()
            for views in (*self._former, self._views):
                views.close()

    async def start(self) -> None:
        """Start what answers, unless it runs already.

        Raises:
            Died: it does not start.
        """
        await self._pool.start()

    async def renew(self, place: Path) -> None:
        """Answer from another generation; requests that are running end with the one before.

        Raises:
            OSError, ValueError, Died: it cannot be opened; the service goes on as before.
        """
        store = Store.read_only(str(place / "store"))
        await self._pool.renew(str(place / "store"))
        former, self._views = self._views, Views(place)
        self._endpoint.views, self._store = self._views, store
        self._former.append(former)
        asyncio.get_running_loop().call_later(_GRACE, self._forget, former)

    def _forget(self, views: Views) -> None:
        views.close()
        self._former.remove(views)

    async def _void(self, request: Request) -> Response:
        held = await asyncio.to_thread(description.counts, self._store)
        return description.of_data(request, held)

    async def _health(self, _: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def _metrics(self, _: Request) -> Response:
        text = metrics.text(self.app, self._pool, self._endpoint)
        return PlainTextResponse(text, media_type=metrics.MEDIA)


class _Methods:
    """An ASGI application, so that a wrong method is told by us, with those that are right."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: dict[str, object], receive: object, send: object) -> None:
        request = Request(scope, receive)  # type: ignore[arg-type]
        allow = {"Allow": ", ".join(_METHODS)}
        if request.method == "OPTIONS":
            response = Response(status_code=204, headers=allow)
        elif request.method not in _METHODS:
            response = told(405, f"queries are asked by {', '.join(_METHODS)}")
            response.headers.update(allow)
        else:
            response = await self._endpoint(request)
        await response(scope, receive, send)  # type: ignore[arg-type]
