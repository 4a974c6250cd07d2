"""The explorer over HTTP: what is at an address, in which form, and what is said otherwise."""

import re

import httpx
import pytest
from conftest import SMALL, write_tables
from pyoxigraph import NamedNode, RdfFormat, parse
from serving import serving
from test_publishing import Read, hostile_claims

from kg import questions
from kg.dataset.store import build, open_generation
from kg.serve.explorer.address import SHORT, named, read, wants_page
from kg.serve.process import Refused
from kg.sources import curated
from kg.vocabulary import BASE, ENTITY_PREFIXES, iri

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
DRUG = "drug:inotuzumab-ozogamicin"
FORMS = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")
GRAPHS = ("application/trig", "application/n-quads")


def path(name):
    return f"/{name.replace(':', '/', 1)}"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explored")
    build(curated.claims(write_tables(folder / "tables", SMALL)), folder / "store")
    with (
        serving(open_generation(folder / "store")[1]) as (address, _),
        httpx.Client(base_url=address, headers=BROWSER, timeout=30) as made,
    ):
        yield made


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile-explored")
    build(hostile_claims(), folder / "store")
    with (
        serving(open_generation(folder / "store")[1]) as (address, _),
        httpx.Client(base_url=address, headers=BROWSER, timeout=30) as made,
    ):
        yield made


def subjects(client, pattern="?s ?p ?o"):
    query = f"SELECT DISTINCT ?s {{ {{ {pattern} }} UNION {{ GRAPH ?g {{ {pattern} }} }} }}"
    rows = client.get("/sparql", params={"query": query}, headers={"accept": "text/csv"}).text
    return [row for row in rows.split()[1:] if row.startswith(BASE)]


def test_every_kind_of_page_is_there_and_allows_nothing_but_its_own_scripts(client):
    names = [path(row["id"]) for table in SMALL.values() for row in table if "id" in row]
    pages = ["/", "/questions", "/conflicts", "/vocab", "/sparql", "/kind/drug", "/network"]
    pages += [f"/network{path(DRUG)}", f"/network{path(DRUG)}?depth=2"]
    pages += [f"/question/{name}" for name in ("status", "coverage", "drugs-by-target")]
    for name in [*names, *pages]:
        page = client.get(name)
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
        policy = page.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "frame-ancestors 'none'" in policy
        for tag, attributes in Read(page.text).elements:
            if tag == "script" and "src" not in attributes:
                assert attributes["type"] == "application/json", name
            assert not [name for name in attributes if name.startswith("on")]


def test_every_link_of_every_page_leads_somewhere(client):
    seen, todo = {}, ["/", "/?as-of=2017-12-31"]
    while todo:
        here = todo.pop()
        answer = client.get(here)
        assert answer.status_code == 200, (here, answer.text)
        seen[here] = Read(answer.text) if "html" in answer.headers["content-type"] else None
        for link in seen[here].links if seen[here] else ():
            to = link.partition("#")[0]
            ours = to.startswith("/") and not to.startswith("/api/")  # whose examples are others'
            if ours and to not in seen and to not in todo:
                todo.append(to)
    assert any("as-of=2017-12-31" in each for each in seen) and len(seen) > 40
    for here, page in seen.items():
        for link in page.links if page else ():
            to, _, part = link.partition("#")
            target = seen.get(to, page)
            if not link.startswith("http") and part and target and not to.startswith("/sparql"):
                assert part in target.ids, (here, link)


def test_every_iri_of_the_data_is_answered_for(client):
    names = subjects(client)
    assert {name.removeprefix(BASE).partition("/")[0] for name in names} & {"claim", "outcome"}
    for name in names:
        local = "/" + name.removeprefix(BASE)
        assert client.get(local).status_code == 200, local
        answer = client.get(local, headers={"accept": "text/turtle"})
        assert answer.status_code == 200, local
        triples = list(parse(answer.content, RdfFormat.TURTLE))
        assert any(NamedNode(name) in (t.subject, t.object, t.predicate) for t in triples)


@pytest.mark.parametrize("media", [*FORMS, *GRAPHS])
def test_an_entity_is_had_in_each_form_by_accept_and_by_name(client, media):
    by_accept = client.get(path(DRUG), headers={"accept": media})
    assert by_accept.headers["content-type"].partition(";")[0] == media
    assert by_accept.headers["vary"].startswith("Accept")
    assert by_accept.headers["content-location"] == f"{path(DRUG)}?format={SHORT[media]}"
    by_name = client.get(by_accept.headers["content-location"])
    assert by_name.content == by_accept.content
    quads = set(parse(by_accept.content, RdfFormat.from_media_type(media)))
    target = {q for q in quads if q.predicate == iri("lkg:target")}
    graphs = {str(q.graph_name) for q in target} if media in GRAPHS else {"DEFAULT"}
    assert target and len(graphs) == (3 if media in GRAPHS else 1)


def test_all_forms_without_graphs_say_the_same(client):
    said = set()
    for media in FORMS:
        content = client.get(path(DRUG), headers={"accept": media}).content
        triples = {quad.triple for quad in parse(content, RdfFormat.from_media_type(media))}
        said.add(frozenset(map(str, triples)))
    assert len(said) == 1


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("text/html;q=0.5, text/turtle", "text/turtle"),
        ("text/html, text/turtle;q=0.9", "text/html"),
        ("application/json", "application/ld+json"),
        ("text/turtle;q=0, */*;q=0.1", "text/html"),
        ("application/*", "application/n-triples"),
    ],
)
def test_the_form_that_is_wanted_most_is_sent(client, accept, chosen):
    answer = client.get(path(DRUG), headers={"accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == chosen


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/drug/inotuzumab", 404, "nothing at /drug/inotuzumab"),
        ("/nothing", 404, "nothing at /nothing"),
        ("/question/statsu", 404, "did you mean status"),
        ("/drug/x%20y%3Cscript%3E", 404, "nothing at"),
        (f"{path(DRUG)}?format=xls", 400, "it may be html, ttl"),
        (f"{path(DRUG)}?as-of=2011-02-30", 400, "not a day"),
        (f"{path(DRUG)}?as-of=2011-01-01&as-of=2012-01-01", 400, "several values"),
        (f"{path(DRUG)}?without=rumours", 400, "it takes press"),
        (f"/network{path(DRUG)}?depth=9", 400, "1 to 3 steps"),
        ("/kind/drug?format=ttl", 400, "HTML only"),
        ("/assets/other.js", 404, "no file"),
        ("/figure/other", 404, "no figure"),
        ("/drug/" + "x" * 5000, 404, "nothing"),
    ],
)
def test_what_is_not_there_is_said_in_plain_words_and_as_a_page(client, address, status, says):
    told = client.get(address, headers={"accept": "text/turtle"})
    assert (told.status_code, says in told.text) == (status, True), told.text
    page = client.get(address)
    assert page.status_code == status and says in "".join(Read(page.text).text)
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_what_is_not_there_names_what_could_be_meant(client):
    page = Read(client.get("/drug/CMC-544").text)
    assert path(DRUG) in page.links
    assert path("target:CD22") in Read(client.get("/target/CD2").text).links


def test_no_accepted_form_is_told(client):
    assert client.get(path(DRUG), headers={"accept": "image/png"}).status_code == 406
    assert client.post(path(DRUG)).status_code == 405


def test_a_page_that_is_known_is_not_sent_again(client):
    first = client.get(path(DRUG))
    known = {"if-none-match": first.headers["etag"]}
    again = client.get(path(DRUG), headers=known)
    assert (again.status_code, again.content) == (304, b"")
    for other in (f"{path(DRUG)}?as-of=2017-12-31", f"{path(DRUG)}?format=ttl", "/"):
        assert client.get(other, headers=known).status_code == 200
    head = client.head(path(DRUG))
    assert (head.status_code, head.content) == (200, b"")
    assert first.headers["content-encoding"] == "gzip"


def test_scripts_and_styles_are_kept_for_good_where_their_address_names_the_version(client):
    links = [link for link in Read(client.get("/sparql").text).links if "/assets/" in link]
    assert len(links) == 5
    for link in links:
        answer = client.get(link)
        assert "immutable" in answer.headers["cache-control"], link
        assert client.get(link.partition("?")[0]).headers["cache-control"].endswith("max-age=60")


def test_the_whole_site_has_a_day(client):
    early = client.get(f"{path(DRUG)}?as-of=2012-12-31")
    assert "Knowledge as of 2012-12-31" in early.text and "2017-08-17" not in early.text
    assert "2017-08-17" in client.get(path(DRUG)).text
    page = Read(early.text)
    inside = [link for link in page.links if link.startswith("/") and "/assets/" not in link]
    back = [link for link in inside if "as-of" not in link]
    assert back == [path(DRUG)]
    assert client.get("/drug/imatinib?as-of=2012-12-31").status_code == 404
    data = client.get(f"{path(DRUG)}?as-of=2012-12-31&format=trig").text
    assert "fda-2017" not in data and "paper-2012" in data
    assert client.get("/reference/fda-2017?as-of=2012-12-31").status_code == 404


def test_a_question_is_a_form_that_keeps_what_was_asked(client):
    page = client.get("/question/drugs-by-target", params={"target": "CD22"})
    fields = {a["name"]: a for tag, a in Read(page.text).elements if tag == "input"}
    assert fields["target"]["value"] == "CD22"
    assert fields["target"]["data-kinds"] == "target" and "required" in fields["target"]
    assert path(DRUG) in Read(page.text).links
    wrong = client.get("/question/drugs-by-target", params={"target": "CD2", "as-of": "2017-12-31"})
    read = Read(wrong.text)
    fields = {a.get("name"): a for tag, a in read.elements if tag == "input"}
    assert fields["target"]["aria-invalid"] == "true" and fields["target"]["value"] == "CD2"
    assert "/question/drugs-by-target?as-of=2017-12-31&target=target%3ACD22" in read.links
    assert 'id="e-target"' in wrong.text and "no target is called" in wrong.text


def test_a_question_says_what_is_wrong_with_each_value(client):
    given = {"drug": "", "as-of": "", "on": "tomorrow"}
    text = client.get("/question/status", params=given).text
    assert "this is needed" in text and re.search(r'id="e-on">[^<]*tomorrow', text)
    chosen = client.get("/question/approvals", params={"agency": "FDA", "setting": "nowhere"})
    assert chosen.status_code == 200


@pytest.mark.parametrize("name", questions.names())
def test_every_question_has_its_page(client, name):
    assert client.get(f"/question/{name}").status_code == 200


def test_what_is_hostile_stays_text(hostile):
    pages = ["/", "/conflicts", "/drug/hostile", "/trial/NCT01134575", "/kind/payload-class"]
    pages += ["/" + name.removeprefix(BASE) for name in subjects(hostile)]
    evil = "/question/status?drug=%22%3E%3Cscript%3Ewindow.__pwned%3D1%3C/script%3E"
    evil_error = "/drug/%3Cscript%3Ewindow.__pwned=1%3C%2Fscript%3E"
    for name in [*pages, evil, evil_error]:
        page = Read(hostile.get(name).text)
        scripts = [a for tag, a in page.elements if tag == "script"]
        assert all("src" in each for each in scripts), name
        figures = [a for tag, a in page.elements if tag == "img"]
        assert all("data-name" in each and "onerror" not in each for each in figures), name
        assert not [link for link in page.links if link.lower().startswith("javascript")]


def test_a_name_of_any_characters_has_its_address(hostile):
    links = {
        link
        for link in Read(hostile.get("/kind/payload-class").text).links
        if link.startswith("/payload-class/")
    }
    assert links
    for link in links:
        page = hostile.get(link)
        assert page.status_code == 200
        action = next(a["action"] for tag, a in Read(page.text).elements if tag == "form")
        assert hostile.get(action).text == page.text


def test_a_browser_sees_a_page_where_programs_ask(client):
    assert "<textarea" in client.get("/sparql").text
    assert "sd:Service" in client.get("/sparql", headers={"accept": "text/turtle"}).text
    asked = client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})
    assert "html" not in asked.headers["content-type"]
    assert wants_page(BROWSER["accept"])
    assert not wants_page("*/*") and not wants_page("text/turtle, text/html;q=0.9")


def test_a_client_that_leaves_costs_no_process(tmp_path):
    build(curated.claims(write_tables(tmp_path / "tables", SMALL)), tmp_path / "store")
    with serving(open_generation(tmp_path / "store")[1]) as (address, service):
        for _ in range(3):
            with pytest.raises(httpx.TimeoutException):
                httpx.get(f"{address}/network{path(DRUG)}", headers=BROWSER, timeout=0.01)
        assert httpx.get(f"{address}/", headers=BROWSER, timeout=60).status_code == 200
        assert service.release.rendering.pool.counts["replaced"] == 0


def test_addresses_are_read_as_they_are_written():
    assert named("/drug/a/b") == "drug:a/b"
    assert named("/network/target/CD22") == "network:target:CD22"
    for prefix in ENTITY_PREFIXES:
        assert named(f"/{prefix}/x") == f"{prefix}:x"
    asked = read("/question/status", "drug=x&on=2015-01-01&as-of=2016-01-01&without=press")
    assert asked.view == ("2016-01-01", "", ("press",))
    assert asked.given == (("drug", "x"), ("on", "2015-01-01"))
    assert read("/drug/x", "on=2015-01-01&utm=1").view == ("", "2015-01-01", ())
    for address in ("/drug", "/nothing/x", "/questions/x"):
        with pytest.raises(Refused):
            named(address)
    with pytest.raises(Refused):
        read("/", "&".join(f"a{n}=1" for n in range(60)))
