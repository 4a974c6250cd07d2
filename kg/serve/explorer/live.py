"""The library of a graph that pages are asked of one at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.pages import facts
from kg.pages.entity import term
from kg.pages.library import Library, Node, Select, read, short
from kg.pages.sections import SECTIONS, TRIALS, Section
from kg.pages.shared import ENTITY, PATTERNS
from kg.vocabulary import iri

if TYPE_CHECKING:
    from kg.analysis.comparison import Comparison
    from kg.analysis.conflicts import Conflict

_KEPT = 64  # of what was read for pages
# Patterns are read one by one: a union would have the store join all claims.
_FACTS = {"reference": ("facts.by",), "payload-class": ("facts.about", "facts.carriers")}
_FACTS_OF_OTHERS = ("facts.of", "facts.about")
# Sides of conflicts about trials need not be rows of the page.
_NODES = """SELECT DISTINCT ?node {{
  VALUES ?of {{ {} }} {{ ?node lkg:trial ?of }} UNION {{ ?node lkg:about ?of }}
}}"""
_SIDES = ("outcome:", "observation:", "event:", "statement:")


class Live(Library):
    """A library that reads what belongs to an entity when its page is wanted, and little else.

    A page is then there in a moment, where reading all that pages say takes seconds.
    """

    def __init__(self, select: Select) -> None:
        super().__init__(select)
        self._read: Callable[[str, str], list[Node]] = lru_cache(_KEPT * len(SECTIONS))(self._asked)
        self._facts = lru_cache(_KEPT)(self._facts_asked)
        self._compared = lru_cache(_KEPT)(self._side_by_side)
        self.disputed = {}

    def _found(self, section: Section, kind: str, entity: str) -> list[Node]:
        return self._read(section.name, entity)

    def _asked(self, name: str, entity: str) -> list[Node]:
        section = next(each for each in SECTIONS if each.name == name)
        query = section.rows_of(entity.partition(":")[0], term(entity))
        return list(read(self._select(query)).values())

    def facts_of(self, entity: str) -> facts.Facts:
        """At least the facts of an entity, about it, and that it says."""
        return self._facts(entity)

    def _facts_asked(self, entity: str) -> facts.Facts:
        found = facts.Facts({}, {}, {})
        for name in _FACTS.get(entity.partition(":")[0], _FACTS_OF_OTHERS):
            pattern = PATTERNS[name].replace(ENTITY, term(entity))
            more = facts.read(self._select, self.label, pattern)
            for known, read_now in zip(found, more, strict=True):
                for key, said in read_now.items():
                    known.setdefault(key, said)
        return found

    def compared(self, entity: str) -> list[Comparison]:
        """The arms of a randomised trial side by side, measure by measure; of others nothing."""
        return self._compared(entity) if entity.startswith("trial:") else []

    def _side_by_side(self, trial: str) -> list[Comparison]:
        return self.within(iri(trial).value).get(trial, [])

    def conflicts_about(self, entity: str) -> list[Conflict]:
        """The conflicts about an entity, about trials of it, or with a side that it says.

        What its page shows can then be marked by :attr:`disputed`.
        """
        from kg.analysis.conflicts import near

        rows = {section.name: self.rows(section, entity) for section in SECTIONS}
        wanted = {entity, *(node.id for node in rows[TRIALS.name])}
        nodes = {node.id for found in rows.values() for node in found}
        of = " ".join(map(term, sorted(wanted)))
        nodes.update(short(node) for (node,) in self._select(_NODES.format(of)).texts())
        sides = sorted(node for node in nodes if node.startswith(_SIDES))
        said = {fact.subject for fact in self.facts_of(entity).by.get(entity, ())}
        entities = {each for each in wanted | said if not each.startswith("payload-class:")}
        found = near(self._select, sides, entities)
        for conflict in found:
            for node in conflict.nodes:
                ids = self.disputed.setdefault(node, [])
                if conflict.id not in ids:
                    ids.append(conflict.id)
        return [
            each
            for each in found
            if wanted.intersection(each.about) or entity in (side.reference for side in each.sides)
        ]
