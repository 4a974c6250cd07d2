"""The SPARQL endpoint: from a request to a job, from an answer to a response."""

from __future__ import annotations

import asyncio
import hashlib
import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg import __version__
from kg.errors import BadParameter
from kg.serve import description, media, protocol
from kg.serve.job import Job
from kg.serve.kept import Answers, Kept
from kg.serve.pool import Answer, Pool
from kg.serve.process import Refused
from kg.serve.viewing import Views

_PIECE = 1 << 16
_VARY = {"Vary": "Accept"}
_NEVER = {"Cache-Control": "no-store"}
_VARIES = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\s*\(", re.IGNORECASE)  # with each asking


class Endpoint:
    """Answers requests from a pool.

    Attributes:
        views: finds the store of a view, of the generation that is answered from now.
        kept: answers that are given again without asking a process.

    Args:
        pool: runs the queries.
    """

    def __init__(self, pool: Pool, views: Views) -> None:
        self._pool, self.views = pool, views
        self.kept = Answers(pool.limits.kept)

    async def __call__(self, request: Request) -> Response:
        """The response to a request, whatever happens."""
        try:
            limits = self._pool.limits
            async with asyncio.timeout(limits.patience):
                asked = await protocol.read(request, limits.query)
            if not asked.query and request.method in ("GET", "HEAD") and not request.url.query:
                return description.of_service(request)
            return await self._answer(request, asked)
        except TimeoutError:
            return told(408, "the query did not arrive in time")
        except BadParameter as error:
            return told(400, str(error))
        except Refused as error:
            return told(error.status, error.why)

    async def _answer(self, request: Request, asked: protocol.Asked) -> Response:
        tables, graphs = self._check(request, asked)
        views, here = self.views, str(request.url.replace(query=""))
        tag = _tag(views.place.name, asked, tables[:1], graphs[:1], here)
        lasts = _VARIES.search(asked.query) is None
        headers = {"ETag": tag, "Cache-Control": "public, max-age=60"} if lasts else _NEVER
        headers = {**headers, **_VARY}
        if lasts and tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if not (kept := self.kept.get(tag)):
            store = await views.store(*asked.view)
            job = Job(
                asked.query,
                store,
                self._pool.limits.answer,
                tables,
                graphs,
                _dataset(asked.default, asked.named),
                _dataset(asked.named, asked.default),
                here,
            )
            answer = await self._while_there(request, job)
            if not lasts or not self.kept.takes(answer.size):
                return _Whole(answer, headers)
            with answer.file as file:
                kept = self.kept.put(tag, Kept(answer.media, file.read()))
        return Response(kept.content, media_type=kept.media, headers=headers)

    def _check(self, request: Request, asked: protocol.Asked) -> tuple[list[str], list[str]]:
        """The media types that the client takes, of tables and of graphs."""
        if not asked.query.strip():
            raise Refused(400, "there is no query: give one as the parameter 'query'")
        if len(asked.query.encode()) > self._pool.limits.query:
            raise Refused(413, f"a query may have {self._pool.limits.query:,} bytes")
        accept = request.headers.get("accept", "")
        tables = media.acceptable(accept, media.TABLES)
        graphs = media.acceptable(accept, media.GRAPHS)
        if not tables and not graphs:
            offered = ", ".join((*media.TABLES, *media.GRAPHS))
            raise Refused(406, f"answers are had as {offered}")
        return tables, graphs

    async def _while_there(self, request: Request, job: Job) -> Answer:
        """The answer, unless the client leaves: then its process is free for others."""
        client = request.client.host if request.client else ""
        try:
            async with asyncio.timeout(None) as there:
                left = asyncio.ensure_future(_left(request, there))
                try:
                    return await self._pool.answer(job, client)
                finally:
                    left.cancel()
        except TimeoutError:
            raise Refused(499, "the client has left") from None


def _tag(*parts: object) -> str:
    """Names an answer by all that it depends on."""
    content = repr((__version__, *parts)).encode()
    return f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'


def _dataset(own: list[str] | None, other: list[str] | None) -> list[str] | None:
    """The graphs of one side; none of them, where only the other side is named."""
    return own if own is not None or other is None else []


async def _left(request: Request, there: asyncio.Timeout) -> None:
    """End a time when the client leaves."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    there.reschedule(0)


class _Whole(Response):
    """An answer, sent piece by piece: what the client has not taken yet is not in memory."""

    def __init__(self, answer: Answer, headers: dict[str, str]) -> None:
        own = {**headers, "Content-Length": str(answer.size)}
        super().__init__(headers=own, media_type=answer.media)
        self._file, self._left = answer.file, answer.size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
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


def told(status: int, why: str) -> Response:
    """A refusal in plain words."""
    headers = {"Retry-After": "5"} if status in (429, 503) else {}
    return Response(why + "\n", status, headers, media_type="text/plain")
