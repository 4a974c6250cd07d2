"""Where calls of tools are answered: queries in one pool of processes, the rest in another."""

from __future__ import annotations

from typing import Any

from kg.serve.job import Job
from kg.serve.mcp.asked import RunQuery
from kg.serve.mcp.tools import Call
from kg.serve.pool import Pool
from kg.serve.rendering import Rendering, View
from kg.serve.viewing import Views

_RESULT = 5_000_000  # bytes of what a query gives
_TABLE, _TRIPLES = "application/sparql-results+json", "application/n-triples"


class Desk:
    """Answers calls.

    Args:
        queries: runs queries that agents write.
        rendering: makes answers of a graph.
        views: finds the stores of views.
    """

    def __init__(self, queries: Pool, rendering: Rendering, views: Views) -> None:
        self._queries, self._rendering, self._views = queries, rendering, views

    async def answer(self, call: Call, client: str = "") -> bytes:
        """What a tool says, as JSON.

        Args:
            client: who asks; limits are for each.

        Raises:
            BadParameter: the view is none.
            Refused: why it says nothing.
        """
        view = (call.view.as_of, call.view.on, tuple(sorted({*call.view.without})))
        request: Any = call.request
        if isinstance(request, RunQuery):
            request = await self._result(request, view, client)
        parts = {"request": request, "page": call.page}
        answer = await self._rendering.answer("tool", call.tool, parts, view, client)
        with answer.file as file:
            return file.read()

    async def _result(self, request: RunQuery, view: View, client: str) -> dict[str, str]:
        store = await self._views.store(*view)
        job = Job(request.query, store, _RESULT, [_TABLE], [_TRIPLES])
        answer = await self._queries.answer(job, client)
        with answer.file as file:
            return {"media": answer.media, "content": file.read().decode()}
