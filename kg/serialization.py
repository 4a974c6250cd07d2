"""RDF to files, in the same bytes for the same graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, serialize

from kg.errors import OutputError
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def write_rdf(store: Store, path: Path, form: RdfFormat) -> list[Path]:
    """Write a store to a file, sorted; formats without named graphs carry the default graph.

    Raises:
        OutputError: the file cannot be written.
    """
    return save(path, rdf_bytes(store, form))


def rdf_bytes(store: Store, form: RdfFormat) -> bytes:
    """A store as RDF, sorted."""
    graph = None if form.supports_datasets else DefaultGraph()
    quads = sorted(store.quads_for_pattern(None, None, None, graph), key=_order)
    rows = quads if form.supports_datasets else [quad.triple for quad in quads]
    content = serialize(rows, format=form, prefixes=PREFIXES)
    assert content is not None
    return content


def xml_bytes(root: Element) -> bytes:
    """An XML document, indented; prefixes stand in its names as they are written."""
    from xml.etree.ElementTree import indent, tostring

    indent(root)
    content: str = tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{content}\n'.encode()


def save(path: Path, content: bytes) -> list[Path]:
    """Write bytes to a file, and name it.

    Raises:
        OutputError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from None
    return [path]


def _order(quad: Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad)
