"""The description of the API, as OpenAPI 3.1 has it."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import msgspec

from kg import __version__
from kg.serve.api.operations import Json, Operation, Parameter
from kg.serve.media import JSON
from kg.serve.problems import Error

_SCHEMAS = "#/components/schemas/"
_LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
_ABOUT = """Answers of a knowledge graph of leukemia therapeutics, each with its references: the
same JSON as of the command line (`kg ... --format json`). All addresses take `as-of`, `on` and
`without`, which choose the part of the knowledge that is asked. An answer without rows says
whether they were looked for; `/api/coverage` says it of an entity."""
_REFUSALS = {
    400: "A parameter is unknown, missing, given twice or not as it is described.",
    401: "The token is missing or wrong.",
    404: "Nothing has that name; near spellings are among the candidates.",
    406: "The client takes no JSON.",
    409: "A name has several meanings (see the candidates), or parameters do not go together.",
    421: "The service does not go by that name.",
    429: "Too many requests of one client.",
    500: "The graph cannot be read.",
    503: "Too much at once, or too large an answer.",
    504: "It took too long.",
}
_TAG = {"schema": {"type": "string"}, "description": "For `If-None-Match`."}


def document(operations: Iterable[Operation], token: bool) -> Json:
    """The description of some operations.

    Args:
        token: whether clients must bear one.
    """
    every = list(operations)
    gives = {repr(each.gives): each.gives for each in every}
    schemas, components = msgspec.json.schema_components(
        [*gives.values(), Error], ref_template=_SCHEMAS + "{name}"
    )
    answers = dict(zip(gives, schemas, strict=False))
    statuses = [status for status in _REFUSALS if token or status != 401]
    found: Json = {
        "openapi": "3.1.0",
        "info": {
            "title": "Leukemia therapeutics",
            "version": __version__,
            "description": _ABOUT,
            "license": _LICENCE,
        },
        "tags": [{"name": each} for each in dict.fromkeys(each.group for each in every)],
        "paths": {each.path: {"get": _get(each, answers, statuses)} for each in every},
        "components": {
            "schemas": components,
            "responses": {_name(status): _refusal(status) for status in statuses},
        },
    }
    if token:
        found["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        found["security"] = [{"token": []}]
    return found


def _get(operation: Operation, answers: Json, statuses: list[int]) -> Json:
    given = {
        "description": "The answer.",
        "headers": {"ETag": _TAG},
        "content": {JSON: {"schema": answers[repr(operation.gives)]}},
    }
    unchanged = {"description": "Nothing has changed since the ETag.", "headers": {"ETag": _TAG}}
    refused = {str(each): {"$ref": f"#/components/responses/{_name(each)}"} for each in statuses}
    return {
        "operationId": operation.path.removeprefix("/api/").replace("/", "-"),
        "tags": [operation.group],
        "summary": operation.summary,
        "parameters": [_parameter(each) for each in operation.every.values()],
        "responses": {"200": given, "304": unchanged, **refused},
    }


def _parameter(parameter: Parameter) -> Json:
    said: Json = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.meaning,
        "required": parameter.required,
        "schema": parameter.schema,
    }
    if len(parameter.examples) == 1:
        said["example"] = parameter.examples[0]
    elif parameter.examples:
        said["examples"] = {
            str(number): {"value": value} for number, value in enumerate(parameter.examples, 1)
        }
    return said


def _refusal(status: int) -> Json:
    said: dict[str, Any] = {
        "description": _REFUSALS[status],
        "content": {JSON: {"schema": {"$ref": f"{_SCHEMAS}{Error.__name__}"}}},
    }
    if status in (429, 503):
        said["headers"] = {"Retry-After": {"schema": {"type": "string"}}}
    return said


def _name(status: int) -> str:
    return HTTPStatus(status).phrase.title().replace(" ", "")
