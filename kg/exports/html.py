"""The whole site: every entity, question and conflict, with networks and figures.

It works from a folder, from any web server and without a network.
"""

from __future__ import annotations

from pathlib import Path

from kg.graph import KnowledgeGraph

SUFFIX = ""


def write(graph: KnowledgeGraph, path: Path) -> list[Path]:
    """Write the site into a folder."""
    from kg.publishing import publish

    return publish(graph, path)
