"""What strangers send: each ends within its limits, and the service goes on for the others."""

import contextlib
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from conftest import SMALL, write_tables
from pyoxigraph import RdfFormat, Store
from serving import commanded, linux, resident, serving, spent

from kg.dataset.store import build, open_generation
from kg.serve.limits import Limits
from kg.sources import curated

BUDGET = 10.0  # seconds that the client waits
SELECT = "SELECT ?t { drug:inotuzumab-ozogamicin lkg:target ?t }"
MANY = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
A = "a" * 9_000
DEEP = (1_000, 20_000, 1_000_000)


def doubled(times):
    binds = " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(times))
    return f'SELECT (STRLEN(?v{times}) AS ?n) {{ BIND("xxxxxxxxxx" AS ?v0) {binds} }}'


NESTED = {
    "groups": lambda n: "SELECT * {" + "{" * n + "}" * n + "}",
    "parentheses": lambda n: "SELECT * { FILTER(" + "(" * n + "1" + ")" * n + ") }",
    "exists": lambda n: "ASK { " + "FILTER EXISTS { " * n + "}" * n + " }",
    "sub-selects": lambda n: "SELECT * {" + "{ SELECT * {" * n + "}}" * n + "}",
    "negations": lambda n: "ASK { FILTER(" + "!" * n + "true) }",
    "sums": lambda n: "ASK { FILTER(" + "1+" * n + "1) }",
    "lists": lambda n: "ASK { ?s ?p " + "(" * n + ")" * n + " }",
    "paths": lambda n: "ASK { ?s " + "^" * n + "rdf:type ?o }",
    "unions": lambda n: "SELECT * {" + "{} UNION " * n + "{} }",
    "optionals": lambda n: "SELECT * {" + "OPTIONAL { ?s ?p ?o " * n + "}" * n + "}",
}
HEAVY = {
    "product": f"SELECT (COUNT(*) AS ?n) {{ {MANY} }}",
    "sort": f"SELECT * {{ {MANY} }} ORDER BY ?l ?a",
    "distinct": f"SELECT DISTINCT ?a ?e ?i ?l {{ {MANY} }}",
    "group": f"SELECT ?a ?e ?i (COUNT(*) AS ?n) {{ {MANY} }} GROUP BY ?a ?e ?i",
    "concatenation": f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?l))) AS ?x) {{ {MANY} }}",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (!<x:a>|^!<x:a>)* ?b . ?c (!<x:a>|^!<x:a>)* ?d . "
    "?e (!<x:a>|^!<x:a>)* ?f }",
    "doubling": doubled(40),
    "pattern": f'SELECT * {{ {MANY} FILTER(!REGEX(CONCAT(STR(?a), "{A}"), "(a|aa)*c$")) }}',
    "result": f"SELECT * {{ {MANY} }}",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("abused")
    build(curated.claims(write_tables(folder / "tables", SMALL)), folder / "store")
    limits = Limits(seconds=3.0, answer=5_000_000, patience=2.0)
    with serving(open_generation(folder / "store")[1], limits=limits) as (address, service):
        yield address, service


def post(address, query):
    return httpx.post(
        f"{address}/sparql",
        content=query,
        headers={"content-type": "application/sparql-query"},
        timeout=BUDGET,
    )


def still_answers(address):
    answer = httpx.get(f"{address}/sparql", params={"query": SELECT}, timeout=BUDGET)
    return answer.status_code == 200 and "target/CD22" in answer.text


def settled(service):
    """Whether all processes wait for work, some seconds after the last client left."""
    pool = service.release.queries
    for _ in range(100):
        resting = len(pool._turns._free) + len(pool._reserve)
        if resting == pool._processes + pool.limits.long and not pool._clients:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("depth", DEEP)
@pytest.mark.parametrize("name", NESTED)
def test_nesting_ends(served, name, depth):
    address, _ = served
    answer = post(address, NESTED[name](depth))
    assert answer.status_code in {200, 400, 413, 503, 504}, answer.text
    assert still_answers(address)


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_queries_end(served, name):
    address, service = served
    answer = post(address, HEAVY[name])
    assert answer.status_code in {400, 503, 504}, answer.text[:200]
    assert len(answer.text) < 1000  # says why
    assert still_answers(address)
    assert settled(service)


def test_a_large_query_is_not_read_to_its_end(served):
    address, _ = served
    assert post(address, "x" * 10_000_000).status_code == 413


def test_connections_that_say_nothing_are_closed(served):
    address, _ = served
    port = int(address.rpartition(":")[2])
    for said in (b"", b"GET /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "):
        with socket.create_connection(("127.0.0.1", port), timeout=BUDGET) as connection:
            connection.sendall(said)
            assert connection.recv(100) == b""
    half = b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n"
    half += b"Content-Type: application/sparql-query\r\n\r\nASK"
    with socket.create_connection(("127.0.0.1", port), timeout=BUDGET) as connection:
        connection.sendall(half)
        assert b" 408 " in connection.recv(100)


def test_many_idle_connections_hold_nobody_up(served):
    address, _ = served
    port = int(address.rpartition(":")[2])
    idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(500)]
    try:
        assert still_answers(address)
    finally:
        for connection in idle:
            connection.close()


@contextlib.contextmanager
def reader(address):
    """A connection that has asked for some megabytes, and takes them in small pieces."""
    query = urllib.parse.quote("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 7000")
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(BUDGET)
        connection.connect(("127.0.0.1", int(address.rpartition(":")[2])))
        asked = f"GET /sparql?query={query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        connection.sendall(asked.encode())
        yield connection


def test_who_takes_an_answer_slowly_gets_it_whole(served):
    address, _ = served
    with reader(address) as connection:
        head, _, content = connection.recv(1000).partition(b"\r\n\r\n")
        (size,) = re.findall(rb"content-length: (\d+)", head)
        assert int(size) > 2_000_000
        left = int(size) - len(content)
        while left:
            left -= len(connection.recv(min(left, 4000)))
            time.sleep(0.005)


def test_who_hardly_takes_an_answer_is_let_go(served):
    address, service = served
    with reader(address) as connection:
        for _ in range(40):
            assert connection.recv(1)
            time.sleep(0.1)
        sent = 0  # by then, which the system still delivers
        while piece := connection.recv(100_000):
            sent += len(piece)
    assert sent < 1_000_000
    assert settled(service)
    assert still_answers(address)


def test_who_vanishes_leaves_nothing_running(served):
    address, service = served
    before = service.release.queries.counts["replaced"]
    for _ in range(3):
        with pytest.raises(httpx.TimeoutException):
            httpx.get(f"{address}/sparql", params={"query": HEAVY["product"]}, timeout=0.3)
    assert settled(service)
    assert service.release.queries.counts["replaced"] == before + 3
    assert still_answers(address)


def asking_for(place):
    """Requests that name a place outside of the store."""
    for query in (
        f"SELECT * {{ SERVICE <{place}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE SILENT <{place}> {{ ?s ?p ?o }} }}",
        f"SELECT * FROM <{place}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{place}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"SELECT * {{ GRAPH <{place}> {{ ?s ?p ?o }} }}",
        f"LOAD <{place}>",
    ):
        yield {"query": query}
    for name in ("default-graph-uri", "named-graph-uri"):
        yield {"query": "SELECT * { ?s ?p ?o }", name: place}


def test_nothing_leaves_the_machine(served):
    address, _ = served
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        for asked in asking_for(f"http://127.0.0.1:{listener.getsockname()[1]}/x"):
            answer = httpx.get(f"{address}/sparql", params=asked, timeout=BUDGET)
            assert answer.status_code in {200, 400}
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.skipif(not shutil.which("strace"), reason="strace watches what processes open")
def test_no_process_opens_a_connection_or_a_file_outside_the_store(tmp_path, served):
    _, service = served
    secret, log = tmp_path / "secret.ttl", tmp_path / "calls"
    secret.write_text('<x:s> <x:p> "secret" .', encoding="utf-8")
    tracing = ("strace", "-D", "-f", "-q", "-o", str(log), "-e", "trace=%network,open,openat")
    with (
        commanded(service.release.place.parent, before=tracing) as command,
        httpx.Client(base_url=command.address, timeout=20) as client,
    ):
        client.get("/sparql", params={"query": SELECT})  # opens what is opened late
        before = grown(log)
        for place in (secret.as_uri(), "http://127.0.0.1:1/x", "https://example.org/x"):
            for asked in asking_for(place):
                answer = client.get("/sparql", params=asked)
                assert answer.status_code in {200, 400}
                assert '"secret"' not in answer.text
        calls = log.read_text(encoding="utf-8")
    assert "listen(" in calls[:before] and "openat(" in calls[:before]  # it does watch
    opened = re.findall(r"\b(?:connect|socket|open|openat)\(.*", calls[before:])
    assert not [call for call in opened if "EMFILE" not in call]  # which is: not allowed to


def grown(log):
    """The size of a file that has not grown for a while."""
    size, since = 0, time.monotonic()
    while time.monotonic() < since + 3:
        time.sleep(0.1)
        if (now := log.stat().st_size) > size:
            size, since = now, time.monotonic()
    return size


def test_a_query_that_was_long_counts_as_many_turns(served):
    address, service = served
    had = service.release.queries._turns._had
    before = had.get("127.0.0.1", 0)
    assert httpx.get(f"{address}/sparql", params={"query": SELECT}).status_code == 200
    assert had.get("127.0.0.1", 0) < before + 100
    assert post(address, HEAVY["product"]).status_code in (503, 504)
    assert had["127.0.0.1"] >= before + 100
    assert settled(service)


@linux
def test_all_processes_together_stay_small(served):
    """Everything heavy at once, from more clients than there are processes."""
    _, service = served
    with commanded(service.release.place.parent, "--seconds", "3", "--processes", "2") as command:
        heavy = [*HEAVY.values(), *(make(20_000) for make in NESTED.values())]
        most = 0
        with ThreadPoolExecutor(16) as clients:
            asked = [clients.submit(post, command.address, query) for query in heavy * 2]
            while not all(each.done() for each in asked):
                most = max(most, resident(command.tree()))
                time.sleep(0.05)
        assert {each.result().status_code for each in asked} <= {400, 413, 429, 503, 504}
        assert still_answers(command.address)
        assert 50_000_000 < most < 2_000_000_000
        time.sleep(5)
        before = spent(command.tree())
        time.sleep(2)
        assert spent(command.tree()) - before < 0.1


def test_a_worker_can_open_nothing():
    """Even if a query found a way to ask for it."""
    code = "from kg.serve.confinement import confine; confine(500_000_000); open('/etc/hostname')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "Too many open files" in done.stderr


CONFINED = """
import sys
from pathlib import Path
from kg.serve.confinement import confine
from kg.serve.worker import Worker
confine(500_000_000)
worker = Worker(sys.stdout.buffer)
for store in sys.argv[1:]:
    print(len(list(worker.open(store).query("SELECT * { ?s ?p ?o }"))), flush=True)
most = len([*Path(sys.argv[-1]).glob("*.sst")])
files = [open("/etc/hostname") for _ in range(2 * most)]
"""


def test_a_worker_reads_stores_of_many_files_and_little_else(tmp_path):
    """RocksDB opens only some of many files when it opens a store."""
    stores = [tmp_path / "few", tmp_path / "many"]
    for folder, loads in zip(stores, (1, 12), strict=True):
        store = Store(folder)
        for number in range(loads):
            ends = f"<http://p/{number}> <http://o/{number}> .\n"
            lines = (f"<http://x/{n}> {ends}" for n in range(99))
            store.bulk_load("".join(lines).encode(), RdfFormat.N_TRIPLES)
        store.flush()
        del store
    assert len([*stores[1].glob("*.sst")]) > 20
    words = [sys.executable, "-c", CONFINED, *map(str, stores)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["99", str(12 * 99)]
    assert "Too many open files" in done.stderr
