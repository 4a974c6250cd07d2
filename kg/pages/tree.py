"""The field as a tree of diseases, each with how much is known of it and of all below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from kg.pages.library import Library, Select, short

ROOT = "disease:leukemia"
_BAR = 100  # pixels
_TRIALS = """SELECT DISTINCT ?disease ?trial ?drug {
  ?trial a lkg:Trial ; lkg:condition ?disease OPTIONAL { ?trial lkg:drug ?drug }
}"""
_RESULTS = """SELECT DISTINCT ?disease ?result {
  ?trial lkg:condition ?disease . ?result a lkg:Outcome ; lkg:trial ?trial
}"""
_DECISIONS = """SELECT DISTINCT ?disease ?event ?drug {
  ?event a lkg:RegulatoryEvent ; lkg:indication ?disease ; lkg:drug ?drug
}"""


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


def tree(library: Library, select: Select) -> list[Branch]:
    """The diseases of which anything is known: leukemia first, then what is beside or above it."""
    read = _read(select)
    known = {disease: read[disease] for disease in library.entities["disease"]}
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


def _read(select: Select) -> dict[str, _Known]:
    found: dict[str, _Known] = defaultdict(lambda: _Known(set(), set(), set(), set()))
    for disease, trial, drug in _rows(select, _TRIALS):
        found[disease].trials.add(trial)
        found[disease].drugs.update(filter(None, [drug]))
    for disease, result in _rows(select, _RESULTS):
        found[disease].results.add(result)
    for disease, decision, drug in _rows(select, _DECISIONS):
        found[disease].decisions.add(decision)
        found[disease].drugs.add(drug)
    return found


def _rows(select: Select, query: str) -> Iterator[list[str]]:
    return ([*map(short, row)] for row in select(query).texts())
