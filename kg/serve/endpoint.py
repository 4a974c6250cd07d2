"""The SPARQL endpoint: from a request to a job, from an answer to a response."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kg.errors import BadParameter
from kg.serve import description, media, protocol
from kg.serve.job import Job
from kg.serve.pool import Answer, Pool
from kg.serve.process import Refused
from kg.serve.viewing import Views

_PIECE = 1 << 16
_VARY = {"Vary": "Accept"}


class Endpoint:
    """Answers requests from a pool.

    Args:
        pool: runs the queries.
        views: finds the store of a view.
        release: names what the answers depend on, beside the request.
    """

    def __init__(self, pool: Pool, views: Views, release: str) -> None:
        self._pool, self._views, self._release = pool, views, release

    async def __call__(self, request: Request) -> Response:
        """The response to a request, whatever happens."""
        try:
            limits = self._pool.limits
            asked = await asyncio.wait_for(protocol.read(request, limits.query), limits.patience)
            if not asked.query and request.method in ("GET", "HEAD") and not request.url.query:
                return description.of_service(request)
            return await self._answer(request, asked)
        except TimeoutError:
            return told(408, "the query did not arrive in time")
        except Refused as error:
            return told(error.status, error.why)

    async def _answer(self, request: Request, asked: protocol.Asked) -> Response:
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
        tag = self._tag(asked, tables[:1], graphs[:1])
        headers = {"ETag": tag, "Cache-Control": "public, max-age=60", **_VARY}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        try:
            store = await self._views.store(*asked.view)
        except BadParameter as error:
            raise Refused(400, str(error)) from None
        job = Job(
            asked.query,
            store,
            self._pool.limits.answer,
            tables,
            graphs,
            _dataset(asked.default, asked.named),
            _dataset(asked.named, asked.default),
            str(request.url.replace(query="")),
        )
        answer = await self._while_there(request, job)
        headers["Content-Length"] = str(answer.size)
        return StreamingResponse(_pieces(answer), media_type=answer.media, headers=headers)

    async def _while_there(self, request: Request, job: Job) -> Answer:
        """The answer, unless the client leaves: then its process is free for others."""
        client = request.client.host if request.client else ""
        work = asyncio.ensure_future(self._pool.answer(job, client))
        left = asyncio.ensure_future(_left(request))
        try:
            await asyncio.wait({work, left}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise Refused(499, "the client has left")
            return work.result()
        finally:
            work.cancel()
            left.cancel()

    def _tag(self, asked: protocol.Asked, *forms: list[str]) -> str:
        content = repr((self._release, asked, forms)).encode()
        return f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'


def _dataset(own: list[str] | None, other: list[str] | None) -> list[str] | None:
    """The graphs of one side; none of them, where only the other side is named."""
    return own if own is not None or other is None else []


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _pieces(answer: Answer) -> AsyncIterator[bytes]:
    with answer.file as file:
        while piece := file.read(_PIECE):
            yield piece


def told(status: int, why: str) -> Response:
    """A refusal in plain words."""
    headers = {"Retry-After": "5"} if status in (429, 503) else {}
    return Response(why + "\n", status, headers, media_type="text/plain")
