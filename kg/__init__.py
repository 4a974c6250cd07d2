"""A knowledge graph of leukemia therapeutics.

>>> import kg
>>> graph = kg.load()
>>> [str(row["drugLabel"]) for row in graph.ask("drugs-by-target", target="CD22")][:1]
['inotuzumab ozogamicin']
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
