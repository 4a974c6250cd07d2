"""HTML that answers and cards show in a notebook: all text escaped, and nothing but plain links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from kg.links import web
from kg.vocabulary import curie

MOST = 50  # rows that a notebook is shown


def link(iri: str) -> str:
    """An IRI by its short form, as a link if it is a plain web address."""
    text, address = escape(curie(iri)), web(iri)
    if not address:
        return text
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{text}</a>'


def links(iris: Iterable[str]) -> str:
    """Several IRIs."""
    return " ".join(map(link, iris))


def table(header: Sequence[str], body: Sequence[Sequence[str]], total: int) -> str:
    """A table.

    Args:
        header: names of columns, as text.
        body: the rows that are shown, their cells already HTML.
        total: how many rows there are; said below the table.
    """
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in body)
    shown = f"{len(body)} of {total} rows" if len(body) < total else f"{total} rows"
    counted = "1 row" if total == 1 else shown
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table><p>{counted}</p>"
