"""What is asked of the explorer: one page, file or description, in one form."""

from __future__ import annotations

import msgspec

HTML = "text/html"


class Asked(msgspec.Struct, frozen=True):
    """What is asked for.

    Attributes:
        what: short id of an entity or a node, or name of a page (:mod:`kg.pages.href`).
        path: of its address.
        given: the parameters of its address as (name, value), without those of the view.
        form: the media type of a page or a description.
    """

    what: str
    path: str
    given: tuple[tuple[str, str], ...] = ()
    form: str = HTML
