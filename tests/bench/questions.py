"""Times of the questions, each with its own example, beside raw pyoxigraph on the same query.

Run it as ``python tests/bench/questions.py [NAME ...]``; its summary is what the README shows.
Ours and raw run by turns. Processor time is taken, and the least of several: what a shared
machine adds to it is others' work.
"""

from __future__ import annotations

import platform
import shlex
import statistics
import sys
import time
from collections.abc import Callable

import kg
from kg import questions
from kg.graph import KnowledgeGraph
from kg.vocabulary import PREFIXES

TIMES = 15


def example(graph: KnowledgeGraph, name: str) -> tuple[KnowledgeGraph, str]:
    """The view that a question's example asks, and the SPARQL that it runs there."""
    question = questions.load(name)
    words = shlex.split(question.example)[3:]
    options = dict(zip(words[::2], words[1::2], strict=True))
    view = graph.as_of(day) if (day := options.pop("--as-of", "")) else graph
    values = {key.removeprefix("--"): value for key, value in options.items()}
    return view, question.bind(values, view.find)


def took(action: Callable[[], object]) -> float:
    """Milliseconds of processor time of one run."""
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1e3


def measure(graph: KnowledgeGraph, name: str) -> tuple[float, float, int]:
    """Least milliseconds of ours and of raw pyoxigraph, and the number of rows."""
    view, sparql = example(graph, name)
    store = view.store
    rows = len(view.select(sparql))
    pairs = [
        (
            took(lambda: list(view.select(sparql))),
            took(lambda: [*store.query(sparql, prefixes=PREFIXES)]),  # type: ignore[misc]
        )
        for _ in range(TIMES)
    ]
    return min(ours for ours, _ in pairs), min(raw for _, raw in pairs), rows


def main() -> None:
    """Print the table, slowest first, and what the README shows of it."""
    graph = kg.load()
    table = [(name, *measure(graph, name)) for name in sys.argv[1:] or questions.names()]
    print("| question | rows | ms | raw pyoxigraph | ratio |\n|---|---|---|---|---|")
    for name, ours, raw, rows in sorted(table, key=lambda row: -row[1]):
        print(f"| {name} | {rows} | {ours:.2f} | {raw:.2f} | {ours / raw:.2f} |")
    slowest = max(table, key=lambda row: row[1])
    above = max((ours / raw for _, ours, raw, _ in table if raw >= 1), default=0)
    below = max((ours - raw for _, ours, raw, _ in table if raw < 1), default=0)
    print(f"\nPython {platform.python_version()}, {len(graph.store):,} quads; of {len(table)}:")
    print(f"median {statistics.median(row[1] for row in table):.1f} ms; ", end="")
    print(f"slowest {slowest[1]:.0f} ms ({slowest[0]})")
    print(f"most against raw: {above:.2f} times above 1 ms, {below:.3f} ms more below")


if __name__ == "__main__":
    main()
