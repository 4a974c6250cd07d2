"""The arms of a randomised trial side by side: a table, and a figure of the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup

from kg.analysis import wording
from kg.pages.arms import draw
from kg.pages.drawn import Drawn, encoded
from kg.pages.library import Library
from kg.pages.tables import Cells, Table, columns, endpoint, row

if TYPE_CHECKING:
    from kg.analysis.comparison import Comparison
    from kg.analysis.lines import Line

_COLUMNS = columns(
    {
        "measure": "Endpoint",
        "arm": "Arm",
        "patients": "n/N",
        "value": "Value",
        "interval": "Interval",
        "population": "Among",
        "time": "Time",
        "ranked": "Rank",
        "reference": "Reference",
        "+assessor": "Assessed by",
        "+criteria": "Criteria",
        "+threshold": "Threshold",
        "+followUp": "Follow-up",
        "+dataCutoff": "Data cut",
        "+others": "Other results of the arm",
    }
)
_RULE = (
    "Of what the query finds, each arm's result that a written rule chooses: all its patients "
    "before a part of them, intention to treat before other sets, papers and labels before "
    "abstracts, then the latest data cut. Arms are ranked by value only where no definition, "
    "denominator, assessor or time differs between them."
)
_COMPUTED = (
    "* computed here from n/N; an interval so computed is exact (Clopper and Pearson), 95 %."
)


def tables(library: Library, cells: Cells, trial: str) -> Iterator[Table]:
    """The table of a trial's arms, endpoint by endpoint, if two arms or more have results."""
    found = library.compared(trial)
    if not found:
        return
    rows = [
        row(zip(_COLUMNS, _cells(cells, each, line), strict=True), _noted(line))
        for each in found
        for line in each.lines
    ]
    computed = any(line.computed for each in found for line in each.lines)
    notes = [_RULE, *([_COMPUTED] if computed else []), *refusals(found)]
    yield Table(
        *("compared", "Arms side by side", _COLUMNS, rows),
        kind="results.trial",
        notes=tuple(notes),
    )


def figures(library: Library, trial: str) -> Iterator[Drawn]:
    """The figure of it, where values are shares of patients or months."""
    found = library.compared(trial)
    name = library.name(trial)
    if svg := draw(f"{name}: arms side by side", found, library.label):
        yield Drawn(f"arms-{trial.partition(':')[2]}", "Arms side by side", encoded(svg))


def refusals(found: list[Comparison]) -> Iterator[str]:
    """Why arms are not ranked, a sentence for each endpoint of which they are not."""
    for each in found:
        if each.reasons:
            named = f"{each.measure[:1].upper()}{each.measure[1:]}"
            yield f"{named}: not ranked, since the arms differ. {'; '.join(each.reasons)}."


def _cells(cells: Cells, compared: Comparison, line: Line) -> Iterator[Markup | str]:
    result = line.result
    yield endpoint(result.measure, compared.measure)
    yield line.arm.label
    yield wording.counts(result)
    yield wording.shown(line)
    yield wording.shown_interval(line)
    yield wording.denominator(result)
    yield wording.time(result)
    yield "not ranked" if line.rank is None else str(line.rank)
    yield cells.cite([(result.reference, "", "")], [result.outcome])
    yield wording.stated(result.assessor)
    yield result.criteria
    yield result.threshold
    yield wording.follow_up(result)
    yield result.data_cutoff
    yield str(len(line.others)) if line.others else ""


def _noted(line: Line) -> Iterator[str]:
    yield line.result.reference
    yield line.result.measure
