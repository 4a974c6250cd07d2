"""What is compared or pooled: a measure, a family of measures, or a harm; and in whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.analysis.records import Measure
from kg.analysis.results import Select, measures
from kg.errors import UnknownName
from kg.grounding import Index
from kg.vocabulary import CODES, curie

_HARM = "measure:adverse-event-incidence"


@dataclass(frozen=True)
class Scope:
    """Which results are meant.

    Attributes:
        label: "CR or CRi", "response", "veno-occlusive disease".
        definition: of a measure or of the incidence of harms; "" of a family.
        pattern: SPARQL about ``?outcome``.
        measures: every measure, by its short form.
        chosen: the measures meant, by short form; all for a harm.
    """

    label: str
    definition: str
    pattern: str
    measures: Mapping[str, Measure]
    chosen: frozenset[str]

    def covers(self, measure: str) -> bool:
        """Whether a comparison's measure ("cr-or-cri-difference") is of what is meant."""
        stems = {self.measures[each].stem for each in self.chosen}
        return self.measures[measure].stem in stems


def scope(select: Select, index: Index, name: str) -> Scope:
    """The scope of a family ("response"), a measure or a harm by any of their names.

    Raises:
        UnknownName: there is no such measure; the message says what there is.
    """
    known = measures(select)
    if name in CODES["family"]:
        of_family = frozenset(each.id for each in known.values() if each.family == name)
        pattern = f'?outcome lkg:measure ?measure . ?measure lkg:family "{name}" .'
        return Scope(name, "", pattern, known, of_family)
    try:
        found = index.find(name, ("measure", "adverse-event"))
    except UnknownName as error:
        families = ", ".join(CODES["family"])
        message = f"{error}; a measure is also a family: {families}"
        raise UnknownName(message, error.candidates) from None
    if (short := curie(found)) in known:
        measure = known[short]
        pattern = f"?outcome lkg:measure <{found}> ."
        return Scope(measure.label, measure.definition, pattern, known, frozenset([short]))
    pattern = f"?outcome lkg:adverseEvent <{found}> ."
    definition = known[_HARM].definition if _HARM in known else ""
    return Scope(index.label(found), definition, pattern, known, frozenset(known))


_COVERED = """SELECT DISTINCT ?label ?until WHERE {
  $trials
  ?trial lkg:condition ?disease .
  ?disease rdfs:subClassOf* ?area .
  ?coverage a lkg:Coverage ; lkg:about ?area ; rdfs:label ?label ; lkg:until ?until .
} ORDER BY ?label"""


def emptiness(select: Select, entity: str, looked_for: str) -> str:
    """Why there is no result: looked for and not found, or not looked for.

    Args:
        entity: IRI of a trial, drug or disease.
        looked_for: "response of ELIANA".
    """
    trials = {
        "drug": f"?trial lkg:drug <{entity}> .",
        "disease": f"?trial lkg:condition <{entity}> .",
    }.get(curie(entity).partition(":")[0], f"VALUES ?trial {{ <{entity}> }}")
    areas = [(str(row[0]), str(row[1])) for row in select(_COVERED.replace("$trials", trials))]
    if not areas:
        return f"{looked_for}: not covered: nothing says that anybody looked for it"
    named = " and ".join(label for label, _ in areas)
    return f"{looked_for}: covered ({named}, until {max(day for _, day in areas)}), none found"


def known_until(select: Select) -> str:
    """The last day that was looked at in any area, else the newest reference's."""
    for query in (
        "SELECT (MAX(?day) AS ?last) WHERE { ?coverage a lkg:Coverage ; lkg:until ?day }",
        "SELECT (MAX(?day) AS ?last) WHERE { ?reference dcterms:issued ?day }",
    ):
        for row in select(query):
            if row[0]:
                return str(row[0])
    return ""
