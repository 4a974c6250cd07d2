"""From the parameters of an address to what is asked, held against their description."""

from __future__ import annotations

import difflib
import re
from typing import Any
from urllib.parse import parse_qs

from kg.dates import parse_day
from kg.errors import BadParameter
from kg.serve.api.operations import Json, Operation, Parameter
from kg.serve.process import Refused
from kg.serve.rendering import View

_WHOLE = re.compile(r"-?[0-9]{1,15}")
_BOOLEANS = {"true": True, "false": False}


def read(operation: Operation, query: bytes) -> tuple[dict[str, Any], View]:
    """What is asked: the fields of the request, and the view of the knowledge.

    Args:
        query: that of the address, as it came.

    Raises:
        Refused: a parameter is unknown, missing, given twice or not as it is described.
    """
    given = _parameters(operation, query)
    own = {p.field: _value(p, given[p.name]) for p in operation.parameters if p.name in given}
    view = {p.field: _value(p, given[p.name]) for p in operation.view if p.name in given}
    without = tuple(sorted(set(view.get("without", ()))))
    return _fields(operation, own), (view.get("as_of", ""), view.get("on", ""), without)


def _parameters(operation: Operation, query: bytes) -> dict[str, list[str]]:
    try:
        found = parse_qs(
            query.decode(), keep_blank_values=True, errors="strict", max_num_fields=100
        )
    except ValueError:  # not UTF-8, or too many
        raise _bad("the address has no list of parameters in UTF-8, or one of over 100") from None
    known = operation.every
    for name in found:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            takes = f"it takes {', '.join(known)}"
            raise _bad(f"{operation.path} has no parameter {name!r}{hint} ({takes})")
    for name, parameter in known.items():
        if parameter.required and name not in found:
            raise _bad(f"{operation.path} needs {name}: {parameter.meaning}")
        if len(found.get(name, ())) > 1 and not parameter.many:
            raise _bad(f"{name} is given {len(found[name])} times: give it once")
    return found


def _value(parameter: Parameter, texts: list[str]) -> Any:
    name, schema = parameter.name, parameter.schema
    if not parameter.many:
        return _one(name, schema, texts[0])
    most = schema.get("maxItems", len(texts))
    if len(texts) > most:
        raise _bad(f"{name} is given {len(texts)} times: at most {most} are taken")
    return [_one(name, schema["items"], text) for text in texts]


def _one(name: str, schema: Json, text: str) -> Any:
    """The value of a text.

    Raises:
        Refused: it is not as the schema has it.
    """
    if "enum" in schema and text not in schema["enum"]:
        raise _bad(f"{name}: {text!r} is not one of {', '.join(schema['enum'])}")
    if schema.get("type") == "boolean":
        if text not in _BOOLEANS:
            raise _bad(f"{name}: {text!r} is neither true nor false")
        return _BOOLEANS[text]
    if schema.get("type") == "integer":
        return _number(name, schema, text)
    if "anyOf" in schema:
        return _day(name, text)
    least, most = schema.get("minLength", 0), schema.get("maxLength", len(text))
    if not least <= len(text) <= most:
        raise _bad(f"{name} has {len(text)} characters: it takes {least} to {most}")
    if not re.search(schema.get("pattern", ""), text):
        raise _bad(f"{name}: {text!r} says nothing")
    return text


def _number(name: str, schema: Json, text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise _bad(f"{name}: {text!r} is not a whole number")
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None and not least <= int(text) <= most:
        raise _bad(f"{name}: {text} is not from {least} to {most}")
    return int(text)


def _day(name: str, text: str) -> str:
    try:
        parse_day(text)
    except BadParameter as error:
        raise _bad(f"{name}: {error}") from None
    return text


def _fields(operation: Operation, own: dict[str, Any]) -> dict[str, Any]:
    if not operation.question:
        return own
    proof = own.pop("proof", False)
    values = {name: str(value) for name, value in own.items()}
    return {"question": operation.question, "parameters": values, "proof": proof}


def _bad(why: str) -> Refused:
    return Refused(400, why, "bad-parameter")
