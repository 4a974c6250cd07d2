"""Puts tables into the order and spelling that the lint asks for."""

from __future__ import annotations

from pathlib import Path

from kg.sources.curated.tables import Row


def tidy(rows: list[Row], path: Path) -> None:
    """Rewrite one table: rows sorted, repeated rows once, cells trimmed."""
    comments = [x for x in path.read_text(encoding="utf-8").split("\n") if x.startswith("#")]
    trimmed = [
        Row(row.table, row.line, {name: cell.strip() for name, cell in row.cells.items()})
        for row in rows
    ]
    ordered = sorted(trimmed, key=lambda row: row.sort_key)
    columns = ordered[0].table.columns if ordered else ()
    lines = dict.fromkeys("\t".join(row[name] for name in columns) for row in ordered)
    content = "\n".join([*comments, "\t".join(columns), *lines]) + "\n"
    path.write_text(content, encoding="utf-8")
