"""GraphML of the network of entities, for Gephi, yEd, Cytoscape and networkx."""

from __future__ import annotations

from pathlib import Path

from kg.graph import KnowledgeGraph
from kg.serialization import save

SUFFIX = ".graphml"


def write(graph: KnowledgeGraph, path: Path) -> list[Path]:
    """Write the network to a file."""
    import networkx as nx

    text = "\n".join(nx.generate_graphml(graph.network()))
    return save(path, text.encode() + b"\n")
