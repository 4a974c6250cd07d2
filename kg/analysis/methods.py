"""The analyses as methods: what a graph is asked beyond questions and queries."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any

from kg.dates import parse_day
from kg.rows import Rows

if TYPE_CHECKING:
    from kg.analysis.changes import Change
    from kg.analysis.comparison import Comparison
    from kg.analysis.conflicts import Conflict
    from kg.analysis.neighbours import Neighbour
    from kg.analysis.paths import Path
    from kg.analysis.pooling import Pooling
    from kg.grounding import Index
    from kg.suggestions import Suggestion, Suggestions


class Analyses(ABC):
    """Mixed into a graph, which selects rows and finds entities by their names."""

    @property
    @abstractmethod
    def _index(self) -> Index: ...

    @abstractmethod
    def select(self, sparql: str) -> Rows:
        """The rows of a SELECT."""

    @abstractmethod
    def find(self, name: str, prefixes: tuple[str, ...] = ()) -> str:
        """The IRI of the entity of a name."""

    @abstractmethod
    def label(self, entity: str) -> str:
        """The label of an entity's IRI."""

    def suggest(self, text: str, kinds: tuple[str, ...] = (), most: int = 10) -> list[Suggestion]:
        """The entities that some letters of a name could become (:mod:`kg.suggestions`)."""
        return self._suggestions.suggest(text, self._index, kinds, most)

    @cached_property
    def _suggestions(self) -> Suggestions:
        from kg.suggestions import Suggestions

        return Suggestions(self._index.names)

    def conflicts(
        self, entity: str = "", kinds: Iterable[str] = (), order: Iterable[str] = ()
    ) -> list[Conflict]:
        """Where references disagree: see :func:`kg.analysis.conflicts.conflicts`."""
        from kg.analysis.conflicts import chosen

        about = self.find(entity) if entity else ""
        return chosen(self.select, self._conflicts(tuple(order)), about, tuple(kinds))

    @cached_property
    def _conflicts(self) -> Callable[[tuple[str, ...]], list[Conflict]]:
        """All conflicts by an order of trust; those of the last few orders are kept."""
        from kg.analysis.conflicts import every

        return lru_cache(maxsize=2)(partial(every, self.select))

    def compare(self, *names: str, measure: str = "", anyway: str = "") -> Comparison:
        """Trials or drugs side by side on a measure: :mod:`kg.analysis.comparison`."""
        from kg.analysis.comparison import compare

        return compare(self.select, self._index, names, measure, anyway)

    def pool(self, measure: str, anyway: str = "", **chosen: Any) -> Pooling:
        """A proportion over the arms of a drug, disease, setting: :mod:`kg.analysis.pooling`."""
        from kg.analysis.pooling import pool
        from kg.analysis.selection import Selection

        return pool(self.select, self._index, measure, Selection(**chosen), anyway)

    def paths(self, start: str, end: str, most: int = 5) -> list[Path]:
        """The best paths between two entities, by any names (:mod:`kg.analysis.paths`)."""
        from kg.analysis.paths import paths

        return paths(self.select, self.find(start), self.find(end), most, self.label)

    def neighbours(self, drug: str, most: int = 10) -> list[Neighbour]:
        """The drugs nearest to a drug, each with its reasons (:mod:`kg.analysis.neighbours`)."""
        from kg.analysis.neighbours import neighbours

        return neighbours(self.select, self.find(drug, ("drug",)), most, self.label)

    def diff(self, start: str | date, end: str | date) -> list[Change]:
        """What changed after one day and until another (:mod:`kg.analysis.changes`)."""
        from kg.analysis.changes import changes

        return changes(self.select, parse_day(start), parse_day(end), self.label)
