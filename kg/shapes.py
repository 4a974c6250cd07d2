"""SHACL shapes over a default graph, on two cores.

Every shape looks at one entity and its own triples, so the graph can be cut by subject:
one part is checked here, the other by a process of its own, which takes half the time.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import zlib
from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec
from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

from kg import resources
from kg.vocabulary import PREFIXES, curie

Result = tuple[str, str, str]  # the name of the shape, the entity, and what is wrong
_WORTH_CUTTING = 20_000  # triples; a process takes half a second to start


def check(store: Store) -> set[Result]:
    """What the shapes find in the default graph of a store."""
    parts: tuple[list[Triple], list[Triple]] = ([], [])
    for quad in store.quads_for_pattern(None, None, None, DefaultGraph()):
        parts[zlib.crc32(str(quad.subject).encode()) % 2].append(quad.triple)
    if sum(map(len, parts)) < _WORTH_CUTTING:
        return validated([*parts[0], *parts[1]])
    mine, other = parts
    command = [sys.executable, "-P", "-m", "kg.shapes"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdin is not None and worker.stdout is not None
        with contextlib.suppress(BrokenPipeError):  # it died: its exit code will say so
            worker.stdin.write(_ntriples(other))
            worker.stdin.close()
        found = validated(mine)
        answer = worker.stdout.read()
    if worker.returncode:  # whatever kept it from its work, the work is done here
        return found | validated(other)
    return found | set(msgspec.json.decode(answer, type=list[Result]))


def _ntriples(triples: list[Triple]) -> bytes:
    content = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert content is not None
    return content


def validated(triples: Iterable[Triple]) -> set[Result]:
    """What the shapes find in some triples.

    They are held in rdflib's memory: over Oxigraph the validator takes longer by orders of
    magnitude. Its parsers would take as long as the validation.
    """
    import pyshacl
    import rdflib

    data, shapes = rdflib.Graph(), rdflib.Graph()
    term = cache(_term)
    for triple in triples:
        data.store.add((term(triple.subject), term(triple.predicate), term(triple.object)), data)
    shapes.parse(resources.ontology() / "shapes.ttl", format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False, inference="none")
    sh = rdflib.Namespace(PREFIXES["sh"])
    return {
        (_shape(shapes, report, result, sh), str(focus), _what(report, result, sh))
        for result, focus in report.subject_objects(sh.focusNode)
    }


def _term(value: object) -> Any:
    """A term of the store as one of rdflib."""
    import rdflib

    if isinstance(value, Literal):
        typed = None if value.language else value.datatype.value
        plain = typed == PREFIXES["xsd"] + "string"
        return rdflib.Literal(value.value, value.language, None if plain else typed)
    if isinstance(value, NamedNode):
        return rdflib.URIRef(value.value)
    return rdflib.BNode(str(value))


def _shape(shapes: Any, report: Any, result: Any, sh: Any) -> str:
    """ "shape-" and the class of the node shape that a result comes from."""
    source = report.value(result, sh.sourceShape)
    owner = next(shapes.subjects(sh.property, source), source)
    target = str(shapes.value(owner, sh.targetClass) or owner)
    return f"shape-{target.rpartition('#')[2]}"


def _what(report: Any, result: Any, sh: Any) -> str:
    message = str(report.value(result, sh.resultMessage))
    path, value = report.value(result, sh.resultPath), report.value(result, sh.value)
    parts = (curie(str(path)) if path else "", message, f"({curie(str(value))})" if value else "")
    return " ".join(filter(None, parts))


if __name__ == "__main__":
    received: Any = parse(sys.stdin.buffer, format=RdfFormat.N_TRIPLES)
    sys.stdout.buffer.write(msgspec.json.encode(sorted(validated(received))))
