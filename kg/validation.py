"""What a built graph must satisfy: SHACL shapes, and rules that SHACL says badly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import NamedNode, Store

from kg import intervals, resources
from kg.backend import Local
from kg.errors import InvalidData
from kg.model import Claim, Description
from kg.rows import Rows
from kg.vocabulary import curie

_SUFFIX = "-violation"


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        check: the name of the rule; "shape-" and the class for a shape.
        subject: IRI of the entity or node.
        detail: what is wrong and what would be right.
        origin: where it was written ("outcomes.tsv:41"), where that is known.
    """

    check: str
    subject: str
    detail: str
    origin: str = ""

    def __str__(self) -> str:
        where = f"{self.origin}: " if self.origin else ""
        return f"{where}{self.check}: {curie(self.subject)}: {self.detail}"


def checks() -> dict[str, str]:
    """The text of every check query, by name; the first line says the rule in English."""
    folder = resources.ontology() / "checks"
    return {
        path.stem.removesuffix(_SUFFIX): path.read_text(encoding="utf-8")
        for path in sorted(folder.glob(f"*{_SUFFIX}.rq"))
    }


def run_checks(store: Store) -> list[Finding]:
    """What the check queries find."""
    found: list[Finding] = []
    for name, query in checks().items():
        rows = Local(store).run(query)
        assert isinstance(rows, Rows), f"{name} is not a SELECT"
        found.extend(Finding(name, str(row["subject"]), str(row["detail"])) for row in rows)
    return sorted(set(found))


def run_intervals(store: Store) -> list[Finding]:
    """Intervals that cannot be those of their counts and totals."""

    def select(query: str) -> Rows:
        rows = Local(store).run(query)
        assert isinstance(rows, Rows)
        return rows

    return [Finding("interval-is-not-of-its-count", *each) for each in intervals.impossible(select)]


def run_shapes(store: Store) -> list[Finding]:
    """What the shapes find in the default graph."""
    from kg import shapes

    return sorted(Finding(*each) for each in shapes.check(store))


def origins(claims: Iterable[Claim]) -> dict[str, str]:
    """Where each node, and each entity's description, was written."""
    found: dict[str, str] = {}
    for claim in claims:
        known = isinstance(claim, Description) or not hasattr(claim, "predicate")
        if known and isinstance(claim.subject, NamedNode):
            found.setdefault(claim.subject.value, claim.origin)
    return found


def findings(store: Store) -> list[Finding]:
    """Everything that checks, intervals and shapes find."""
    return [*run_checks(store), *run_intervals(store), *run_shapes(store)]


def get_ready() -> None:
    """Load what checking needs, in a process that is going to check."""
    from kg import shapes  # noqa: F401


def findings_on_disk(store: Path) -> list[Finding]:
    """The same of the files of a store; for another process."""
    return findings(Store.read_only(str(store)))


def refuse(found: Iterable[Finding], origin: dict[str, str], shown: int | None = None) -> None:
    """Do nothing if nothing was found.

    Args:
        found: what is wrong.
        origin: where nodes were written (:func:`origins`).
        shown: how many findings the message lists; None for all.

    Raises:
        InvalidData: what is wrong, one line each, with the origin where it is known.
    """
    faults = tuple(replace(each, origin=origin.get(each.subject, "")) for each in found)
    if faults:
        listed = list(map(str, faults[:shown]))
        if len(faults) > len(listed):
            listed.append(f"... and {len(faults) - len(listed)} more")
        raise InvalidData("\n".join([*listed, f"{len(faults)} findings"]), faults)
