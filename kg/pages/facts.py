"""Plain triples with the references that state them: of an entity, about it, in a reference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from kg.network import words
from kg.rows import Rows
from kg.vocabulary import SUPERCLASS, curie

Select = Callable[[str], Rows]

# What n-ary nodes say has tables of its own.
_NODES = ("Outcome", "Observation", "RegulatoryEvent", "Statement", "Conflict", "Claim", "Coverage")
_OF_ENTITIES = " ".join(
    f"lkg:{name}"
    for name, parent in SUPERCLASS.items()
    if parent is None and name not in (*_NODES, "Reference", "Measure")
)
_CLAIM = """?claim rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?value ;
           lkg:locator ?locator ; lkg:checked ?checked"""
# Claims within the graph are looked up fact by fact, outside of it all at once.
_OF_FEW = f"""  ?subject ?property ?value .
  GRAPH ?reference {{ ?subject ?property ?value OPTIONAL {{
    {_CLAIM}
  }} }}
  FILTER(?reference != lkg:descriptions)
"""
_OF_ALL = f"""  ?subject ?property ?value .
  GRAPH ?reference {{ ?subject ?property ?value }}
  FILTER(?reference != lkg:descriptions)
  OPTIONAL {{ GRAPH ?reference {{ {_CLAIM} }} }}
"""
_EVERY = f"""SELECT ?subject ?property ?value ?reference ?locator ?checked WHERE {{
  $pattern VALUES ?class {{ {_OF_ENTITIES} }} ?subject a ?class .
$body}}"""
_DATED = ("lkg:startDate", "lkg:completionDate")


class Fact(NamedTuple):
    """A triple of entities, or of an entity and a value, with (reference, locator, mark) of each.

    ``subject``, ``property`` and an entity as ``value`` are short ids.
    """

    subject: str
    property: str
    value: str
    sources: list[tuple[str, str, str]]


class Facts(NamedTuple):
    """All facts, by who they are of, by whom they point to, and by who says them."""

    of: dict[str, list[Fact]]
    about: dict[str, list[Fact]]
    by: dict[str, list[Fact]]


def query(pattern: str) -> str:
    """The query of the facts of which a pattern, of ``?subject ?value ?reference``, chooses."""
    return (
        "SELECT DISTINCT ?subject ?property ?value ?reference ?locator ?checked WHERE {\n"
        f"  {pattern}\n{_OF_FEW}}} ORDER BY ?property ?subject ?value\n"
    )


def read(select: Select, label: Callable[[str], str], pattern: str = "") -> Facts:
    """All facts, or those of which a pattern of ``?subject ?value ?reference`` chooses.

    Args:
        label: of a short id, what it is called; facts are in that order.
    """
    said: dict[tuple[str, str, str], set[tuple[str, str, str]]] = defaultdict(set)
    precision: dict[tuple[str, str], str] = {}
    asked = _EVERY.replace("$pattern", pattern).replace("$body", _OF_FEW if pattern else _OF_ALL)
    rows = [tuple(map(curie, row)) for row in select(asked).texts()]
    for subject, term, value, reference, *_ in rows:
        if term == "lkg:datePrecision":
            precision[subject, reference] = value
    for subject, term, value, reference, locator, checked in rows:
        if term in ("lkg:datePrecision", "lkg:arm"):  # arms are rows of their trial's table
            continue
        kept = precision.get((subject, reference), "") if term in _DATED else ""
        shown = value[: {"year": 4, "month": 7}[kept]] if kept else value
        said[subject, term, shown].add((reference, locator, checked))
    facts = [Fact(*triple, _seen(sources)) for triple, sources in said.items()]
    facts.sort(key=lambda f: (words(f.property), label(f.value).casefold(), label(f.subject), f))
    found = Facts(defaultdict(list), defaultdict(list), defaultdict(list))
    for fact in facts:
        found.of[fact.subject].append(fact)
        found.about[fact.value].append(fact)
        for reference in dict.fromkeys(source[0] for source in fact.sources):
            found.by[reference].append(fact)
    return found


def _seen(sources: set[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """What was seen once at a place of a reference was not merely recalled there."""
    return sorted(each for each in sources if (*each[:2], "source") not in sources - {each})
