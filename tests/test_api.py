"""The JSON API: its answers, its errors, its description, and that it is as it describes itself."""

import subprocess
import sys

import httpx
import jsonschema
import pytest
from conftest import SMALL, write_tables
from serving import serving
from test_answers import EXAMPLES, answer

from kg import questions
from kg.answers.asking import Ask
from kg.answers.every import ANSWERS
from kg.dataset.store import build, open_generation
from kg.printing import dump
from kg.serve.limits import Limits
from kg.serve.viewing import Views
from kg.sources import curated

PATIENT = Limits(seconds=60, patience=60, rate=1_000_000)


@pytest.fixture(scope="module")
def client(graph):
    with (
        serving(graph.place, limits=PATIENT) as (address, _),
        httpx.Client(base_url=address, timeout=120) as made,
    ):
        yield made


@pytest.fixture(scope="module")
def described(client):
    return client.get("/openapi.json").json()


def conforms(described, path, answer):
    """Whether an answer has the shape that is described."""
    given = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    schema = {**given["schema"], "components": described["components"]}
    jsonschema.Draft202012Validator(schema).validate(answer)
    return True


def address_of(name, fields):
    """The path and parameters of a request."""
    if name == "ask":
        more = {"proof": "true"} if fields.get("proof") else {}
        return f"/api/ask/{fields['question']}", fields["parameters"] | more
    words = {True: "true", False: "false"}
    given = {n: words[v] if isinstance(v, bool) else v for n, v in fields.items()}
    return f"/api/{name}", {n.replace("_", "-"): value for n, value in given.items()}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_are_those_of_the_command_line(client, graph, described, name):
    fields, _ = EXAMPLES[name]
    path, parameters = address_of(name, fields)
    given = client.get(path, params=parameters)
    assert given.status_code == 200 and given.headers["content-type"] == "application/json"
    assert given.text == answer(graph, name, fields)
    assert conforms(described, path, given.json())


@pytest.mark.parametrize("name", questions.names())
def test_every_question_has_an_address_with_its_own_parameters(client, graph, described, name):
    values = questions.load(name).example_values
    given = client.get(f"/api/ask/{name}", params=values)
    day = values.pop("as-of", "")
    assert given.text == dump(Ask(name, values).answer(graph.view(day)))
    assert conforms(described, f"/api/ask/{name}", given.json())


@pytest.mark.parametrize(
    ("view", "seen"),
    [
        ({"as-of": "2011-06-30"}, {"as_of": "2011-06-30"}),
        ({"without": ["press", "recalled"]}, {"without": ["press", "recalled"]}),
        ({"on": "2012"}, {"on": "2012"}),
    ],
)
def test_every_request_can_be_put_to_a_view(client, graph, view, seen):
    given = client.get("/api/card", params={"name": "besponsa", **view})
    assert given.text == dump(graph.view(**seen).card("besponsa"))
    assert given.text != client.get("/api/card", params={"name": "besponsa"}).text


def test_a_question_that_answers_about_a_day_takes_it_itself(client, graph):
    given = client.get("/api/ask/status", params={"drug": "Mylotarg", "on": "2005"})
    assert given.text == dump(Ask("status", {"drug": "Mylotarg", "on": "2005"}).answer(graph))


def test_an_answer_without_rows_says_whether_they_were_looked_for(client):
    found = client.get("/api/ask/history", params={"drug": "BL22"}).json()
    assert found["rows"] == [] and found["coverage"]["covered"]
    asked = {"drug": "imatinib", "disease": "plasma cell leukemia"}
    found = client.get("/api/ask/responses", params=asked).json()
    assert found["coverage"]["words"].startswith("not covered")


@pytest.mark.parametrize(
    ("address", "status", "kind", "says"),
    [
        ("/api/find?name=inotuzmab", 404, "unknown-name", "did you mean"),
        ("/api/find?name=AML-17", 409, "ambiguous-name", "names several"),
        ("/api/card", 400, "bad-parameter", "needs name"),
        ("/api/card?nam=CD22", 400, "bad-parameter", "did you mean name?"),
        ("/api/card?name=CD22&name=CD33", 400, "bad-parameter", "give it once"),
        ("/api/card?name=", 400, "bad-parameter", "0 characters"),
        ("/api/card?name=%FF", 400, "bad-parameter", "UTF-8"),
        ("/api/card?name=CD22&as-of=2011-02-30", 400, "bad-parameter", "calendar"),
        ("/api/card?name=CD22&as-of=", 400, "bad-parameter", "not a date"),
        ("/api/card?name=CD22&without=rumours", 400, "bad-parameter", "press"),
        ("/api/card?name=CD22&as-of=2011&on=2012", 409, "mismatch", "leave one"),
        ("/api/network?depth=7", 400, "bad-parameter", "0 to 6"),
        ("/api/network?entity=INO-VATE&depth=one", 400, "bad-parameter", "whole number"),
        ("/api/network?entity=FDA&depth=0", 200, "", ""),
        ("/api/ask/status?drug=CMC-544&proof=perhaps", 400, "bad-parameter", "true nor false"),
        ("/api/ask/status", 400, "bad-parameter", "needs drug"),
        ("/api/ask/statsu", 404, "unknown-address", "/api/ask/status"),
        ("/api/ask/refusals?jurisdiction=XX", 400, "bad-parameter", "US, EU"),
        ("/api/compare?name=INO-VATE&anyway=%20", 400, "bad-parameter", "says nothing"),
        ("/api/compare?name=besponsa", 409, "mismatch", "two or more"),
        ("/api/pool?measure=response&drug=besponsa", 409, "mismatch", "family"),
        ("/api/pool?measure=luck&drug=besponsa", 404, "unknown-name", "family"),
        ("/api/evidence?subject=besponsa&predicate=lkg:hits", 404, "vocabulary-error", "lkg:hits"),
        ("/api/diff?from=2017&to=2016", 409, "mismatch", "after the last"),
        ("/api/nothing", 404, "unknown-address", "/api lists"),
    ],
)
def test_errors_are_json_in_clear_words(client, address, status, kind, says):
    given = client.get(address)
    assert given.status_code == status
    if status != 200:
        error = given.json()["error"]
        assert (error["status"], error["kind"]) == (status, kind)
        assert says in error["message"]


def test_what_could_be_meant_comes_with_the_error(client):
    error = client.get("/api/card", params={"name": "inotuzmab ozogamicin"}).json()["error"]
    meant = {"id": "drug:inotuzumab-ozogamicin", "label": "inotuzumab ozogamicin"}
    assert error["candidates"][0] == meant
    error = client.get("/api/find", params={"name": "AML-17"}).json()["error"]
    assert all(each["id"].startswith("trial:") for each in error["candidates"])


@pytest.mark.parametrize("path", ["/api/suggest", "/api/ask/status", "/api", "/openapi.json"])
def test_methods(client, path):
    allowed = "GET, HEAD, OPTIONS"
    options = client.options(path)
    assert (options.status_code, options.headers["allow"]) == (204, allowed)
    refused = client.post(path)
    assert (refused.status_code, refused.headers["allow"]) == (405, allowed)
    assert refused.json()["error"]["kind"] == "method-not-allowed"


def test_head_has_the_headers_of_get(client):
    head, get = (client.request(m, "/api/suggest?q=ino") for m in ("HEAD", "GET"))
    assert head.status_code == 200 and head.content == b""
    assert head.headers["etag"] == get.headers["etag"]


@pytest.mark.parametrize("address", ["/api/suggest?q=ino", "/api", "/openapi.json"])
def test_what_has_not_changed_is_not_sent_again(client, address):
    etag = client.get(address).headers["etag"]
    again = client.get(address, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200


def test_other_parameters_have_another_tag(client):
    tags = {
        client.get(f"/api/suggest?{query}").headers["etag"]
        for query in ("q=ino", "q=inotuz", "q=ino&most=3", "q=ino&as-of=2020")
    }
    assert len(tags) == 4


def test_answers_are_compressed_and_not_for_those_who_take_no_json(client):
    compressed = client.get("/api/card?name=CD22", headers={"accept-encoding": "gzip"})
    assert compressed.headers["content-encoding"] == "gzip"
    refused = client.get("/api/card?name=CD22", headers={"accept": "text/csv"})
    assert refused.status_code == 406 and refused.json()["error"]["kind"] == "not-acceptable"


def test_the_page_lists_every_address_and_runs_no_script(client, described):
    page = client.get("/api")
    for path in described["paths"]:
        assert f"<h3>{path}</h3>" in page.text
    assert "<script" not in page.text and "://" not in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    build(curated.claims(write_tables(folder / "tables", SMALL)), folder / "store")
    return open_generation(folder / "store")[1]


def test_pages_of_other_origins_may_ask_where_they_are_allowed(place):
    with serving(place, origins=("https://notebook.example.org",)) as (address, _):
        headers = {"origin": "https://notebook.example.org"}
        given = httpx.get(f"{address}/api/find?name=besponsa", headers=headers)
        assert given.headers["access-control-allow-origin"] == "https://notebook.example.org"
        headers["access-control-request-method"] = "GET"
        assert httpx.options(f"{address}/api/find", headers=headers).status_code == 200


def test_who_has_no_token_is_told_in_json(place):
    with serving(place, token="secret") as (address, _):
        refused = httpx.get(f"{address}/api/find?name=besponsa")
        assert refused.status_code == 401 and refused.json()["error"]["kind"] == "unauthorized"
        bearing = {"authorization": "Bearer secret"}
        told = httpx.get(f"{address}/openapi.json", headers=bearing).json()
    assert told["security"] == [{"token": []}]
    assert "401" in told["paths"]["/api/find"]["get"]["responses"]


@pytest.fixture(scope="module")
def served(place, small):
    """A service that takes and refuses views, and answers from the whole: making them is slow."""

    async def store(self, as_of, on, without):
        small.view(as_of, without, on)
        return str(self.place / "store")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Views, "store", store)
        with serving(place, limits=PATIENT) as (address, _):
            yield address


def test_the_service_is_as_it_describes_itself(served, tmp_path):
    """Three questions stand for all: the others differ from them in names only."""
    words = ["run", f"{served}/openapi.json", "--max-examples", "5", "--no-color"]
    words += ["--exclude-path-regex", "^/api/ask/(?!(status|agency-lag|unmapped)$)"]
    words += ["--generation-database", "none", "--request-timeout", "60", "--warnings", "off"]
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "16 selected" in done.stdout and "No issues" in done.stdout


def test_the_description_is_openapi(described):
    assert described["openapi"] == "3.1.0"
    for name, schema in described["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["description"], name
    assert {f"/api/ask/{each}" for each in questions.names()} < described["paths"].keys()
    for path, operations in described["paths"].items():
        answer = operations["get"]
        assert answer["summary"] and all(each["description"] for each in answer["parameters"])
        assert {"as-of", "on", "without"} <= {each["name"] for each in answer["parameters"]}, path
