"""The vocabulary for readers and writers of SPARQL: every term with what it means."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from kg import questions, resources
from kg.pages.frame import Frame
from kg.pages.page import json_text
from kg.pages.tables import Table, columns, row
from kg.vocabulary import FOREIGN, PREFIXES, SUPERCLASS, rdfs, skos

_SHOWN = columns({"term": "Term", "label": "Name", "definition": "Meaning"})


class Term(NamedTuple):
    """A term: its short form, its name, what it means, whether it is a class."""

    id: str
    label: str
    definition: str
    is_class: bool


@cache
def own() -> tuple[Term, ...]:
    """The terms of our vocabulary, as the ontology describes them, by name."""
    store = Store()
    store.load(path=resources.ontology() / "leukemia-kg.ttl", format=RdfFormat.TURTLE)
    start = PREFIXES["lkg"]
    subjects = {quad.subject for quad in store.quads_for_pattern(None, rdfs.label, None)}
    names = sorted(s.value for s in subjects if isinstance(s, NamedNode))
    return tuple(
        Term(
            f"lkg:{name.removeprefix(start)}",
            _text(store, name, rdfs.label),
            _text(store, name, skos.definition),
            name.removeprefix(start) in SUPERCLASS,
        )
        for name in names
        if name.startswith(start)
    )


def _text(store: Store, name: str, term: NamedNode) -> str:
    values = [quad.object for quad in store.quads_for_pattern(NamedNode(name), term, None)]
    return " ".join(value.value for value in values if isinstance(value, Literal))


def page(frame: Frame) -> str:
    """The HTML of the page of the vocabulary."""
    tables = []
    for name, title in (("classes", "Classes"), ("properties", "Properties")):
        rows = [
            row(zip(_SHOWN, each[:3], strict=True), ())
            for each in own()
            if each.is_class == (name == "classes")
        ]
        tables.append(Table(name, title, _SHOWN, rows))
    return frame.render("vocab.html", tables, title="Vocabulary", prefixes=PREFIXES)


def script() -> str:
    """What the editor of queries completes and offers, as a script that its page loads.

    Prefixes, terms with name and meaning, and of each question its query as an example.
    """
    others = [f"{prefix}:{name}" for prefix, names in FOREIGN.items() for name in names]
    terms = [list(each[:3]) for each in own()] + [[each, "", ""] for each in others]
    examples = sorted(map(questions.load, questions.names()), key=lambda q: (q.group, q.name))
    known = {
        "prefixes": PREFIXES,
        "terms": terms,
        "examples": [[q.group, q.summary, q.query.strip()] for q in examples],
    }
    return f"window.kgTerms = {json_text(known)};\n"
