"""Proofs as records for programs and as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from kg.proof.record import Proof
from kg.rows import Row

HEADER = (
    *("row", "says", "subject", "predicate", "object"),
    *("reference", "title", "issued", "locator", "checked"),
)


def record(proof: Proof) -> dict[str, Any]:
    """A proof as JSON has it: claims, absences, and why there is none ("" if there is one)."""
    return {
        "claims": [asdict(claim) for claim in proof.claims],
        "absences": [asdict(absence) for absence in proof.absences],
        "unavailable": proof.unavailable,
    }


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
