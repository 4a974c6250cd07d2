"""``kg query``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.groups import Printed, Viewed
from kg.cli.options import Prove
from kg.errors import BadParameter


def query(
    viewed: Viewed,
    printed: Printed,
    sparql: Annotated[str, typer.Argument(help="SPARQL 1.1; all prefixes are declared.")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="Read the query there.")] = None,
    proof: Prove = False,
) -> None:
    """Run a SPARQL query."""
    from kg import printing
    from kg.rows import Rows

    if bool(sparql) == bool(file):
        raise BadParameter("give a query, or --file with one")
    answer = viewed.graph().query(sparql or _text(file))
    if isinstance(answer, Rows):
        printed.write(printing.rows(answer, printed.format, proof))
    elif not isinstance(answer, bool):
        printed.write(answer.serialize(format=printing.rdf_format(printed.format)))
    elif printed.format == "json":
        printed.json({"head": {}, "boolean": answer})
    else:
        printed.write(f"{str(answer).lower()}\n")


def _text(file: Path | None) -> str:
    assert file is not None
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadParameter(f"{file}: cannot be read: {error}") from None
