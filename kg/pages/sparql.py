"""The page that queries are written, run and shown on."""

from __future__ import annotations

from kg.pages.frame import Frame, source
from kg.vocabulary import BASE

_SCRIPTS = ("text", "complete", "results", "chart", "graph", "main")


def page(frame: Frame, view: str = "") -> str:
    """The HTML of the page.

    Args:
        view: the parameters that choose a view of the knowledge, which queries are sent with.
    """
    return frame.render("sparql.html", title="SPARQL", base=BASE, view=view)


def assets() -> dict[str, str]:
    """The style sheet and the script of the page, by file name."""
    return {
        "sparql.css": source("sparql/sparql.css"),
        "sparql.js": "\n".join(source(f"sparql/{name}.js") for name in _SCRIPTS),
    }
