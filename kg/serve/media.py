"""Which of the media types that we have a client wants most (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable

JSON = "application/json"
# In our own order of preference; the second names are what clients also ask by.
TABLES = {
    "application/sparql-results+json": ("application/json",),
    "application/sparql-results+xml": ("application/xml", "text/xml"),
    "text/csv": (),
    "text/tab-separated-values": (),
}
GRAPHS = {
    "text/turtle": ("application/x-turtle",),
    "application/n-triples": ("text/plain",),
    "application/ld+json": ("application/json",),
    "application/rdf+xml": ("application/xml", "text/xml"),
    "application/trig": (),
    "application/n-quads": (),
}


def acceptable(accept: str, offered: dict[str, tuple[str, ...]]) -> list[str]:
    """The offered media types that an ``Accept`` header takes, the most wanted first.

    Args:
        accept: the header; "" takes all.
        offered: media types with other names for each, the preferred first.
    """
    ranges = _ranges(accept)
    weights = {media: _weight(media, names, ranges) for media, names in offered.items()}
    return sorted((m for m, q in weights.items() if q > 0), key=lambda m: -weights[m])


def _ranges(accept: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in filter(None, map(str.strip, (accept or "*/*").split(","))):
        media, *parameters = (each.strip().lower() for each in part.split(";"))
        quality = [each[2:] for each in parameters if each.startswith("q=")]
        found[media] = _quality(quality[0]) if quality else 1.0
    return found


def _quality(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 0.0


def _weight(media: str, others: Iterable[str], ranges: dict[str, float]) -> float:
    """What the most specific range that fits says; other names count only as they are."""
    fitting = (media, f"{media.partition('/')[0]}/*", "*/*")
    own = next((ranges[each] for each in fitting if each in ranges), 0.0)
    return max([own, *(ranges.get(each, 0.0) for each in others)])
