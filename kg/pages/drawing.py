"""A network as the nodes and edges that pyvis passes on to vis-network."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import networkx as nx

from kg.layout import layout
from kg.pages.palette import look
from kg.pages.spacing import apart, spread, zoom
from kg.pages.words import label

Item = dict[str, Any]
SMALL = 150  # up to so many nodes, each gets room for its label


def nodes(network: nx.MultiDiGraph, centre: str = "") -> list[Item]:
    """The nodes with place, colour, shape and size; the size grows with the relations."""
    written = {node: _written(node, data) for node, data in network.nodes(data=True)}
    places = layout(network)
    if len(network) <= SMALL:
        places = spread(places, written)
    larger = magnification(places)
    sizes = {node: 9 + min(degree, 200) ** 0.5 * 2 for node, degree in network.degree}
    if len(network) > SMALL:
        places = apart(places, {node: size * larger * 1.25 for node, size in sizes.items()})
    result = []
    for node, data in network.nodes(data=True):
        kind, (x, y) = look(data["type"]), places[node]
        item = {
            "id": node,
            "label": label(data["label"]),
            "type": data["type"],
            "x": x,
            "y": y,
            "shape": kind.shape,
            "color": kind.colour,
            "size": round((max(sizes[node], 22) if node == centre else sizes[node]) * larger, 1),
        }
        result.append(item if written[node] == item["label"] else item | {"short": written[node]})
    return result


def magnification(places: dict[str, tuple[float, float]]) -> float:
    """How much larger shapes and lines are made, so that they are seen when all of it is."""
    larger = zoom(places.values())
    return float(round(larger ** (0.6 if len(places) <= SMALL else 0.25), 2))


def _written(node: str, data: Item) -> str:
    """What stands on the map: the label, of a trial its acronym or number, which is shorter."""
    if data["type"] != "Trial":
        return label(data["label"])
    return label(data["acronym"]) or node.partition(":")[2]


def edges(network: nx.MultiDiGraph) -> list[Item]:
    """The edges with what they say; parallel ones bend each its own way."""
    siblings: dict[tuple[str, str], list[Item]] = defaultdict(list)
    result: list[Item] = []
    for source, target, data in network.edges(data=True):
        edge = {
            "id": len(result),
            "from": source,
            "to": target,
            "relation": data["label"],
            "says": label(data["says"]),
            "references": data["references"].split(),
        }
        if unseen := data.get("recalled"):
            edge["recalled"] = unseen.split()
        result.append(edge)
        siblings[min(source, target), max(source, target)].append(edge)
    for parallel in siblings.values():
        _bend(parallel)
    return result


def _bend(parallel: list[Item]) -> None:
    """Give parallel edges curves side by side, whichever way each of them runs."""
    step = min(0.16, 0.9 / len(parallel))
    first = parallel[0]["from"]
    for position, edge in enumerate(parallel):
        bend = (position - (len(parallel) - 1) / 2) * step
        if edge["from"] != first:
            bend = -bend
        if bend:
            turn = "curvedCW" if bend > 0 else "curvedCCW"
            edge["smooth"] = {"enabled": True, "type": turn, "roundness": round(abs(bend), 3)}


def options(drawn: list[Item]) -> Item:
    """The options of vis-network; in large networks lines wait while the map is moved."""
    larger = magnification({node["id"]: (node["x"], node["y"]) for node in drawn})
    large = len(drawn) > SMALL
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "tooltipDelay": 120,
            "selectConnectedEdges": False,
            "hideEdgesOnDrag": large,
            "hideEdgesOnZoom": large,
        },
        "nodes": {"borderWidth": 1, "chosen": False},
        "edges": {
            "arrows": {"to": {"enabled": True, "scaleFactor": round(0.5 * larger, 2)}},
            "width": larger,
            "smooth": False,
            "chosen": False,
        },
    }
