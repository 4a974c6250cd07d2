"""The curated tables: which there are, which columns they have, and how a file is read.

A column is a property of the vocabulary wherever it can be, so its type, its codes
and the prefixes that it takes are those of the property. Reading collects every
problem with its file, line and column instead of stopping at the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import TableError
from kg.vocabulary import KINDS, PREFIX_OF_CLASS, PROPERTIES, SUPERCLASS, Range

SEPARATOR = "|"
EVIDENCE = ("reference", "locator", "checked")
_ENTITY = ("id", "type", "label", "synonyms", "definition", "broader")
_WHOM = tuple("setting priorLines after fitness ageLow ageHigh requires excludes".split())
_RESULT = tuple(
    (
        "measure endpointRole endpointMet alpha pSides margin count total value unit lower upper "
        "confidenceLevel method standardError pValue pRelation notEstimable population subgroup "
        "among assessor criteria threshold assay specimen timePoint timing followUp dataCutoff "
        "adverseEvent grade reported"
    ).split()
)
_TEXT = Range("string")
_LISTS = ("synonyms", "broader", "after", "requires", "excludes", "notEstimable")


@dataclass(frozen=True)
class Table:
    """The schema of one curated file.

    Attributes:
        name: the file's name without ``.tsv``.
        columns: in the order of the file.
        required: columns that no row may leave empty.
        key: columns that together are unique; rows are sorted by them.
        classes: for entity tables, the classes that ``type`` may name.
        ranges: column types that differ from the property of the same name.
        lists: columns, beyond the usual ones, whose cells may hold several values.
    """

    name: str
    columns: tuple[str, ...]
    required: tuple[str, ...]
    key: tuple[str, ...]
    classes: tuple[str, ...] = ()
    ranges: dict[str, Range] = field(default_factory=dict)
    lists: tuple[str, ...] = ()

    def is_list(self, column: str) -> bool:
        """Whether a cell of this column may hold several values."""
        return column in _LISTS or column in self.lists

    def range(self, column: str) -> Range:
        """What a value of this column may be."""
        if column == "reference":
            return Range(prefixes=("reference",))
        return self.ranges.get(column) or PROPERTIES.get(column) or _TEXT


def _subclasses(name: str) -> tuple[str, ...]:
    return tuple(each for each, parent in SUPERCLASS.items() if name in (each, parent))


def _entities(name: str, *classes: str, extra: tuple[str, ...] = ()) -> Table:
    prefixes = tuple(PREFIX_OF_CLASS[SUPERCLASS[each] or each] for each in classes)
    ranges = {"id": Range(prefixes=prefixes), "broader": Range(prefixes=prefixes)}
    if "Measure" in classes:
        ranges["kind"] = Range("string", codes=KINDS["Measure"])
    required = ("id", "type", "label", *extra[:1])
    return Table(name, _ENTITY + extra, required, ("id",), classes, ranges)


TABLES = {
    each.name: each
    for each in (
        _entities("drugs", *_subclasses("Drug")),
        _entities("components", "Antibody", "Linker", "Payload"),
        _entities("targets", "Target"),
        _entities("mechanisms", "Mechanism"),
        _entities("biomarkers", "Biomarker"),
        _entities("diseases", "Disease"),
        _entities("adverse-events", "AdverseEvent"),
        _entities("organizations", "Organization"),
        _entities("regimens", "Regimen"),
        _entities("measures", "Measure", extra=("kind", "unit", "family")),
        Table(
            "references",
            tuple(
                (
                    "id type title issued publisher doi pmid url license version supersededBy "
                    "retracted checked"
                ).split()
            ),
            ("id", "type", "title", "issued", "checked"),
            ("id",),
            tuple(name for name in _subclasses("Reference") if name != "Reference"),
            {
                "id": Range(prefixes=("reference",)),
                "issued": Range("date"),
                **dict.fromkeys(("publisher", "doi", "pmid", "url", "license", "title"), _TEXT),
            },
        ),
        Table(
            "facts",
            ("subject", "predicate", "object", *EVIDENCE),
            ("subject", "predicate", "object", *EVIDENCE),
            ("subject", "predicate", "object", "reference"),
            ranges={"subject": Range(), "predicate": _TEXT, "object": _TEXT},
        ),
        Table(
            "trials",
            tuple(
                (
                    "id label acronym synonyms phase status allocation masking hypothesis "
                    "enrollment startDate completionDate sponsor condition drug whyStopped country "
                    "centers"
                ).split()
            )
            + EVIDENCE,
            ("id", *EVIDENCE),
            ("id", "reference"),
            ("Trial",),
            {"id": Range(prefixes=("trial",))},
            ("sponsor", "condition", "drug", "country"),
        ),
        Table(
            "arms",
            ("id", "trial", "label", "drug", "regimen", "dose", "role", "partOf", *_WHOM)
            + EVIDENCE,
            ("id", "trial", *EVIDENCE),
            ("id", "reference"),
            ("Arm",),
            {"id": Range(prefixes=("arm",)), "partOf": Range(prefixes=("arm",))},
            ("drug",),
        ),
        Table(
            "outcomes",
            ("key", "trial", "arm", "comparator", *_RESULT, *EVIDENCE),
            ("key", "trial", "measure", "population", "reported", *EVIDENCE),
            ("key",),
            ("Outcome",),
        ),
        Table(
            "observations",
            ("key", "about", *_RESULT, *EVIDENCE),
            ("key", "about", "measure", "reported", *EVIDENCE),
            ("key",),
            ("Observation",),
        ),
        Table(
            "events",
            ("key", "drug", "agency", "jurisdiction", "eventType", "date", "indication", *_WHOM)
            + tuple(
                (
                    "combinedWith pivotal amends initiator reason designation test adverseEvent "
                    "reported"
                ).split()
            )
            + EVIDENCE,
            ("key", "drug", "jurisdiction", "eventType", "date", *EVIDENCE),
            ("key",),
            ("RegulatoryEvent",),
            {"amends": _TEXT},
            ("combinedWith", "pivotal", "adverseEvent", "amends"),
        ),
        Table(
            "statements",
            ("key", "about", "speaker", "kind", "text", *EVIDENCE),
            ("key", "about", "speaker", "kind", "text", *EVIDENCE),
            ("key",),
            ("Statement",),
            {"kind": Range("string", codes=KINDS["Statement"]), "text": _TEXT},
            ("about",),
        ),
        Table(
            "conflicts",
            ("key", "about", "between", "kind", "preferred", "explanation"),
            ("key", "about", "between", "kind", "explanation"),
            ("key",),
            ("Conflict",),
            {
                "kind": Range("string", codes=KINDS["Conflict"]),
                **dict.fromkeys(("between", "preferred", "explanation"), _TEXT),
            },
            ("about", "between"),
        ),
        Table(
            "coverage",
            ("id", "label", "about", "lookedFor", "lookedIn", "until", "leftOut"),
            ("id", "label", "lookedFor", "lookedIn", "until", "leftOut"),
            ("id",),
            ("Coverage",),
            {"id": Range(prefixes=("coverage",))},
            ("about",),
        ),
    )
}

MAPPINGS = Table(
    "mappings.sssom",
    (
        *("subject_id", "predicate_id", "object_id", "object_label"),
        *("mapping_justification", "mapping_source"),
    ),
    ("subject_id", "predicate_id", "object_id", "mapping_justification", "mapping_source"),
    ("subject_id", "object_id"),
)


@dataclass(frozen=True)
class Row:
    """One line of a table, its cells by column, empty ones left out."""

    table: Table
    line: int
    cells: dict[str, str]

    @property
    def origin(self) -> str:
        """Where the row stands, for messages."""
        return f"{self.table.name}.tsv:{self.line}"

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def values(self, column: str) -> list[str]:
        """The values of a cell, one by one."""
        cell = self[column]
        if not cell:
            return []
        return cell.split(SEPARATOR) if self.table.is_list(column) else [cell]

    @property
    def sort_key(self) -> tuple[str, ...]:
        """Rows stand in the order of this key, which is unique."""
        return tuple(self[column] for column in self.table.key)


def read(table: Table, path: Path) -> list[Row]:
    """The rows of one file.

    Raises:
        TableError: the file is not UTF-8 text, or its header or the number of cells is wrong.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise TableError(f"{path}: not UTF-8 at byte {error.start}: save it as UTF-8") from None
    except OSError as error:
        raise TableError(f"{path}: {error.strerror}") from None
    lines = [(i, x) for i, x in enumerate(content.split("\n"), 1) if x and x[0] != "#"]
    expected = "\t".join(table.columns)
    if not lines or lines[0][1] != expected:
        raise TableError(f"{path}:1: the header must be (tab-separated): {expected}")
    return list(_rows(table, path, lines[1:]))


def _rows(table: Table, path: Path, lines: list[tuple[int, str]]) -> Iterator[Row]:
    for number, line in lines:
        cells = line.split("\t")
        if len(cells) != len(table.columns):
            raise TableError(
                f"{path}:{number}: {len(cells)} cells, but the header has {len(table.columns)}: "
                "look for a missing or extra tab"
            )
        yield Row(table, number, {c: v for c, v in zip(table.columns, cells, strict=True) if v})
