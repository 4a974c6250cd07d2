"""Which view of a dataset is wanted, and what it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from kg.dataset.supports import KINDS, Support, Terms, mask
from kg.dates import parse_day
from kg.errors import BadParameter, Mismatch

_NO_DAY = "~"  # after all days


class Choice(NamedTuple):
    """A view, by what it is to show.

    Attributes:
        as_of: keep what could be known on this day, and events until it.
        on: keep events until this day.
        without: kinds of evidence to leave out: "press", "abstract", or "recalled" (what the
            curator could not see in its source).
    """

    as_of: date | None = None
    on: date | None = None
    without: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """A name of its own, which files can have: "2011-06-30__press-recalled"."""
        days = (str(day or "") for day in (self.as_of, self.on))
        return "_".join((*days, "-".join(sorted(self.without))))

    @classmethod
    def named(cls, name: str) -> Choice:
        """The choice of a name.

        Raises:
            ValueError: it is the name of none.
        """
        as_of, on, kinds = name.split("_")
        known, about = (date.fromisoformat(day) if day else None for day in (as_of, on))
        return cls(known, about, frozenset(filter(None, kinds.split("-"))))

    def takes(self, replacing: Mapping[str, Terms]) -> Callable[[Terms], bool]:
        """What tells whether the view takes what stands by some terms.

        Args:
            replacing: what each reference stands by that replaces another one.
        """
        known = str(self.as_of or _NO_DAY)
        until = str(min(filter(None, (self.as_of, self.on)), default=_NO_DAY))
        kinds = mask(self.without)

        def fits(support: Support) -> bool:
            return support.known <= known and support.until <= until and not support.kinds & kinds

        taken = {name for name, terms in replacing.items() if any(map(fits, terms))}
        return lambda terms: any(fits(each) and taken.isdisjoint(each.unless) for each in terms)


def in_whole(terms: Terms) -> bool:
    """Whether the dataset itself has what stands by some terms; it has what stands by none."""
    return not terms or any(not support.unless for support in terms)


def choose(
    as_of: str | date | None = None, on: str | date | None = None, without: Iterable[str] = ()
) -> Choice:
    """The choice of some days and kinds.

    Raises:
        BadParameter: a day that is none, or a kind of evidence that is left out and is none.
        Mismatch: the day asked about is after the day of the knowledge.
    """
    known, about = (parse_day(day) if day else None for day in (as_of, on))
    if known and about and about > known:
        raise Mismatch(
            f"on {about}, as of {known}: what could be known on a day says nothing of a later "
            "one; leave one of the two out"
        )
    if unknown := set(without) - set(KINDS):
        raise BadParameter(f"--without {min(unknown)}: it takes {', '.join(KINDS)}")
    return Choice(known, about, frozenset(without))
