"""Times of views, paths, neighbours and changes over the packaged graph.

Run it as ``python tests/bench/analysis.py``; medians, in process, names already indexed.
"""

from __future__ import annotations

from collections.abc import Callable

from bench import median

import kg
from kg.graph import KnowledgeGraph


def fresh(graph: KnowledgeGraph, **choice: str) -> Callable[[], object]:
    """A view that was not kept."""

    def make() -> object:
        return KnowledgeGraph(graph._backend).view(**choice)

    return make


def main() -> None:
    """Print the table."""
    graph = kg.load()
    graph.label("")  # the index of names
    actions: dict[str, Callable[[], object]] = {
        'graph.as_of("2011-06-30"), first time': fresh(graph, as_of="2011-06-30"),
        'graph.as_of("2011-06-30"), again': lambda: graph.as_of("2011-06-30"),
        'graph.as_of("2018-06-30"), first time': fresh(graph, as_of="2018-06-30"),
        'graph.on("2018-06-30"), first time': fresh(graph, on="2018-06-30"),
        'graph.paths("CD22", "azacitidine")': lambda: graph.paths("CD22", "azacitidine"),
        'graph.neighbours("venetoclax")': lambda: graph.neighbours("venetoclax"),
        'graph.diff("2016-12-31", "2017-12-31")': lambda: graph.diff("2016-12-31", "2017-12-31"),
    }
    print("| what | median |\n|---|---|")
    for what, action in actions.items():
        print(f"| `{what}` | {median(action, 5) * 1000:.1f} ms |")


if __name__ == "__main__":
    main()
