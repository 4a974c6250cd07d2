"""The field as a tree of diseases, each with how much is known of it and of all below it."""

from __future__ import annotations

from typing import NamedTuple

from kg.pages.library import Library
from kg.pages.sections import SECTIONS

ROOT = "disease:leukemia"
_BAR = 100  # pixels
_COUNTED = ("trials", "tests", "results", "harms", "decisions")


class Branch(NamedTuple):
    """A disease; its numbers include those of all below; ``width`` is of its bar, in pixels."""

    id: str
    label: str
    drugs: int
    trials: int
    results: int
    decisions: int
    width: int
    below: list[Branch]


class _Known(NamedTuple):
    """What is known of a disease: ids, so that what two forms share is counted once."""

    drugs: set[str]
    trials: set[str]
    results: set[str]
    decisions: set[str]

    def __bool__(self) -> bool:
        return any(map(len, self))


def tree(library: Library) -> list[Branch]:
    """The diseases of which anything is known: leukemia first, then what is beside or above it."""
    known = {disease: _own(library, disease) for disease in library.entities["disease"]}
    whole: dict[str, _Known] = {}

    def counted(disease: str) -> _Known:
        if disease not in whole:
            whole[disease] = found = known[disease]  # before what is below, which may be a circle
            for below in library.children.get(disease, ()):
                for mine, theirs in zip(found, counted(below), strict=True):
                    mine.update(theirs)
        return whole[disease]

    def branch(disease: str, above: frozenset[str]) -> Branch:
        ways = [e for e in library.children.get(disease, ()) if e not in above and counted(e)]
        below = [branch(each, above | {disease, each}) for each in ways]
        below.sort(key=lambda each: (-each.trials, each.label))
        numbers = counted(disease)
        return Branch(
            *(disease, library.label(disease)),
            *(len(numbers.drugs), len(numbers.trials)),
            *(len(numbers.results), len(numbers.decisions)),
            round(_BAR * len(numbers.trials) / most) if most else 0,
            below,
        )

    roots = [e for e in known if not library.parents(e) and counted(e)]
    if ROOT in known:
        roots = [ROOT, *(root for root in roots if root != ROOT)]
    most = max((len(counted(root).trials) for root in roots), default=0)
    return [branch(root, frozenset([root])) for root in roots]


def _own(library: Library, disease: str) -> _Known:
    nodes = {s.name: library.rows(s, disease) for s in SECTIONS if s.name in _COUNTED}
    given = nodes["trials"] + nodes["decisions"]
    return _Known(
        {drug for node in given for drug, _ in node.values.get("drug", ())},
        {node.id for node in nodes["trials"]},
        {node.id for node in nodes["tests"] + nodes["results"] + nodes["harms"]},
        {node.id for node in nodes["decisions"]},
    )
