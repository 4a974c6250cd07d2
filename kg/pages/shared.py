"""The SPARQL of the tables of entity pages: a script that pages share, as it is long.

A table names its query ("results.drug") and its entity; the page's script puts them together.
"""

from __future__ import annotations

from kg.pages import facts
from kg.pages.page import json_text
from kg.pages.sections import SECTIONS

ENTITY = "$entity"
PATTERNS = {
    "facts.of": f"VALUES ?subject {{ {ENTITY} }}",
    "facts.about": f"VALUES ?value {{ {ENTITY} }}",
    "facts.by": f"VALUES ?reference {{ {ENTITY} }}",
    "facts.carriers": f"?value lkg:payloadClass {ENTITY} .",
}


def queries() -> dict[str, str]:
    """The SPARQL of every kind of table, with a place for the entity."""
    found = {name: facts.query(pattern) for name, pattern in PATTERNS.items()}
    for section in SECTIONS:
        for kind in section.relations:
            found[f"{section.name}.{kind}"] = section.query(kind, ENTITY)
    return found


def query(kind: str, entity: str) -> str:
    """The SPARQL of a table of an entity, given as a SPARQL term."""
    return queries()[kind].replace(ENTITY, entity)


def script() -> str:
    """The queries as the script that pages load when a reader asks for one."""
    return f"window.kgQueries = {json_text(queries())};\n"
