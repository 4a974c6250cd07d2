"""Puts tables into the order and spelling that the lint asks for."""

from __future__ import annotations

from pathlib import Path

from kg.sources.curated.tables import Row, Table, read


def tidy(table: Table, path: Path) -> None:
    """Rewrite one table: rows sorted, repeated rows once, cells trimmed."""
    rows = read(table, path)
    comments = [x for x in path.read_text(encoding="utf-8").split("\n") if x.startswith("#")]
    trimmed = [
        Row(table, row.line, {name: cell.strip() for name, cell in row.cells.items()})
        for row in rows
    ]
    ordered = sorted(trimmed, key=lambda row: row.sort_key)
    lines = dict.fromkeys("\t".join(row[name] for name in table.columns) for row in ordered)
    content = "\n".join([*comments, "\t".join(table.columns), *lines]) + "\n"
    new = path.with_suffix(".new")
    new.write_text(content, encoding="utf-8")
    new.replace(path)
