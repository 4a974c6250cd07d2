"""What the graph says of an entity or a node, as RDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse, serialize

from kg.vocabulary import PREFIXES, rdf, rdfs

_CLAIM = PREFIXES["claim"]
_WITH_GRAPHS = (RdfFormat.TRIG, RdfFormat.N_QUADS)  # JSON-LD is read as one graph, mostly


def described(store: Store, node: NamedNode, form: RdfFormat) -> bytes:
    """A node with all that is said of it and all that names it; b"" if nothing is.

    A format without graphs has the merged triples; of a node that stands only in the graph of
    its reference, those. A format with graphs has each triple in the graph of its reference,
    claims with locator and mark. What is named has its label. A reference comes with what it says.
    """
    quads = {*store.quads_for_pattern(node, None, None), *store.quads_for_pattern(None, None, node)}
    quads.update(store.quads_for_pattern(None, None, None, node))
    if not quads:
        return b""
    quads |= {
        quad for claim in _claims(quads) for quad in store.quads_for_pattern(claim, None, None)
    }
    quads |= set(_named(store, quads))
    if form in _WITH_GRAPHS:
        found: Iterable[object] = sorted(quads, key=str)
    else:
        merged = {quad.triple for quad in quads if isinstance(quad.graph_name, DefaultGraph)}
        own = {quad.triple for quad in quads if node in (quad.subject, quad.graph_name)}
        found = sorted(merged | own, key=str)
    content = serialize(found, format=form, prefixes=PREFIXES)  # type: ignore[arg-type]
    assert content is not None
    return content


def converted(path: Path, form: RdfFormat) -> bytes:
    """A file of Turtle in another format."""
    quads = sorted(parse(path=path, format=RdfFormat.TURTLE), key=str)
    content = serialize((quad.triple for quad in quads), format=form, prefixes=PREFIXES)
    assert content is not None
    return content


def _claims(quads: set[Quad]) -> set[NamedNode]:
    subjects = {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}
    return {each for each in subjects if each.value.startswith(_CLAIM)}


def _named(store: Store, quads: set[Quad]) -> Iterator[Quad]:
    ends = {end for quad in quads for end in (quad.subject, quad.object)}
    for end in ends:
        if isinstance(end, NamedNode):
            for term in (rdfs.label, rdf.type):
                yield from store.quads_for_pattern(end, term, None)
