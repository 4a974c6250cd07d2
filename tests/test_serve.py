"""The SPARQL endpoint: what it answers, what it refuses and how it says so."""

import json
import re

import httpx
import pytest
from conftest import SMALL, write_tables
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families
from pyoxigraph import RdfFormat, parse
from serving import serving

from kg.dataset.store import build, open_generation
from kg.serve.kept import Answers, Kept
from kg.serve.limits import Limits
from kg.serve.media import GRAPHS, TABLES, acceptable
from kg.serve.pool import Pool
from kg.sources import curated

ASK = "ASK { drug:inotuzumab-ozogamicin lkg:target target:CD22 }"
SELECT = "SELECT ?t { drug:inotuzumab-ozogamicin lkg:target ?t }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    build(curated.claims(write_tables(folder / "tables", SMALL)), folder / "store")
    return open_generation(folder / "store")[1]


@pytest.fixture(scope="module")
def client(place):
    with serving(place) as (address, _), httpx.Client(base_url=address) as made:
        yield made


def get(client, query, accept="", **parameters):
    headers = {"accept": accept} if accept else {}
    parameters = {name.replace("_", "-"): value for name, value in parameters.items()}
    return client.get("/sparql", params={"query": query, **parameters}, headers=headers)


@pytest.mark.parametrize("media", TABLES)
def test_tables_come_in_the_form_that_is_asked_for(client, media):
    answer = get(client, SELECT, media)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media
    assert "https://w3id.org/leukemia-kg/target/CD22" in answer.text


@pytest.mark.parametrize("media", GRAPHS)
def test_graphs_come_in_the_form_that_is_asked_for(client, media):
    answer = get(client, CONSTRUCT, media)
    assert answer.headers["content-type"].partition(";")[0] == media
    form = RdfFormat.from_media_type(media)
    assert len(list(parse(answer.content, form))) == int(count(client))


def count(client, **parameters):
    return get(client, COUNT, "text/csv", **parameters).text.split()[1]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
        ("application/json", "application/sparql-results+json"),
        ("text/csv;q=0, text/*;q=0.1", "text/tab-separated-values"),
        ("TEXT/CSV ; q=0.9, */*;q=0.1", "text/csv"),
        ("text/csv;q=x", None),
        ("image/png", None),
    ],
)
def test_the_most_wanted_media_type_is_chosen(accept, chosen):
    assert next(iter(acceptable(accept, TABLES)), None) == chosen


def test_queries_are_posted_in_two_ways(client):
    form = client.post("/sparql", data={"query": ASK})
    direct = client.post(
        "/sparql", content=ASK, headers={"content-type": "application/sparql-query"}
    )
    assert form.json()["boolean"] is direct.json()["boolean"] is True


@pytest.mark.parametrize(
    ("method", "sent", "status", "says"),
    [
        ("GET", {"params": {"query": "SELECT * { ?s ?p }"}}, 400, "line 1, column 19"),
        ("GET", {"params": {"query": [ASK, ASK]}}, 400, "several values of 'query'"),
        ("GET", {"params": {"query": ""}}, 400, "there is no query"),
        ("GET", {"params": {"qeury": ASK}}, 400, "'qeury'; it may have query"),
        ("GET", {"params": {"query": ASK, "as-of": "2011-02-30"}}, 400, "not a day"),
        ("GET", {"params": {"query": ASK, "without": "rumours"}}, 400, "it takes press"),
        ("GET", {"params": {"query": "SELECT * { SERVICE <http://x/> {} }"}}, 400, "SERVICE"),
        ("GET", {"params": {"query": ASK}, "headers": {"accept": "image/png"}}, 406, "had as"),
        ("GET", {"params": {"query": CONSTRUCT}, "headers": {"accept": "text/csv"}}, 406, "CONST"),
        ("GET", {"params": {"update": "CLEAR ALL"}}, 403, "no updates"),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 403, "no updates"),
        ("POST", {"content": "x", "headers": {"content-type": "text/plain"}}, 415, "posted as"),
        ("POST", {"content": "x"}, 415, "posted as"),
        ("POST", {"data": {"query": "x" * 300_000}}, 413, "200,000 bytes"),
        ("PUT", {"content": "x"}, 405, "asked by GET"),
        ("GET", {"params": {"query": ASK}, "headers": {"host": "evil.example"}}, 421, "name"),
    ],
)
def test_what_is_refused_says_why(client, method, sent, status, says):
    answer = client.request(method, "/sparql", **sent)
    assert (answer.status_code, says in answer.text) == (status, True), answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    if status == 405:
        assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_a_request_can_name_its_dataset(client):
    notice, press = "reference:fda-2017", "reference:press-2011"
    one, other = (
        f"https://w3id.org/leukemia-kg/{each.replace(':', '/')}" for each in (notice, press)
    )
    alone = int(count(client, default_graph_uri=one))
    assert 0 < alone < int(count(client))
    merged = int(count(client, default_graph_uri=[one, other]))
    assert alone < merged <= alone + int(count(client, default_graph_uri=other))
    twice = count(client, default_graph_uri=[one, one])
    assert int(twice) == alone  # a merger, not a list
    assert count(client, named_graph_uri=one) == "0"
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    assert get(client, graphs, "text/csv", named_graph_uri=one).text.split()[1:] == [one]


def test_a_view_is_asked_by_its_day(client):
    early = int(count(client, as_of="2011-06-30"))
    assert 0 < early < int(count(client, as_of="2017-12-31")) <= int(count(client))


def test_an_answer_that_is_known_is_not_sent_again(client):
    first = get(client, SELECT)
    again = client.get(
        "/sparql", params={"query": SELECT}, headers={"if-none-match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert get(client, ASK).headers["etag"] != first.headers["etag"]


def test_head_has_no_body_and_options_say_what_can_be_done(client):
    head = client.head("/sparql", params={"query": SELECT})
    assert (head.status_code, head.content) == (200, b"")
    options = client.options("/sparql")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    assert "access-control-allow-origin" not in options.headers


def test_pages_of_a_named_origin_may_ask(place):
    with serving(place, origins=("https://good.example",)) as (address, _):
        for origin, allowed in (("https://good.example", True), ("https://bad.example", False)):
            answer = httpx.get(
                f"{address}/sparql", params={"query": ASK}, headers={"origin": origin}
            )
            assert ("access-control-allow-origin" in answer.headers) is allowed


def test_the_service_and_its_data_describe_themselves(client):
    service = client.get("/sparql", headers={"accept": "text/turtle"})
    assert "sd:Service" in service.text and "sd:SPARQL11Query" in service.text
    data = client.get("/.well-known/void")
    assert f"void:triples {count(client)}" in data.text


def test_a_token_opens_the_service(place):
    with serving(place, token="s3cret") as (address, _):
        assert httpx.get(f"{address}/sparql").status_code == 401
        assert httpx.get(f"{address}/health").status_code == 200
        headers = {"authorization": "Bearer s3cret"}
        assert httpx.get(f"{address}/sparql", headers=headers).status_code == 200


def test_requests_are_told_without_their_query(place, capsys):
    with serving(place, log=True) as (address, _):
        httpx.get(f"{address}/sparql", params={"query": ASK})
        httpx.post(f"{address}/sparql", data={"query": ASK})
        httpx.get(f"{address}/sparql", params={"query": ASK, "nonsense": "x"})
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["status"] for line in told] == [200, 200, 400]
    for line in told:
        assert line.keys() == {"time", "method", "path", "status", "ms"}
        assert not {"ASK", "nonsense", "?"} & set(re.findall(r"\w+|\?", str(line.values())))


def test_metrics_are_those_of_prometheus(place):
    with serving(place) as (address, _):
        for query in (ASK, ASK, "nonsense"):
            httpx.get(f"{address}/sparql", params={"query": query})
        answer = httpx.get(f"{address}/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = {each.name: each for each in text_string_to_metric_families(answer.text)}
    assert all(each.documentation for each in families.values())
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for each in families.values()
        for sample in each.samples
    }
    assert samples["kg_requests_total", "200"] == 2
    assert samples["kg_requests_total", "400"] == 1
    assert samples["kg_kept_answers_total",] == 1
    assert samples["kg_queries_waiting",] == 0
    assert samples["kg_generation_info", place.name] == 1
    assert families["kg_request_seconds"].type == "counter"


def test_small_answers_are_kept_but_not_those_of_their_moment(client, monkeypatch):
    first = get(client, SELECT, "text/csv")
    with monkeypatch.context() as patch:
        patch.setattr(Pool, "answer", None)  # which nobody asks now
        again = get(client, SELECT, "text/csv")
    assert (again.status_code, again.text) == (200, first.text)
    assert again.headers == {**first.headers, "date": again.headers["date"]}
    now = "SELECT (NOW() AS ?now) (STRUUID() AS ?id) {}"
    one, other = get(client, now, "text/csv"), get(client, now, "text/csv")
    assert one.text != other.text
    assert (one.headers["cache-control"], "etag" in one.headers) == ("no-store", False)


def test_a_relative_name_is_that_of_the_address_that_was_asked(client):
    query = "SELECT (STR(<x>) AS ?iri) {}"
    for host in ("127.0.0.1", "localhost"):
        answer = client.get(
            "/sparql", params={"query": query}, headers={"accept": "text/csv", "host": host}
        )
        assert answer.text.split()[1] == f"http://{host}/x"


def test_a_proxy_on_this_machine_says_who_its_clients_are(place):
    with serving(place, limits=Limits(rate=1)) as (address, _):
        for client, status in (("192.0.2.1", 200), ("192.0.2.1", 429), ("192.0.2.2", 200)):
            headers = {"x-forwarded-for": client}
            assert httpx.get(f"{address}/health", headers=headers).status_code == status


@given(
    st.integers(16, 400),
    st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 30)), max_size=50),
)
def test_answers_are_kept_within_their_room(most, asked):
    kept, last = Answers(most), {}
    for key, size in asked:
        if kept.takes(size):
            last[key] = kept.put(key, Kept("text/csv", b"x" * size))
        assert sum(len(each.content) for each in kept._kept.values()) == kept._size <= most
    for key, answer in last.items():
        assert kept.get(key) in (answer, None)
    if last:
        assert any(kept.get(key) for key in last)
