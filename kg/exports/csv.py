"""CSV tables, one for each class: a row an entity or node, a column a property.

Values of one property are joined by ``|``; entities are written as CURIEs. Facts that
references state stand once more in ``evidence.csv``, one row for each reference.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from kg.graph import KnowledgeGraph
from kg.printing import delimited
from kg.serialization import save
from kg.vocabulary import SUPERCLASS, curie

SUFFIX = ""

_EVIDENCE = """SELECT ?subject ?predicate ?object ?reference ?locator ?checked WHERE {
  GRAPH ?reference {
    ?claim a lkg:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
           lkg:locator ?locator ; lkg:checked ?checked .
  }
} ORDER BY ?subject ?predicate ?object ?reference"""


def write(graph: KnowledgeGraph, path: Path) -> list[Path]:
    """Write the tables into a folder."""
    files = []
    for name, parent in SUPERCLASS.items():
        if parent is None and name != "Claim" and (content := _table(graph, name)):
            files += save(path / f"{name}.csv", content.encode())
    evidence = graph.select(_EVIDENCE)
    body = [["" if cell is None else cell.curie for cell in row] for row in evidence]
    return files + save(path / "evidence.csv", delimited(evidence.columns, body, "csv").encode())


def _table(graph: KnowledgeGraph, name: str) -> str:
    cells: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    node = name in ("Outcome", "Observation", "RegulatoryEvent", "Statement")
    for row in graph.select(f"SELECT ?s ?p ?o WHERE {{ ?s a lkg:{name} ; ?p ?o }}"):
        subject, predicate, value = (curie(str(cell)) for cell in row)
        cells[subject][predicate].add(value)
    if node:
        for row in graph.select(f"SELECT ?s ?r WHERE {{ GRAPH ?r {{ ?s a lkg:{name} }} }}"):
            cells[curie(str(row[0]))]["reference"].add(curie(str(row[1])))
    columns = sorted({column for values in cells.values() for column in values})
    body = [
        [subject, *("|".join(sorted(values[column])) for column in columns)]
        for subject, values in sorted(cells.items())
    ]
    return delimited(["id", *columns], body, "csv") if body else ""
