"""What a proof consists of."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Quad, Store

from kg.proof.evidence import Evidence


@dataclass(frozen=True)
class Absence:
    """What must not be there.

    Attributes:
        pattern: SPARQL, with the row's values filled in.
        searched: number of references in which it was searched.
    """

    pattern: str
    searched: int


@dataclass(frozen=True)
class Proof:
    """What makes a row.

    Attributes:
        claims: what references state.
        absences: what none of them states.
        quads: all triples that were used, descriptions included, in their graphs.
        unavailable: why there is no proof; "" where there is one.
    """

    claims: tuple[Evidence, ...] = ()
    absences: tuple[Absence, ...] = ()
    quads: frozenset[Quad] = frozenset()
    unavailable: str = ""

    @property
    def references(self) -> tuple[str, ...]:
        """Short ids of the references that state the claims."""
        return tuple(sorted({claim.reference for claim in self.claims}))

    def store(self) -> Store:
        """The proof alone, as a dataset."""
        store = Store()
        store.extend(self.quads)
        return store
