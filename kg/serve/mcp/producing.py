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
from kg.serve.mcp.tools import TOOLS, Tool
from kg.serve.media import JSON

MOST = 50_000  # bytes of an answer


def produce(graph: KnowledgeGraph, work: Work) -> tuple[str, bytes]:
    """The answer of a tool.

    Raises:
        UsageError: see its message.
    """
    tool = TOOLS[work.what]
    request = msgspec.convert(work.arguments["request"], tool.told or tool.request)
    page = msgspec.convert(work.arguments["page"], tool.page or type(None))
    return JSON, answer(graph, tool, request, page)


def answer(graph: KnowledgeGraph, tool: Tool, request: msgspec.Struct, page: Page | None) -> bytes:
    """With as many entries of its lists as there is room for.

    Raises:
        UsageError: see its message.
    """
    names = resolved(graph, request)
    while True:
        found = tool.say(graph, request, page)
        answer = _without_empty(msgspec.to_builtins(found.answer, enc_hook=str))
        content = msgspec.json.encode(replace(found, answer=answer, resolved=names))
        if len(content) <= MOST or page is None:
            return content
        page = _smaller(page, len(content))


def _without_empty(value: Any) -> Any:
    """A record without the fields in which nothing stands."""
    if isinstance(value, dict):
        kept = ((name, _without_empty(each)) for name, each in value.items())
        return {name: each for name, each in kept if each not in ("", None, [], {})}
    return [_without_empty(each) for each in value] if isinstance(value, list | tuple) else value


def _smaller(page: Page, size: int) -> Page:
    if page.limit == 1:
        raise BadParameter(f"one entry alone has {size:,} bytes: ask for a part of it")
    return replace(page, limit=max(1, min(page.limit - 1, page.limit * MOST // size)))
