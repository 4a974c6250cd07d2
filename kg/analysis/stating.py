"""Which references state a triple, and where in them."""

from __future__ import annotations

from collections.abc import Collection

from kg.analysis.sources import Select
from kg.proof.evidence import Evidence

_EVIDENCE = """SELECT ?s ?p ?o ?r ?title ?issued ?locator ?checked WHERE {
  BIND($subject AS ?s) BIND($predicate AS ?p)
  GRAPH ?r { $subject $predicate ?o . }
  ?r dcterms:title ?title ; dcterms:issued ?issued .
  OPTIONAL {
    GRAPH ?r { ?claim rdf:subject ?s ; rdf:predicate ?stated ; rdf:object ?o ;
               lkg:locator ?inClaim ; lkg:checked ?claimChecked }
    FILTER(?stated = ?p || (?stated = lkg:engages && ?p = lkg:target))
  }
  OPTIONAL { GRAPH ?r { $subject lkg:locator ?inNode ; lkg:checked ?nodeChecked } }
  BIND(COALESCE(?inClaim, ?inNode) AS ?locator)
  BIND(COALESCE(?claimChecked, ?nodeChecked) AS ?checked)
} ORDER BY ?p ?o ?issued"""


def claims(
    select: Select, subject: str, predicate: str = "", values: Collection[str] = ()
) -> list[Evidence]:
    """The claims about a subject, by predicate, value and date.

    Args:
        select: answers SELECT queries.
        subject: an IRI.
        predicate: an IRI; "" for all.
        values: IRIs or texts of literals, of which the object is one; empty for any.
    """
    query = _EVIDENCE.replace("$subject", f"<{subject}>")
    query = query.replace("$predicate", f"<{predicate}>" if predicate else "?p")
    return [
        Evidence(*("" if cell is None else cell.curie for cell in row))
        for row in select(query)
        if not values or str(row["o"]) in values
    ]
