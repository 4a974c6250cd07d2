"""What the parts of the service share of making responses."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Coroutine
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kg.serve.pool import Answer
from kg.serve.process import Refused

_PIECE = 1 << 16


def told(status: int, why: str) -> Response:
    """A refusal in plain words."""
    return Response(why + "\n", status, retry(status), media_type="text/plain")


def retry(status: int) -> dict[str, str]:
    """The headers that say when to come again, if that may help."""
    return {"Retry-After": "5"} if status in (429, 503) else {}


def client_of(request: Request) -> str:
    """Who asks: those of one address are one client."""
    return request.client.host if request.client else ""


async def while_there(request: Request, answering: Coroutine[Any, Any, Answer]) -> Answer:
    """The answer, unless the client leaves: then its process is free for others.

    Raises:
        Refused: why there is none.
    """
    work = asyncio.ensure_future(answering)
    left = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({work, left}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            raise Refused(499, "the client has left")
        return work.result()
    finally:
        work.cancel()
        left.cancel()


def sent(answer: Answer, headers: dict[str, str]) -> Response:
    """The response that gives an answer."""
    headers = headers | {"Content-Length": str(answer.size)}
    return StreamingResponse(_pieces(answer), media_type=answer.media, headers=headers)


def tag(*parts: object) -> str:
    """An entity tag of all that a response depends on."""
    return f'W/"{hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _pieces(answer: Answer) -> AsyncIterator[bytes]:
    with answer.file as file:
        while piece := file.read(_PIECE):
            yield piece
