"""A knowledge graph of leukemia therapeutics.

>>> import kg
>>> graph = kg.load()
>>> answer = graph.ask("drugs-by-target", target="CD22")
>>> "inotuzumab ozogamicin" in [row["drugLabel"] for row in answer]
True

An answer is a sequence of rows; a row proves itself:

>>> row = graph.as_of("2011-06-30").ask("status", drug="CMC-544")[0]
>>> str(row["status"]), [claim.issued for claim in row.proof.claims]
('investigational', ['2011-06-30'])

SPARQL, with all prefixes declared:

>>> len(graph.query("SELECT ?label { target:CD22 rdfs:label ?label }"))
1
>>> graph.query("ASK { drug:inotuzumab-ozogamicin lkg:target target:CD22 }")
True

Entities, by any of their names:

>>> graph.card("Besponsa").label
'inotuzumab ozogamicin'
>>> "reference:cancerconnect-2011-inotuzumab-ozogamicin" in {
...     evidence.reference for evidence in graph.evidence("CMC-544", "lkg:target", "CD22")
... }
True
>>> "target:CD22" in graph.network("CMC-544")
True

Figures are drawn with the extra ``leukemia-kg[analysis]``:

>>> graph.figure("timeline", disease="CML").title
'Approvals for chronic myeloid leukemia'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.cards import Card
    from kg.errors import KGError
    from kg.graph import KnowledgeGraph, load
    from kg.proof import Evidence, Proof
    from kg.rows import Cell, Row, Rows

__version__ = "0.1.0"
__all__ = ["Card", "Cell", "Evidence", "KGError", "KnowledgeGraph", "Proof", "Row", "Rows", "load"]

_HOME = {
    "Card": "cards",
    "Cell": "rows",
    "Evidence": "proof",
    "KGError": "errors",
    "KnowledgeGraph": "graph",
    "Proof": "proof",
    "Row": "rows",
    "Rows": "rows",
    "load": "graph",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: ``import kg`` alone costs nothing."""
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"kg.{_HOME[name]}"), name)
