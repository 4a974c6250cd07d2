"""Times of finding conflicts; run it as ``python tests/bench/conflicts.py``."""

from __future__ import annotations

from bench import median

import kg

ASKED = {
    "responses": {"drug": "inotuzumab ozogamicin", "disease": "ALL"},
    "results-of-trial": {"trial": "INO-VATE"},
    "history": {"drug": "inotuzumab ozogamicin"},
}


def main() -> None:
    """Print medians in milliseconds: the whole list, and the marks of some answers."""
    graph = kg.load()
    print(f"graph.conflicts()  {1000 * median(graph.conflicts, 5):.0f} ms")
    for question, parameters in ASKED.items():
        asked = median(lambda q=question, p=parameters: list(graph.ask(q, **p)), 9)
        marked = median(
            lambda q=question, p=parameters: [row.conflicts for row in graph.ask(q, **p)], 9
        )
        print(f"{question}  {1000 * asked:.0f} ms, with its marks {1000 * marked:.0f} ms")


if __name__ == "__main__":
    main()
