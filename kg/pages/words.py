"""What pages are called, and what they say that they show."""

from __future__ import annotations

import networkx as nx

PRODUCT = "Leukemia therapeutics"


def whole() -> tuple[str, str]:
    """Title and one line of the page of the whole graph."""
    return (
        f"{PRODUCT}: the whole graph",
        "Drugs for leukemia with their parts, targets and mechanisms, the diseases and trials "
        "that they were tested in, and what regulators decided; each statement with who says so.",
    )


def around(network: nx.MultiDiGraph, centre: str, depth: int) -> tuple[str, str]:
    """Title and one line of a page around an entity."""
    label = network.nodes[centre]["label"]
    what = (
        "everything that is directly related to it"
        if depth == 1
        else f"everything within {depth} relations of it"
    )
    definition = str(network.nodes[centre]["definition"]).strip().rstrip(".;")
    shown = f"Shown: {what}, and how these are related to each other."
    return label[:1].upper() + label[1:], f"{definition}. {shown}" if definition else shown


def first_sentence(text: str) -> str:
    """The first sentence of a definition, with its full stop."""
    sentence = text.strip().partition(". ")[0].rstrip(".;")
    return f"{sentence}." if sentence else ""
