"""Data frames: types that say what a column holds, also where it holds nothing."""

from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import frames, questions
from kg.errors import BadParameter, MissingExtra
from kg.vocabulary import CODES

PANDAS = {
    "count": "Int64",
    "value": "Float64",
    "dataCutoff": "datetime64[s]",
    "population": "category",
    "disputed": "boolean",
    "trialLabel": "string",
}
POLARS = {
    "count": pl.Int64,
    "value": pl.Float64,
    "dataCutoff": pl.Date,
    "population": pl.Enum(CODES["population"]),
    "disputed": pl.Boolean,
    "trialLabel": pl.String,
}


@pytest.fixture(scope="module")
def answer(graph):
    return graph.ask("responses", drug="CMC-544")


def test_columns_have_the_types_of_their_values(answer):
    frame, table = answer.to_pandas(), answer.to_polars()
    assert {name: str(frame[name].dtype) for name in PANDAS} == PANDAS
    assert {name: table.schema[name] for name in POLARS} == POLARS
    assert list(frame.columns) == table.columns == list(answer.columns)
    assert tuple(frame["population"].cat.categories) == CODES["population"]


def test_values_are_those_of_the_answer(answer):
    for row, (_, series), record in zip(
        answer.to_dicts(), answer.to_pandas().iterrows(), answer.to_polars().to_dicts(), strict=True
    ):
        for name, value in row.items():
            if value is None:
                assert pd.isna(series[name])
                assert record[name] is None
            elif isinstance(value, date):
                assert series[name] == datetime.combine(value, datetime.min.time())
                assert record[name] == value
            else:
                plain = float(value) if isinstance(value, Decimal) else value
                assert series[name] == record[name] == plain


@pytest.mark.parametrize("name", questions.names())
def test_empty_answers_keep_their_columns_and_types(graph, name):
    question = questions.load(name)
    try:
        query = question.bind({}, graph.find)
    except BadParameter:
        query = question.query
    full = graph.select(query)
    empty = graph.select(query + "\nLIMIT 0")
    shown, table = empty.to_pandas(), empty.to_polars()
    assert list(shown.columns) == table.columns == list(full.columns)
    assert len(shown) == len(table) == 0
    frame = full.to_pandas()
    for column, dtype in frame.dtypes.items():
        if frame[column].notna().any():
            assert str(shown[column].dtype) == str(dtype), column


def test_units_are_said(answer, graph):
    assert answer.to_pandas().attrs["units"] == answer.units()
    assert answer.units()["value"] == "unit"
    assert graph.ask("status", drug="CMC-544").units() == {"ageLow": "years", "ageHigh": "years"}
    assert graph.select("SELECT ?value { ?s lkg:value ?value } LIMIT 1").units() == {}


@given(st.lists(st.one_of(st.none(), st.integers(), st.decimals(allow_nan=False), st.text())))
def test_any_mixture_of_values_makes_a_column(column):
    records = [{"x": value} for value in column]
    frame = frames.to_pandas(["x"], records)
    assert len(frame) == len(frames.to_polars(["x"], records)) == len(column)
    assert list(frame["x"].isna()) == [value is None for value in column]


def test_codes_outside_their_list_stay_text():
    kinds = frames.types(["phase", "setting"], [{"phase": "9", "setting": "any"}])
    assert kinds == {"phase": "string", "setting": "code"}


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_a_missing_library_is_named_with_its_extra(answer, monkeypatch, name):
    monkeypatch.setitem(__import__("sys").modules, name, None)
    with pytest.raises(MissingExtra, match=rf"leukemia-kg\[{name}\]"):
        getattr(answer, f"to_{name}")()
