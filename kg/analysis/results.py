"""Reads results, arms and measures from a graph, with the fewest queries.

Nodes come as rows of property and value and are put together here: a pattern with an
OPTIONAL for each of thirty properties is longer and slower.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

import msgspec

from kg.analysis.records import Arm, Measure, Result
from kg.rows import Cell, Rows

Select = Callable[[str], Rows]
Facts = dict[str, list[Cell]]

_MEASURES = """SELECT ?m ?label ?definition ?kind ?family WHERE {
  ?m a lkg:Measure ; rdfs:label ?label ; lkg:kind ?kind ; lkg:family ?family .
  OPTIONAL { ?m skos:definition ?definition }
}"""

_RESULTS = """SELECT ?outcome ?reference ?p ?o WHERE {
  VALUES ?trial { $trials }
  ?outcome lkg:trial ?trial .
  $scope
  GRAPH ?reference { ?outcome a lkg:Outcome ; ?p ?o }
}"""

_REFERENCES = """SELECT ?r ?class ?issued WHERE {
  VALUES ?r { $references }
  ?r a ?class ; dcterms:issued ?issued .
  FILTER(?class != lkg:Reference)
}"""

_DISPUTED = "SELECT DISTINCT ?node WHERE { ?conflict lkg:between ?node }"

_ARMS = """SELECT ?arm ?p ?o WHERE {
  VALUES ?trial { $trials }
  ?arm a lkg:Arm .
  ?trial lkg:arm ?arm .
  ?arm ?p ?o
}"""

_TRIALS = """SELECT ?trial ?p ?o WHERE {
  VALUES ?trial { $trials }
  ?trial ?p ?o
}"""

# A reference that names the disease broadly does not widen what another says closely.
_BROADER = """SELECT DISTINCT ?trial ?broad WHERE {
  VALUES ?trial { $trials }
  ?trial lkg:condition ?narrow , ?broad .
  ?narrow rdfs:subClassOf+ ?broad .
}"""


def measures(select: Select) -> dict[str, Measure]:
    """Every measure by its short form."""
    found = {}
    for row in select(_MEASURES):
        identifier, *rest = ("" if cell is None else cell.curie for cell in row)
        found[identifier] = Measure(identifier, *rest)
    return found


def results(select: Select, trials: Iterable[str], scope: str) -> list[Result]:
    """The results of trials within a scope, by trial, measure and outcome.

    Args:
        trials: IRIs.
        scope: a pattern about ``?outcome``.
    """
    query = _RESULTS.replace("$trials", _listed(trials)).replace("$scope", scope)
    described: dict[str, dict[str, str | bool]] = defaultdict(dict)
    for outcome, reference, p, o in (map(_short, row) for row in select(query)):
        described[outcome] |= {"reference": reference, p.removeprefix("lkg:"): o}
    sources = _references(select, {str(each["reference"]) for each in described.values()})
    disputed = {_short(row["node"]) for row in select(_DISPUTED)} if described else set()
    for outcome, facts in described.items():
        facts["outcome"] = outcome
        facts["referenceType"], facts["issued"] = sources[str(facts["reference"])]
        facts["disputed"] = outcome in disputed
    found = (msgspec.convert(facts, Result, strict=False) for facts in described.values())
    return sorted(found, key=lambda each: (each.trial, each.measure, each.outcome))


def arms(select: Select, label: Callable[[str], str], trials: Iterable[str]) -> dict[str, Arm]:
    """The arms of trials by short form, and all patients of a trial by the trial's.

    Args:
        label: the label of an IRI.
        trials: IRIs.
    """
    listed = _listed(trials)
    of_trials = _facts(select(_TRIALS.replace("$trials", listed)))
    of_arms = _facts(select(_ARMS.replace("$trials", listed)))
    for row in select(_BROADER.replace("$trials", listed)):
        of_trials[_short(row["trial"])]["condition"].remove(row["broad"])  # type: ignore[arg-type]
    found: dict[str, Arm] = {}
    for trial, facts in of_trials.items():
        members = [arm for arm in facts.get("arm", []) if arm.curie in of_arms]
        roots = [arm for arm in members if not of_arms[arm.curie].get("partOf")]
        whole = of_arms[roots[0].curie] if len(roots) == 1 else {}
        found[trial] = _arm(trial, "all patients", whole, facts, label)
        for arm in members:
            own = of_arms[arm.curie]
            parents = (of_arms.get(parent.curie, {}) for parent in own.get("partOf", []))
            said = {name: value for parent in parents for name, value in parent.items()} | own
            found[arm.curie] = _arm(arm.curie, label(arm), said, facts, label)
    return found


def _arm(
    identifier: str, name: str, said: Facts, of_trial: Facts, label: Callable[[str], str]
) -> Arm:
    def labels(facts: Facts, key: str) -> tuple[str, ...]:
        return tuple(sorted({label(cell) for cell in facts.get(key, [])}))

    def least(key: str) -> float | None:
        return min((float(cell) for cell in said.get(key, [])), default=None)

    def first(facts: Facts, key: str) -> str:
        return " / ".join(sorted({cell.curie for cell in facts.get(key, [])}))

    trial = of_trial["iri"][0]
    lines = least("priorLines")
    return Arm(
        id=identifier,
        label=name,
        trial=trial.curie,
        trial_label=first(of_trial, "acronym") or first(of_trial, "dcterms:identifier"),
        part_of=first(said, "partOf") if identifier != trial.curie else "",
        role=first(said, "role"),
        drugs=labels(said, "drug"),
        settings=tuple(sorted({str(cell) for cell in said.get("setting", [])})),
        prior_lines=None if lines is None else int(lines),
        after=labels(said, "after"),
        fitness=first(said, "fitness"),
        age_low=least("ageLow"),
        age_high=max((float(cell) for cell in said.get("ageHigh", [])), default=None),
        requires=labels(said, "requires"),
        excludes=labels(said, "excludes"),
        diseases=labels(of_trial, "condition"),
        randomized=_randomized(of_trial, said),
        hypothesis=first(of_trial, "hypothesis"),
    )


def _randomized(of_trial: Facts, said: Facts) -> bool | None:
    """A design that allocates nobody by chance is told from one that nobody stated."""
    if "randomized" in of_trial.get("allocation", []):
        return True
    single = "single-arm" in of_trial.get("hypothesis", []) or "single" in said.get("role", [])
    return False if single or of_trial.get("allocation") else None


def _facts(rows: Rows) -> dict[str, Facts]:
    """What rows of subject, property and object say of each subject, under names of ours."""
    found: dict[str, Facts] = {}
    for row in rows:
        subject, p, o = row
        if subject is None or p is None or o is None:
            continue
        facts = found.setdefault(subject.curie, {"iri": [subject]})
        facts.setdefault(p.curie.removeprefix("lkg:"), []).append(o)
    return found


def _references(select: Select, references: set[str]) -> dict[str, tuple[str, str]]:
    """Class and day of issue of references."""
    query = _REFERENCES.replace("$references", " ".join(sorted(references)))
    rows = (map(_short, row) for row in select(query))
    return {r: (kind.removeprefix("lkg:"), issued) for r, kind, issued in rows}


def _listed(iris: Iterable[str]) -> str:
    return " ".join(f"<{each}>" for each in sorted(iris))


def _short(cell: Cell | None) -> str:
    return "" if cell is None else cell.curie
