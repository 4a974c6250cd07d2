"""Answers as text: a table for people, CSV, TSV and JSON for programs."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.cards import Card
from kg.errors import BadParameter, OutputError, QueryError
from kg.rows import Cell, Row, Rows
from kg.vocabulary import PREFIXES, curie

FORMATS = ("table", "csv", "tsv", "json")
# In a table the printed result stands for its parts, and labels for identifiers.
_PARTS_OF_REPORTED = frozenset(
    "count total value unit lower upper confidenceLevel pRelation pValue".split()
)
_NODES = frozenset("outcome event observation statement conflict side".split())
_SLUGS = ("measure", "among")  # "cr-or-cri" is what the field says; the label takes three lines

DISPUTED = "≠"
_DISPUTED_NOTE = f"{DISPUTED} takes part in a conflict: kg conflicts shows it\n"


def default_format(output: Path | None) -> str:
    """A table on a terminal; in a pipe or a file CSV, or what the file's name says."""
    if output is not None and output.suffix[1:] in FORMATS:
        return output.suffix[1:]
    return "table" if output is None and sys.stdout.isatty() else "csv"


def rows(answer: Rows, form: str, proof: bool = False, mark: bool = False) -> str:
    """The rows of a SELECT in one of the formats; JSON is SPARQL 1.1 Results JSON.

    Args:
        proof: with proofs, a table is followed by them, CSV and TSV give a line for each claim
            instead of the rows, and JSON has a member ``proofs``, in the order of the rows.
        mark: whether a table marks the rows that take part in a conflict. CSV and TSV have no
            such column: they hold what the question selects, which programs rely on.
    """
    if proof:
        return _proved(answer, form)
    if form == "json":
        return dump(_sparql_json(answer))
    if form == "table":
        return _answer_table(answer, mark)
    body = [[_raw(name, cell) for name, cell in row.dict().items()] for row in answer]
    return delimited(answer.columns, body, form)


def _raw(name: str, cell: Cell | None) -> str:
    """A cell as it is; joined values in one order, which SPARQL does not promise."""
    if cell is None:
        return ""
    return " ".join(sorted(cell.split())) if name in ("references", "identifiers") else str(cell)


def _proved(answer: Rows, form: str) -> str:
    from kg.proof import report

    if form == "json":
        proofs = [report.record(row.proof) for row in answer]
        return dump(_sparql_json(answer) | {"proofs": proofs})
    if form == "table":
        return _answer_table(answer, mark=True) + "\n" + report.lines(answer)
    return delimited(report.HEADER, report.table(answer), form)


def sources(evidence: Sequence[Any], form: str) -> tuple[str, str]:
    """References and the days from which they could be known; the first few in a table."""
    few = 3 if form == "table" else len(evidence)
    more = f" +{len(evidence) - few}" if len(evidence) > few else ""
    names = [curie(each.reference) for each in evidence[:few]]
    if form == "table":
        names = [name.partition(":")[2] for name in names]
    return " ".join(names) + more, " ".join(each.issued for each in evidence[:few])


def delimited(header: Sequence[str], body: Sequence[Sequence[str]], form: str) -> str:
    """Rows of text as CSV (RFC 4180) or TSV."""
    if form not in ("csv", "tsv"):
        raise BadParameter(f"--format {form}: it takes {', '.join(FORMATS)}")
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="," if form == "csv" else "\t", lineterminator="\n")
    writer.writerow(header)
    writer.writerows(body)
    return stream.getvalue()


def table(header: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """Rows of text as a table as wide as the terminal; empty columns are left out."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    used = [i for i in range(len(header)) if any(row[i] for row in body)]
    grid = Table(box=SIMPLE_HEAD, pad_edge=False)
    for i in used:
        grid.add_column(header[i], overflow="fold")
    for row in body:
        grid.add_row(*(Text(row[i]) for i in used))
    stream = io.StringIO()
    width = None if sys.stdout.isatty() else 180
    Console(file=stream, width=width, color_system=None).print(grid)
    counted = f"{len(body)} row{'' if len(body) == 1 else 's'}\n"
    return (stream.getvalue() if body else "") + counted


def dump(value: Any) -> str:
    """A value as indented JSON."""
    encoded = msgspec.json.encode(value, enc_hook=str)
    return msgspec.json.format(encoded, indent=2).decode() + "\n"


def write(content: str, output: Path | None) -> None:
    """Print, or write to a file.

    Raises:
        OutputError: the file cannot be written.
    """
    place = output or "standard output"
    try:
        if output is not None:
            output.write_text(content, encoding="utf-8")
        elif sys.stdout is None:
            raise OutputError(f"{place}: is closed")
        else:
            sys.stdout.write(content)
            sys.stdout.flush()
    except BrokenPipeError:
        raise  # the reader has what it wanted
    except OSError as error:
        raise OutputError(f"{place}: cannot be written: {error.strerror}") from None
    except UnicodeEncodeError as error:
        raise OutputError(
            f"{place}: takes only {error.encoding}: set PYTHONIOENCODING=utf-8"
        ) from None


def rdf_format(form: str) -> str:
    """rdflib's name of a format for triples; tables and CSV become Turtle."""
    known = {
        **dict.fromkeys(("table", "csv", "tsv", "turtle"), "turtle"),
        **dict.fromkeys(("json", "jsonld"), "json-ld"),
        "ntriples": "nt",
    }
    if form not in known:
        raise BadParameter(f"--format {form}: triples come as turtle, jsonld or ntriples")
    return known[form]


def _answer_table(answer: Rows, mark: bool) -> str:
    hidden = _hidden(answer.columns)
    shown = [name for name in answer.columns if name not in hidden]
    marks = [DISPUTED if mark and row.conflicts else "" for row in answer]
    header = ["", *(name.removesuffix("Label") for name in shown)]
    cells = ([_shown(row, name) for name in shown] for row in answer)
    body = [[sign, *row] for sign, row in zip(marks, cells, strict=True)]
    return table(header, body) + (_DISPUTED_NOTE if any(marks) else "")


def _hidden(columns: tuple[str, ...]) -> set[str]:
    labelled = {
        f"{name}Label" if name in _SLUGS else name for name in columns if f"{name}Label" in columns
    }
    parts = _PARTS_OF_REPORTED & set(columns) if "reported" in columns else set()
    return (
        labelled
        | parts
        | {"datePrecision"}
        | (_NODES & set(columns) if len(columns) > 4 else set())
    )


def _shown(row: Row, name: str) -> str:
    cell = row[name]
    if cell is None:
        return ""
    if name in ("date", "since") and "datePrecision" in row.dict():
        return _as_precise(row, cell)
    if name == "references":
        return " ".join(curie(each).partition(":")[2] for each in sorted(cell.split()))
    if cell.is_iri and name in (*_SLUGS, "reference"):
        return cell.curie.partition(":")[2]
    return {"true": "yes", "false": ""}.get(cell, cell.curie)


def _as_precise(row: Row, cell: Cell) -> str:
    """A date without the month or day that nobody reported; partial ones stand at period's end."""
    dated = row.dict().get("date", cell)
    precision = str(row["datePrecision"] or "") if cell == dated else ""
    return cell[: {"year": 4, "month": 7}.get(precision, 10)]


def _sparql_json(answer: Rows) -> dict[str, Any]:
    bindings = [
        {name: _binding(cell.term) for name, cell in row.dict().items() if cell is not None}
        for row in answer
    ]
    return {"head": {"vars": answer.columns}, "results": {"bindings": bindings}}


def _binding(term: Any) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, Literal):
        raise QueryError("the answer has triples as terms, which these formats cannot carry")
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value != PREFIXES["xsd"] + "string":
        found["datatype"] = term.datatype.value
    return found


def card_rows(card: Card) -> tuple[list[str], list[list[str]]]:
    """A card as one flat table: section, property, what, date and references."""
    header = ["section", "property", "what", "date", "references"]
    body = [["is", name, value, "", ""] for name, value in _description(card)]
    for section, facts in (("facts", card.facts), ("mentions", card.mentions)):
        for fact in facts:
            other = fact.object if section == "facts" else fact.subject
            what = f"{other.label} ({other.id})" if other.id else other.label
            body.append([section, fact.predicate, what, "", " ".join(fact.references)])
    for section in ("events", "results", "observations", "statements", "conflicts"):
        for entry in getattr(card, section):
            body.append([section, "", entry.label, entry.date, " ".join(entry.references)])
    return header, body


def card_text(card: Card) -> str:
    """A card as text: its description, then a table a section."""
    _, body = card_rows(card)
    head = "\n".join(f"{row[1]:>12}  {row[2]}" for row in body if row[0] == "is")
    parts = [f"{head}\n"]
    for section in dict.fromkeys(row[0] for row in body if row[0] != "is"):
        lines = [row[1:] for row in body if row[0] == section]
        parts.append(f"{section}\n" + table(["property", "what", "date", "references"], lines))
    return "\n".join(parts)


def _description(card: Card) -> list[tuple[str, str]]:
    parents = ", ".join(parent.label for parent in card.parents)
    identifiers = " ".join(card.identifiers)
    found = [
        ("name", f"{card.label} ({card.id})"),
        ("type", ", ".join(card.types)),
        ("also called", ", ".join(card.synonyms)),
        ("definition", card.definition),
        ("is a", parents),
        ("elsewhere", identifiers),
    ]
    return [(name, value) for name, value in found if value]
