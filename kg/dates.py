"""Days as sources give them and as users ask for them: whole, or only a month or a year."""

from __future__ import annotations

import re
from datetime import date

from kg.errors import BadParameter

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)


def parse_date(value: str) -> tuple[date, str]:
    """A full date from a possibly partial one, and its precision.

    A partial date stands at the end of its period: ``"2011-06"`` gives
    ``(date(2011, 6, 30), "month")``, ``"2011"`` gives ``(date(2011, 12, 31), "year")``
    and a full date the precision ``""``.

    Raises:
        ValueError: not a date, or a day that the calendar does not have.
    """
    match = _PARTIAL_DATE.fullmatch(value)
    if not match:
        raise ValueError(f"{value!r} is not a date like 2017-08-17, 2017-08 or 2017")
    year, month, day = match.groups()
    precision = "" if day else "month" if month else "year"
    try:
        number = int(month or 12)
        last = int(day) if day else _last(int(year), number)
        return date(int(year), number, last), precision
    except ValueError as error:  # also what monthrange raises for month 13
        raise ValueError(f"{value!r} is not a day of the calendar") from error


def _last(year: int, month: int) -> int:
    import calendar  # which opening a graph need not load

    return calendar.monthrange(year, month)[1]


def parse_day(value: str | date) -> date:
    """A day that somebody asks for; a partial date is the end of its period.

    Raises:
        BadParameter: it is no date.
    """
    if isinstance(value, date):
        return value
    try:
        return parse_date(value)[0]
    except ValueError as error:
        raise BadParameter(str(error)) from None
