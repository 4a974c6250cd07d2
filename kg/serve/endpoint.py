"""The SPARQL endpoint: from a request to a job, from an answer to a response."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import BadParameter
from kg.serve import description, media, protocol
from kg.serve.job import Job
from kg.serve.pool import Pool
from kg.serve.process import Refused
from kg.serve.responses import client_of, sent, tag, told, while_there
from kg.serve.viewing import Views

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
        etag = tag(self._release, asked, tables[:1], graphs[:1])
        headers = {"ETag": etag, "Cache-Control": "public, max-age=60", **_VARY}
        if etag in request.headers.get("if-none-match", ""):
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
        answering = self._pool.answer(job, client_of(request))
        return sent(await while_there(request, answering), headers)


def _dataset(own: list[str] | None, other: list[str] | None) -> list[str] | None:
    """The graphs of one side; none of them, where only the other side is named."""
    return own if own is not None or other is None else []
