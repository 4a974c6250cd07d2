"""``kg query``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import AsOf, Format, On, Output, Place, Prove, Quiet, Without, opened
from kg.errors import BadParameter


def query(
    sparql: Annotated[str, typer.Argument(help="SPARQL 1.1; all prefixes are declared.")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="Read the query there.")] = None,
    as_of: AsOf = "",
    on: On = "",
    without: Without = None,
    store: Place = "",
    proof: Prove = False,
    form: Format = "",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Run a SPARQL query."""
    from kg import printing
    from kg.rows import Rows

    if bool(sparql) == bool(file):
        raise BadParameter("give a query, or --file with one")
    answer = opened(store, as_of, without, quiet, on).query(sparql or _text(file))
    form = form or printing.default_format(output)
    if isinstance(answer, Rows):
        printing.write(printing.rows(answer, form, proof), output)
    elif isinstance(answer, bool):
        content = printing.dump({"head": {}, "boolean": answer})
        printing.write(content if form == "json" else f"{str(answer).lower()}\n", output)
    else:
        printing.write(answer.serialize(format=printing.rdf_format(form)), output)


def _text(file: Path | None) -> str:
    assert file is not None
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadParameter(f"{file}: cannot be read: {error}") from None
