"""The arms of every randomised trial side by side, read for all trials at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection

from kg.analysis.comparison import COMPARED, FAMILIES, Comparison, judged
from kg.analysis.lines import Line, lines_of, once
from kg.analysis.records import Measure, Result
from kg.analysis.results import Select, measures, results
from kg.analysis.scope import Scope, known_until

_RANDOMISED = 'SELECT ?trial WHERE { ?trial a lkg:Trial ; lkg:allocation "randomized" }'


def within_trials(
    select: Select, label: Callable[[str], str], only: Collection[str] = ()
) -> dict[str, list[Comparison]]:
    """What :func:`~kg.analysis.comparison.compare` says of each trial and each single measure.

    Only randomised trials, and measures of response, residual disease and survival that two
    lines or more have results for.

    Args:
        select: answers SELECT queries.
        label: the label of an IRI.
        only: IRIs of trials; all if there are none.

    Returns:
        By the short form of the trial, in order of families and of the measures' labels.
    """
    known = measures(select)
    wanted = {each.id: each for each in sorted(known.values(), key=_place) if _place(each)[0] >= 0}
    trials = [t for (t,) in select(_RANDOMISED).texts() if not only or t in only]
    if not trials:
        return {}
    pattern = f"VALUES ?measure {{ {' '.join(wanted)} }} ?outcome lkg:measure ?measure ."
    lines: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines_of(select, label, trials, Scope("", "", pattern, known, frozenset(wanted))):
        lines[line.arm.trial, line.result.measure].append(line)
    tests: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for test in results(select, trials, COMPARED):
        tests[test.trial, known[test.measure].stem].append(test)
    until = known_until(select)
    found: dict[str, list[Comparison]] = defaultdict(list)
    for trial, measure in sorted(lines, key=lambda key: (key[0], list(wanted).index(key[1]))):
        side_by_side = once(lines[trial, measure])
        if len(side_by_side) < 2:
            continue
        of_measure = judged(
            side_by_side,
            anyway="",
            measure=wanted[measure].label,
            definition=wanted[measure].definition,
            tests=tuple(tests[trial, wanted[measure].stem]),
            empty=(),
            known=until,
        )
        found[trial].append(of_measure)
    return found


def _place(measure: Measure) -> tuple[int, str]:
    family = FAMILIES.index(measure.family) if measure.family in FAMILIES else -1
    return family, measure.label
