"""The waist of the hourglass: what a source module yields and the dataset stores.

Three kinds of claim, and nothing else, cross from the sources to the dataset:

* :class:`Description` - what an entity is called and where it stands; no reference.
* :class:`Fact` - one triple that one reference states about an entity.
* :class:`Node` - a small node of triples (an outcome, an event) that one reference states.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec
from pyoxigraph import Literal, NamedNode

from kg.errors import VocabularyError
from kg.vocabulary import PREFIXES, SUPERCLASS, lkg, rdf, xsd

Term = NamedNode | Literal
Pair = tuple[NamedNode, Term]


class Description(msgspec.Struct, frozen=True):
    """Labels, types, hierarchy and mappings of one entity, stated by nobody in particular.

    Attributes:
        subject: the entity.
        pairs: predicate and object of each triple.
        origin: where it was written ("drugs.tsv:12"), for messages.
    """

    subject: NamedNode
    pairs: tuple[Pair, ...]
    origin: str = ""


class Fact(msgspec.Struct, frozen=True):
    """One triple that a reference states.

    Attributes:
        reference: the named graph that it goes to.
        locator: where the reference says it; "" for bulk sources, which get no claim node.
        checked: "source" or "recalled"; "" for bulk sources.
    """

    subject: NamedNode
    predicate: NamedNode
    object: Term
    reference: NamedNode
    locator: str = ""
    checked: str = ""
    origin: str = ""

    @property
    def claim(self) -> NamedNode:
        """The IRI of the ``lkg:Claim`` node of this triple in its reference's graph."""
        return mint("claim", [(self.subject, self.predicate, self.object)], self.reference)


class Node(msgspec.Struct, frozen=True):
    """A node that belongs to exactly one reference; its IRI follows from what it says."""

    subject: NamedNode
    pairs: tuple[Pair, ...]
    reference: NamedNode
    locator: str = ""
    checked: str = ""
    origin: str = ""


Claim = Description | Fact | Node


def mint(prefix: str, content: Iterable[tuple[object, ...]], reference: NamedNode) -> NamedNode:
    """The IRI of a node: a hash of its content and its reference, in any order of the content."""
    lines = sorted(" ".join(map(str, item)) for item in content)
    text = "\n".join([*lines, reference.value])
    return NamedNode(PREFIXES[prefix] + hashlib.blake2b(text.encode(), digest_size=10).hexdigest())


def types(name: str) -> tuple[Pair, ...]:
    """The type triples of a class, its superclass included: no reasoner is needed to query."""
    if name not in SUPERCLASS:
        raise VocabularyError(f"{name!r} is not a class of the vocabulary")
    parent = SUPERCLASS[name]
    return tuple((rdf.type, lkg[each]) for each in (name, parent) if each)


def text(value: str) -> Literal:
    """A plain string literal."""
    return Literal(value)


def typed(value: str, datatype: str) -> Literal:
    """A literal of an ``xsd:`` datatype from its lexical form."""
    return Literal(value, datatype=xsd[datatype])
