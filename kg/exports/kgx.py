"""KGX, the Biolink Model's exchange format: nodes and edges, as TSV and as JSON Lines.

See :mod:`kg.biolink` for what it can say. Values of one cell are joined by ``|``; a tab, a
line break or a ``|`` inside a value becomes a space, as the tables know no quoting.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from kg.graph import KnowledgeGraph
from kg.serialization import save

SUFFIX = ""


def write(graph: KnowledgeGraph, path: Path) -> list[Path]:
    """Write ``nodes`` and ``edges``, each as ``.tsv`` and ``.jsonl``, into a folder."""
    from kg.biolink import Edge, Node, records

    nodes, edges = records(graph)
    return [
        *_save(path / "nodes", Node, nodes),
        *_save(path / "edges", Edge, edges),
    ]


def _save(path: Path, kind: type[msgspec.Struct], rows: Sequence[msgspec.Struct]) -> list[Path]:
    columns = kind.__struct_fields__
    table = ["\t".join(columns)]
    table += ["\t".join(_cell(getattr(row, name)) for name in columns) for row in rows]
    lines = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    return [
        *save(path.with_suffix(".tsv"), ("\n".join(table) + "\n").encode()),
        *save(path.with_suffix(".jsonl"), lines),
    ]


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "|".join(map(_cell, value))
    return re.sub(r"[\t\r\n|]+", " ", value).strip()
