"""The tools over HTTP: MCP's streamable transport, without sessions, answered as JSON."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from kg.serve.mcp import NEEDS, protocol
from kg.serve.mcp.desk import Desk
from kg.serve.process import Refused
from kg.serve.protocol import body
from kg.serve.responses import told, while_there
from kg.serve.settings import Settings


class Tools:
    """An ASGI application; it imports the SDK, which takes a second, for its first request.

    Args:
        desk: answers calls.
        settings: whose pages may ask, how large a request may be, and how long it may take.
    """

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self._desk, self._settings = desk, settings
        self._starting, self._closed = asyncio.Lock(), asyncio.Event()
        self._manager: Any = None
        self._running: asyncio.Task[None] | None = None

    async def stop(self) -> None:
        """End what runs."""
        self._closed.set()
        if self._running:
            await self._running

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        request, limits = Request(scope, receive), self._settings.limits
        try:
            self._check(request)
            content = await asyncio.wait_for(body(request, limits.query), limits.patience)
            manager = await self._started()
            await while_there(request, manager.handle_request(scope, _again(content), send))
        except TimeoutError:
            await told(408, "the request did not arrive in time")(scope, receive, send)
        except Refused as error:
            response = told(error.status, error.why)
            if error.status == 405:
                response.headers["Allow"] = "POST"
            await response(scope, receive, send)

    def _check(self, request: Request) -> None:
        origin = request.headers.get("origin", "")
        ours = origin in self._settings.origins or _host(origin) in self._settings.hosts
        if origin and not ours:
            raise Refused(403, "pages of that origin may not ask")
        if request.method != "POST":
            raise Refused(405, "tools are called by POST; there are no sessions or streams here")

    async def _started(self) -> Any:
        """What speaks the protocol."""
        async with self._starting:
            if not self._running:
                try:
                    server = await asyncio.to_thread(protocol)
                except ModuleNotFoundError:
                    raise Refused(501, NEEDS) from None
                self._manager = server.over_http(self._desk, self._settings.limits.query)
                ready = asyncio.Event()
                self._running = asyncio.create_task(self._run(ready))
                await ready.wait()
        return self._manager

    async def _run(self, ready: asyncio.Event) -> None:
        async with self._manager.run():
            ready.set()
            await self._closed.wait()


def _host(origin: str) -> str | None:
    with contextlib.suppress(ValueError):
        return urlsplit(origin).hostname
    return None


def _again(content: str) -> Receive:
    """What receives a body that has been read before."""
    messages: list[Message] = [{"type": "http.request", "body": content.encode()}]

    async def receive() -> Message:
        if not messages:
            await asyncio.Event().wait()
        return messages.pop()

    return receive
