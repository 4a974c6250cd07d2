"""The command line: each command parses, makes one call and prints."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from kg.errors import BadParameter, InvalidData, KGError

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="A knowledge graph of leukemia therapeutics: ask, query, look up, prove, draw.",
)

AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE", help="As it could be known then.")]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="KIND", help="Leave out press, abstract or recalled."),
]
Place = Annotated[
    str, typer.Option("--store", metavar="DIR|URL", help="Another store than the packaged one.")
]
Format = Annotated[str, typer.Option("--format", help="table, csv, tsv or json.")]
Output = Annotated[Path | None, typer.Option("--output", metavar="PATH", help="Write there.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but the answer.")]


def main() -> NoReturn:
    """Run the command line; errors become a line or two and an exit code."""
    try:
        app(prog_name="kg", standalone_mode=True)
    except InvalidData as error:
        _complain(error, 1)
    except KGError as error:
        _complain(error, 2)
    except BrokenPipeError:  # the reader of a pipe left: not an error of ours
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0)


def _complain(error: KGError, code: int) -> NoReturn:
    print(f"kg: {error}", file=sys.stderr)
    sys.exit(code)


def _say(quiet: bool) -> Callable[[str], None]:
    return (lambda _: None) if quiet else (lambda text: print(text, file=sys.stderr, flush=True))


def _progress(quiet: bool) -> Callable[[str], None]:
    """Progress is for people who watch: a pipe or a file gets none."""
    return _say(quiet or not sys.stderr.isatty())


def _open(store: str, as_of: str, without: list[str] | None, quiet: bool) -> KnowledgeGraph:
    from kg.graph import load

    graph = load(store, _say(quiet))
    return graph.view(as_of, without or ()) if as_of or without else graph


@app.command()
def build(
    store: Place = "",
    output: Annotated[Path, typer.Option("--output", help="Folder of the pages.")] = Path(
        "exports"
    ),
    quiet: Quiet = False,
) -> None:
    """Build the packaged knowledge: a validated store, and pages to look at."""
    from kg.release import release

    summary = release(Path(store) if store else None, output, _progress(quiet))
    if not quiet:
        print(summary)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def ask(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A question; none lists them.")] = "",
    as_of: AsOf = "",
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="About that day.")] = "",
    without: Without = None,
    store: Place = "",
    form: Format = "",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Answer a competency question: kg ask NAME --param value; kg ask alone lists them."""
    from kg import printing, questions

    form = form or printing.default_format(output)
    if not name:
        every = [questions.load(each) for each in questions.names()]
        body = [[q.group, q.name, q.summary, q.example] for q in sorted(every, key=_by_group)]
        _print(["group", "question", "asks", "example"], body, form, output)
        return
    parameters = _parameters(context.args)
    if on:
        parameters["on"] = on
    question = questions.load(name)
    answer = _open(store, as_of, without, quiet).ask(question.name, **parameters)
    if form == "json":
        printing.write(printing.question(question.name, answer, parameters), output)
    else:
        printing.write(printing.rows(answer, form), output)


def _by_group(question: Any) -> tuple[str, str]:
    return question.group, question.name


def _parameters(words: list[str]) -> dict[str, object]:
    """``--name value`` and ``--name=value`` pairs."""
    found: dict[str, object] = {}
    rest = iter(words)
    for word in rest:
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            raise BadParameter(f"{word!r}: parameters are given as --name value")
        if not equals:
            try:
                value = next(rest)
            except StopIteration:
                raise BadParameter(f"--{name} needs a value") from None
        if (key := name.replace("-", "_")) in found:
            raise BadParameter(f"--{name} is given twice")
        found[key] = value
    return found


@app.command()
def query(
    sparql: Annotated[str, typer.Argument(help="SPARQL 1.1; all prefixes are declared.")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="Read the query there.")] = None,
    as_of: AsOf = "",
    without: Without = None,
    store: Place = "",
    form: Format = "",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Run a SPARQL query."""
    from kg import printing
    from kg.rows import Rows

    if bool(sparql) == bool(file):
        raise BadParameter("give a query, or --file with one")
    answer = _open(store, as_of, without, quiet).query(sparql or _text(file))
    form = form or printing.default_format(output)
    if isinstance(answer, Rows):
        printing.write(printing.rows(answer, form), output)
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


@app.command()
def card(
    name: Annotated[str, typer.Argument(help="Label, synonym, code or identifier.")],
    as_of: AsOf = "",
    without: Without = None,
    store: Place = "",
    form: Format = "",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Show everything about one entity, with who says it."""
    from kg import printing

    found = _open(store, as_of, without, quiet).card(name)
    form = form or printing.default_format(output)
    if form == "json":
        printing.write(printing.dump(found), output)
    elif form == "table":
        printing.write(printing.card_text(found), output)
    else:
        printing.write(printing.delimited(*printing.card_rows(found), form), output)


@app.command()
def evidence(
    subject: Annotated[str, typer.Argument(help="An entity by any name, or a node by its id.")],
    predicate: Annotated[str, typer.Argument(help="A term such as lkg:target.")] = "",
    value: Annotated[str, typer.Argument(help="An entity, or the text of a value.")] = "",
    as_of: AsOf = "",
    without: Without = None,
    store: Place = "",
    form: Format = "",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Show which references state a triple, where in them, and how that was checked."""
    from kg import printing

    found = _open(store, as_of, without, quiet).evidence(subject, predicate, value)
    if (form := form or printing.default_format(output)) == "json":
        printing.write(printing.dump(found), output)
        return
    header = ["subject", "predicate", "object", "reference", "title", "issued"]
    header += ["locator", "checked"]
    _print(header, [[getattr(each, name) for name in header] for each in found], form, output)


@app.command()
def network(
    name: Annotated[str, typer.Argument(help="An entity by any name; none for all.")] = "",
    depth: Annotated[int, typer.Option(min=0, max=6, help="Steps around the entity.")] = 1,
    as_of: AsOf = "",
    without: Without = None,
    store: Place = "",
    output: Annotated[Path, typer.Option("--output", help="The page.")] = Path("network.html"),
    quiet: Quiet = False,
) -> None:
    """Write an interactive page of the network around an entity."""
    from kg.pages import write_network

    graph = _open(store, as_of, without, quiet)
    files = write_network(graph, output, name, depth)
    if not quiet:
        print(*files, sep="\n")


@app.command()
def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="kg export lists them.")] = "",
    as_of: AsOf = "",
    without: Without = None,
    store: Place = "",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Write the graph in another format: html, turtle, jsonld, graphml, csv ..."""
    from kg import exports

    if not form:
        print("\n".join(exports.names()))
        return
    module = exports.load(form)
    graph = _open(store, as_of, without, quiet)
    files = module.write(graph, output or Path("exports") / f"leukemia-kg{module.SUFFIX}")
    if not quiet:
        print(*files, sep="\n")


@app.command()
def validate(
    path: Annotated[Path | None, typer.Argument(help="A folder of tables, or an RDF file.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Sort rows and trim cells first.")] = False,
    quiet: Quiet = False,
) -> None:
    """Check tables or RDF: cells, references, identifiers, arithmetic, shapes and rules."""
    from kg.release import check

    counted = check(path, fix)
    if not quiet:
        print(counted)


def _print(header: list[str], body: list[list[str]], form: str, output: Path | None) -> None:
    from kg import printing

    if form == "table":
        printing.write(printing.table(header, body), output)
    elif form == "json":
        records = [dict(zip(header, row, strict=True)) for row in body]
        printing.write(printing.dump(records), output)
    else:
        printing.write(printing.delimited(header, body, form), output)


if __name__ == "__main__":
    main()
