"""Answers as rows of cells, thin over what the store returns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, overload

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from kg.vocabulary import PREFIXES, UNITS, curie

if TYPE_CHECKING:
    import pandas
    import polars

    from kg.proof import Proof

Disputes = Mapping[str, tuple[str, ...]]  # of a node's short form, ids of conflicts
_DISPUTABLE = ("outcome:", "observation:", "event:", "statement:")
Value = str | int | bool | Decimal | date | None
_XSD = PREFIXES["xsd"]
_PYTHON = {
    _XSD + "integer": int,
    _XSD + "decimal": Decimal,
    _XSD + "double": float,
    _XSD + "date": date.fromisoformat,
    _XSD + "boolean": lambda text: text in ("true", "1"),
}


def _text(term: object) -> str:
    if isinstance(term, NamedNode | Literal):
        return term.value
    return "" if term is None else str(term)


class Cell(str):
    """One value of an answer; as text it is the IRI or the lexical form.

    Attributes:
        term: the RDF term itself.
    """

    __slots__ = ("term",)
    term: object

    @classmethod
    def of(cls, term: object) -> Cell:
        """Wrap a term of the store."""
        cell = cls(_text(term))
        cell.term = term
        return cell

    @property
    def is_iri(self) -> bool:
        """Whether it names something rather than being a value."""
        return isinstance(self.term, NamedNode)

    @property
    def curie(self) -> str:
        """The short form of an IRI; a literal as it is."""
        return curie(str(self)) if self.is_iri else str(self)

    @property
    def value(self) -> Value:
        """The Python value: int, Decimal, date, bool, or the text."""
        if isinstance(self.term, Literal):
            convert = _PYTHON.get(self.term.datatype.value, str)
            try:
                return convert(self.term.value)  # type: ignore[no-any-return,operator]
            except (ValueError, ArithmeticError):  # an ill-typed literal stays text
                return str(self)
        return str(self)


class Row:
    """One row of an answer: ``row[0]`` or ``row["label"]``; None where nothing is bound."""

    __slots__ = ("_dispute", "_prove", "_solution", "_variables")

    def __init__(
        self,
        solution: QuerySolution,
        variables: tuple[str, ...],
        prove: Callable[[Row], Proof] | None = None,
        dispute: Callable[[], Disputes] = dict,
    ) -> None:
        self._solution, self._variables, self._prove = solution, variables, prove
        self._dispute = dispute

    def __getitem__(self, key: int | str) -> Cell | None:
        if isinstance(key, str) and key not in self._variables:
            raise KeyError(f"{key!r}: the answer has {', '.join(self._variables)}")
        if isinstance(key, int) and not 0 <= key < len(self._variables):
            raise IndexError(f"{key}: the answer has {len(self._variables)} columns")
        term = self._solution[key]
        return None if term is None else Cell.of(term)

    def __iter__(self) -> Iterator[Cell | None]:
        return (None if term is None else Cell.of(term) for term in self._solution)

    def __len__(self) -> int:
        return len(self._variables)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = (f"{name}={cell!s}" for name, cell in self.dict().items() if cell is not None)
        return f"Row({', '.join(shown)})"

    def dict(self) -> dict[str, Cell | None]:
        """Column name to cell."""
        return dict(zip(self._variables, self, strict=True))

    @property
    def proof(self) -> Proof:
        """The claims that made this row, with their references, locators and marks."""
        from kg.proof import Proof

        if self._prove is None:
            return Proof(unavailable="no proof is available: the graph is not at hand")
        return self._prove(self)

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Ids of the conflicts that an outcome, observation, event or statement here is part of.

        Found when first asked for, for all rows of the answer at once.
        """
        disputes = self._dispute()
        named = [disputes.get(cell.curie, ()) for cell in self if cell is not None]
        return tuple(sorted({each for ids in named for each in ids}))

    @property
    def references(self) -> tuple[str, ...]:
        """IRIs of the references that support this row, as its question selects them."""
        found: dict[str, None] = {}
        for name in ("reference", "references"):
            if name in self._variables and (cell := self[name]) is not None:
                found.update(dict.fromkeys(cell.split()))
        return tuple(sorted(found))


class Covered(NamedTuple):
    """What an answer without rows means.

    Attributes:
        covered: whether what was asked belongs to an area that the curators looked at.
        words: that, until when, and what was left out, as a sentence.
    """

    covered: bool
    words: str


class Rows(Sequence[Row]):
    """The rows of a SELECT, in order; shows itself as a table in a notebook.

    Attributes:
        columns: names of the projected variables.
        prove: what finds the proof of a row, where the graph is at hand.
        coverage: of a question's answer without rows, whether it was looked for.
        dispute: what finds the conflicts of some nodes, where the graph is at hand.
    """

    def __init__(
        self, solutions: QuerySolutions, prove: Callable[[Row], Proof] | None = None
    ) -> None:
        self.columns = tuple(variable.value for variable in solutions.variables)
        self.prove = prove
        self.dispute: Callable[[set[str]], Disputes] | None = None
        self.coverage: Covered | None = None
        self._solutions = list(solutions)

    def __len__(self) -> int:
        return len(self._solutions)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        """The row at an index, or the rows of a slice."""
        if isinstance(index, slice):
            return [self._row(each) for each in self._solutions[index]]
        return self._row(self._solutions[index])

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self._solutions)

    def _row(self, solution: QuerySolution) -> Row:
        return Row(solution, self.columns, self.prove, self._disputes)

    def _disputes(self) -> Disputes:
        return self._found_disputes

    @cached_property
    def _found_disputes(self) -> Disputes:
        if self.dispute is None:
            return {}
        cells = (cell.curie for row in self for cell in row if cell is not None and cell.is_iri)
        return self.dispute({cell for cell in cells if cell.startswith(_DISPUTABLE)})

    def __repr__(self) -> str:
        means = f": {self.coverage.words}" if self.coverage else ""
        return f"<{len(self)} rows of {', '.join(self.columns)}{means}>"

    def texts(self) -> Iterator[tuple[str, ...]]:
        """The text of each cell, "" where nothing is bound; quicker than rows of cells."""
        for solution in self._solutions:
            yield tuple(_text(term) for term in solution)

    def to_dicts(self) -> list[dict[str, Value]]:
        """One dictionary of Python values a row."""
        return [
            {name: cell.value if cell is not None else None for name, cell in row.dict().items()}
            for row in self
        ]

    def units(self) -> dict[str, str]:
        """The unit of each column that has one; "unit" where the column of that name says it.

        >>> import kg
        >>> kg.load().ask("results-of-trial", trial="INO-VATE").units()["timePoint"]
        'months'
        """
        found = {name: unit for name, unit in UNITS.items() if name in self.columns}
        return {n: u for n, u in found.items() if u != "unit" or "unit" in self.columns}

    def to_pandas(self) -> pandas.DataFrame:
        """A DataFrame: Int64, Float64, boolean, datetime64, string, categories for codes.

        ``frame.attrs["units"]`` has :meth:`units`.

        >>> import kg
        >>> frame = kg.load().ask("history", drug="gemtuzumab ozogamicin").to_pandas()
        >>> str(frame["date"].dtype), str(frame["eventType"].dtype)
        ('datetime64[s]', 'category')

        Raises:
            MissingExtra: pandas is not installed.
        """
        from kg.frames import to_pandas

        frame = to_pandas(self.columns, self.to_dicts())
        frame.attrs["units"] = self.units()
        return frame

    def to_polars(self) -> polars.DataFrame:
        """A DataFrame: Int64, Float64, Boolean, Date, String, Enum for codes.

        >>> import kg
        >>> kg.load().ask("history", drug="gemtuzumab ozogamicin").to_polars().schema["date"]
        Date

        Raises:
            MissingExtra: polars is not installed.
        """
        from kg.frames import to_polars

        return to_polars(self.columns, self.to_dicts())

    def _repr_html_(self) -> str:
        from kg.notebook import MOST, table

        body = [[_html(name, cell) for name, cell in row.dict().items()] for row in self[:MOST]]
        return table(self.columns, body, len(self))


def _html(name: str, cell: Cell | None) -> str:
    from html import escape

    from kg.notebook import link, links

    if cell is None:
        return ""
    if name == "references":
        return links(sorted(cell.split()))
    return link(cell) if cell.is_iri else escape(cell)
