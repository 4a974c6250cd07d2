"""The examples in docstrings run, against the packaged knowledge."""

import doctest
import importlib

import pytest

MODULES = ("kg", "kg.rows")


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module(name, graph):
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted
    assert not found.failed
