"""Trials or drugs side by side on a measure, with what differs; ranked only if nothing does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from kg.analysis.comparability import Judged, differences
from kg.analysis.lines import Line, lines_of, once, ranked, trials_of
from kg.analysis.records import Result
from kg.analysis.results import Select, results
from kg.analysis.scope import Scope, emptiness, known_until, scope
from kg.analysis.wording import COLUMNS, cells
from kg.errors import BadParameter, Mismatch
from kg.grounding import Index
from kg.vocabulary import curie, iri

FAMILIES = ("response", "mrd", "survival")
COMPARED = "?outcome lkg:comparator ?comparator ."


class Comparison(Judged, frozen=True, kw_only=True, rename="camel"):
    """Results side by side; shows itself in a notebook.

    Attributes:
        verdict: "comparable", "refused", "ranked anyway" or "nothing to compare".
        lines: by trial, or by value, highest first, if they are ranked.
        tests: comparisons of two arms of one trial, as reported; none is computed here.
    """

    lines: tuple[Line, ...]
    tests: tuple[Result, ...]

    @property
    def remark(self) -> str:
        """The verdict in a sentence."""
        return {
            "refused": f"not ranked: the results differ in {self.differing}",
            "ranked anyway": f"ranked anyway: {self.anyway}; differs in {self.differing}",
            "comparable": "ranked by value, highest first: no difference was found",
        }.get(self.verdict, "nothing to rank: fewer than two results")

    def table(self) -> tuple[list[str], list[list[str]]]:
        """One flat table: a line a row."""
        return [*COLUMNS, "verdict"], [[*cells(line), self.remark] for line in self.lines]


def compare(
    select: Select, index: Index, names: Sequence[str], measure: str = "", anyway: str = ""
) -> Comparison:
    """Line up trials or drugs, or the arms of one trial, on a measure.

    Args:
        select: answers SELECT queries.
        names: two or more trials or drugs, by any name; or one trial, for its arms.
        measure: a measure, a family such as "response", or a harm, by any name; without it
            that of response, mrd and survival in which most of the named have results.
        anyway: a reason to rank what differs.

    Raises:
        BadParameter, UnknownName, AmbiguousName: see their messages.
    """
    if anyway and not anyway.strip():
        raise BadParameter("anyway takes a reason, which then stands beside the ranking")
    entities = {name: index.find(name, ("trial", "drug")) for name in names}
    alone = len(set(entities.values())) == 1 and curie(entities[names[0]]).startswith("trial:")
    if not alone and len(set(entities.values())) < 2:
        raise Mismatch("compare takes two or more trials or drugs, or one trial for its arms")
    tried = []
    for each in [measure] if measure else FAMILIES:
        wanted = scope(select, index, each)
        lines = {name: _lines(select, index, name, e, wanted) for name, e in entities.items()}
        tried.append((wanted, lines))
    wanted, lines = max(tried, key=lambda each: sum(map(bool, each[1].values())))
    empty = [
        emptiness(select, entities[name], f"{wanted.label} of {name}")
        for name, found in lines.items()
        if not found
    ]
    return judged(
        once(line for found in lines.values() for line in found),
        anyway=anyway,
        measure=wanted.label,
        definition=wanted.definition,
        tests=tuple(_tests(select, entities.values(), lines, wanted)),
        empty=tuple(empty),
        known=known_until(select),
    )


def _lines(select: Select, index: Index, name: str, entity: str, wanted: Scope) -> list[Line]:
    drug = index.label(entity) if curie(entity).startswith("drug:") else ""
    found = lines_of(select, index.label, trials_of(select, entity), wanted, drug)
    return [msgspec.structs.replace(line, name=name) for line in found]


def judged(lines: list[Line], *, anyway: str, **about: Any) -> Comparison:
    """The verdict on lines, and their order that follows from it."""
    one_trial = len({line.arm.trial for line in lines}) == 1
    differing = differences(
        lines, lambda line: line.arm.label if one_trial else line.arm.trial_label
    )
    if len(lines) < 2:
        verdict = "nothing to compare"
    elif any(each.reason for each in differing):
        verdict = "ranked anyway" if anyway else "refused"
    else:
        verdict = "comparable"
    return Comparison(
        lines=tuple(ranked(lines) if verdict in ("comparable", "ranked anyway") else lines),
        verdict=verdict,
        differences=tuple(differing),
        anyway=anyway if verdict == "ranked anyway" else "",
        **about,
    )


def _tests(
    select: Select, entities: Iterable[str], lines: dict[str, list[Line]], wanted: Scope
) -> list[Result]:
    """The comparisons of two arms on the endpoint that the trials shown have reported."""
    trials = {iri(line.arm.trial).value for found in lines.values() for line in found}
    trials |= {each for each in entities if curie(each).startswith("trial:")}
    compared = results(select, trials, COMPARED)
    return [each for each in compared if wanted.covers(each.measure)]
