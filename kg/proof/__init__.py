"""Why a row is in an answer: the triples of its query's pattern, and who states them.

Taken alone as a dataset, a proof yields its row again.
"""

from typing import TYPE_CHECKING, Any

from kg.proof.evidence import Evidence
from kg.proof.record import Absence, Proof

if TYPE_CHECKING:
    from kg.proof.prover import Prover

__all__ = ["Absence", "Evidence", "Proof", "Prover"]


def __getattr__(name: str) -> Any:
    if name == "Prover":  # which what is proved by no one need not load
        from kg.proof.prover import Prover

        return Prover
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
