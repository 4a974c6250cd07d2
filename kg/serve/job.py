"""What a pool asks of its processes."""

from __future__ import annotations

from typing import Any

import msgspec


class Job(msgspec.Struct):
    """A query with all that its answer depends on.

    Attributes:
        query: SPARQL 1.1.
        store: folder of the store's files.
        most: bytes that the answer may have.
        tables: media types for SELECT and ASK, the preferred first.
        graphs: media types for CONSTRUCT and DESCRIBE, the preferred first.
        default: IRIs of the graphs whose merger is the default graph; None for the store's own.
        named: IRIs of the named graphs; None for all of the store's.
        base: resolves relative IRIs; "" for none.
    """

    query: str
    store: str
    most: int
    tables: list[str]
    graphs: list[str]
    default: list[str] | None = None
    named: list[str] | None = None
    base: str = ""


class Work(msgspec.Struct):
    """What is asked of a graph beyond a query: an answer of :mod:`kg.answers`, or a page.

    Attributes:
        kind: what produces it: a name in :data:`kg.serve.renderer.PRODUCERS`.
        what: which of these.
        arguments: by name.
        view: ``as_of``, ``on`` and ``without`` of the graph that is asked.
        place: folder of the generation.
        store: folder of the store of the view.
        most: bytes that the answer may have.
    """

    kind: str
    what: str
    arguments: dict[str, Any]
    view: tuple[str, str, tuple[str, ...]]
    place: str
    store: str
    most: int


class Failure(msgspec.Struct):
    """Why there is no answer.

    Attributes:
        status: of the HTTP response.
        why: in plain words.
        kind: of the error, "unknown-name"; "" for what the status says.
        candidates: ids and labels of what could have been meant.
    """

    status: int
    why: str
    kind: str = ""
    candidates: list[tuple[str, str]] = []
