"""The suites of the W3C through the endpoint: the protocol, and that it answers like its engine."""

import json
import urllib.parse
from collections import Counter
from pathlib import Path

import httpx
import pytest
import rdflib
import rdflib.compare
from pyoxigraph import NamedNode as Iri
from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, Store
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS
from serving import serving

from kg.serve.limits import Limits

SUITES = Path(__file__).parents[2] / "shared/reference/w3c"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
pytestmark = pytest.mark.skipif(
    not SUITES.exists(), reason="the suites of the W3C are not at hand (shared/reference/w3c)"
)


def manifest(path):
    graph = rdflib.Graph()
    graph.parse(path, format="turtle", publicID=path.as_uri())
    return graph


def protocol_tests():
    if not SUITES.exists():
        return []
    graph = manifest(SUITES / "sparql11/protocol/manifest.ttl")
    every = graph.subjects(RDF.type, MF.ProtocolTest)
    names = {test: str(test).rpartition("#")[2] for test in every}
    asked = [test for test, name in sorted(names.items()) if "update" not in name]
    return [pytest.param(graph, test, id=names[test]) for test in asked]


def evaluation_tests():
    for path in sorted(SUITES.glob("sparql1*/*/manifest.ttl")):
        if path.parent.name == "service":
            continue  # which is refused
        graph = manifest(path)
        for test in sorted(graph.subjects(RDF.type, MF.QueryEvaluationTest)):
            action = graph.value(test, MF.action)
            if graph.value(action, QT.query):
                yield graph, action


def load(store, address, graph=None):
    path = Path(urllib.parse.unquote(urllib.parse.urlparse(str(address)).path))
    form = RdfFormat.from_extension(path.suffix[1:])
    store.load(
        path=str(path), format=form, base_iri=str(address), to_graph=graph and Iri(str(graph))
    )


class Served:
    """Stores made for a test, in turn behind one endpoint."""

    def __init__(self, folder, address, service):
        self.folder, self.address, self._number = folder, address, 0
        self.client = httpx.Client(base_url=address)  # the fixture closes it
        self._views = service.release.views

    def store(self, fill):
        """An empty store, filled; the endpoint answers from it now."""
        self._number += 1
        place = self.folder / str(self._number)
        store = Store(place)
        fill(store)
        store.flush()
        del store  # which would go on to tidy up its files

        async def current(*_):
            return str(place)

        self._views.store = current
        return Store.read_only(str(place))


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("w3c")
    Store(folder / "store").flush()
    with serving(folder, limits=Limits(kept=0)) as (address, service):
        made = Served(folder, address, service)
        yield made
        made.client.close()


@pytest.mark.parametrize(("graph", "test"), protocol_tests())
def test_the_protocol(served, graph, test):
    def fill(store):
        for data in graph.objects(test, UT.graphData):
            load(store, graph.value(data, UT.graph), graph.value(data, RDFS.label))

    served.store(fill)
    connection = graph.value(test, MF.action)
    for request in Collection(graph, graph.value(connection, HT.requests)):
        path = str(graph.value(request, HT.absolutePath)).replace("/sparql/", "/sparql")
        body = graph.value(request, HT.body)
        headers = [
            (str(graph.value(each, HT.fieldName)), str(graph.value(each, HT.fieldValue)))
            for each in Collection(graph, graph.value(request, HT.headers) or RDF.nil)
        ]
        coding = str(graph.value(body, CNT.characterEncoding) or "utf-8") if body else "utf-8"
        content = str(graph.value(body, CNT.chars)).encode(coding) if body else None
        answer = served.client.request(
            str(graph.value(request, HT.methodName)), path, content=content, headers=headers
        )
        expected = graph.value(request, HT.resp)
        statuses = [str(each)[-3] for each in graph.objects(expected, MF.expectedStatus)]
        assert str(answer.status_code)[0] in statuses, answer.text
        boolean = graph.value(expected, MF.expectedBoolean)
        if boolean is not None:
            assert answer.json()["boolean"] is bool(boolean)
        elif str(graph.value(expected, MF.expectedFormat)) == "RDF":
            media = answer.headers["content-type"].partition(";")[0]
            assert RdfFormat.from_media_type(media)


def comparable(content):
    """Results as something that equals for equal results, whatever their blank nodes are called."""
    if isinstance(content, dict):
        bindings = content.get("results", {}).get("bindings", [])
        rows = Counter(
            tuple(
                sorted((name, "_" if v["type"] == "bnode" else str(v)) for name, v in row.items())
            )
            for row in bindings
        )
        return content.get("boolean"), rows
    return rdflib.compare.to_isomorphic(rdflib.Graph().parse(data=content, format="nt"))


def direct(store, query):
    """What the engine itself answers, in the same form; None where it does not."""
    try:
        answer = store.query(query)
        if isinstance(answer, QueryTriples):
            return answer.serialize(format=RdfFormat.N_TRIPLES).decode()
        return json.loads(answer.serialize(format=QueryResultsFormat.JSON))
    except (SyntaxError, ValueError, RuntimeError, OSError):
        return None


def test_queries_are_answered_as_by_the_engine(served):
    accept = {"accept": "application/sparql-results+json, application/n-triples"}
    different, answered = [], 0
    for graph, action in evaluation_tests():

        def fill(store, graph=graph, action=action):
            for data in graph.objects(action, QT.data):
                load(store, data)
            for data in graph.objects(action, QT.graphData):
                named = graph.value(data, UT.graph) or data
                load(store, named, graph.value(data, RDFS.label) or named)

        source = graph.value(action, QT.query)
        path = Path(urllib.parse.unquote(urllib.parse.urlparse(str(source)).path))
        query = f"BASE <{source}>\n{path.read_text(encoding='utf-8')}"
        try:
            store = served.store(fill)
        except (SyntaxError, ValueError):
            continue  # data that the engine does not read
        expected = direct(store, query)
        answer = served.client.get("/sparql", params={"query": query}, headers=accept)
        if expected is None:
            assert answer.status_code == 400
            continue
        answered += 1
        read = json.loads if isinstance(expected, dict) else str
        same = answer.status_code == 200 and comparable(read(answer.text)) == comparable(expected)
        if not same:
            different.append(f"{path}: {answer.status_code} {answer.text[:200]}")
    assert different == []
    assert answered > 400
