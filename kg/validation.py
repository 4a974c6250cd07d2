"""What a built graph must satisfy: SHACL shapes, and rules that SHACL says badly."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from kg import intervals, resources, shapes
from kg.backend import Local
from kg.errors import InvalidData
from kg.model import Claim, Description
from kg.rows import Rows
from kg.vocabulary import curie

_SUFFIX = "-violation"
_SHOWN = 40


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
    return sorted(Finding(*each) for each in shapes.check(store))


def origins(claims: Iterable[Claim]) -> dict[str, str]:
    """Where each node, and each entity's description, was written."""
    found: dict[str, str] = {}
    for claim in claims:
        known = isinstance(claim, Description) or not hasattr(claim, "predicate")
        if known and isinstance(claim.subject, NamedNode):
            found.setdefault(claim.subject.value, claim.origin)
    return found


def accept(origin: dict[str, str]) -> Callable[[Store], None]:
    """A function for :func:`kg.dataset.build` that refuses a store with findings."""

    def refuse_faults(store: Store) -> None:
        found = validate(store, origin)
        if found:
            shown = "\n".join(map(str, found[:_SHOWN]))
            more = f"\n... and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            raise InvalidData(f"{shown}{more}\n{len(found)} findings", tuple(found))

    return refuse_faults


def validate(store: Store, origin: dict[str, str] | None = None) -> list[Finding]:
    """Everything that shapes and checks find, with origins where they are known."""
    known = origin or {}
    return [
        Finding(each.check, each.subject, each.detail, known.get(each.subject, ""))
        for each in (*run_checks(store), *run_intervals(store), *run_shapes(store))
    ]
