"""Times of the product on a warm cache, beside raw pyoxigraph where that is the alternative.

Run it as ``python tests/bench/bench.py``; it prints the table that the README shows.
Medians, since machines are noisy; ratios are of medians taken in the same run, by turns.
Processes find their modules compiled, as they do where the package is installed, whatever
the environment says of that.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import kg
from kg.vocabulary import PREFIXES

LOOKUP = "SELECT ?t { drug:inotuzumab-ozogamicin lkg:target ?t }"
SCAN = "SELECT ?s ?o { ?s rdfs:label ?o }"


def median(action: Callable[[], object], times: int) -> float:
    """Median seconds of an action."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def by_turns(
    ours: Callable[[], object], raw: Callable[[], object], times: int
) -> tuple[float, float]:
    """Median seconds of two actions, run alternately."""
    pairs = [(median(ours, 1), median(raw, 1)) for _ in range(times)]
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)


def process(*words: str) -> Callable[[], object]:
    """A whole ``kg`` process, output thrown away."""
    command = [sys.executable, "-P", "-m", "kg.cli", *words]
    return lambda: subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as compiled:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = compiled
        process("ask", "status", "--drug", "CMC-544")()
        measure()


def measure() -> None:
    """Measure with what is compiled now."""
    graph = kg.load()
    store = graph.store
    rows: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        build = process("build", "--output", folder, "--store", str(Path(folder) / "store"))
        rows.append(("`kg build`, whole process", f"{median(build, 3):.1f} s"))
    for words in (
        ("ask", "status", "--drug", "CMC-544"),
        ("ask", "status", "--drug", "CMC-544", "--as-of", "2011-06-30"),
        ("query", LOOKUP),
        ("card", "CD22"),
    ):
        shown = " ".join(word if " " not in word else "'...'" for word in words)
        rows.append((f"`kg {shown}`, whole process", f"{median(process(*words), 5):.2f} s"))
    load = (
        "import time; t = time.perf_counter(); import kg; kg.load(); print(time.perf_counter() - t)"
    )
    fresh = [
        float(subprocess.run([sys.executable, "-c", load], check=True, capture_output=True).stdout)
        for _ in range(5)
    ]
    rows.append(
        ("`kg.load()` in a fresh process, imports included", f"{statistics.median(fresh):.3f} s")
    )
    rows.append(
        (
            '`kg.load().as_of("2011-06-30")`',
            f"{median(lambda: kg.load().as_of('2011-06-30'), 5):.2f} s",
        )
    )
    for name, query, times in (("point lookup", LOOKUP, 2000), ("all labels", SCAN, 50)):
        ours, raw = by_turns(
            lambda query=query: [row[0] for row in graph.query(query)],  # type: ignore[misc]
            lambda query=query: [row[0] for row in store.query(query, prefixes=PREFIXES)],  # type: ignore[misc]
            times,
        )
        rows.append(
            (f"{name} through `graph.query`", f"{ours * 1e6:,.0f} µs, {ours / raw:.2f} times raw")
        )
    print(f"Python {platform.python_version()}, {platform.machine()}, {len(store):,} quads\n")
    print("| what | median |\n|---|---|")
    for what, took in rows:
        print(f"| {what} | {took} |")


if __name__ == "__main__":
    main()
