"""Refusals as JSON: the one shape of all errors of the API."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
from msgspec import UNSET, UnsetType
from starlette.responses import Response

from kg.serve.job import Failure
from kg.serve.media import JSON
from kg.serve.responses import retry


class Meant(msgspec.Struct, frozen=True):
    """What could have been meant: its id and its label."""

    id: str
    label: str


class Problem(msgspec.Struct, frozen=True):
    """Why there is no answer.

    Attributes:
        status: of the response.
        kind: "unknown-name", "bad-parameter" ..., for programs.
        message: for people.
        candidates: of a name that is unknown or has several meanings, what it could mean.
    """

    status: int
    kind: str
    message: str
    candidates: list[Meant] | UnsetType = UNSET


class Error(msgspec.Struct, frozen=True):
    """The body of every response that gives no answer."""

    error: Problem


def problem(failure: Failure) -> Response:
    """The response that says why there is no answer."""
    status = failure.status
    kind = failure.kind or HTTPStatus(status).phrase.lower().replace(" ", "-")
    meant = [Meant(*each) for each in failure.candidates]
    body = Error(Problem(status, kind, failure.why, meant or UNSET))
    content = msgspec.json.format(msgspec.json.encode(body)) + b"\n"
    return Response(content, status, retry(status), media_type=JSON)
