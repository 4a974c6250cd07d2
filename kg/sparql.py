"""The text of a query as nested levels: what one evaluation binds, and what hides below it.

A level is a group pattern. Sub-selects, ``EXISTS``, ``NOT EXISTS`` and ``MINUS`` are levels
of their own, since their variables are not seen outside. Each can be evaluated by itself,
as ``SELECT *``; so the store stays the one judge of what a query means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_TEXT = re.compile(
    r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|<[^<>\s]*>|#.*'
)
_BELOW = re.compile(r"(?:\bNOT\s+)?\bEXISTS\s*\{|\bMINUS\s*\{|\{\s*SELECT\b", re.IGNORECASE)
_IN_GRAPH = re.compile(r"\bGRAPH\s+\S+\s*\{", re.IGNORECASE)


def masked(query: str) -> str:
    """The query with blanks for its strings, IRIs and comments; places stay the same."""
    return _TEXT.sub(lambda found: " " * len(found[0]), query)


def closing(bare: str, opening: int) -> int:
    """Where the brace that opens there is closed, in a masked text.

    Raises:
        ValueError: it is not.
    """
    depth = 0
    for place in range(opening, len(bare)):
        depth += (bare[place] == "{") - (bare[place] == "}")
        if not depth:
            return place
    raise ValueError("a brace is not closed")


@dataclass(frozen=True)
class Child:
    """A level within another one.

    Attributes:
        kind: "select", "exists" or "absent" (of NOT EXISTS and MINUS).
        start, end: the place of its text within the text of the level above.
        level: itself.
        in_graph: whether it stands within ``GRAPH``, where it cannot be evaluated alone.
    """

    kind: str
    start: int
    end: int
    level: Level
    in_graph: bool


@dataclass(frozen=True)
class Level:
    """A group pattern.

    Attributes:
        head, tail: what stands before and after the group: "" but for a SELECT.
        group: the group with its braces.
    """

    group: str
    head: str = ""
    tail: str = ""

    @cached_property
    def children(self) -> tuple[Child, ...]:
        """The levels right below this one, in order."""
        return tuple(self._children())

    def _children(self) -> Iterator[Child]:
        bare, place = masked(self.group), 0
        spans = [(m.end() - 1, closing(bare, m.end() - 1)) for m in _IN_GRAPH.finditer(bare)]
        while found := _BELOW.search(bare, place):
            word = found[0].upper()
            opening = found.start() if "SELECT" in word else found.end() - 1
            place = closing(bare, opening) + 1
            text = self.group[opening:place]
            if "SELECT" in word:
                kind, level = "select", select(text[1:-1])
            else:
                kind = "exists" if word.startswith("EXISTS") else "absent"
                level = Level(text)
            inside = any(low < opening < high for low, high in spans)
            yield Child(kind, found.start(), place, level, inside)

    def marked(self) -> str:
        """The group with a marker for each child in its place (see :func:`marker`)."""
        text, place = "", 0
        for number, child in enumerate(self.children):
            is_minus = self.group[child.start :].upper().startswith("MINUS")
            instead = f'("{marker(number)}" = "")'
            if child.kind == "select":
                instead = f'{{ VALUES ?child {{ "{marker(number)}" }} }}'
            elif is_minus:
                instead = f"FILTER{instead}"
            text += self.group[place : child.start] + instead
            place = child.end
        return text + self.group[place:]

    def without_tests(self) -> str:
        """The group as if nothing were asked of what stands in it in EXISTS or MINUS."""
        text, place = "", 0
        for child in self.children:
            if child.kind != "select":
                is_minus = self.group[child.start :].upper().startswith("MINUS")
                text += self.group[place : child.start] + ("" if is_minus else "(true)")
                place = child.end
        return text + self.group[place:]


def marker(number: int) -> str:
    """What stands for a child of a level in its marked text."""
    return f"\N{SECTION SIGN}{number}"


def select(query: str) -> Level:
    """A SELECT query as a level.

    Raises:
        ValueError: it has no group.
    """
    bare = masked(query)
    opening = bare.find("{")
    if opening < 0:
        raise ValueError("the query has no group")
    end = closing(bare, opening) + 1
    return Level(query[opening:end], query[:opening], query[end:])
