"""Room for labels: nodes of a small network are pushed apart until no two labels touch."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

Place = tuple[float, float]
LINE = 22  # characters after which a label is wrapped, here and in the page's script
VIEW = (640.0, 620.0)  # pixels that the map of a usual window has within its margins
_LETTER, _HEIGHT, _GLYPH, _GAP = 6.6, 15.0, 34.0, 10.0
_TOUCH = 0.5  # overlaps below this are none
_ROUNDS = 60  # of moving shapes apart, at most


def spread(places: dict[str, Place], labels: dict[str, str]) -> dict[str, Place]:
    """Move nodes apart, each a box of its shape and its label, as little as is needed.

    Labels keep their size on the screen while the network is scaled to fit it. So the
    boxes of a network that has grown are made larger, and it is spread once more.

    Args:
        places: where a layout put the nodes.
        labels: what is written below each of them.
    """
    order = sorted(places)
    points = _fitted([places[node] for node in order])
    plain = [_box(labels[node]) for node in order]
    scale = 1.0
    for _ in range(3):
        boxes = [(wide * scale, high * scale) for wide, high in plain]
        for _ in range(200):
            if not _push(points, boxes):
                break
        scale = max(1.0, *(_extent(points, axis) / VIEW[axis] for axis in (0, 1)))
        points = _fitted(points, scale)
    return {node: (round(x, 1), round(y, 1)) for node, (x, y) in zip(order, points, strict=True)}


def apart(places: dict[str, Place], radii: dict[str, float]) -> dict[str, Place]:
    """Move the nodes of a large network apart until their shapes hardly touch.

    Args:
        places: where a layout put the nodes.
        radii: of the round room that each gets, in the units of the places.
    """
    import numpy as np
    from scipy.spatial import KDTree

    points = np.array(list(places.values()))
    reach = np.array([radii[node] for node in places])
    for _ in range(_ROUNDS):
        a, b = KDTree(points).query_pairs(2 * reach.max(), output_type="ndarray").T
        way = points[b] - points[a]
        distance = np.hypot(*way.T)
        lacking = reach[a] + reach[b] - distance
        close = lacking > _TOUCH
        if not close.any():
            break
        a, b, way = a[close], b[close], way[close]
        push = way * (lacking[close] / 2 / np.maximum(distance[close], _TOUCH))[:, np.newaxis]
        np.add.at(points, b, push)
        np.add.at(points, a, -push)
    return {
        node: (round(float(x), 1), round(float(y), 1))
        for node, (x, y) in zip(places, points, strict=True)
    }


def zoom(places: Iterable[Place]) -> float:
    """How many times larger than the view places are: what is drawn there looks smaller by it."""
    points = [list(place) for place in places]
    return max(1.0, *(_extent(points, axis) / VIEW[axis] for axis in (0, 1)))


def _fitted(places: Sequence[Sequence[float]], scale: float = 1.0) -> list[list[float]]:
    """Places stretched in either direction to fill the view, or so many times the view."""
    points = [list(place) for place in places]
    for axis in (0, 1):
        extent = _extent(points, axis)
        low = min((point[axis] for point in points), default=0.0)
        for point in points:
            point[axis] = (point[axis] - low) * (scale * VIEW[axis] / extent if extent else 1.0)
    return points


def _extent(points: Sequence[Sequence[float]], axis: int) -> float:
    values = [point[axis] for point in points]
    return max(values) - min(values) if values else 0.0


def _box(label: str) -> Place:
    lines = textwrap.wrap(label[:80], LINE) or [""]
    return max(map(len, lines)) * _LETTER + _GAP, len(lines) * _HEIGHT + _GLYPH + _GAP


def _push(points: list[list[float]], boxes: list[Place]) -> bool:
    """One round over the pairs that overlap, along the axis where less is missing."""
    widest = max((width for width, _ in boxes), default=0.0)
    order = sorted(range(len(points)), key=lambda index: (points[index], index))
    moved = False
    for position, a in enumerate(order):
        here, (width, height) = points[a], boxes[a]
        for b in order[position + 1 :]:
            there = points[b]
            if there[0] - here[0] > (width + widest) / 2:
                break
            high = (height + boxes[b][1]) / 2 - abs(there[1] - here[1])
            if high <= _TOUCH:
                continue
            wide = (width + boxes[b][0]) / 2 - abs(there[0] - here[0])
            if wide <= _TOUCH:
                continue
            axis, half = (0, wide / 2) if wide <= high else (1, high / 2)
            sign = 1 if (there[axis], b) >= (here[axis], a) else -1
            here[axis] -= sign * half
            there[axis] += sign * half
            moved = True
    return moved
