"""Answers as data frames of pandas and polars: what type each column has.

A column's type is that of its values: integers, decimals, dates, booleans, codes of a closed
list, else text. Where nothing is bound it is that of the property of the same name in the
vocabulary, or of what questions call by that name, so that empty answers keep their types.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.errors import MissingExtra
from kg.vocabulary import CODES, PROPERTIES

if TYPE_CHECKING:
    import pandas
    import polars

# What questions compute or take from others' vocabularies, under one name in all of them.
_COMPUTED = {
    **dict.fromkeys(
        (
            "issued since granted first ended warned day held lifted decided firstDate secondDate "
            "otherDate firstApproval"
        ).split(),
        "date",
    ),
    **dict.fromkeys("disputed preferred tested randomised".split(), "boolean"),
    "months": "integer",
}
_WIDEST = 2**63  # of what a column of integers holds


def types(columns: Sequence[str], records: Sequence[dict[str, Any]]) -> dict[str, str]:
    """The type of each column: integer, decimal, date, boolean, code or string."""
    return {name: _type(name, [record[name] for record in records]) for name in columns}


def _type(name: str, column: list[Any]) -> str:
    kinds = {type(value) for value in column if value is not None}
    if not kinds:
        named = PROPERTIES[name].datatype if name in PROPERTIES else ""
        if name.endswith("Count"):
            return "integer"
        return _COMPUTED.get(name) or ("code" if name in CODES else named or "string")
    if kinds == {int}:
        fits = all(value is None or -_WIDEST <= value < _WIDEST for value in column)
        return "integer" if fits else "string"
    if kinds <= {int, Decimal, float}:
        return "decimal"
    if kinds == {str} and name in CODES and set(column) - {None} <= set(CODES[name]):
        return "code"
    return {frozenset({date}): "date", frozenset({bool}): "boolean"}.get(frozenset(kinds), "string")


def _converted(kind: str, column: list[Any]) -> list[Any]:
    convert = {"decimal": float, "string": str, "code": str}.get(kind)
    return [v if v is None or convert is None else convert(v) for v in column]


def to_pandas(columns: Sequence[str], records: Sequence[dict[str, Any]]) -> pandas.DataFrame:
    """A DataFrame of nullable dtypes.

    Raises:
        MissingExtra: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError:
        raise MissingExtra("this needs pandas: pip install 'leukemia-kg[pandas]'") from None
    plain = {
        "integer": "Int64",
        "decimal": "Float64",
        "date": "datetime64[s]",
        "boolean": "boolean",
        "string": "string",
    }
    return pd.DataFrame(
        {
            name: pd.Series(
                _converted(kind, [record[name] for record in records]),
                dtype=pd.CategoricalDtype(CODES[name]) if kind == "code" else plain[kind],
            )
            for name, kind in types(columns, records).items()
        }
    )


def to_polars(columns: Sequence[str], records: Sequence[dict[str, Any]]) -> polars.DataFrame:
    """A DataFrame; codes are an ``Enum``.

    Raises:
        MissingExtra: polars is not installed.
    """
    try:
        import polars as pl
    except ImportError:
        raise MissingExtra("this needs polars: pip install 'leukemia-kg[polars]'") from None
    plain = {
        "integer": pl.Int64,
        "decimal": pl.Float64,
        "date": pl.Date,
        "boolean": pl.Boolean,
        "string": pl.String,
    }
    return pl.DataFrame(
        [
            pl.Series(
                name,
                _converted(kind, [record[name] for record in records]),
                dtype=pl.Enum(CODES[name]) if kind == "code" else plain[kind],
            )
            for name, kind in types(columns, records).items()
        ]
    )
