"""Every check and every shape rejects the data that it must, and nothing else."""

from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store

from kg import shapes, validation
from kg.vocabulary import SUPERCLASS

BROKEN = Path(__file__).parent / "broken"
FILES = {path.stem: path for path in sorted(BROKEN.glob("*.trig"))}
OF_SHAPES = [name for name in FILES if name.startswith("shape-")]
OF_CHECKS = [name for name in FILES if name not in ("clean", *OF_SHAPES)]


def load(path: Path) -> Store:
    """The named graphs of a file, and the merged set of their triples."""
    store = Store()
    store.load(path=str(path), format=RdfFormat.TRIG)
    store.extend([Quad(*quad.triple, DefaultGraph()) for quad in store])
    return store


def found(store: Store) -> set[str]:
    return {each.check for each in (*validation.run_checks(store), *validation.run_shapes(store))}


def test_every_check_has_its_broken_data_and_the_reverse():
    assert sorted(validation.checks()) == OF_CHECKS


def test_every_class_has_a_broken_shape():
    tried = {name.split("-")[1] for name in OF_SHAPES}
    assert tried == {name for name, parent in SUPERCLASS.items() if parent is None}


@pytest.mark.parametrize("name", OF_CHECKS)
def test_broken_data_trips_exactly_its_check(name):
    store = load(FILES[name])
    assert found(store) == {name}
    assert all(each.subject and each.detail for each in validation.run_checks(store))


@pytest.mark.parametrize("name", OF_SHAPES)
def test_broken_data_trips_exactly_its_shape(name):
    assert found(load(FILES[name])) == {"-".join(name.split("-")[:2])}


def test_clean_data_trips_nothing():
    store = load(FILES["clean"])
    assert [
        str(each) for each in (*validation.run_checks(store), *validation.run_shapes(store))
    ] == []


@pytest.mark.parametrize("name", validation.checks())
def test_the_first_line_says_the_rule(name):
    first = validation.checks()[name].splitlines()[0]
    assert first.startswith("# ") and first.endswith(".")


@settings(max_examples=50)
@given(st.sets(st.tuples(*[st.sampled_from("abc")] * 3)), st.tuples(*[st.sampled_from("abc?")] * 3))
def test_the_lookup_finds_what_rdflib_finds(triples, pattern):
    terms = [tuple(rdflib.URIRef(f"http://x/{each}") for each in triple) for triple in triples]
    plain = rdflib.Graph()
    for triple in terms:
        plain.add(triple)
    looked_up = shapes._Lookup(terms)
    wanted = tuple(None if each == "?" else rdflib.URIRef(f"http://x/{each}") for each in pattern)
    assert set(looked_up.triples(wanted)) == set(plain.triples(wanted))
    assert len(looked_up) == len(plain) and (wanted in looked_up) == (wanted in plain)
    assert set(looked_up.objects(wanted[0], wanted[1])) == set(plain.objects(wanted[0], wanted[1]))
