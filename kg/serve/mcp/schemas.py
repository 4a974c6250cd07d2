"""JSON Schema of what tools take and give."""

from __future__ import annotations

from typing import Any

import msgspec

from kg.serve.mcp.said import Said
from kg.serve.mcp.tools import Tool


def taken(tool: Tool) -> dict[str, Any]:
    """What a tool takes: the fields of its parts together."""
    whole: dict[str, Any] = {"type": "object", "properties": {}, "required": []}
    for part in tool.parts:
        own = _inline(part)
        whole["properties"] |= own["properties"]
        whole["required"] += own["required"]
    return whole | {"additionalProperties": False}


def given(tool: Tool) -> dict[str, Any]:
    """What it gives."""
    gives: Any = tool.gives
    return _inline(Said[gives])


def _inline(kind: Any) -> dict[str, Any]:
    """The schema of a record, which MCP wants at the top, and beside it those that it uses."""
    schema = msgspec.json.schema(kind)
    used = schema.pop("$defs")
    top: dict[str, Any] = used.pop(schema["$ref"].rpartition("/")[2])
    top.pop("title", None)
    return top | ({"$defs": used} if used else {})
