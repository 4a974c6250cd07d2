"""Time and weight of the whole site; run it as ``python tests/bench/whole_site.py``."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

import kg
from kg.publishing import publish

_RUNS = 3


def main() -> None:
    """Print median seconds, by the clock and of the processor (without the figures'), and MB."""
    walls, processors, files = [], [], []
    for _ in range(_RUNS):
        with tempfile.TemporaryDirectory() as folder:
            wall, processor = time.perf_counter(), time.process_time()
            files = [path.stat().st_size for path in publish(kg.load(), Path(folder))]
            walls.append(time.perf_counter() - wall)
            processors.append(time.process_time() - processor)
    print(f"{len(files)} files, {sum(files) / 1e6:.1f} MB")
    print(
        f"{statistics.median(walls):.1f} s, {statistics.median(processors):.1f} s of one processor"
    )


if __name__ == "__main__":
    main()
