"""What an empty answer means: that there is nothing, or that nobody looked.

The graph says which areas its curators looked at, until when, and what they left out
(``lkg:Coverage``, ``kg ask coverage``). An empty answer about a disease of such an area
was looked for and not found; any other empty answer says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.rows import Covered, Row, Rows

Select = Callable[[str], Rows]

_ITSELF = "?disease a lkg:Disease . VALUES ?disease { $entities }"
# A drug by its trials and decisions, a trial by its condition, what drugs have by those drugs.
_STUDIED = """{
    {
      { VALUES ?drug { $entities } }
      UNION
      {
        VALUES ?entity { $entities }
        VALUES ?has { lkg:target lkg:mechanism lkg:payload lkg:linker lkg:antibody }
        ?drug ?has ?entity
      }
    }
    ?study lkg:drug ?drug .
    { ?study lkg:condition ?disease } UNION { ?study lkg:indication ?disease }
  } UNION { VALUES ?entity { $entities } ?entity lkg:condition ?disease }"""
_AREAS = """SELECT DISTINCT ?area ?until ?leftOut WHERE {
  VALUES ?disease { $diseases }
  $within .
  ?coverage lkg:about ?covered .
  ?coverage a lkg:Coverage ; rdfs:label ?area ; lkg:until ?until ; lkg:leftOut ?leftOut .
} ORDER BY ?area"""
# Areas that hold the diseases; if there are none, areas of diseases below them.
_WITHIN = ("?disease rdfs:subClassOf* ?covered", "?covered rdfs:subClassOf* ?disease")
_SPELLED_OUT = 2  # areas of which an answer says what was left out


def covered(select: Select, entities: Iterable[str], label: Callable[[str], str]) -> Covered:
    """Whether what was asked about entities belongs to what the curators looked for.

    Args:
        select: answers SELECT queries, of the whole graph: a view may know no areas.
        entities: IRIs. Diseases decide; without one, the diseases in which the others (drugs,
            or the drugs of a target, mechanism or component) were studied or decided on.
        label: from an IRI to its label.
    """
    about = sorted(set(entities))
    if not about:
        return Covered(False, "none found; 'kg ask coverage' says what was looked for")
    diseases = _found(select, _ITSELF, about) or _found(select, _STUDIED, about)
    query = _AREAS.replace("$diseases", _terms(diseases))
    areas: Rows | list[Row] = []
    for within in _WITHIN if diseases else ():
        areas = areas or select(query.replace("$within", within))
    if not areas:
        named = ", ".join(map(label, diseases or about))
        return Covered(
            False,
            f"not covered: no area that was looked at holds {named}; an empty answer says "
            "nothing about it ('kg ask coverage' lists the areas)",
        )
    if len(areas) > _SPELLED_OUT:
        names = ", ".join(str(row["area"]) for row in areas)
        first = min(str(row["until"]) for row in areas)
        return Covered(
            True,
            f"covered, none found: looked for until {first} in {names}; 'kg ask coverage' says "
            "what for, and what was left out",
        )
    return Covered(
        True,
        "covered, none found: "
        + "; ".join(
            f"{area} was looked for until {until}; left out: {left}" for area, until, left in areas
        ),
    )


def _found(select: Select, pattern: str, entities: list[str]) -> list[str]:
    query = f"SELECT DISTINCT ?disease WHERE {{ {pattern} }} ORDER BY ?disease"
    return [str(row[0]) for row in select(query.replace("$entities", _terms(entities)))]


def _terms(iris: Iterable[str]) -> str:
    return " ".join(f"<{each}>" for each in iris)
