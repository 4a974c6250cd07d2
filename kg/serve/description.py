"""What the service says of itself: the SPARQL 1.1 Service Description, and VoID of its data."""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, serialize
from starlette.requests import Request
from starlette.responses import Response

from kg.serve import media
from kg.vocabulary import BASE, PREFIXES, rdf

SD, VOID = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = "SPARQL_Results_JSON SPARQL_Results_XML SPARQL_Results_CSV SPARQL_Results_TSV"
_GRAPHS = "Turtle N-Triples JSON-LD RDF_XML TriG N-Quads"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_COUNTS = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "entities": "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH lkg:descriptions { ?s a ?type } }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
}


def of_service(request: Request) -> Response:
    """The description of the endpoint of a request."""
    here = NamedNode(str(request.url.replace(query="")))
    dataset, graph = BlankNode("dataset"), BlankNode("default")
    triples = [
        Triple(here, rdf.type, NamedNode(f"{SD}Service")),
        Triple(here, NamedNode(f"{SD}endpoint"), here),
        Triple(here, NamedNode(f"{SD}supportedLanguage"), NamedNode(f"{SD}SPARQL11Query")),
        Triple(here, NamedNode(f"{SD}defaultDataset"), dataset),
        Triple(dataset, rdf.type, NamedNode(f"{SD}Dataset")),
        Triple(dataset, NamedNode(f"{SD}defaultGraph"), graph),
        Triple(graph, rdf.type, NamedNode(f"{SD}Graph")),
    ]
    triples += [
        Triple(here, NamedNode(f"{SD}resultFormat"), NamedNode(_FORMATS + name))
        for name in f"{_RESULTS} {_GRAPHS}".split()
    ]
    return rdf_response(request, triples)


@lru_cache(maxsize=1)
def counts(store: Store) -> dict[str, int]:
    """How much a store holds, by the properties of VoID that say so."""
    return {name: _count(store, query) for name, query in _COUNTS.items()}


def of_data(request: Request, held: dict[str, int]) -> Response:
    """VoID of what a store holds (:func:`counts`)."""
    here = NamedNode(str(request.url.replace(query="")))
    endpoint = NamedNode(str(request.url.replace(path="/sparql", query="")))
    triples = [
        Triple(here, rdf.type, NamedNode(f"{VOID}Dataset")),
        Triple(here, NamedNode(f"{VOID}sparqlEndpoint"), endpoint),
        Triple(here, NamedNode(f"{VOID}uriSpace"), Literal(BASE)),
        Triple(here, NamedNode(f"{PREFIXES['dcterms']}license"), NamedNode(_LICENCE)),
        *(Triple(here, NamedNode(VOID + name), Literal(number)) for name, number in held.items()),
    ]
    return rdf_response(request, triples)


def _count(store: Store, query: str) -> int:
    (row,) = store.query(query, prefixes=PREFIXES)  # type: ignore[misc]
    return int(row["n"].value)


def rdf_response(request: Request, triples: list[Triple]) -> Response:
    """Triples in the form that the client wants; what takes none of them gets Turtle."""
    wanted = media.acceptable(request.headers.get("accept", ""), media.GRAPHS) or ["text/turtle"]
    form = RdfFormat.from_media_type(wanted[0])
    prefixes = {"sd": SD, "void": VOID, "dcterms": PREFIXES["dcterms"]}
    content = serialize(triples, format=form, prefixes=prefixes)
    return Response(content, media_type=wanted[0], headers={"Vary": "Accept"})
