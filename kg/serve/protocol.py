"""A request of the SPARQL 1.1 Protocol: its query, its dataset, and our two extensions."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qs

from starlette.requests import Request

from kg.serve.process import Refused

FORM, QUERY, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
ONLY_QUERIES = "this endpoint answers queries and takes no updates"
_VIEW = ("as-of", "on", "without")
_KNOWN = ("query", "update", "default-graph-uri", "named-graph-uri", *_VIEW)


class Asked(NamedTuple):
    """What is asked.

    Attributes:
        query: SPARQL; "" where the request asks for nothing.
        default: graphs whose merger is the default graph; None where the request names none.
        named: graphs that are named; None likewise.
        view: ``as_of``, ``on`` and ``without`` of a view of the knowledge.
    """

    query: str
    default: list[str] | None
    named: list[str] | None
    view: tuple[str, str, tuple[str, ...]]


async def read(request: Request, most: int) -> Asked:
    """What a request asks.

    Raises:
        Refused: with the status that the protocol has for it.
    """
    url = _parameters(request.url.query, "the address")
    if request.method != "POST":
        return _asked(url)
    kind, _, charset = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind == UPDATE:
        raise Refused(403, ONLY_QUERIES)
    if kind not in (FORM, QUERY):
        raise Refused(415, f"queries are posted as {QUERY} or {FORM}, not as {kind or 'nothing'}")
    if "charset" in charset.lower() and "utf-8" not in charset.lower():
        raise Refused(415, "queries are text in UTF-8")
    text = await body(request, most)
    if kind == FORM:
        return _asked(_parameters(text, "the form"))
    if "query" in url:
        raise Refused(400, "there are two queries: one in the address and one in the body")
    return _asked({**url, "query": [text]})


async def body(request: Request, most: int) -> str:
    """The body of a request, in some bytes at most.

    Raises:
        Refused: it is larger, or no text in UTF-8.
    """
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > most:
            raise Refused(413, f"a query may have {most:,} bytes")
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise Refused(400, "the query is not text in UTF-8") from None


def _parameters(text: str, where: str) -> dict[str, list[str]]:
    try:
        found = parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError:  # not UTF-8, or too many
        raise Refused(400, f"{where} is not a list of parameters in UTF-8") from None
    if unknown := sorted(found.keys() - set(_KNOWN)):
        raise Refused(400, f"{where} has {unknown[0]!r}; it may have {', '.join(_KNOWN)}")
    return found


def _asked(parameters: dict[str, list[str]]) -> Asked:
    if "update" in parameters:
        raise Refused(403, ONLY_QUERIES)
    for name in ("query", "as-of", "on"):
        if len(parameters.get(name, [])) > 1:
            raise Refused(400, f"there are several values of {name!r}: give one")
    as_of, on = (parameters.get(name, [""])[0] for name in ("as-of", "on"))
    without = tuple(sorted(set(filter(None, parameters.get("without", [])))))
    return Asked(
        parameters.get("query", [""])[0],
        parameters.get("default-graph-uri"),
        parameters.get("named-graph-uri"),
        (as_of, on, without),
    )
