"""Views on disk: made of each other, kept for the next process, and given up where they must be."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from pyoxigraph import Store

from kg.dataset import archive, kept
from kg.dataset.choice import Choice, choose
from kg.dataset.store import build, open_generation
from kg.dataset.views import view
from kg.sources import curated


@pytest.fixture
def generation(tables, tmp_path, monkeypatch):
    """A small store that is treated like a large one: whatever a view takes, making it pays."""
    monkeypatch.setattr(kept, "_COPY", 0)
    monkeypatch.setattr(kept, "_ADD", 0)
    monkeypatch.setattr(kept, "_TAKE_OUT", 0)
    monkeypatch.setattr(kept, "_FIRST", 1)
    monkeypatch.setattr(kept, "_STEP", 1)
    build(curated.claims(tables()), tmp_path)
    return open_generation(tmp_path)[1]


def names(generation):
    return sorted(path.name for path in (generation / kept.FOLDER).iterdir())


def stored(place):
    return set(Store.read_only(str(place)))


def loaded(generation, choice):
    every = archive.read(generation)
    takes = choice.takes(every.replacing)
    store = Store()
    for text in every.text(lambda group: takes(group.terms)):
        store.bulk_load(text, kept.RdfFormat.N_QUADS)
    return set(store)


def test_a_build_makes_views_that_others_are_made_of(generation):
    choices = [choose(day) for day in ("2011-06-30", "2012-02-21", "2017-08-17")]
    choices.append(choose(on=kept.date.min))
    assert names(generation) == sorted(choice.name for choice in choices)
    for choice in choices:
        made = generation / kept.FOLDER / choice.name
        assert stored(made) == loaded(generation, choice)


@pytest.mark.parametrize(
    "choice",
    [
        choose("2010"),
        choose("2014-02-01"),
        choose(on="2014"),
        choose(without=("press",)),
        choose("2017", without=("recalled",)),
    ],
    ids=lambda choice: choice.name,
)
def test_a_view_made_of_another_one_is_that_from_text(generation, choice):
    made = kept.made(generation, archive.read(generation), choice)
    assert made and made.name == choice.name
    assert stored(made) == loaded(generation, choice)


def test_what_it_is_made_of_stays_as_it_was(generation):
    other = generation / kept.FOLDER / choose("2012-02-21").name
    before = stored(generation / "store"), stored(other)
    kept.made(generation, archive.read(generation), choose("2010"))
    kept.made(generation, archive.read(generation), choose("2014"))
    assert before == (stored(generation / "store"), stored(other))


def test_a_view_is_made_once(generation):
    every, choice = archive.read(generation), choose("2014")
    first = kept.made(generation, every, choice)
    inode = first.stat().st_ino
    assert kept.made(generation, every, choice) == first and first.stat().st_ino == inode


def test_two_at_once_make_one_view(generation):
    every, choice = archive.read(generation), choose("2014")
    with ThreadPoolExecutor(4) as threads:
        made = set(threads.map(lambda _: kept.made(generation, every, choice), range(8)))
    assert len(made) == 1 and stored(made.pop()) == loaded(generation, choice)
    assert not [name for name in names(generation) if name.startswith(".")]


def test_where_nothing_can_be_written_a_view_is_loaded(generation, monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(kept.os, "link", refuse)
    choice = choose("2014")
    assert kept.made(generation, archive.read(generation), choice) is None
    store = view(Store.read_only(str(generation / "store")), choice, generation)
    assert set(store) == loaded(generation, choice)


def test_a_small_view_is_not_worth_a_copy(generation, monkeypatch):
    monkeypatch.setattr(kept, "_COPY", 10**9)
    assert kept.made(generation, archive.read(generation), choose("2014")) is None
    place = kept.loaded(generation, archive.read(generation), choose("2014"))
    assert stored(place) == loaded(generation, choose("2014"))


def test_views_that_nobody_uses_go(generation, monkeypatch):
    monkeypatch.setattr(kept, "_MOST", 2)
    long_ago = time.time() - 10 * kept._FRESH
    folder = generation / kept.FOLDER
    (folder / ".left").mkdir()
    for name in names(generation):
        os.utime(folder / name, (long_ago, long_ago))
    kept.there(generation, choose("2012-02-21"))
    kept.made(generation, archive.read(generation), choose("2014"))
    assert names(generation) == [choose("2012-02-21").name, choose("2014").name]


def test_the_name_of_a_choice_is_its_own():
    choices = [
        Choice(),
        choose("2014"),
        choose(on="2014"),
        choose("2014", on="2014"),
        choose("2014", without=("press",)),
        choose("2014", without=("press", "recalled")),
    ]
    assert len({choice.name for choice in choices}) == len(choices)
    assert [Choice.named(choice.name) for choice in choices] == choices
    with pytest.raises(ValueError):
        Choice.named("store")
