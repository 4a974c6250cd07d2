"""The same API over a SPARQL endpoint elsewhere, tried on one of our own on this machine."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import rdflib
from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat
from test_proof import plain
from test_questions import asked_sparql

import kg
from kg import questions
from kg.errors import QueryError, RemoteError, StoreError
from kg.vocabulary import PREFIXES, iri

# A value for each kind of needed parameter, of the small graph where it has one.
SMALL_VALUES = {
    "drug": "drug:inotuzumab-ozogamicin",
    "disease": "disease:leukemia",
    "target": "target:CD22",
    "trial": "trial:NCT01134575",
    "reference": "reference:paper-2012",
    "organization": "organization:FDA",
    "entity": "drug:inotuzumab-ozogamicin",
    "adverse-event": "adverse-event:nausea",
    "biomarker": "biomarker:FLT3-ITD",
    "mechanism": "mechanism:antifolate",
    "jurisdiction": "US",
    "phase": "2",
    "date": "2012-02-21",
}


@contextmanager
def serving(store):
    """The address of an endpoint over a store; some other paths misbehave."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            query = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, kind, content = self.answer(query)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(content)

        def answer(self, query):
            if self.path == "/html":
                return 200, "text/html", b"<p>hello"
            if self.path == "/broken":
                return 200, "application/sparql-results+json", b"{"
            if self.path == "/down":
                return 503, "text/plain", b"later"
            try:
                found = store.query(query)
            except SyntaxError as error:
                return 400, "text/plain", str(error).encode()
            if isinstance(found, QueryTriples):
                return 200, "application/n-triples", found.serialize(format=RdfFormat.N_TRIPLES)
            content = found.serialize(format=QueryResultsFormat.JSON)
            return 200, "application/sparql-results+json; charset=utf-8", content

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def endpoint(small):
    with serving(small.store) as address:
        yield address


@pytest.fixture(scope="module")
def packaged(graph):
    """The packaged knowledge behind an endpoint."""
    with serving(graph.store) as address:
        yield kg.load(f"{address}/sparql")


@pytest.fixture
def remote(endpoint):
    return kg.load(f"{endpoint}/sparql")


def test_answers_are_those_of_the_store(remote, small):
    for name, parameters in (
        ("drugs-by-target", {"target": "CD22"}),
        ("status", {"drug": "CMC-544"}),
        ("responses", {"drug": "besponsa", "disease": "ALL"}),
    ):
        here, there = small.ask(name, **parameters), remote.ask(name, **parameters)
        assert list(there) == list(here) and len(there) > 0
    assert remote.card("besponsa") == small.card("besponsa")
    assert remote.evidence("besponsa", "lkg:target") == small.evidence("besponsa", "lkg:target")
    assert dict(remote.network("CD22", 2).nodes) == dict(small.network("CD22", 2).nodes)


@pytest.mark.parametrize("name", questions.names())
def test_every_question_is_answered_alike(name, graph, packaged):
    _, sparql = asked_sparql(graph, name)
    assert list(packaged.select(sparql)) == list(graph.select(sparql))


@pytest.fixture(scope="module")
def other_engine(small):
    """The small graph in rdflib's own store, for its own SPARQL."""
    dataset = rdflib.Dataset()
    dataset.parse(data=small.store.dump(format=RdfFormat.N_QUADS), format="nquads")
    return dataset


@pytest.mark.parametrize("name", questions.names())
def test_every_question_means_the_same_to_another_engine(name, small, other_engine):
    question = questions.load(name)
    values = {p.name: SMALL_VALUES[p.kind] for p in question.parameters if not p.optional}
    sparql = question.bind(values, lambda name, _: iri(name).value)
    there = other_engine.query(sparql, initNs=PREFIXES)
    found = sorted(plain(row) for row in there)
    assert found == sorted(plain(row) for row in small.select(sparql))


def test_other_forms(remote):
    assert remote.query("ASK { ?d a lkg:Drug }") is True
    assert len(remote.query("CONSTRUCT { ?d a lkg:Drug } WHERE { ?d a lkg:Drug }")) == 1


def test_a_refused_query_is_told(remote):
    with pytest.raises(QueryError, match="refused the query"):
        remote.query("SELECT * {")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/html", "answered text/html, which is not SPARQL"),
        ("/broken", "not a SPARQL answer"),
        ("/down", "HTTP 503"),
    ],
)
def test_an_endpoint_that_misbehaves_is_told(endpoint, path, says):
    with pytest.raises(RemoteError, match=says):
        kg.load(endpoint + path).query("ASK { ?s ?p ?o }")


def test_what_needs_the_store_itself_says_so(remote):
    with pytest.raises(StoreError, match="load the graph locally"):
        remote.as_of("2011-06-30")
