"""Names as people and sources write them, to entities.

A name is compared without case, spaces, hyphens and other punctuation, so that
"CMC 544", "cmc-544" and "CMC544" are one. A label wins over a synonym; several
entities with the name as a synonym are an ambiguity that is told, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property

from kg import identifiers
from kg.errors import AmbiguousName, Candidate, UnknownName, VocabularyError
from kg.vocabulary import BASE, ENTITY_PREFIXES, curie, iri

_NODES = frozenset("outcome observation event statement conflict claim coverage".split())
NAMED_PREFIXES = tuple(prefix for prefix in ENTITY_PREFIXES if prefix not in _NODES)
# An arm is often called like its drug, a reference like its subject: they come last.
_FIRST = tuple(prefix for prefix in NAMED_PREFIXES if prefix not in ("arm", "reference"))


_LEFT_OUT = re.compile("[^a-z0-9α-ω+]+")


def normal(name: str) -> str:
    """A name without what people spell differently."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return _LEFT_OUT.sub("", plain) or plain.strip()


class Index:
    """Finds entities by label, synonym, code, identifier or near spelling.

    Args:
        labels: entity IRI and its label.
        others: entity IRI and another of its names.
        matches: gives, when first needed, entity IRI and the IRI of an exact match elsewhere.

    Attributes:
        names: entity IRI, one of its names as it is written, and whether that is its label.
    """

    def __init__(
        self,
        labels: Iterable[tuple[str, str]],
        others: Iterable[tuple[str, str]] = (),
        matches: Callable[[], Iterable[tuple[str, str]]] = tuple,
    ) -> None:
        self._labels: dict[str, set[str]] = defaultdict(set)
        self._others: dict[str, set[str]] = defaultdict(set)
        self._label_of: dict[str, str] = {}
        self.names: list[tuple[str, str, bool]] = []
        for entity, name in labels:
            self._label_of[entity] = name
            self._labels[normal(name)].add(entity)
            self.names.append((entity, name, True))
        for entity, name in others:
            self._others[normal(name)].add(entity)
            self.names.append((entity, name, False))
        self._read_matches = matches

    def find(self, name: str, prefixes: tuple[str, ...] = ()) -> str:
        """The IRI of the one entity of a name.

        Args:
            name: label, synonym, code, CURIE, IRI or another authority's identifier.
            prefixes: the kinds of entity to look among; empty for all.

        Raises:
            UnknownName: there is none; the message lists near spellings.
            AmbiguousName: there are several; the message lists them.
        """
        found = self.candidates(name, prefixes or _FIRST) or self.candidates(name, prefixes)
        if len(found) == 1:
            return found[0]
        kind = " or ".join(prefixes) or "entity"
        if found:
            several = [self._candidate(entity) for entity in found]
            raise AmbiguousName(
                f"{name!r} names several: {_listed(several)}; say which by its identifier", several
            )
        near = [self._candidate(entity) for entity in self.near(name, prefixes)]
        hint = f"; did you mean {_listed(near)}?" if near else ""
        raise UnknownName(f"no {kind} is called {name!r}{hint}", near)

    def label(self, entity: str) -> str:
        """The label of an entity, or its short form."""
        return self._label_of.get(entity, curie(entity))

    def candidates(self, name: str, prefixes: tuple[str, ...]) -> list[str]:
        """The IRIs of all entities that have exactly this name, or identifier."""
        exact = self._by_iri(name) or self._by_iri(f"{prefixes[0]}:{name}" if prefixes else "")
        key = normal(name)
        for found in (exact, self._labels.get(key), self._others.get(key), self._foreign(name)):
            kept = sorted(entity for entity in found or () if _is_a(entity, prefixes))
            if kept:
                return kept
        return []

    def _by_iri(self, name: str) -> set[str]:
        value = name
        if not name.startswith(("http://", "https://")):
            try:
                value = iri(name).value
            except VocabularyError:
                return set()
        return {value} & self._label_of.keys()

    def _foreign(self, name: str) -> set[str]:
        if ":" not in name:
            return set()
        if not name.startswith(("http://", "https://")):
            name = identifiers.converter().expand(name) or name
        return self._matches.get(name, set())

    @cached_property
    def _matches(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for entity, match in self._read_matches():
            found[match].add(entity)
        return found

    def _candidate(self, entity: str) -> Candidate:
        return Candidate(curie(entity), self.label(entity))

    def near(self, name: str, prefixes: tuple[str, ...]) -> list[str]:
        """The IRIs of the few entities whose names are spelled most alike, the nearest first."""
        import difflib

        entities: dict[str, str] = {}
        for names in (self._others, self._labels):
            for key, found in names.items():
                for each in sorted(found, reverse=True):
                    if _is_a(each, prefixes or _FIRST):
                        entities[key] = each
        wanted = normal(name)
        longer = [key for key in sorted(entities, key=len) if wanted and key.startswith(wanted)]
        close = longer[:5] + difflib.get_close_matches(wanted, entities, n=8, cutoff=0.65)
        return list(dict.fromkeys(entities[key] for key in close))[:5]


def _listed(candidates: Iterable[Candidate]) -> str:
    return ", ".join(f"{each.label} ({each.id})" for each in candidates)


def kind_of(entity: str) -> str:
    """The prefix of an entity's IRI: "drug", "target" ..."""
    return entity.removeprefix(BASE).partition("/")[0]


def _is_a(entity: str, prefixes: tuple[str, ...]) -> bool:
    return kind_of(entity) in (prefixes or NAMED_PREFIXES)
