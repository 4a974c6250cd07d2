"""How arms, results and lines read: one wording for tables, reasons and figures."""

from __future__ import annotations

from kg.analysis.lines import Line
from kg.analysis.records import Arm, Result


def therapy_line(arm: Arm) -> str:
    """Setting, earlier lines and what failed; a relapse implies one earlier line."""
    lines = arm.prior_lines or 0
    parts = [" or ".join(arm.settings)]
    parts += [f"at least {lines} prior lines"] if lines > 1 or (lines and not parts[0]) else []
    parts += [f"after {', '.join(arm.after)}"] if arm.after else []
    return ", ".join(filter(None, parts))


def age(arm: Arm) -> str:
    """Eligible ages in years: "18 and over", "3 to 21"."""
    if arm.age_low is None:
        return "" if arm.age_high is None else f"up to {arm.age_high:g}"
    high = "and over" if arm.age_high is None else f"to {arm.age_high:g}"
    return f"{arm.age_low:g} {high}"


def biomarkers(arm: Arm) -> str:
    """What patients had to have and could not have."""
    parts = (("requires", arm.requires), ("excludes", arm.excludes))
    return "; ".join(f"{word} {', '.join(names)}" for word, names in parts if names)


def design(arm: Arm) -> str:
    """Randomised comparison or not."""
    if arm.randomized is None:
        return ""
    return "randomised comparison" if arm.randomized else "single arm"


def denominator(result: Result) -> str:
    """Among whom: analysis set, subgroup, responders."""
    parts = [stated(result.population)]
    parts += [f"subgroup {result.subgroup}"] if result.subgroup else []
    parts += [f"among {result.among.partition(':')[2]}"] if result.among else []
    return ", ".join(filter(None, parts))


def time(result: Result) -> str:
    """When: "by 3 months", "at 12 months", "best"."""
    if result.time_point is None:
        return result.timing if result.timing == "best" else ""
    return f"{result.timing} {result.time_point:g} months".strip()


def follow_up(result: Result) -> str:
    """How long patients were followed (median)."""
    return "" if result.follow_up is None else f"{result.follow_up:g} months"


def stated(code: str) -> str:
    """A code, or nothing where the code says that the source does not state it."""
    return "" if code == "unstated" else code


COLUMNS = (
    "rank trial arm measure n/N value interval population assessor criteria threshold time "
    "follow-up therapy age fitness biomarker disease design reference"
).split()


def cells(line: Line) -> list[str]:
    """A line as text, under :data:`COLUMNS`."""
    result, arm = line.result, line.arm
    return [
        "" if line.rank is None else str(line.rank),
        arm.trial_label,
        arm.label,
        line.endpoint,
        counts(result),
        shown(line),
        shown_interval(line),
        denominator(result),
        stated(result.assessor),
        result.criteria,
        result.threshold,
        time(result),
        follow_up(result),
        therapy_line(arm),
        age(arm),
        arm.fitness,
        biomarkers(arm),
        " / ".join(arm.diseases),
        design(arm),
        result.reference.partition(":")[2],
    ]


def counts(result: Result) -> str:
    """n/N as far as it is reported: "88/109", "?/109"."""
    if result.total is None and result.count is None:
        return ""
    n, total = ("?" if each is None else str(each) for each in (result.count, result.total))
    return f"{n}/{total}"


def shown(line: Line) -> str:
    """Value with unit; one computed from n/N is marked with a star."""
    if line.value is None:
        return ""
    star = "*" if "value" in line.computed else ""
    unit = line.result.unit or ("%" if "value" in line.computed else "")
    value = f"{line.value:.1f}" if star else f"{line.value:g}"
    return f"{value} {unit}".strip() + star


def bounds(result: Result) -> str:
    """The interval as reported; its level where that is not 95 %."""
    if result.lower is None and result.upper is None:
        return ""
    low, high = ("?" if each is None else f"{each:g}" for each in (result.lower, result.upper))
    level = result.confidence_level
    return f"{low} to {high}" + ("" if level in (None, 95) else f" ({level:g} %)")


def shown_interval(line: Line) -> str:
    """The interval of a line; one computed from n/N is marked with a star."""
    if "interval" in line.computed:
        return f"{line.lower:.1f} to {line.upper:.1f}*"
    return bounds(line.result)
