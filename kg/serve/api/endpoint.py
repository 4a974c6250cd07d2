"""The API as it is asked: its addresses, its description, its page; errors are JSON throughout."""

from __future__ import annotations

import asyncio
import difflib
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from kg.serve import media
from kg.serve.media import JSON
from kg.serve.problems import problem
from kg.serve.process import Refused
from kg.serve.rendering import Rendering
from kg.serve.responses import tag

if TYPE_CHECKING:
    from kg.serve.api.operations import Operation

DESCRIPTION, PAGE = "/openapi.json", "/api"
HTML = "text/html"
_METHODS = ("GET", "HEAD", "OPTIONS")
_ALLOW = {"Allow": ", ".join(_METHODS)}
_POLICY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}


def routes(rendering: Rendering, release: str, token: bool) -> list[Route]:
    """The addresses of the API.

    Args:
        rendering: responds with answers.
        release: names what the description depends on.
        token: whether clients must bear one.
    """
    api = Api(rendering, release, token)
    return [Route(path, api) for path in (DESCRIPTION, PAGE, f"{PAGE}/{{rest:path}}")]


class Api:
    """Responds to requests, as an ASGI application."""

    def __init__(self, rendering: Rendering, release: str, token: bool) -> None:
        self._rendering, self._release, self._token = rendering, release, token
        self._held: Known | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond, whatever happens."""
        request = Request(scope, receive)
        try:
            response = await self._response(request)
        except Refused as error:
            response = problem(error.failure)
            if error.status == 405:
                response.headers.update(_ALLOW)
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        known = await self._known()
        path = request.url.path.rstrip("/")
        if path not in known.operations and path not in known.files:
            raise _unknown(path, known)
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_ALLOW)
        if request.method not in _METHODS:
            raise Refused(405, f"this is asked by {', '.join(_METHODS)}, not by {request.method}")
        offered = HTML if path == PAGE else JSON
        if not media.acceptable(request.headers.get("accept", ""), {offered: ()}):
            raise Refused(406, f"this is had as {offered}")
        if path in known.operations:
            return await self._answer(request, known.operations[path])
        headers = {"ETag": tag(self._release, path), "Cache-Control": "public, max-age=60"}
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(known.files[path], headers=headers | _POLICY, media_type=offered)

    async def _answer(self, request: Request, operation: Operation) -> Response:
        from kg.serve.api.reading import read

        fields, view = read(operation, request.scope["query_string"])
        return await self._rendering.respond(request, "answer", operation.what, fields, view)

    async def _known(self) -> Known:
        """Made when first needed, beside what else the service does meanwhile."""
        if self._held is None:
            self._held = await asyncio.to_thread(_everything, self._token)
        return self._held


class Known(NamedTuple):
    """What there is: operations by path, and what does not change by path."""

    operations: dict[str, Operation]
    files: dict[str, bytes]


def _everything(token: bool) -> Known:
    from kg.serve.api.openapi import document
    from kg.serve.api.operations import operations
    from kg.serve.api.page import page

    found = operations()
    described = msgspec.json.encode(document(found.values(), token))
    return Known(found, {DESCRIPTION: described, PAGE: page(found.values()).encode()})


def _unknown(path: str, known: Known) -> Refused:
    near = difflib.get_close_matches(path, known.operations, n=3)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    candidates = [(each, known.operations[each].summary) for each in near]
    why = f"there is nothing at {path}{hint} ({PAGE} lists what there is)"
    return Refused(404, why, "unknown-address", candidates)
