"""What the parts of the service share of making responses."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.serve.pool import Answer
from kg.serve.process import Refused

T = TypeVar("T")
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


async def while_there(request: Request, answering: Awaitable[T]) -> T:
    """The answer, unless the client leaves: then its process is free for others.

    Raises:
        Refused: why there is none.
    """
    try:
        async with asyncio.timeout(None) as there:
            left = asyncio.ensure_future(_left(request, there))
            try:
                return await answering
            finally:
                left.cancel()
    except TimeoutError:
        raise Refused(499, "the client has left") from None


async def _left(request: Request, there: asyncio.Timeout) -> None:
    """End a time when the client leaves."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    there.reschedule(0)


class Whole(Response):
    """An answer, sent piece by piece: what the client has not taken yet is not in memory."""

    def __init__(self, answer: Answer, headers: dict[str, str]) -> None:
        own = {**headers, "Content-Length": str(answer.size)}
        super().__init__(headers=own, media_type=answer.media)
        self._file, self._left = answer.file, answer.size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        start = {"status": self.status_code, "headers": self.raw_headers}
        with self._file as file:
            await send({"type": "http.response.start", **start})
            while True:
                piece = file.read(_PIECE)
                self._left -= len(piece)
                more = self._left > 0
                await send({"type": "http.response.body", "body": piece, "more_body": more})
                if not more:
                    return


def tag(*parts: object) -> str:
    """An entity tag of all that a response depends on."""
    return f'W/"{hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'
