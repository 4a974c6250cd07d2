"""What some letters could become: entities with a name that begins so, else near spellings.

A word within a name counts as a beginning ("ozogamicin"). Names are compared as
:mod:`kg.grounding` compares them: without case, spaces, hyphens and other punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from kg.grounding import NAMED_PREFIXES, Index, kind_of, normal
from kg.vocabulary import curie

_BETWEEN_WORDS = re.compile(r"[\s/,;()\[\]:–-]+")
# An arm is often called like its drug, a reference like its subject: they come last.
_LAST = ("arm", "reference")


class Named(msgspec.Struct, frozen=True):
    """An entity and what it is called.

    Attributes:
        id: short form of its IRI.
        kind: the prefix of the id: "drug", "target" ...
    """

    id: str
    iri: str
    label: str
    kind: str

    @classmethod
    def of(cls, entity: str, label: str) -> Named:
        """The entity of an IRI."""
        return cls(curie(entity), entity, label, kind_of(entity))


class Suggestion(msgspec.Struct, frozen=True):
    """An entity that could be meant.

    Attributes:
        id, iri, label, kind: as of :class:`Named`.
        via: the synonym or code that fits; "" where the label does, or an identifier.
    """

    id: str
    iri: str
    label: str
    kind: str
    via: str


class _Fit(NamedTuple):
    """How well a name fits: the smaller the better."""

    rank: int
    length: int
    name: str
    entity: str
    via: str


class _Name(NamedTuple):
    entity: str
    text: str
    is_label: bool
    beginnings: tuple[str, ...]  # the name from each of its words on, in normal form

    def fit(self, key: str) -> _Fit | None:
        """How letters in normal form fit, if they do."""
        if not (at := [i for i, each in enumerate(self.beginnings) if each.startswith(key)]):
            return None
        late = 5 * (kind_of(self.entity) in _LAST)
        exact = key == self.beginnings[0]
        rank = 0 if exact else 1 + (not self.is_label) + 2 * (at[0] > 0) + late
        via = "" if self.is_label else self.text
        return _Fit(rank, len(self.text), self.text, self.entity, via)


class Suggestions:
    """All names of entities, ready to be completed.

    Args:
        names: entity IRI, one of its names, and whether that is its label.
    """

    def __init__(self, names: Iterable[tuple[str, str, bool]]) -> None:
        self._names = [
            _Name(entity, text, is_label, _beginnings(text))
            for entity, text, is_label in names
            if kind_of(entity) in NAMED_PREFIXES
        ]

    def suggest(
        self, text: str, index: Index, kinds: tuple[str, ...] = (), most: int = 10
    ) -> list[Suggestion]:
        """The entities that fit some letters, each once, the best first.

        Args:
            index: finds identifiers and near spellings.
            kinds: prefixes of entities; empty for all.
            most: how many at most.
        """
        key = normal(text)
        every = (each.fit(key) for each in self._names if key and _is_a(each.entity, kinds))
        found: dict[str, str] = {}
        for fit in sorted(filter(None, every)):
            found.setdefault(fit.entity, fit.via)
        if key and not found:
            found = dict.fromkeys(index.candidates(text, kinds) or index.near(text, kinds), "")
        named = ((Named.of(entity, index.label(entity)), via) for entity, via in found.items())
        return [Suggestion(n.id, n.iri, n.label, n.kind, via) for n, via in [*named][:most]]


def _is_a(entity: str, kinds: tuple[str, ...]) -> bool:
    return not kinds or kind_of(entity) in kinds


def _beginnings(name: str) -> tuple[str, ...]:
    words = [normal(word) for word in _BETWEEN_WORDS.split(name)]
    return tuple("".join(words[i:]) for i in range(len(words)))
