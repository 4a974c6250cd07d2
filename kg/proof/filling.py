"""Filling in: a solution's values for the variables of patterns and of their text."""

from __future__ import annotations

import re
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.proof.patterns import Variable
from kg.sparql import Level, masked
from kg.vocabulary import PREFIXES, curie

Solution = dict[str, Any]


def resolved(term: Any, solution: Solution) -> Any:
    """A term as it is, a variable's value, or None where it has none."""
    return solution.get(term) if isinstance(term, Variable) else term


def given(level: Level, solution: Solution) -> str:
    """The values that a solution gives to the variables of a level, as SPARQL."""
    used = set(re.findall(r"[?$](\w+)", masked(level.group)))
    names = sorted(used & solution.keys())
    if not names:
        return ""
    variables = " ".join(f"?{name}" for name in names)
    return f"VALUES ({variables}) {{ ({' '.join(str(solution[name]) for name in names)}) }}"


def agrees(rows: tuple[dict[str, Any], ...], solution: Solution) -> bool:
    """Whether a solution has the values of one of some rows; UNDEF is None there."""
    return any(
        all(value is None or solution.get(name) == value for name, value in row.items())
        for row in rows
    )


def filled_in(level: Level, solution: Solution) -> str:
    """The text of a level with the values of a solution, on one line."""
    lines = (line.partition(" # ")[0] for line in level.group.splitlines())
    text = " ".join(" ".join(lines).split())

    def dropped(found: re.Match[str]) -> str:
        return "" if found[1] in solution else found[0]

    def value(found: re.Match[str]) -> str:
        term = solution.get(found[1])
        if term is None:
            return found[0]
        if isinstance(term, Literal) and term.datatype.value.startswith(PREFIXES["xsd"]):
            return _plain(term)
        return curie(term.value) if isinstance(term, NamedNode) else str(term)

    text = re.sub(r"VALUES [?$](\w+) \{[^{}]*\} ?", dropped, text)
    return re.sub(r"[?$](\w+)", value, text)


def _plain(term: Literal) -> str:
    """A literal with the short form of its datatype, none for a string."""
    datatype = curie(term.datatype.value)
    quoted = str(Literal(term.value))
    return quoted if datatype == "xsd:string" else f"{quoted}^^{datatype}"
