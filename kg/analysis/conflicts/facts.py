"""Facts that can have one value only, said with two; and results whose parts cannot hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from itertools import combinations
from typing import NamedTuple

from kg.analysis.conflicts.model import (
    FACT,
    RESULT,
    Conflict,
    Select,
    Side,
    Source,
    by_reference,
    detected,
)
from kg.analysis.conflicts.reading import Said, read_sources, values
from kg.vocabulary import curie


class _Fact(NamedTuple):
    value: str
    precision: str
    source: Source


def _equal(one: _Fact, other: _Fact) -> bool:
    return one.value == other.value


def _overlap(one: _Fact, other: _Fact) -> bool:
    """A paper may report one phase of a phase 1/2 trial."""
    return bool(set(one.value.split("/")) & set(other.value.split("/")))


def _same_period(one: _Fact, other: _Fact) -> bool:
    """Dates agree to the coarser precision of the two."""
    length = min({"year": 4, "month": 7}.get(each.precision, 10) for each in (one, other))
    return one.value[:length] == other.value[:length]


def _more_words(one: _Fact, other: _Fact) -> bool:
    """One says the same more precisely: "IgG4" and "IgG4 kappa"."""
    first, second = (set(each.value.casefold().split()) for each in (one, other))
    return first <= second or second <= first


def _open(one: _Fact, other: _Fact) -> bool:
    """Words for blinding differ ("quadruple", "double-blind"); open-label is none of them."""
    return (one.value == "open-label") == (other.value == "open-label")


def _random(one: _Fact, other: _Fact) -> bool:
    return (one.value == "randomized") == (other.value == "randomized")


# Properties that hold one value, and when two of them agree.
FUNCTIONAL: dict[str, Callable[[_Fact, _Fact], bool]] = {
    "enrollment": _equal,
    "phase": _overlap,
    "startDate": _same_period,
    "masking": _open,
    "allocation": _random,
    "isotype": _more_words,
    "cleavable": _equal,
}


def find(select: Select, about: Collection[str] | None = None) -> Iterator[Conflict]:
    """Conflicts of functional facts: one for each kind, entity and property.

    Args:
        about: short forms of the entities; None for all.
    """
    sides: dict[tuple[str, str, str], set[_Fact]] = defaultdict(set)
    only = "" if about is None else f"VALUES ?s {{ {values(about)} }}"
    for (subject, name), facts in _read(select, only).items():
        for one, other in combinations(facts, 2):
            if not FUNCTIONAL[name](one, other) and one.source.id != other.source.id:
                sides[by_reference(one.source, other.source), subject, name] |= {one, other}
    checked = _checked(select, {subject for _, subject, _ in sides})
    for (kind, subject, name), found in sides.items():
        marked = [
            _side(name, each, checked.get((subject, name, each.value, each.source.id), ""))
            for each in found
        ]
        yield detected(kind, (subject, name), [subject], marked, FACT)


def _read(select: Select, only: str) -> dict[tuple[str, str], list[_Fact]]:
    names = " ".join(f"lkg:{name}" for name in FUNCTIONAL)
    rows = select(
        f"SELECT ?s ?p ?o ?r {{ {only} VALUES ?p {{ {names} }} GRAPH ?r {{ ?s ?p ?o }} }}"
    )
    partial = {
        (str(subject), str(reference)): str(precision)
        for subject, reference, precision in select(
            f"""SELECT ?s ?r ?precision {{
              {only} GRAPH ?r {{ ?s lkg:startDate ?o ; lkg:datePrecision ?precision }}
            }}"""
        )
    }
    sources = read_sources(select, {str(row["r"]) for row in rows})
    found: dict[tuple[str, str], list[_Fact]] = defaultdict(list)
    for row in rows:
        subject, predicate, value, reference = (str(row[name]) for name in ("s", "p", "o", "r"))
        source = sources.get(reference)
        if source and not source.superseded:
            fact = _Fact(value, partial.get((subject, reference), ""), source)
            found[curie(subject), predicate.partition("#")[2]].append(fact)
    return found


def _checked(select: Select, subjects: set[str]) -> dict[tuple[str, ...], str]:
    """The mark of each fact of some entities: by subject, property, value and reference."""
    if not subjects:
        return {}
    rows = select(f"""SELECT ?s ?p ?o ?r ?checked {{
      VALUES ?s {{ {values(subjects)} }}
      GRAPH ?r {{ ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; lkg:checked ?checked }}
    }}""")
    return {
        (curie(str(s)), str(p).partition("#")[2], str(o), curie(str(r))): str(checked)
        for s, p, o, r, checked in rows
    }


def _side(name: str, fact: _Fact, checked: str) -> Side:
    return Side(
        node="",
        label=f"{name} {fact.value}",
        value=fact.value,
        reference=fact.source.id,
        reference_kind=fact.source.kind,
        issued=fact.source.issued,
        figure=fact.value,
        checked=checked,
        retracted=fact.source.retracted,
    )


def arithmetic(results: list[Said], proportions: frozenset[str]) -> Iterator[Conflict]:
    """Results whose percentage is not their count of their total, to the printed precision.

    Args:
        proportions: the measures that obey this arithmetic.
    """
    for each in results:
        value, count, total = (each[name] for name in ("value", "count", "total"))
        whole = each["measure"] in proportions and each["unit"] == "%" and each["total"] != "0"
        if not (whole and value and count and total):
            continue
        share, half = 100 * int(count) / int(total), 0.5 * 10.0 ** -len(value.partition(".")[2])
        if abs(share - float(value)) > half + 1e-5:
            about = [each["trial"] or each["about"]]
            parts = [each.side(f"{value} %"), each.side(f"{count} of {total} ({share:.4g} %)")]
            yield detected("error", (each.node,), about, parts, RESULT)
