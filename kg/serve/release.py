"""All that answers from one generation of the graph; another release is another one of these."""

from __future__ import annotations

import asyncio
from pathlib import Path

from pyoxigraph import Store
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

from kg import __version__
from kg.serve import description, worker
from kg.serve.api import endpoint as api
from kg.serve.endpoint import Endpoint
from kg.serve.explorer.explorer import FIRST, Explorer
from kg.serve.mcp.desk import Desk
from kg.serve.mcp.http import Tools
from kg.serve.pool import Pool
from kg.serve.rendering import Rendering
from kg.serve.responses import told
from kg.serve.settings import Settings
from kg.serve.viewing import Views

_METHODS = ["GET", "HEAD", "POST", "OPTIONS"]
_LOOK = 0.1  # seconds between looks at whether requests are still running


class Release:
    """An ASGI application.

    Attributes:
        place: the folder of the generation.
        queries: the processes that run queries.
        endpoint: the SPARQL endpoint.
        rendering: the processes that make all other answers.
        views: the stores of views.

    Args:
        settings: for whom it answers, and how much.
    """

    def __init__(self, place: Path, settings: Settings) -> None:
        self.place, limits = place, settings.limits
        self._store = Store.read_only(str(place / "store"))
        self.views = Views(place)
        name = f"{__version__} {place.name}"
        self.queries = Pool(worker.command(place, limits), settings.processes, limits)
        self.endpoint = Endpoint(self.queries, self.views, name)
        self.rendering = Rendering(self.views, name, settings)
        self._tools = Tools(Desk(self.queries, self.rendering, self.views), settings)
        explorer = Explorer(self.rendering)
        self._router = Router(
            [
                Route("/sparql", _Methods(self.endpoint, explorer)),
                Route("/.well-known/void", self._void),
                Route("/mcp", self._tools),
                *api.routes(self.rendering, name, bool(settings.token)),
                Route("/{path:path}", explorer.respond),
            ]
        )
        self._running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        self._running += 1
        try:
            await self._router(scope, receive, send)
        finally:
            self._running -= 1

    async def start(self) -> None:
        """Start what answers, unless it runs already.

        Raises:
            Died: it does not start.
        """
        await self.queries.start()
        self.rendering.start(FIRST)

    async def retire(self, seconds: float) -> None:
        """Stop when no request is running any more, or after some seconds."""
        end = asyncio.get_running_loop().time() + seconds
        while self._running and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(_LOOK)
        await self.stop()

    async def stop(self) -> None:
        """End all processes."""
        await self._tools.stop()
        await self.rendering.stop()
        await self.queries.stop()
        self.views.close()

    async def _void(self, request: Request) -> Response:
        held = await asyncio.to_thread(description.counts, self._store)
        return description.of_data(request, held)


class _Methods:
    """An ASGI application, so that a wrong method is told by us, with those that are right."""

    def __init__(self, endpoint: Endpoint, explorer: Explorer) -> None:
        self._endpoint, self._explorer = endpoint, explorer

    async def __call__(self, scope: dict[str, object], receive: object, send: object) -> None:
        request = Request(scope, receive)  # type: ignore[arg-type]
        allow = {"Allow": ", ".join(_METHODS)}
        if request.method == "OPTIONS":
            response = Response(status_code=204, headers=allow)
        elif request.method not in _METHODS:
            response = told(405, f"queries are asked by {', '.join(_METHODS)}")
            response.headers.update(allow)
        elif "query" not in request.query_params and self._explorer.is_asked(request):
            response = await self._explorer.respond(request)
        else:
            response = await self._endpoint(request)
        await response(scope, receive, send)  # type: ignore[arg-type]
