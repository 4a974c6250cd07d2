"""A small site: an index, the whole network, one page for each leukemia and for central entities.

It works from a folder, from any web server and without a network.
"""

from __future__ import annotations

from pathlib import Path

from kg.graph import KnowledgeGraph

SUFFIX = ""


def write(graph: KnowledgeGraph, path: Path) -> list[Path]:
    """Write the site into a folder."""
    from kg.site import pages, save_pages

    return save_pages(pages(graph), path)
