"""Why a row is in an answer: the triples of its query's pattern, and who states them.

Taken alone as a dataset, a proof yields its row again.
"""

from kg.proof.evidence import Evidence
from kg.proof.prover import Prover
from kg.proof.record import Absence, Proof

__all__ = ["Absence", "Evidence", "Proof", "Prover"]
