"""What goes over the streams and over HTTP, whatever a client does."""

import contextlib
import json
import subprocess
import sys
import threading
import time

import agents
import httpx
import pytest
from serving import serving
from typer.testing import CliRunner

from kg.cli import application
from kg.cli.commands import mcp as command
from kg.errors import BadParameter, MissingExtra
from kg.serve.limits import Limits

OPENING = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "test", "version": "1"},
}
BOMB = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LOOKUP = {"name": "resolve", "arguments": {"name": "CMC-544"}}


def message(method, number=None, **parameters):
    made = {"jsonrpc": "2.0", "method": method, "params": parameters}
    return made if number is None else made | {"id": number}


# The standard streams


@pytest.fixture
def process(graph):
    words = agents.command(graph.place)
    made = subprocess.Popen(
        [words.command, *words.args],
        cwd=words.cwd,
        env=words.env | {"PATH": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with made:
        yield made
        made.kill()


def test_nothing_but_protocol_is_said_whatever_comes(process):
    lines = [
        json.dumps(message("initialize", 1, **OPENING)),
        json.dumps(message("notifications/initialized")),
        "",
        "not json",
        "[1, 2]",
        '{"jsonrpc": "2.0", "id": 2}',
        json.dumps(message("tools/call", 3)),
        json.dumps(message("tools/call", 4, name="ask", arguments=["x"])),
        json.dumps(message("tools/call", 5, name="sparql", arguments={"query": "\x00 }"})),
        json.dumps(message("no/such", 6)),
        json.dumps(message("tools/call", 7, **LOOKUP)),
    ]
    answers = {}
    for line in lines:
        process.stdin.write(line + "\n")
    process.stdin.flush()
    while not {3, 4, 5, 6, 7} <= answers.keys():
        answer = json.loads(process.stdout.readline())
        answers[answer.get("id")] = answer
    rest, complaints = process.communicate(timeout=60)
    assert answers[7]["result"]["structuredContent"]["answer"]["id"].startswith("drug:")
    assert answers[5]["result"]["isError"]
    assert all("error" in answers[number] for number in (3, 4, 6))
    assert (rest, complaints, process.returncode) == ("", "", 0)


def test_a_long_query_holds_nobody_up_and_ends_when_its_client_does(process):
    def send(*messages):
        for each in messages:
            process.stdin.write(json.dumps(each) + "\n")
        process.stdin.flush()

    def heard():
        return json.loads(process.stdout.readline())["id"]

    send(message("initialize", 1, **OPENING), message("notifications/initialized"))
    send(message("tools/call", 2, **LOOKUP))
    assert [heard(), heard()] == [1, 2]
    send(message("tools/call", 3, name="sparql", arguments={"query": BOMB}))
    send(message("tools/call", 4, **LOOKUP))
    assert heard() == 4
    send(message("notifications/cancelled", requestId=3, reason="no more"))
    query = {"query": "ASK { ?d a lkg:Drug }"}
    send(message("tools/call", 5, name="sparql", arguments=query))
    assert heard() == 5
    send(message("tools/call", 6, name="sparql", arguments={"query": BOMB}))
    process.stdin.close()
    assert process.wait(60) == 0


# HTTP


@pytest.fixture(scope="module")
def served(graph):
    with serving(graph.place, limits=Limits(seconds=4.0, patience=60.0)) as (address, service):
        while post(address, **LOOKUP).json()["result"]["isError"]:
            time.sleep(0.1)  # processes start
        yield address, service


def post(address, *, number=1, method="tools/call", headers=None, **parameters):
    headers = {"accept": "application/json, text/event-stream"} | (headers or {})
    content = message(method, number, **parameters)
    return httpx.post(f"{address}/mcp", json=content, headers=headers, timeout=60)


def test_a_call_needs_no_session(served):
    answer = post(served[0], **LOOKUP).json()["result"]
    assert answer["structuredContent"]["answer"]["id"] == "drug:inotuzumab-ozogamicin"
    opened = post(served[0], method="initialize", **OPENING)
    assert opened.json()["result"]["serverInfo"]["name"] == "leukemia-kg"
    assert "mcp-session-id" not in opened.headers


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_old_and_new_clients_are_answered(graph, mode):
    with agents.http(graph.place, mode) as agent:
        assert agent.said("resolve", name="CD22")["answer"]["id"] == "target:CD22"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://[::"}, 403),
        ({"origin": "http://localhost:6274"}, 200),
        ({"host": "elsewhere.example"}, 421),
        ({"accept": "text/html"}, 406),
    ],
)
def test_pages_of_elsewhere_may_not_ask(served, headers, status):
    assert post(served[0], **LOOKUP, headers=headers).status_code == status


def test_a_page_that_may_ask(graph):
    with serving(graph.place, origins=("https://ours.example",)) as (address, _):
        assert post(address, **LOOKUP, headers={"origin": "https://ours.example"}).is_success
        before = {
            "origin": "https://ours.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type, mcp-protocol-version",
        }
        answer = httpx.options(f"{address}/mcp", headers=before)
        assert answer.is_success
        assert "content-type" in answer.headers["access-control-allow-headers"]


def test_there_are_no_streams_to_hold_open(served):
    answer = httpx.get(f"{served[0]}/mcp", headers={"accept": "text/event-stream"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert httpx.delete(f"{served[0]}/mcp").status_code == 405


def test_the_token_of_the_service_is_asked_for(graph):
    with serving(graph.place, token="secret") as (address, _):
        assert post(address, **LOOKUP).status_code == 401
        assert post(address, **LOOKUP, headers={"authorization": "Bearer secret"}).is_success


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"x" * 300_000, 413), (b"\xff", 400), (b"{", 400), (b"[]", 400), (b"[" * 100_000, 400)],
    ids=["large", "bytes", "cut", "batch", "deep"],
)
def test_what_is_no_request(served, content, status):
    headers = {"content-type": "application/json", "accept": "application/json"}
    answer = httpx.post(f"{served[0]}/mcp", content=content, headers=headers)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_a_query_that_takes_too_long_is_ended_and_others_go_on(served):
    address, _ = served
    ended = []
    bomb = {"name": "sparql", "arguments": {"query": BOMB}}
    thread = threading.Thread(target=lambda: ended.append(post(address, **bomb).json()))
    thread.start()
    assert post(address, **LOOKUP).is_success
    thread.join()
    assert ended[0]["result"]["content"][0]["text"] == "it takes more than 4 seconds"


def test_a_client_that_leaves_frees_its_process(served):
    address, service = served
    bomb = {"name": "sparql", "arguments": {"query": BOMB}}
    before = service.release.queries.counts["replaced"]
    headers = {"accept": "application/json"}
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(
            f"{address}/mcp", json=message("tools/call", 1, **bomb), headers=headers, timeout=0.5
        )
    while service.release.queries.counts["replaced"] == before:
        time.sleep(0.05)
    asked = {"name": "sparql", "arguments": {"query": "ASK { ?d a lkg:Drug }"}}
    assert post(address, **asked).is_success


# The command


def test_without_the_extra_it_says_what_to_install(monkeypatch, graph):
    monkeypatch.setattr(command.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(MissingExtra, match=r"pip install 'leukemia-kg\[mcp\]'"):
        command.mcp()


def test_without_the_extra_the_service_says_so(monkeypatch, graph):
    with serving(graph.place) as (address, _):
        monkeypatch.setitem(sys.modules, "kg.serve.mcp.server", None)
        answer = post(address, **LOOKUP)
    assert answer.status_code == 501 and "leukemia-kg[mcp]" in answer.text


def test_a_store_behind_an_address_is_not_offered():
    with pytest.raises(BadParameter, match="this machine"):
        command.mcp(store="https://kg.example/sparql")


def test_over_http_it_says_its_address(graph):
    words = agents.command(graph.place)
    started = [words.command, *words.args, "--http", "--port", "0"]
    with subprocess.Popen(
        started, cwd=words.cwd, env=words.env, stderr=subprocess.PIPE, text=True
    ) as made:
        address = made.stderr.readline().strip()
        assert address.endswith("/mcp")
        assert eventually(lambda: post(address.removesuffix("/mcp"), **LOOKUP)).is_success
        made.terminate()


def eventually(ask):
    """What it gives once the service listens."""
    while True:
        with contextlib.suppress(httpx.ConnectError):
            return ask()
        time.sleep(0.05)


def test_its_help_names_the_protocol():
    said = CliRunner().invoke(application("mcp"), ["--help"]).output
    assert "Model Context Protocol" in said
