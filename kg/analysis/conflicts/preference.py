"""Which side of a conflict is preferred, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from kg.analysis.conflicts.model import FACT, RESULT, STATUS, Conflict, Side
from kg.errors import BadParameter
from kg.vocabulary import SUPERCLASS

# Of each question, kinds of reference from the most to the least trusted; equals share a tier.
ORDER: dict[str, tuple[tuple[str, ...], ...]] = {
    RESULT: (
        ("Article", "Label", "RegulatoryNotice"),
        ("RegistryRecord",),
        ("Abstract",),
        ("Database",),
        ("PressArticle",),
    ),
    FACT: (
        ("Article", "RegistryRecord", "Label", "RegulatoryNotice"),
        ("Abstract",),
        ("Database",),
        ("PressArticle",),
    ),
    STATUS: (
        ("RegulatoryNotice",),
        ("Label",),
        ("Database", "RegistryRecord"),
        ("Article",),
        ("Abstract",),
        ("PressArticle",),
    ),
}
_EACH_RIGHT = ("denominator", "definition")


class _Criterion(NamedTuple):
    reason: str
    rank: Callable[[Side], object]  # higher is better


def prefer(
    conflict: Conflict,
    chosen: frozenset[str] = frozenset(),
    one_thing: bool = True,
    order: Sequence[str] = (),
) -> Conflict:
    """The conflict with its preferred side marked, by the first rule that decides.

    1. An order of kinds of reference that the caller gives (``order``).
    2. What the curator prefers (``chosen``).
    3. No rule decides where the sides are not about one thing (a curated conflict may set both
       arms of a trial beside each other), and between two denominators or two definitions:
       each figure is right for its own.
    4. What is not retracted over what is.
    5. The assessment that the protocol names, which its primary endpoint shows; else blinded
       review over the investigator, who knows the treatment.
    6. Of successive data cuts the latest: by cutoff, else by follow-up.
    7. The kind of reference, by question. For a result: article, label and agency notice alike
       (the one is peer reviewed and follows the protocol, the others rest on the patients' data;
       they differ by analysis set, not by trust), then the registry's record (unreviewed, but
       binding), abstract, database, press. For a fact: article, registry, label and notice alike
       (a registry's enrollment may be the plan and a paper's the patients analysed, so neither
       outranks the other), then abstract, database, press. For a status: the agency's notice,
       its label, a database, then what others write; press last.
    8. The latest data cut, where every side states its own; for undated successive cuts of a
       result, and versions of a registry's record, the latest publication.
    9. What the curator saw in its source over what is recalled.

    Sides that are left with the same figure count as one; the latest of them is marked. Where
    nothing decides, none is preferred, and ``because`` says so. All sides stay.

    Raises:
        BadParameter: ``order`` names no kind of reference.
    """
    if order and (found := _narrow(conflict.sides, [_given(order)])):
        return _marked(conflict, *found)
    if of_curator := [side for side in conflict.sides if side.node in chosen]:
        nodes = {side.node for side in of_curator}
        sides = [msgspec.structs.replace(s, preferred=s.node in nodes) for s in conflict.sides]
        return msgspec.structs.replace(conflict, sides=tuple(sides), because="the curator's choice")
    if not one_thing:
        return msgspec.structs.replace(conflict, because="the sides are not about one thing")
    if conflict.kind in _EACH_RIGHT:
        because = f"no rule decides: each holds for its own {conflict.kind}"
        return msgspec.structs.replace(conflict, because=because)
    if found := _narrow(conflict.sides, _criteria(conflict)):
        return _marked(conflict, *found)
    return msgspec.structs.replace(conflict, because="no rule decides")


def _criteria(conflict: Conflict) -> list[_Criterion]:
    latest = _latest(conflict.sides)
    review = _Criterion("blinded review over the investigator", _review(conflict.sides))
    steps = [_Criterion("not retracted", lambda side: not side.retracted)]
    if conflict.kind == "assessor":
        primary = "the protocol's primary endpoint"
        steps += [_Criterion(primary, lambda side: side.endpoint_role == "primary"), review]
    if conflict.kind == "data-cut":
        steps.append(latest)
    tiers = ORDER[conflict.topic]
    steps += [
        _Criterion("kind of reference", lambda side: -_tier(tiers, side)),
        latest,
        *_last_published(conflict),
        _Criterion("seen in its source", lambda side: side.checked != "recalled"),
    ]
    return steps


def _narrow(sides: Iterable[Side], criteria: list[_Criterion]) -> tuple[Side, str] | None:
    """The side that the criteria leave, and the one that decided."""
    left = list(sides)
    for criterion in criteria:
        best = max(map(criterion.rank, left))  # type: ignore[type-var]
        left = [side for side in left if criterion.rank(side) == best]
        if len({side.figure or side.value for side in left}) == 1:
            return left[-1], criterion.reason
    return None


def _marked(conflict: Conflict, preferred: Side, because: str) -> Conflict:
    sides = [msgspec.structs.replace(s, preferred=s is preferred) for s in conflict.sides]
    return msgspec.structs.replace(conflict, sides=tuple(sides), because=because)


def _review(sides: Iterable[Side]) -> Callable[[Side], object]:
    if any(side.assessor in ("", "unstated") for side in sides):
        return lambda _: 0
    return lambda side: side.assessor != "investigator"


def _latest(sides: Sequence[Side]) -> _Criterion:
    reason = "latest data cut"
    if all(side.data_cutoff for side in sides):
        return _Criterion(reason, lambda side: side.data_cutoff)
    if all(side.follow_up for side in sides):
        return _Criterion(reason, lambda side: float(side.follow_up))
    return _Criterion(reason, lambda _: 0)


def _last_published(conflict: Conflict) -> list[_Criterion]:
    versions = {side.reference_kind for side in conflict.sides} == {"RegistryRecord"}
    if conflict.kind != "data-cut" or not (conflict.topic == RESULT or versions):
        return []
    return [_Criterion("latest publication", lambda side: side.issued)]


def _tier(tiers: Sequence[Sequence[str]], side: Side) -> int:
    found = (i for i, tier in enumerate(tiers) if side.reference_kind in tier)
    return next(found, len(tiers))


def _given(order: Sequence[str]) -> _Criterion:
    kinds = sorted(name for name, parent in SUPERCLASS.items() if parent == "Reference")
    if unknown := set(order) - set(kinds):
        raise BadParameter(f"{min(unknown)}: kinds of reference are {', '.join(kinds)}")
    tiers = [(kind,) for kind in order]
    return _Criterion("the order given", lambda side: -_tier(tiers, side))
