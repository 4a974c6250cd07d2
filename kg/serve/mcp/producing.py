"""The answer of a tool in a bounded size, as a renderer makes it."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import replace

from kg.errors import BadParameter
from kg.graph import KnowledgeGraph
from kg.serve.job import Work
from kg.serve.mcp.asked import Page
from kg.serve.mcp.naming import resolved
from kg.serve.mcp.tools import TOOLS

MOST = 50_000  # bytes of an answer


def produce(graph: KnowledgeGraph, work: Work) -> tuple[str, bytes]:
    """The answer of a tool, with as many entries of its lists as there is room for.

    Raises:
        UsageError: see its message.
    """
    tool = TOOLS[work.what]
    request: Any = msgspec.convert(work.arguments["request"], tool.told or tool.request)
    page = msgspec.convert(work.arguments["page"], tool.page or type(None))
    names = resolved(graph, request)
    while True:
        answer = replace(tool.say(graph, request, page), resolved=names)
        content = msgspec.json.encode(answer, enc_hook=str)
        if len(content) <= MOST or page is None:
            return "application/json", content
        page = _smaller(page, len(content))


def _smaller(page: Page, size: int) -> Page:
    if page.limit == 1:
        raise BadParameter(f"one entry alone has {size:,} bytes: ask for a part of it")
    return replace(page, limit=max(1, min(page.limit - 1, page.limit * MOST // size)))
