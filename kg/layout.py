"""Where the nodes of a network are drawn; the same network always looks the same."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx

Place = tuple[float, float]
SPACING = 130.0  # pixels that a node gets in either direction
_CARD = 80  # up to so many nodes, distances on paper follow distances in the network
_MIDDLE = 300  # up to so many, every pair of nodes repels each other
_EPOCHS = (300, 500_000)  # of UMAP: at most, and at most this divided by the nodes
_EVEN = 0.6  # how much the large get even margins: 0 not at all, 1 as many nodes in each strip


def layout(graph: nx.MultiDiGraph, seed: int = 2011) -> dict[str, Place]:
    """Positions of the nodes.

    The largest connected part comes first; the others stand in rows below it, so that
    they do not push it into a corner.

    Args:
        graph: a network.
        seed: of the random numbers that the layout starts from.

    Returns:
        node to x and y in pixels, about 130 to a node in either direction.
    """
    import igraph

    igraph.set_random_number_generator(random.Random(seed))
    parts = [sorted(part) for part in nx.connected_components(graph.to_undirected(as_view=True))]
    parts.sort(key=lambda part: (-len(part), part[0]))
    places: dict[str, Place] = {}
    width = SPACING * len(parts[0]) ** 0.5 if parts else 0.0
    left = top = row = 0.0
    for part in parts:
        side = SPACING * len(part) ** 0.5
        if left and left + side > width:
            left, top, row = 0.0, top + row + SPACING, 0.0
        for node, (x, y) in _drawn(graph, part, side).items():
            places[node] = (round(left + x, 1), round(top + y, 1))
        left, row = left + side + SPACING, max(row, side)
    return {node: places[node] for node in graph}


def _drawn(graph: nx.MultiDiGraph, part: list[str], side: float) -> dict[str, Place]:
    """A connected part, drawn into a square.

    Of a large one UMAP (McInnes, Healy and Melville 2018) shows the communities, where forces
    between all nodes leave a ball.
    """
    import igraph

    index = {node: position for position, node in enumerate(part)}
    ends = graph.subgraph(part).edges()
    pairs = sorted({tuple(sorted((index[a], index[b]))) for a, b in ends})
    plain: Any = igraph.Graph(n=len(part), edges=pairs)
    if len(part) <= _CARD:
        drawn = plain.layout_kamada_kawai()
    elif len(part) <= _MIDDLE:
        drawn = plain.layout_fruchterman_reingold(niter=300)
    else:
        epochs = min(_EPOCHS[0], _EPOCHS[1] // len(part))
        drawn = _evened(plain.layout_umap(min_dist=0.5, epochs=epochs))
    drawn.fit_into((side, side), keep_aspect_ratio=True)
    return {node: (x, y) for node, (x, y) in zip(part, drawn, strict=True)}


def _evened(drawn: Any) -> Any:
    """Coordinates mixed with their ranks along either axis, so that no corner stays empty."""
    import igraph
    import numpy as np

    points = np.array(drawn.coords)
    ranks = points.argsort(axis=0, kind="stable").argsort(axis=0) / (len(points) - 1)
    extent = np.ptp(points, axis=0)
    placed = (points - points.min(axis=0)) / np.where(extent, extent, 1.0)
    return igraph.Layout((_EVEN * ranks + (1 - _EVEN) * placed).tolist())
