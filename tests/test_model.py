from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.dates import parse_date
from kg.errors import VocabularyError
from kg.model import mint, types

PAPER = NamedNode("https://example.org/paper")


@pytest.mark.parametrize(
    ("written", "full", "precision"),
    [
        ("2017-08-17", "2017-08-17", ""),
        ("2011-06", "2011-06-30", "month"),
        ("2012-02", "2012-02-29", "month"),
        ("2011", "2011-12-31", "year"),
    ],
)
def test_partial_dates_stand_at_the_end_of_their_period(written, full, precision):
    assert parse_date(written) == (date.fromisoformat(full), precision)


@pytest.mark.parametrize(
    "bad", ["2011-02-30", "2011-13", "11-06-2011", "June 2011", "", "20110630"]
)
def test_impossible_dates_are_refused(bad):
    with pytest.raises(ValueError, match="not a da"):
        parse_date(bad)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(9999, 12, 30)))
def test_a_partial_date_is_never_before_a_day_of_its_period(day):
    month, _ = parse_date(f"{day:%Y-%m}")
    year, _ = parse_date(f"{day:%Y}")
    assert day <= month <= year
    assert (month + timedelta(days=1)).day == 1


@given(st.lists(st.tuples(st.text(), st.text()), unique=True))
def test_a_node_is_named_by_its_content_in_any_order(content):
    assert mint("outcome", content, PAPER) == mint("outcome", content[::-1], PAPER)


def test_the_same_content_of_two_references_is_two_nodes():
    other = NamedNode("https://example.org/other")
    assert mint("outcome", [("a",)], PAPER) != mint("outcome", [("a",)], other)


def test_superclasses_are_materialised():
    assert [str(value).rpartition("#")[2] for _, value in types("AntibodyDrugConjugate")] == [
        "AntibodyDrugConjugate>",
        "Drug>",
    ]
    with pytest.raises(VocabularyError):
        types("Droug")
