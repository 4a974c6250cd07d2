"""Why each quad stands: what a view must leave in for the quad to be in it.

A quad stands by one or several *supports*, each from something that a reference says:
the day from which it could be known, the day of the event that it tells of, and the kinds of
evidence with which it falls. A view takes a quad if it takes one of its supports. So a view
is a choice of supports, and what has the same ones is chosen together.

* What a reference says stands by that reference; an event from its day on; what the curator
  could not see falls with the kind "recalled".
* In the default graph a triple stands by all who say it, but for references of which a newer
  version is taken.
* What describes an entity stands by whatever mentions the entity or one below it. Measures
  are described always, areas that the curators looked at from the day until which they
  looked, conflicts when all their sides stand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache, reduce
from typing import NamedTuple

from pyoxigraph import NamedNode

from kg.dataset.lines import DEFAULT, SUPER, Lines
from kg.vocabulary import PREFIXES, dcterms, lkg, rdf, rdfs, skos

KINDS = ("press", "abstract", "recalled")  # the last is a mark on claims, not on references
_TYPES = {"press": lkg.PressArticle, "abstract": lkg.Abstract}
_BIT = {kind: 1 << place for place, kind in enumerate(KINDS)}


class Support(NamedTuple):
    """One way to stand.

    Attributes:
        known: day from which it could be known; "" for always.
        until: day of the event that it tells of; "" for none.
        kinds: bits of the kinds of evidence (:data:`KINDS`) with which it falls.
        unless: references that replace it where they are taken ("<...>").
    """

    known: str
    until: str = ""
    kinds: int = 0
    unless: tuple[str, ...] = ()


Terms = tuple[Support, ...]  # any of these is enough; sorted, none of them implied by another
ALWAYS: Terms = (Support(""),)
NEVER: Terms = ()


class Groups(NamedTuple):
    """All quads of a dataset by what they stand by.

    Attributes:
        quads: lines of N-Quads.
        replacing: what each reference stands by that replaces another one.
    """

    quads: dict[Terms, list[str]]
    replacing: dict[str, Terms]


def mask(kinds: Iterable[str]) -> int:
    """The bits of some kinds of evidence."""
    return sum(_BIT[kind] for kind in set(kinds))


def _implies(one: Support, other: Support) -> bool:
    """Whether every view that takes the one takes the other too."""
    return (
        other.known <= one.known
        and other.until <= one.until
        and not other.kinds & ~one.kinds
        and set(other.unless) <= set(one.unless)
    )


def _fewest(terms: set[Support]) -> Terms:
    return tuple(
        sorted(
            each
            for each in terms
            if not any(other != each and _implies(each, other) for other in terms)
        )
    )


@lru_cache(maxsize=1 << 16)
def either(one: Terms, other: Terms) -> Terms:
    """What stands by either of two."""
    return _fewest({*one, *other})


def both(one: Terms, other: Terms) -> Terms:
    """What stands only by two at once."""
    return _fewest({_and(a, b) for a in one for b in other})


def _and(a: Support, b: Support) -> Support:
    unless = tuple(sorted({*a.unless, *b.unless}))
    return Support(max(a.known, b.known), max(a.until, b.until), a.kinds | b.kinds, unless)


_Standing = dict[str, Terms]
_ENDS = re.compile(r"^(<[^>]*>) <[^>]*> (<[^>]*>)?", re.MULTILINE)
_CLAIM = f"<{PREFIXES['claim']}"
_DATE, _RECALLED = f" {lkg.date} ", f' {lkg.checked} "recalled"'
_FOLLOWED = frozenset(map(str, (rdfs.subClassOf, skos.broader, dcterms.publisher, lkg.about)))
_REPLACED = str(lkg.supersededBy)
_SUPER = {str(narrow): str(broad) for narrow, broad in SUPER.items()}


def groups(graphs: Lines) -> Groups:
    """The quads of a dataset by what they stand by.

    Args:
        graphs: lines of N-Triples by the IRI of their graph, as :func:`.lines.by_graph` does.
    """
    described = _Described(graphs.get(lkg.descriptions.value, []))
    references = described.references()
    found: dict[Terms, list[str]] = defaultdict(list)
    merged: _Standing = dict.fromkeys(graphs.get(DEFAULT, ()), NEVER)
    subjects: _Standing = {}
    mentioned: _Standing = {}
    stated: _Standing = {r: (base,) for r, base in references.items() if not graphs.get(r[1:-1])}

    def add(to: _Standing, names: Iterable[str], terms: Terms) -> None:
        for name in names:
            had = to.get(name, NEVER)
            to[name] = either(had, terms) if had else terms

    for graph in graphs.keys() - {DEFAULT, lkg.descriptions.value}:
        name = f"<{graph}>"
        if name not in references:
            found[NEVER] += _in_graph(graphs[graph], name)
            continue
        unless = tuple(sorted(described.values(name, _REPLACED)))
        for support, lines in _by_support(graphs[graph], references[name]):
            found[support,] += _in_graph(lines, name)
            ends = _ENDS.findall("".join(lines))
            own = {subject for subject, _ in ends}
            add(subjects, own, (support,))
            add(mentioned, own.union(value for _, value in ends), (support,))
            add(stated, [name], (support,))
            said = (line for line in lines if not line.startswith(_CLAIM))
            add(merged, said, (support._replace(unless=unless),))
    for name, terms in (*stated.items(), *described.by_themselves(subjects)):
        add(mentioned, [name], terms)
    described.spread(mentioned)
    for name, predicate, value, line in described.lines:
        terms = mentioned.get(name, NEVER)
        if predicate == _REPLACED:
            terms = both(terms, stated.get(value, NEVER))
        found[terms] += _in_graph([line], str(lkg.descriptions))
        add(merged, [line], terms)
    for line, terms in merged.items():
        found[terms].append(line)
    either.cache_clear()
    replacing = {each for terms in found for support in terms for each in support.unless}
    return Groups(found, {each: stated.get(each, NEVER) for each in replacing})


def _in_graph(lines: Iterable[str], graph: str) -> list[str]:
    return [f"{line[:-2]}{graph} .\n" for line in lines]


def _by_support(lines: list[str], base: Support) -> Iterator[tuple[Support, list[str]]]:
    """The lines of a reference by what each stands by beside the reference itself."""
    dates: dict[str, str] = {}
    recalled: set[str] = set()
    for line in lines:
        if _DATE in line and (parts := _parts(line))[1] == str(lkg.date):
            dates[parts[0]] = max(dates.get(parts[0], ""), _lexical(parts[2]))
        elif _RECALLED in line and (parts := _parts(line))[1:] == (str(lkg.checked), '"recalled"'):
            recalled.add(parts[0])
    if not dates and not recalled:
        yield base, lines
        return
    claimed = _claimed(lines, recalled)
    found: dict[Support, list[str]] = defaultdict(list)
    for line in lines:
        subject = line.split(" ", 1)[0]
        bits = _BIT["recalled"] * (subject in recalled or line in claimed)
        found[Support(base.known, dates.get(subject, ""), base.kinds | bits)].append(line)
    yield from found.items()


def _claimed(lines: list[str], claims: set[str]) -> set[str]:
    """The triples that some claim nodes of a reference are about, and what follows from them."""
    parts: dict[str, dict[str, str]] = defaultdict(dict)
    for subject, predicate, value in map(_parts, lines):
        if subject in claims:
            parts[subject][predicate] = value
    found = set()
    for part in parts.values():
        subject, predicate, value = (
            part.get(str(each), "") for each in (rdf.subject, rdf.predicate, rdf.object)
        )
        found |= {f"{subject} {p} {value} .\n" for p in (predicate, _SUPER.get(predicate))}
    return found


class _Described:
    """What the graph of descriptions says.

    Attributes:
        lines: subject, predicate, value and the whole line of each.
    """

    def __init__(self, lines: list[str]) -> None:
        self.lines = [(*_parts(line), line) for line in lines]
        self._of: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._by: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, predicate, value, _ in self.lines:
            self._of[name].append((predicate, value))
            self._by[predicate].append((name, value))

    def values(self, name: str, predicate: str) -> list[str]:
        """What an entity has by a predicate."""
        return [value for found, value in self._of.get(name, ()) if found == predicate]

    def references(self) -> dict[str, Support]:
        """The references that have a day, with what stands by each."""
        kinds: dict[str, int] = defaultdict(int)
        for kind, of in _TYPES.items():
            for name in self._instances(of):
                kinds[name] |= _BIT[kind]
        dated = self._by[str(dcterms.issued)]
        return {name: Support(_lexical(day), "", kinds[name]) for name, day in dated}

    def by_themselves(self, subjects: _Standing) -> Iterator[tuple[str, Terms]]:
        """What is described though nothing may mention it, and what that stands by."""
        for name in self._instances(lkg.Measure):
            yield name, ALWAYS
        for name in self._instances(lkg.Coverage):
            days = map(_lexical, self.values(name, str(lkg.until)))
            yield name, (Support(max(days, default="")),)
        for name in self._instances(lkg.Conflict):
            sides = self.values(name, str(lkg.between))
            yield name, reduce(both, (subjects.get(side, NEVER) for side in sides), ALWAYS)

    def spread(self, standing: _Standing) -> None:
        """Let what entities are told to be kinds or parts of stand by them too."""
        todo = list(standing)
        while todo:
            name = todo.pop()
            for predicate, value in self._of.get(name, ()):
                if predicate in _FOLLOWED:
                    had = standing.get(value, NEVER)
                    standing[value] = either(had, standing[name])
                    if standing[value] != had:
                        todo.append(value)

    def _instances(self, of: NamedNode) -> list[str]:
        return [name for name, kind in self._by[str(rdf.type)] if kind == str(of)]


def _parts(line: str) -> tuple[str, str, str]:
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest[:-3]


def _lexical(literal: str) -> str:
    return literal.split('"')[1]
