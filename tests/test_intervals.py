"""Intervals recomputed: right ones pass by whichever method, wrong ones are told."""

import pytest
from conftest import SMALL

from kg import validation
from kg.dataset.store import in_memory
from kg.sources import curated


def found(tables, **cells):
    outcome = {**SMALL["outcomes"][0], "confidenceLevel": "95", **cells}
    store = in_memory(curated.claims(tables(outcomes=[outcome])))
    return validation.run_intervals(store)


# As printed: INO-VATE (N Engl J Med 2016) 88/109; ITCC-059 (FDA notice 2024) 22/53 and 21/22.
@pytest.mark.parametrize(
    "cells",
    [
        {"count": "88", "total": "109", "value": "80.7", "lower": "72.1", "upper": "87.7"},
        {"count": "22", "total": "53", "value": "42", "lower": "28.1", "upper": "55.9"},
        {"count": "21", "total": "22", "value": "95.5", "lower": "77.2", "upper": "99.9"},
        {"count": "0", "total": "10", "value": "0", "lower": "0", "upper": "30.8"},
        {"count": "10", "total": "10", "value": "100", "lower": "69.2", "upper": "100"},
    ],
)
def test_printed_intervals_pass(tables, cells):
    assert found(tables, **cells) == []


def test_an_interval_of_other_patients_is_told(tables):
    (finding,) = found(tables, count="9", total="49", value="18", lower="21.0", upper="38.8")
    assert "is not the interval of 9/49" in finding.detail and "exact 8.8-32.0" in finding.detail


def test_a_named_method_is_held_to(tables):
    wilson = {"count": "9", "total": "49", "value": "18", "lower": "10.0", "upper": "31.4"}
    assert found(tables, **wilson, method="Wilson") == []
    (finding,) = found(tables, **wilson, method="Clopper-Pearson")
    assert "wilson" not in finding.detail
