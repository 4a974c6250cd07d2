"""Which references state triples, and since when."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from kg.rows import Rows
from kg.vocabulary import PREFIXES, curie

Select = Callable[[str], Rows]
Triple = tuple[str, str, str]  # IRIs or text, the predicate in its short form


class Source(msgspec.Struct, frozen=True, order=True):
    """A reference that states something, by the day from which it could be known."""

    issued: str
    reference: str


def stated(select: Select, triples: Iterable[Triple]) -> dict[Triple, set[Source]]:
    """Who states each of some triples; what holds by definition is stated by nobody."""
    triples = sorted(set(triples))
    values = " ".join(f"(<{s}> {p} {_term(o)})" for s, p, o in triples)
    query = f"""SELECT ?s ?p ?o ?reference ?issued WHERE {{
      VALUES (?s ?p ?o) {{ {values} }}
      GRAPH ?reference {{ ?s ?p ?o }}
      ?reference dcterms:issued ?issued .
    }}"""
    found: dict[Triple, set[Source]] = {triple: set() for triple in triples}
    for s, p, o, reference, issued in select(query):
        source = Source(str(issued), curie(str(reference)))
        found[str(s), curie(str(p)), str(o)].add(source)
    return found


def _term(value: str) -> str:
    from pyoxigraph import Literal

    return f"<{value}>" if value.startswith(tuple(PREFIXES.values())) else str(Literal(value))
