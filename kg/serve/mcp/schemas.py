"""JSON Schema of what tools take and give."""

from __future__ import annotations

from typing import Any

import msgspec

from kg.serve.mcp.said import Said
from kg.serve.mcp.tools import Tool

_WORDS = ("title", "description", "default", "required")
_NAMED = ("properties", "$defs")  # whose members have names of their own


def taken(tool: Tool) -> dict[str, Any]:
    """What a tool takes: the fields of its parts together."""
    whole: dict[str, Any] = {"type": "object", "properties": {}, "required": []}
    for part in tool.parts:
        own = _inline(part)
        fields = own["properties"].items()
        whole["properties"] |= {n: _plain(each) for n, each in fields if n in tool.arguments}
        whole["required"] += own["required"]
    return whole | {"additionalProperties": False}


def _plain(field: dict[str, Any]) -> dict[str, Any]:
    """A field without the patterns of its text: its description and examples say it."""
    return {n: each for n, each in field.items() if n != "anyOf" or "type" not in field}


def given(tool: Tool) -> dict[str, Any]:
    """What it gives: types alone, since names say the rest; a field that is empty is left out."""
    gives: Any = tool.gives
    types: dict[str, Any] = _types(_inline(Said[gives]))
    return types


def _types(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_types(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: each for name, each in schema.items() if name not in _WORDS}
    return {
        name: {n: _types(e) for n, e in each.items()} if name in _NAMED else _types(each)
        for name, each in kept.items()
    }


def _inline(kind: Any) -> dict[str, Any]:
    """The schema of a record, which MCP wants at the top, and beside it those that it uses."""
    schema = msgspec.json.schema(kind)
    used = schema.pop("$defs")
    top: dict[str, Any] = used.pop(schema["$ref"].rpartition("/")[2])
    top.pop("title", None)
    return top | ({"$defs": used} if used else {})
