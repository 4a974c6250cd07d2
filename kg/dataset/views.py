"""The dataset as it could be known on a date, about a date, or without some references.

There are two clocks: when something happened, and when it could be known.

* **as of** a day: what could be known then. References issued on or before the day, and
  events until it; an announced event is not there before its day.
* **on** a day: what is known today about that day. All references, and events until it:
  a decision of 2003 that only a paper of 2010 tells of is there on 2005, and not as of 2005.
* **as of** one day **on** an earlier one: what could be known on the first about the second.
  The other way round is a contradiction: nothing was known then of what came later.

A question with a parameter ``on`` answers about a day by itself (``kg ask status``).

A view is a choice of what quads stand by (:mod:`.supports`). What nobody had written about by
then is not even listed. Names and definitions have no dates: a brand given later stands beside
an old fact. What the curators looked for is known from the day until which they looked.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Store

from kg.dataset import archive, kept
from kg.dataset.choice import Choice
from kg.dataset.loading import Loading


def view(store: Store, choice: Choice, place: Path | None = None) -> Store:
    """A store that holds only part of what another one knows.

    Args:
        store: the whole dataset.
        choice: which part.
        place: the folder of the generation that the store was opened from, if it is on disk.
    """
    every = archive.read(place) if place else archive.of_store(store)
    if place and (found := kept.made(place, every, choice)):
        return Store.read_only(str(found))
    takes = choice.takes(every.replacing)
    with Loading() as loading:
        for text in every.text(lambda group: takes(group.terms)):
            loading.add(text)
    return loading.store
