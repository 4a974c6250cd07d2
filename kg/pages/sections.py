"""The tables of an entity's page: which rows belong to it, and what a row says.

A section is SPARQL in two parts. Its ``body`` says what there is to say of a ``?node``; its
``relations`` say, for each kind of entity, which nodes belong to an ``?entity``. Joined they
answer for one entity, which is the query that a page shows. Run apart they answer for all
entities at once, which is how thousands of pages are drawn in seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kg.pages import bodies

ENTITY = "?entity"
_BY_DRUG = {
    "target": "?its lkg:target ?entity .",
    "payload": "?its lkg:payload ?entity .",
    "payload-class": "?part lkg:payloadClass ?entity . ?its lkg:payload ?part .",
}
_RESULTS = {
    "drug": """{ ?group lkg:drug ?entity . ?node lkg:arm ?group } UNION
  { ?study lkg:drug ?entity . ?node lkg:trial ?study FILTER NOT EXISTS { ?node lkg:arm ?any } }""",
    **{
        kind: f"{path} ?group lkg:drug ?its . ?node lkg:arm ?group ."
        for kind, path in _BY_DRUG.items()
    },
    "disease": "?study lkg:condition ?entity . ?node lkg:trial ?study .",
    "trial": "?node lkg:trial ?entity .",
    "regimen": "?group lkg:regimen ?entity . ?node lkg:arm ?group .",
    "biomarker": "?group lkg:requires ?entity . ?node lkg:arm ?group .",
    "measure": "?node lkg:measure ?entity .",
    "adverse-event": "?node lkg:adverseEvent ?entity .",
    "reference": "GRAPH ?entity { ?node a lkg:Outcome }",
}


class Section(NamedTuple):
    """One table of an entity's page.

    Attributes:
        name: of the table's place in the page.
        title: its heading.
        columns: variable to heading, as :class:`kg.pages.tables.Column` reads them.
        body: SPARQL of what is said of ``?node``.
        relations: SPARQL from ``?entity`` to ``?node``, by kind of entity.
        order: variables that rows are sorted by.
        latest: whether the last of that order comes first.
    """

    name: str
    title: str
    columns: Mapping[str, str]
    body: str
    relations: Mapping[str, str]
    order: tuple[str, ...]
    latest: bool = False

    @property
    def rows(self) -> str:
        """The query of what is said of every node."""
        return f"SELECT DISTINCT ?node {self._selected} WHERE {{\n{self.body}}}"

    def members(self, kind: str) -> str:
        """The query of which nodes belong to which entity of a kind."""
        return f"SELECT DISTINCT ?entity ?node WHERE {{ {self.relations[kind]} }}"

    def rows_of(self, kind: str, entity: str) -> str:
        """The query of what is said of every node of one entity, given as a SPARQL term."""
        chosen = f"  VALUES ?entity {{ {entity} }}\n  {self.relations[kind]}\n"
        return f"SELECT DISTINCT ?node {self._selected} WHERE {{\n{chosen}{self.body}}}"

    def query(self, kind: str, entity: str) -> str:
        """The query of the table of one entity, given as a SPARQL term."""
        order = " ".join(f"DESC(?{key})" if self.latest else f"?{key}" for key in self.order)
        return (
            f"SELECT DISTINCT {self._selected} WHERE {{\n  VALUES ?entity {{ {entity} }}\n"
            f"  {self.relations[kind]}\n{self.body}}} ORDER BY {order}\n"
        )

    @property
    def _selected(self) -> str:
        named = [f"?{key.lstrip('+')}" for key in self.columns]
        labelled = [f"{key}Label" for key in named if f"{key}Label" in self.body]
        cited = [f"?{key}" for key in ("locator", "checked") if f"?{key} " in self.body]
        return " ".join([*named, *labelled, *cited])


SECTIONS = (
    Section(
        "decisions",
        "Decisions of regulators",
        bodies.DECISION_COLUMNS,
        bodies.DECISIONS,
        {
            "drug": "?node lkg:drug|lkg:combinedWith ?entity .",
            **{kind: f"{path} ?node lkg:drug ?its ." for kind, path in _BY_DRUG.items()},
            "disease": "?node lkg:indication ?entity .",
            "trial": "?node lkg:pivotal ?entity .",
            "organization": "?node lkg:agency ?entity .",
            "biomarker": "?node lkg:requires ?entity .",
            "adverse-event": "?node lkg:adverseEvent ?entity .",
            "reference": "GRAPH ?entity { ?node a lkg:RegulatoryEvent }",
        },
        ("date", "drugLabel"),
        latest=True,
    ),
    Section(
        "arms",
        "Arms: who was given what",
        bodies.ARM_COLUMNS,
        bodies.ARMS,
        {"trial": "?entity lkg:arm ?node .", "regimen": "?node lkg:regimen ?entity ."},
        ("role", "arm"),
    ),
    Section(
        "tests",
        "Compared within a trial, as reported",
        bodies.TEST_COLUMNS,
        bodies.TESTS,
        _RESULTS | {"drug": "?group lkg:drug ?entity . ?node lkg:arm|lkg:comparator ?group ."},
        ("trialLabel", "measureLabel", "arm"),
    ),
    Section(
        "results",
        "Results",
        bodies.RESULT_COLUMNS,
        bodies.RESULTS,
        {kind: path for kind, path in _RESULTS.items() if kind != "adverse-event"},
        ("trialLabel", "measureLabel", "arm"),
    ),
    Section(
        "harms",
        "Harms",
        bodies.HARM_COLUMNS,
        bodies.HARMS,
        {kind: path for kind, path in _RESULTS.items() if kind != "measure"},
        ("trialLabel", "harmLabel", "arm"),
    ),
    Section(
        "trials",
        "Trials",
        bodies.TRIAL_COLUMNS,
        bodies.TRIALS,
        {
            "drug": "?node lkg:drug ?entity .",
            **{kind: f"{path} ?node lkg:drug ?its ." for kind, path in _BY_DRUG.items()},
            "mechanism": "?its lkg:mechanism ?entity . ?node lkg:drug ?its .",
            "disease": "?node lkg:condition ?entity .",
            "organization": "?node lkg:sponsor ?entity .",
            "regimen": "?node lkg:arm ?group . ?group lkg:regimen ?entity .",
            "biomarker": "?node lkg:arm ?group . ?group lkg:requires ?entity .",
        },
        ("trialLabel",),
    ),
    Section(
        "observations",
        "Other numbers",
        bodies.OBSERVATION_COLUMNS,
        bodies.OBSERVATIONS,
        {
            **dict.fromkeys(
                "drug target disease biomarker antibody payload mechanism organization regimen "
                "adverse-event".split(),
                "?node lkg:about ?entity .",
            ),
            "trial": "{ ?node lkg:about ?entity } "
            "UNION { ?entity lkg:arm ?group . ?node lkg:about ?group }",
            "measure": "?node lkg:measure ?entity .",
            "reference": "GRAPH ?entity { ?node a lkg:Observation }",
        },
        ("measureLabel", "aboutLabel"),
    ),
    Section(
        "statements",
        "Opinions and predictions",
        bodies.STATEMENT_COLUMNS,
        bodies.STATEMENTS,
        {
            **dict.fromkeys(
                "drug target disease trial biomarker mechanism payload organization regimen "
                "adverse-event".split(),
                "?node lkg:about ?entity .",
            ),
            "reference": "GRAPH ?entity { ?node a lkg:Statement }",
        },
        ("statement",),
    ),
)
TRIALS = next(section for section in SECTIONS if section.name == "trials")
