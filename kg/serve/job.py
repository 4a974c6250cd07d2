"""What the pool asks of a worker."""

from __future__ import annotations

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


class Failure(msgspec.Struct):
    """Why there is no answer.

    Attributes:
        status: of the HTTP response.
        why: in plain words.
    """

    status: int
    why: str
