"""Proofs as records for programs and as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

import msgspec

from kg.proof.evidence import Evidence
from kg.proof.record import Absence, Proof
from kg.rows import Row

HEADER = (
    *("row", "says", "subject", "predicate", "object"),
    *("reference", "title", "issued", "locator", "checked"),
)


class ProofRecord(msgspec.Struct, frozen=True):
    """A proof as JSON has it.

    Attributes:
        claims: what references state; absences: what none of them states.
        unavailable: why there is no proof; "" where there is one.
    """

    claims: tuple[Evidence, ...]
    absences: tuple[Absence, ...]
    unavailable: str


def record(proof: Proof) -> ProofRecord:
    """A proof as JSON has it."""
    return ProofRecord(proof.claims, proof.absences, proof.unavailable)


def table(rows: Iterable[Row]) -> list[list[str]]:
    """One record under HEADER for each claim and each absence, with the number of its row."""
    return [
        [str(number), *each] for number, row in enumerate(rows, 1) for each in _records(row.proof)
    ]


def _records(proof: Proof) -> Iterator[list[str]]:
    if proof.unavailable:
        yield ["unavailable", "", "", proof.unavailable, *[""] * 5]
    for claim in proof.claims:
        yield ["claim", *map(str, asdict(claim).values())]
    for absence in proof.absences:
        searched = f"in {absence.searched:,} references"
        yield ["absent", "", "", absence.pattern, "", searched, *[""] * 3]


def lines(rows: Iterable[Row]) -> str:
    """The proofs below each other, each under the number of its row."""
    found = []
    for number, row in enumerate(rows, 1):
        found.append(f"row {number}")
        found.extend(f"  {line}" for line in _lines(row.proof))
    return "\n".join(found) + "\n" if found else ""


def _lines(proof: Proof) -> Iterator[str]:
    if proof.unavailable:
        yield proof.unavailable
    for claim in proof.claims:
        said = (
            claim.object
            if claim.predicate == "rdfs:label"
            else f"{claim.subject} {claim.predicate} {claim.object}"
        )
        yield said
        marks = ", ".join(filter(None, (claim.issued, claim.locator, claim.checked)))
        yield f"  {claim.reference} ({marks})"
    for absence in proof.absences:
        yield f"not found in {absence.searched:,} references: {absence.pattern}"
