"""The service: its addresses, and what starts and stops with it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from functools import cached_property
from pathlib import Path

from pyoxigraph import Store
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kg import __version__
from kg.serve import description, worker
from kg.serve.api import endpoint as api
from kg.serve.endpoint import Endpoint
from kg.serve.guard import Guard
from kg.serve.mcp.desk import Desk
from kg.serve.mcp.http import Tools
from kg.serve.pool import Pool
from kg.serve.rendering import Rendering
from kg.serve.responses import told
from kg.serve.settings import Settings
from kg.serve.viewing import Views

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
        self._pool = Pool(
            worker.command(place, settings.limits), settings.processes, settings.limits
        )
        release = f"{__version__} {place.name}"
        self._rendering = Rendering(self._views, release, settings)
        endpoint = Endpoint(self._pool, self._views, release)
        self._tools = Tools(Desk(self._pool, self._rendering, self._views), settings)
        routes = [
            Route("/sparql", _Methods(endpoint)),
            Route("/.well-known/void", self._void),
            Route("/mcp", self._tools),
            Route("/health", self._health),
            Route("/metrics", self._metrics),
            *api.routes(self._rendering, release, bool(settings.token)),
        ]
        middleware = [Middleware(GZipMiddleware, minimum_size=1000)]
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

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        await self._pool.start()
        self._rendering.start()
        try:
            yield
        finally:
            await self._tools.stop()
            await self._rendering.stop()
            await self._pool.stop()
            self._views.close()

    async def _void(self, request: Request) -> Response:
        return description.of_data(request, self._held)

    @cached_property
    def _held(self) -> dict[str, int]:
        return description.counts(self._store)

    async def _health(self, _: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def _metrics(self, _: Request) -> Response:
        lines = [
            "# HELP kg_requests_total Requests, by the status of their response.",
            "# TYPE kg_requests_total counter",
            *(
                f'kg_requests_total{{status="{s}"}} {n}'
                for s, n in sorted(self.app.statuses.items())
            ),
            "# HELP kg_request_seconds_total Time from request to the end of its response.",
            "# TYPE kg_request_seconds_total counter",
            f"kg_request_seconds_total {self.app.seconds:.6f}",
            "# HELP kg_processes_replaced_total Processes that a query exceeded a limit of.",
            "# TYPE kg_processes_replaced_total counter",
            f"kg_processes_replaced_total {self._pool.counts['replaced']}",
        ]
        return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")


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
