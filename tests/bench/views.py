"""Opening views of the packaged graph, and the times that kg.dataset.kept reckons with.

Run it as ``python tests/bench/views.py``; it prints the rows that the README shows. Each view
is opened by a process of its own, for the first time and again; medians over some days.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse

import kg
from kg import packaged
from kg.dataset import archive, kept
from kg.dataset.choice import choose

CHOICES = {
    "as of 2005 to 2015": [f"as_of='{year}-03-15'" for year in range(2005, 2016, 2)],
    "as of 2016 to 2026": [f"as_of='{year}-03-15'" for year in range(2016, 2027)],
    "on 2005 to 2025": [f"on='{year}-03-15'" for year in range(2005, 2026, 5)],
    "without press, abstract, recalled, all three": [
        *(f"without=('{kind}',)" for kind in ("press", "abstract", "recalled")),
        "without=('press', 'abstract', 'recalled')",
    ],
}
OPEN = """
import sys, time
import kg
graph = kg.load(sys.argv[1])
start = time.perf_counter()
graph.view({})
print(time.perf_counter() - start)
"""


def opened(store: str, choice: str) -> float:
    """Seconds that a process takes to open a view."""
    words = [sys.executable, "-c", OPEN.format(choice), store]
    return float(subprocess.run(words, check=True, capture_output=True).stdout)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as store:
        packaged.build_packaged(packaged.read_packaged(), Path(store))
        graph = kg.load(store)
        assert graph.place
        views = graph.place / kept.FOLDER
        made = {path.name for path in views.iterdir()}
        print("| view | first opening: median, slowest | by the next process |\n|---|---|---|")
        for name, choices in CHOICES.items():
            first = []
            for choice in choices:
                for path in views.iterdir():
                    if path.name not in made:
                        shutil.rmtree(path)
                first.append(opened(store, choice))
            again = statistics.median(opened(store, choices[-1]) for _ in range(3))
            print(f"| {name} | {statistics.median(first):.2f} s, {max(first):.2f} s", end=" ")
            print(f"| {again:.2f} s |")
        _reckon(graph)


def _reckon(graph: kg.KnowledgeGraph) -> None:
    """How long a quad takes to load, to add and to take out."""
    assert graph.place
    every = archive.read(graph.place)
    late = choose("2024").takes(every.replacing)
    most = b"".join(every.text(lambda group: late(group.terms)))
    rest = b"".join(every.text(lambda group: not late(group.terms)))
    quads = list(parse(rest, RdfFormat.N_QUADS, lenient=True))
    load = _timed(lambda: Store().bulk_load(most, RdfFormat.N_QUADS, lenient=True))
    each = load / most.count(b"\n")
    with tempfile.TemporaryDirectory() as folder:
        store = Store(folder)
        store.bulk_load(most, RdfFormat.N_QUADS, lenient=True)
        add = _timed(lambda: store.bulk_load(rest, RdfFormat.N_QUADS, lenient=True))
        out = _timed(lambda: [store.remove(quad) for quad in quads])
    print(f"\nto load a quad takes {each * 1e6:.1f} µs;", end=" ")
    print(f"to add one {add / len(quads) / each:.1f} times, to take one out", end=" ")
    print(f"{out / len(quads) / each:.1f} times as long")


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
