"""Addresses of the explorer: from a path and its parameters to what is asked for."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qsl

from kg import questions
from kg.errors import UnknownQuestion
from kg.serve.explorer.asked import HTML
from kg.serve.media import GRAPHS, acceptable
from kg.serve.process import Refused
from kg.vocabulary import ENTITY_PREFIXES

_PAGES = {
    **{name: name for name in ("questions", "conflicts", "vocab", "sparql")},
    "favicon.ico": "asset:icon.svg",
}
_BELOW = {
    "assets": "asset",
    "figure": "figure",
    "neighbours": "neighbours",
    "kind": "kind",
    "question": "question",
}
_ENTITIES = (*ENTITY_PREFIXES, "payload-class")
_OFFERED = {HTML: ("application/xhtml+xml",), **GRAPHS}
_FORMATS = {
    "html": HTML,
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "nq": "application/n-quads",
}
SHORT = {media: name for name, media in _FORMATS.items()}
_MOST = 50  # parameters


class Address(NamedTuple):
    """What an address asks for.

    Attributes:
        what: short id, or name of a page.
        given: parameters that are neither of the view nor of the form, as (name, value).
        view: ``as_of``, ``on`` and ``without``.
        form: the media type that ``format`` names; "" for what the client accepts.
        lasting: whether it names a version, so that what is there never changes.
    """

    what: str
    given: tuple[tuple[str, str], ...]
    view: tuple[str, str, tuple[str, ...]]
    form: str
    lasting: bool


def read(path: str, query: str) -> Address:
    """What a path and the parameters behind it ask for.

    Raises:
        Refused: 404 where there is nothing; 400 for parameters that are none.
    """
    what = named(path)
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=_MOST)
    except ValueError:  # not UTF-8, or too many
        raise Refused(400, "the address has no list of parameters in UTF-8") from None
    view, rest = _view(pairs, _takes_day(what))
    last = dict(rest)
    given = tuple(pair for pair in rest if pair[0] not in ("format", "v"))
    if not what.startswith(("question:", "network:")):
        given = ()
    return Address(what, given, view, _form(last.get("format", "")), "v" in last)


def form(address: Address, accept: str) -> str:
    """The media type that is asked for.

    Raises:
        Refused: 406, there is none that the client accepts.
    """
    if not is_negotiated(address):
        return address.form or HTML
    offered = acceptable(accept, _OFFERED)
    if not offered:
        raise Refused(406, f"this is there as {', '.join(_OFFERED)}")
    return offered[0]


def is_negotiated(address: Address) -> bool:
    """Whether the form depends on what the client accepts."""
    return not address.form and address.what.partition(":")[0] in (*ENTITY_PREFIXES, "vocab")


def wants_page(accept: str) -> bool:
    """Whether a client is a browser: it asks for HTML by its name, and for nothing rather."""
    return HTML in accept and acceptable(accept, _OFFERED)[:1] == [HTML]


def named(path: str) -> str:
    """The name of what is at a path.

    Raises:
        Refused: 404, nothing can be there.
    """
    first, _, rest = path.removeprefix("/").partition("/")
    if not first:
        return "home"
    if first in _PAGES and not rest:
        return _PAGES[first]
    if first == "network":
        return f"network:{rest.replace('/', ':', 1)}"
    if rest and (first in _BELOW or first in _ENTITIES):
        return f"{_BELOW.get(first, first)}:{rest}"
    raise Refused(404, f"there is nothing at {path}")


def _takes_day(what: str) -> bool:
    kind, _, name = what.partition(":")
    try:
        return kind == "question" and questions.load(name).takes_day
    except UnknownQuestion as error:
        meant = [(f"question:{each.id}", each.label) for each in error.candidates]
        raise Refused(404, str(error), "unknown-question", meant) from None


def _view(
    pairs: list[tuple[str, str]], takes_day: bool
) -> tuple[tuple[str, str, tuple[str, ...]], list[tuple[str, str]]]:
    """The parameters of a view, and the others; a question about a day has that for its own."""
    days = ("as-of",) if takes_day else ("as-of", "on")
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in days and found.setdefault(name, value) != value:
            raise Refused(400, f"there are several values of {name!r}: give one")
    without = tuple(sorted({value for name, value in pairs if name == "without" and value}))
    rest = [(name, value) for name, value in pairs if name not in (*days, "without")]
    return (found.get("as-of", ""), found.get("on", ""), without), rest


def _form(name: str) -> str:
    if name and name not in _FORMATS:
        raise Refused(400, f"there is no format {name!r}; it may be {', '.join(_FORMATS)}")
    return _FORMATS.get(name, "")
