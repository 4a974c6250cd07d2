"""The SPARQL endpoint: from a request to a job, from an answer to a response."""

from __future__ import annotations

import asyncio
import re
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import BadParameter
from kg.serve import description, media, protocol
from kg.serve.job import Job
from kg.serve.kept import Answers, Kept
from kg.serve.pool import Pool
from kg.serve.process import Refused
from kg.serve.responses import Whole, client_of, tag, told, while_there
from kg.serve.viewing import Views

_VARY = {"Vary": "Accept"}
_NEVER = {"Cache-Control": "no-store"}
_VARIES = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\s*\(", re.IGNORECASE)  # with each asking


class Endpoint:
    """Answers requests from a pool.

    Attributes:
        kept: answers that are given again without asking a process.

    Args:
        pool: runs the queries.
        views: finds the store of a view.
        release: names what the answers depend on, beside the request.
    """

    def __init__(self, pool: Pool, views: Views, release: str) -> None:
        self._pool, self._views, self._release = pool, views, release
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
        here = str(request.url).partition("?")[0]
        etag = tag(self._release, asked, tables[:1], graphs[:1], here)
        lasts = _VARIES.search(asked.query) is None
        headers = {"ETag": etag, "Cache-Control": "public, max-age=60"} if lasts else _NEVER
        headers = {**headers, **_VARY}
        if lasts and etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if not (kept := self.kept.get(etag)):
            store = await self._views.store(*asked.view)
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
            answer = await while_there(request, self._pool.answer(job, client_of(request)))
            if not lasts or not self.kept.takes(answer.size):
                return Whole(answer, headers)
            with answer.file as file:
                kept = self.kept.put(etag, Kept(answer.media, file.read()))
        return Response(kept.content, media_type=kept.media, headers=headers)

    def _check(self, request: Request, asked: protocol.Asked) -> tuple[list[str], list[str]]:
        """The media types that the client takes, of tables and of graphs."""
        if not asked.query.strip():
            raise Refused(400, "there is no query: give one as the parameter 'query'")
        if len(asked.query.encode()) > self._pool.limits.query:
            raise Refused(413, f"a query may have {self._pool.limits.query:,} bytes")
        tables, graphs = _acceptable(request.headers.get("accept", ""))
        if not tables and not graphs:
            offered = ", ".join((*media.TABLES, *media.GRAPHS))
            raise Refused(406, f"answers are had as {offered}")
        return tables, graphs


@lru_cache
def _acceptable(accept: str) -> tuple[list[str], list[str]]:
    return media.acceptable(accept, media.TABLES), media.acceptable(accept, media.GRAPHS)


def _dataset(own: list[str] | None, other: list[str] | None) -> list[str] | None:
    """The graphs of one side; none of them, where only the other side is named."""
    return own if own is not None or other is None else []
