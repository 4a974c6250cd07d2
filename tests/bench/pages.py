"""How fast network pages are in a browser without a GPU, ours beside stock pyvis.

Run it as ``python tests/bench/pages.py``; it prints the table that the README shows. The
same synthetic networks are drawn by turns, from disk and without a network: communities with
hubs in them, like the packaged graph. Medians, since machines are noisy. Of stock pyvis,
sizes above one that it did not draw within the limit are not tried.
"""

from __future__ import annotations

import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx

SIZES = ((300, 750), (1_000, 2_500), (3_000, 7_500), (10_000, 25_000))
RUNS = 3
LIMIT = 120.0  # seconds that a page may take until it has drawn
MOVING = 2.0  # seconds that a map is dragged, and zoomed
TYPES = "SmallMolecule CellTherapy Target Mechanism Disease Trial Trial Trial Organization".split()
RELATIONS = "gives target reports sponsor".split() + ["studied in", "is a"]

# When the second frame after the first mark on a canvas begins, what was drawn has been shown.
WATCH = """(() => {
  const then = () => requestAnimationFrame(() => requestAnimationFrame(() => {
    window.drawnAfter ??= performance.now();
  }));
  const context = CanvasRenderingContext2D.prototype;
  for (const name of ["stroke", "fill", "drawImage"]) {
    const plain = context[name];
    context[name] = function (...all) {
      if (this.canvas.isConnected && window.firstMark === undefined) {
        window.firstMark = performance.now();
        then();
      }
      return plain.apply(this, all);
    };
  }
  window.frameTimes = [];
  const tick = (now) => { window.frameTimes.push(now); requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
})();"""


def synthetic(size: int, edges: int, seed: int = 2011) -> nx.MultiDiGraph:
    """A network of communities, in which who has relations gets more; nine of ten stay inside."""
    chance = random.Random(seed)
    network = nx.MultiDiGraph()
    names = [f"{TYPES[i % len(TYPES)].lower()}:{i}" for i in range(size)]
    for i, name in enumerate(names):
        kind = TYPES[i % len(TYPES)]
        said = {"definition": f"Number {i} of its kind.", "synonyms": f"S{i}", "acronym": ""}
        network.add_node(name, label=f"{kind} number {i}", type=kind, **said)
    groups = max(4, size // 120)
    group = [chance.randrange(groups) for _ in names]
    ends: list[list[int]] = [[] for _ in range(groups)]

    def join(source: int, community: int) -> bool:
        target = chance.choice(ends[community] or [source])
        ends[community] += [source, target]
        if source == target:
            return False
        relation, reference = chance.choice(RELATIONS), f"reference:{chance.randrange(size)}"
        said = {"label": relation, "says": "", "references": reference}
        network.add_edge(names[source], names[target], **said)
        return True

    made = sum(join(i, group[i]) for i in range(size))
    while made < edges:
        i = chance.randrange(size)
        made += join(i, group[i] if chance.random() < 0.9 else chance.randrange(groups))
    return network


def ours(network: nx.MultiDiGraph) -> str:
    """Our page of it."""
    from kg.pages.data import Knowledge
    from kg.pages.page import Page, render

    return render(Page(network, "Synthetic", "A network."), Knowledge({}, {}, {}, {}))


def stock(network: nx.MultiDiGraph) -> str:
    """The page that pyvis makes by itself."""
    from pyvis.network import Network

    net = Network(height="900px", directed=True, cdn_resources="in_line")
    net.from_nx(network)
    return str(net.generate_html())


def measure(browser: Any, path: Path, canvas: str) -> dict[str, float] | None:
    """Seconds to the first drawing, frames a second, heap in MB; None above the limit."""
    context = browser.new_context(offline=True, viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.set_default_timeout(LIMIT * 1000)
    page.add_init_script(WATCH)
    try:
        page.goto(path.as_uri(), wait_until="commit")
        drawn = page.wait_for_function("() => window.drawnAfter", polling=100).json_value() / 1000
        box = page.locator(canvas).first.bounding_box()
        centre = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(1000)
        return {
            "drawn": drawn,
            "pan": _rate(page, lambda: _drag(page, *centre)),
            "zoom": _rate(page, lambda: _wheel(page, *centre)),
            "heap": _heap(context, page),
        }
    except Exception as error:
        if "Timeout" not in type(error).__name__:
            raise
        return None
    finally:
        context.close()


def _rate(page: Any, move: Callable[[], None]) -> float:
    page.evaluate("() => { window.frameTimes.length = 0; }")
    move()
    count, span = page.evaluate("() => [frameTimes.length - 1, frameTimes.at(-1) - frameTimes[0]]")
    return float(count / span * 1000)


def _drag(page: Any, x: float, y: float) -> None:
    page.mouse.move(x, y + 7)
    page.mouse.down()
    end, step = time.perf_counter() + MOVING, 0
    while time.perf_counter() < end:
        step += 1
        page.mouse.move(x + 150 * (-1) ** (step // 40) * (step % 40 / 40), y + step % 90)
    page.mouse.up()


def _wheel(page: Any, x: float, y: float) -> None:
    page.mouse.move(x, y)
    end, step = time.perf_counter() + MOVING, 0
    while time.perf_counter() < end:
        step += 1
        page.mouse.wheel(0, -60 if step % 60 < 30 else 60)


def _heap(context: Any, page: Any) -> float:
    session = context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def rows(browser: Any, folder: Path, sizes: tuple[tuple[int, int], ...]) -> list[str]:
    """The table, line by line."""
    lines = [
        "| nodes, edges | page | made in | size | first drawing | pan | zoom | heap |",
        "|---|---|---|---|---|---|---|---|",
    ]
    makers = {"ours": (ours, "#map canvas"), "stock pyvis": (stock, "#mynetwork canvas")}
    for nodes, edges in sizes:
        network = synthetic(nodes, edges)
        for name, (make, canvas) in list(makers.items()):
            start = time.perf_counter()
            text = make(network)
            made = time.perf_counter() - start
            path = folder / f"{name}-{nodes}.html"
            path.write_text(text, encoding="utf-8")
            runs = [measure(browser, path, canvas) for _ in range(RUNS if name == "ours" else 1)]
            begun = f"| {nodes:,}, {edges:,} | {name} | {made:.1f} s | {len(text) / 1e6:.1f} MB "
            if None in runs:
                makers.pop(name)
                lines.append(f"{begun}| not in {LIMIT:.0f} s | | | |")
                continue
            middle = {
                key: statistics.median(run[key] for run in runs if run)
                for key in ("drawn", "pan", "zoom", "heap")
            }
            lines.append(
                f"{begun}| {middle['drawn']:.2f} s | {middle['pan']:.0f} frames/s "
                f"| {middle['zoom']:.0f} frames/s | {middle['heap']:.0f} MB |"
            )
            print(lines[-1], file=sys.stderr)
    return lines


def main() -> None:
    """Print the table; arguments are the sizes to measure, all by default."""
    from playwright.sync_api import sync_playwright

    asked = {int(word) for word in sys.argv[1:]}
    sizes = tuple(size for size in SIZES if not asked or size[0] in asked)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--disable-gpu", "--no-sandbox"]
        )
        print("\n".join(rows(browser, Path(folder), sizes)))
        browser.close()


if __name__ == "__main__":
    main()
