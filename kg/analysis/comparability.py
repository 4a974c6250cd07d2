"""Whether results can stand in one ranking, and if not, what differs between them.

Two results are comparable if nothing that is known to move such a number differs: the
line of therapy, age, fitness, biomarkers and disease of the patients, the measure with its
criteria and threshold, the denominator, who assessed, when, how long patients were
followed, and the design. What one source states and another does not may differ, and so
counts as a reason too; what no source states is said, and is no reason.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import msgspec

from kg.analysis.lines import Line
from kg.analysis.wording import (
    age,
    biomarkers,
    denominator,
    design,
    follow_up,
    stated,
    therapy_line,
    time,
)

NOT_STATED = "not stated"
_ALIKE = 1.5  # follow-ups within this factor of each other count as the same


class Difference(msgspec.Struct, frozen=True, rename="camel"):
    """One dimension in which lines differ, or on which their sources are silent.

    Attributes:
        dimension: "line of therapy", "age", "denominator" ...
        values: each value with the labels of the lines that have it.
        reason: whether it stands against a ranking (what no source states does not).
    """

    dimension: str
    values: dict[str, list[str]]
    reason: bool

    def __str__(self) -> str:
        each = (f"{value} ({', '.join(names)})" for value, names in self.values.items())
        return f"{self.dimension}: {'; '.join(each)}"


class Judged(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a comparison and a pooling share: the differences, and the verdict on them.

    Attributes:
        measure, definition: what was asked for.
        verdict: one word or two; ``remark`` is the sentence.
        differences: by dimension; those that are reasons stand against the ranking or pooling.
        anyway: the reason given for doing it all the same.
        empty: what has no result, and whether anybody looked.
        known: the day until which was looked.
    """

    measure: str
    definition: str
    verdict: str
    differences: tuple[Difference, ...]
    anyway: str
    empty: tuple[str, ...]
    known: str

    @property
    @abstractmethod
    def remark(self) -> str:
        """The verdict in a sentence."""

    @property
    def differing(self) -> str:
        """The dimensions that are reasons."""
        return ", ".join(each.dimension for each in self.differences if each.reason)

    @property
    def reasons(self) -> list[str]:
        """What differs: one sentence a dimension."""
        return [str(each) for each in self.differences if each.reason]

    @property
    def notes(self) -> list[str]:
        """The verdict, and what no source states."""
        silent = ", ".join(each.dimension for each in self.differences if not each.reason)
        return [self.remark, *([f"{NOT_STATED} by any source: {silent}"] if silent else [])]

    @abstractmethod
    def table(self) -> tuple[list[str], list[list[str]]]:
        """One flat table, with the verdict on each row."""

    def to_dict(self) -> dict[str, Any]:
        """Plain lists and dictionaries, the shape of ``--format json``."""
        return msgspec.to_builtins(self) | {"remark": self.remark}  # type: ignore[no-any-return]

    def _repr_html_(self) -> str:
        header, body = self.table()
        head = "".join(f"<th>{escape(name)}</th>" for name in header[:-1])
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row[:-1]) + "</tr>"
            for row in body
        )
        said = "".join(f"<li>{escape(each)}</li>" for each in [*self.notes, *self.reasons])
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table><ul>{said}</ul>"


def differences(
    lines: Sequence[Line], label: Callable[[Line], str], extra: Sequence[str] = ()
) -> list[Difference]:
    """What differs between lines, dimension by dimension.

    Args:
        lines: at least two; fewer differ in nothing.
        label: what a line is called.
        extra: further dimensions, of :data:`EXTRA`.
    """
    if len(lines) < 2:
        return []
    one_trial = len({line.arm.trial for line in lines}) == 1
    dimensions = dict(_RESULT)
    if one_trial:
        dimensions |= _CUT
    if not (one_trial and all(line.arm.randomized for line in lines)):
        dimensions = _PATIENTS | dimensions  # randomisation makes the patients alike
    dimensions |= {name: EXTRA[name] for name in extra}
    found = (_difference(name, read, lines, label) for name, read in dimensions.items())
    return [each for each in found if each]


def _difference(
    name: str, read: Callable[[Line], str], lines: Sequence[Line], label: Callable[[Line], str]
) -> Difference | None:
    values: dict[str, list[str]] = {}
    for line in lines:
        names = values.setdefault(read(line) or NOT_STATED, [])
        if label(line) not in names:
            names.append(label(line))
    if name == "follow-up":
        values = _apart(values)
    if set(values) == {NOT_STATED}:
        return None if name in _OFTEN_EMPTY else Difference(name, values, reason=False)
    return Difference(name, values, reason=True) if len(values) > 1 else None


def _apart(values: dict[str, list[str]]) -> dict[str, list[str]]:
    """Follow-ups as they are, or as one value where they are about alike."""
    months = [float(value.split()[0]) for value in values if value != NOT_STATED]
    if len(months) < 2 or len(months) < len(values) or max(months) > _ALIKE * min(months):
        return values
    merged = [name for names in values.values() for name in names]
    return {f"{min(months):g} to {max(months):g} months": merged}


_PATIENTS: dict[str, Callable[[Line], str]] = {
    "line of therapy": lambda line: therapy_line(line.arm),
    "age": lambda line: age(line.arm),
    "fitness": lambda line: line.arm.fitness,
    "biomarker": lambda line: biomarkers(line.arm),
    "disease": lambda line: " / ".join(line.arm.diseases),
    "design": lambda line: design(line.arm),
}
_RESULT: dict[str, Callable[[Line], str]] = {
    "endpoint definition": lambda line: line.endpoint,
    "criteria": lambda line: line.result.criteria,
    "threshold": lambda line: line.result.threshold,
    "denominator": lambda line: denominator(line.result),
    "assessor": lambda line: stated(line.result.assessor),
    "time point": lambda line: time(line.result),
    "follow-up": lambda line: follow_up(line.result),
}
# Of one trial there may be several; between trials the follow-up says it.
_CUT: dict[str, Callable[[Line], str]] = {
    "data cut": lambda line: line.result.data_cutoff or line.result.reference,
}
EXTRA: dict[str, Callable[[Line], str]] = {
    "treatment": lambda line: " with ".join(line.arm.drugs),
}
_OFTEN_EMPTY = ("threshold", "fitness")  # of residual disease; of the old with AML
