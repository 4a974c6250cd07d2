"""Reported results and the arms they belong to, as records.

JSON keys are the names of the vocabulary (``confidenceLevel``), times are months, ages
years, percentages 0 to 100; "" and null say that the source does not state it.
"""

from __future__ import annotations

import re

import msgspec

_SUMMARIES = "median|rate|difference|hazard-ratio|odds-ratio|risk-ratio|cumulative-incidence"


class Result(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One reported number of one reference, under its own measure and denominator.

    Attributes:
        outcome, reference: short forms of IRIs.
        reference_type: class of the reference, "Article".
        count, total: n of N as printed; value, lower, upper: in ``unit``.
        data_cutoff: day; issued: the day from which it could be known.
        disputed: whether it takes part in a recorded conflict.
    """

    outcome: str
    reference: str
    reference_type: str
    issued: str
    trial: str
    measure: str
    arm: str = ""
    comparator: str = ""
    endpoint_role: str = ""
    count: int | None = None
    total: int | None = None
    value: float | None = None
    unit: str = ""
    lower: float | None = None
    upper: float | None = None
    confidence_level: float | None = None
    method: str = ""
    p_value: float | None = None
    p_relation: str = ""
    p_sides: int | None = None
    population: str = ""
    subgroup: str = ""
    among: str = ""
    assessor: str = ""
    criteria: str = ""
    threshold: str = ""
    time_point: float | None = None
    timing: str = ""
    follow_up: float | None = None
    data_cutoff: str = ""
    adverse_event: str = ""
    grade: str = ""
    reported: str = ""
    disputed: bool = False


class Arm(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Who was treated with what, in which design.

    What a part of an arm (the first patients randomised) does not say is that of the whole.

    Attributes:
        id, trial, part_of: short forms of IRIs; ``id`` is "" for all patients of a trial.
        drugs, after, requires, excludes, diseases: labels, sorted.
        settings: lines of therapy; prior_lines: at least so many.
        age_low, age_high: eligibility.
        randomized: None if the design is not stated.
    """

    id: str
    label: str
    trial: str
    trial_label: str
    part_of: str = ""
    role: str = ""
    drugs: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    prior_lines: int | None = None
    after: tuple[str, ...] = ()
    fitness: str = ""
    age_low: float | None = None
    age_high: float | None = None
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    diseases: tuple[str, ...] = ()
    randomized: bool | None = None
    hypothesis: str = ""


class Measure(msgspec.Struct, frozen=True):
    """What is measured: its label, definition, kind, family."""

    id: str
    label: str
    definition: str
    kind: str
    family: str

    @property
    def stem(self) -> str:
        """The endpoint without how it is summarised: "overall-survival", "cr-or-cri"."""
        return re.sub(rf"-({_SUMMARIES})$", "", self.id)
