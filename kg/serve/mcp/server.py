"""The protocol, through its SDK: lists the tools, and has a desk answer their calls."""

from __future__ import annotations

from typing import Any

import mcp_types as types
import msgspec
from mcp.server.caching import CacheHint
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError

from kg import __version__
from kg.errors import UsageError
from kg.serve.failures import failure
from kg.serve.job import Failure
from kg.serve.mcp import schemas
from kg.serve.mcp.desk import Desk
from kg.serve.mcp.tools import TOOLS, read
from kg.serve.media import JSON
from kg.serve.process import Refused
from kg.serve.responses import client_of

INSTRUCTIONS = (
    "What leukemia drugs are made of, what they hit, in whom they were tested, and what "
    "regulators decided: each fact with who says it, where, and since when. Take ids from answers, "
    "never from memory. Cite the references of claims; checked 'recalled' means that nobody saw "
    "it there. Where coverage is not empty, say that instead of 'none'. What is cut says how to "
    "get the rest."
)
_RESOURCES = {
    "kg://schema": ("schema", "Classes, properties, codes and example queries."),
    "kg://questions": ("questions", "The questions that the tool ask answers."),
}
_FRESH = CacheHint(ttl_ms=3_600_000, scope="public")
_READS = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def make(desk: Desk) -> Server[Any]:
    """A server whose calls a desk answers."""

    async def call_tool(context: Any, call: types.CallToolRequestParams) -> types.CallToolResult:
        if call.name not in TOOLS:
            raise MCPError(types.INVALID_PARAMS, f"there is no tool {call.name!r}")
        try:
            content = await desk.answer(read(call.name, call.arguments or {}), _client(context))
        except Refused as error:
            return _failed(error.failure)
        except UsageError as error:
            return _failed(failure(error))
        return types.CallToolResult(
            content=[types.TextContent(text=content.decode())],
            structured_content=msgspec.json.decode(content),
        )

    async def read_resource(
        context: Any, wanted: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        if wanted.uri not in _RESOURCES:
            known = ", ".join(_RESOURCES)
            raise MCPError(types.INVALID_PARAMS, f"there is no {wanted.uri}; there are {known}")
        tool, _ = _RESOURCES[wanted.uri]
        try:
            content = await desk.answer(read(tool, {}), _client(context))
        except Refused as error:
            raise MCPError(types.INTERNAL_ERROR, error.why) from None
        answer = msgspec.json.encode(msgspec.json.decode(content)["answer"]).decode()
        return types.ReadResourceResult(
            contents=[types.TextResourceContents(uri=wanted.uri, mime_type=JSON, text=answer)]
        )

    return Server(
        "leukemia-kg",
        version=__version__,
        title="Leukemia therapeutics",
        instructions=INSTRUCTIONS,
        cache_hints={"tools/list": _FRESH, "resources/list": _FRESH},
        on_list_tools=_list_tools,
        on_call_tool=call_tool,
        on_list_resources=_list_resources,
        on_read_resource=read_resource,
    )


async def _list_tools(_: Any, __: Any) -> types.ListToolsResult:
    return types.ListToolsResult(
        tools=[
            types.Tool(
                name=name,
                description=tool.does,
                input_schema=schemas.taken(tool),
                output_schema=schemas.given(tool),
                annotations=_READS,
            )
            for name, tool in TOOLS.items()
        ]
    )


async def _list_resources(_: Any, __: Any) -> types.ListResourcesResult:
    return types.ListResourcesResult(
        resources=[
            types.Resource(name=name, uri=uri, description=description, mime_type=JSON)
            for uri, (name, description) in _RESOURCES.items()
        ]
    )


def _client(context: Any) -> str:
    return client_of(context.request) if context.request else ""


def _failed(why: Failure) -> types.CallToolResult:
    """Why there is no answer, with what could have been meant."""
    meant = [{"id": name, "label": label} for name, label in why.candidates]
    return types.CallToolResult(
        content=[types.TextContent(text=why.why)],
        structured_content={"error": why.why, "kind": why.kind, "candidates": meant},
        is_error=True,
    )


def over_http(desk: Desk, most: int) -> StreamableHTTPSessionManager:
    """What answers requests over HTTP of so many bytes at most, each for itself."""
    return StreamableHTTPSessionManager(
        make(desk), json_response=True, stateless=True, max_request_body_size=most
    )


async def talk(desk: Desk) -> None:
    """Serve the client at the standard streams, until it ends them."""
    server = make(desk)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())
