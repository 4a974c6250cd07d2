"""What a conflict is: sides that cannot all hold, and who says each of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date

import msgspec

from kg.rows import Rows

Select = Callable[[str], Rows]

RESULT, FACT, STATUS = "result", "fact", "status"


class Source(msgspec.Struct, frozen=True):
    """A reference, as far as it matters for weighing what it says.

    Attributes:
        id: short form.
        kind: its class ("Article", "Label", ...).
        issued: the day from which it could be known.
        retracted: whether it was taken back.
        superseded: whether a newer version of the same record or label is in the graph.
    """

    id: str
    kind: str
    issued: str
    retracted: bool = False
    superseded: bool = False


class Side(msgspec.Struct, frozen=True, rename="camel"):
    """One of the things said.

    Attributes:
        node: the outcome, observation, event or statement; "" where a plain triple says it.
        label: what is said, in words.
        value: the figure or status, as printed; figure: it alone, without its interval.
        reference, reference_kind, issued: who says it, and since when it could be known.
        checked: "source", "recalled" or "".
        population, assessor, definition, data_cutoff, follow_up (months), endpoint_role: as
            reported, "" where not; the definition is criteria, threshold, assay and specimen.
        retracted: whether its reference was.
        preferred: whether the rule or the curator prefers it.
    """

    node: str
    label: str
    value: str
    reference: str
    reference_kind: str
    issued: str
    figure: str = ""
    checked: str = ""
    population: str = ""
    assessor: str = ""
    definition: str = ""
    endpoint_role: str = ""
    data_cutoff: str = ""
    follow_up: str = ""
    retracted: bool = False
    preferred: bool = False


class Conflict(msgspec.Struct, frozen=True, rename="camel"):
    """Things said that cannot all hold, or that a reader could take to be so.

    Attributes:
        id: of the curated node, else ``conflict:detected-`` and a hash of what it is about.
        kind: one of the closed list of conflict kinds; successive data cuts are "data-cut".
        about: entities that it is about; about_label: their names.
        sides: all of them, the earliest known first; nothing is left out.
        explanation: the curator's; "" for one that was detected and not explained.
        because: why the preferred side is preferred, or that no rule decides.
        topic: "result", "fact" or "status": which order of references applies.
    """

    id: str
    kind: str
    about: tuple[str, ...]
    sides: tuple[Side, ...]
    topic: str
    about_label: str = ""
    explanation: str = ""
    because: str = ""

    @property
    def curated(self) -> bool:
        """Whether a curator wrote it down."""
        return not self.id.startswith(_DETECTED)

    @property
    def preferred(self) -> Side | None:
        """The side that is preferred, if any."""
        return next((side for side in self.sides if side.preferred), None)

    @property
    def nodes(self) -> frozenset[str]:
        """The nodes among its sides."""
        return frozenset(side.node for side in self.sides if side.node)


def by_reference(one: Source, other: Source) -> str:
    """The kind of a conflict whose sides differ in nothing but who says it, and when.

    What an agency or the press printed long before the other reference appeared is taken for an
    earlier data cut; so is the earlier of two references of one kind.
    """
    kinds = {one.kind, other.kind}
    earlier = one if one.issued <= other.issued else other
    gap = abs((date.fromisoformat(one.issued) - date.fromisoformat(other.issued)).days)
    if len(kinds) > 1 and "PressArticle" in kinds:
        old = earlier.kind == "PressArticle" and gap > _LATER["PressArticle"]
        return "data-cut" if old else "press-against-primary"
    if len(kinds) > 1 and "RegistryRecord" in kinds:
        return "registry-against-paper"
    if kinds & set(AGENCY) and kinds & set(PAPER):
        old = earlier.kind in AGENCY and gap > _LATER["agency"]
        return "data-cut" if old else "label-against-paper"
    return "data-cut" if gap > _LATER["same"] else "error"


AGENCY, PAPER = ("Label", "RegulatoryNotice"), ("Article", "Abstract")
_LATER = {"PressArticle": 180, "agency": 365, "same": 90}  # days
_DETECTED = "conflict:detected-"


def detected(
    kind: str, key: tuple[str, ...], about: Iterable[str], sides: Iterable[Side], topic: str
) -> Conflict:
    """A conflict that was found; its id stays when further sides join it.

    Args:
        key: what the sides are about, so that no other conflict of the kind has the same.
    """
    digest = hashlib.blake2b("\n".join((kind, *key)).encode(), digest_size=8).hexdigest()
    return Conflict(f"{_DETECTED}{digest}", kind, tuple(about), in_order(sides), topic)


def in_order(sides: Iterable[Side]) -> tuple[Side, ...]:
    """Each side once, the earliest known first."""
    return tuple(sorted(set(sides), key=lambda s: (s.issued, s.reference, s.node, s.value)))
