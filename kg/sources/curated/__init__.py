"""The curated tables of ``kg/curation``: the knowledge that this project itself vouches for.

Taken: every row of every table. Entity tables give descriptions (label, synonyms,
definition, parents); ``trials``, ``arms`` and ``facts`` give one fact per filled cell;
``outcomes``, ``observations``, ``events`` and ``statements`` give one node per row, whose
IRI is a hash of its content and its reference; ``conflicts`` join such nodes by their
keys and are descriptions, since no reference states them. Nothing is left out: a row
that cannot be read stops the build with its file, line and column.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import TableError
from kg.model import Claim
from kg.sources.curated.lint import problems
from kg.sources.curated.rows import Reader
from kg.sources.curated.tables import MAPPINGS, TABLES, Row, Table, read
from kg.sources.curated.tidy import tidy

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def tables(folder: Path) -> dict[str, list[Row]]:
    """The rows of every table in a folder, by table name.

    Raises:
        TableError: a file that is no table, or is not one that can be read.
    """
    if not folder.is_dir():
        raise TableError(f"{folder}: not a folder of curated tables")
    return {table.name: read(table, path) for table, path in _files(folder)}


def _files(folder: Path) -> list[tuple[Table, Path]]:
    known = {**TABLES, MAPPINGS.name: MAPPINGS}
    unknown = [path for path in sorted(folder.glob("*.tsv")) if path.stem not in known]
    if unknown:
        raise TableError(f"{unknown[0]}: not a curated table (they are: {', '.join(known)})")
    found = [(table, folder / f"{name}.tsv") for name, table in known.items()]
    if not any(path.exists() for _, path in found):
        raise TableError(f"{folder}: no curated table there (they are: {', '.join(known)})")
    return [(table, path) for table, path in found if path.exists()]


def fix(folder: Path) -> None:
    """Sort the rows and trim the cells of every table in a folder, in place."""
    for table, path in _files(folder):
        tidy(table, path)


def claims(path: Path, mappings: Path | None = None) -> Iterator[Claim]:
    """What the tables of a folder say.

    Args:
        path: the folder of the tables.
        mappings: the SSSOM table, where it stands outside of that folder.

    Raises:
        TableError: one line for each bad cell or row, with file, line and column.
    """
    found = tables(path)
    if mappings is not None:
        found[MAPPINGS.name] = read(MAPPINGS, mappings)
    bad = problems(found)
    if bad:
        raise TableError("\n".join(bad))
    yield from Reader(found).claims()
