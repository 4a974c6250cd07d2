"""Figures in their place in a page."""

from __future__ import annotations

import base64
from typing import NamedTuple


class Drawn(NamedTuple):
    """A figure as a page shows it.

    Attributes:
        name: of the files that it is saved as; title: its heading.
        shows: what it shows, for those who do not see it.
        svg: the drawing, in base64, so that a page can show and save it from a disk.
    """

    name: str
    title: str
    shows: str
    svg: str


def drawn(name: str, title: str, shows: str, svg: str) -> Drawn:
    """A figure of an SVG's text."""
    return Drawn(name, title, shows, base64.b64encode(svg.encode()).decode())
