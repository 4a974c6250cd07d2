"""What pages are called, and what they say that they show."""

from __future__ import annotations

from typing import Any

import networkx as nx

PRODUCT = "Leukemia therapeutics"
_MOST = 300, 5_000  # characters of a label, and of any other text: more than any that is meant


def label(text: str) -> str:
    """A label, cut where nobody would read on."""
    return _cut(text, _MOST[0])


def told(value: Any) -> Any:
    """Texts cut where nobody would read on, in whatever lists and objects they are."""
    if isinstance(value, str):
        return _cut(value, _MOST[1])
    if isinstance(value, dict):
        return {key: told(each) for key, each in value.items()}
    return [told(each) for each in value] if isinstance(value, (list, tuple)) else value


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def whole() -> tuple[str, str]:
    """Title and one line of the page of the whole graph."""
    return (
        f"{PRODUCT}: the whole graph",
        "Drugs for leukemia with their parts, targets and mechanisms, the diseases and trials "
        "that they were tested in, and what regulators decided; each statement with who says so.",
    )


def around(network: nx.MultiDiGraph, centre: str, depth: int) -> tuple[str, str]:
    """Title and one line of a page around an entity."""
    name = label(network.nodes[centre]["label"])
    what = (
        "everything that is directly related to it"
        if depth == 1
        else f"everything within {depth} relations of it"
    )
    definition = told(str(network.nodes[centre]["definition"])).strip().rstrip(".;")
    shown = f"Shown: {what}, and how these are related to each other."
    return name[:1].upper() + name[1:], f"{definition}. {shown}" if definition else shown


def first_sentence(text: str) -> str:
    """The first sentence of a definition, with its full stop."""
    sentence = text.strip().partition(". ")[0].rstrip(".;")
    return f"{sentence}." if sentence else ""
