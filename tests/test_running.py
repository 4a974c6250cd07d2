"""``kg serve`` as a command: how it starts, takes up another release, and stops."""

import os
import signal
import socket
import threading
import time
from urllib.parse import quote

import httpx
import pytest
from conftest import SMALL, write_tables
from serving import commanded, linux, spent, workers

from kg.dataset.store import build, open_generation
from kg.sources import curated

LABEL = "SELECT ?label { target:CD22 rdfs:label ?label }"


def write(folder, label):
    """A store in which a target has some label."""
    targets = [{"id": "target:CD22", "type": "Target", "label": label}]
    tables = write_tables(folder / "tables", {**SMALL, "targets": targets})
    build(curated.claims(tables), folder / "store")
    return folder / "store"


def ask(client):
    answer = client.get("/sparql", params={"query": LABEL}, headers={"accept": "text/csv"})
    answer.raise_for_status()
    return answer.text.split()[1], answer.headers["etag"]


class Asking(threading.Thread):
    """A client that keeps asking."""

    def __init__(self, address):
        super().__init__(daemon=True)
        self.client, self.ended = httpx.Client(base_url=address), threading.Event()
        self.answers, self.failures = [], []

    def run(self):
        with self.client:
            while not self.ended.is_set():
                try:
                    self.answers.append(ask(self.client))
                except httpx.HTTPError as error:
                    self.failures.append(repr(error))

    def end(self):
        self.ended.set()
        self.join(20)
        return list(dict.fromkeys(self.answers))


def test_another_release_is_taken_up_without_a_lost_request(tmp_path):
    with commanded(write(tmp_path, "before")) as service:
        asking = [Asking(service.address) for _ in range(4)]
        for each in asking:
            each.start()
        write(tmp_path, "after")
        service.process.send_signal(signal.SIGHUP)
        assert service.said("now")
        with httpx.Client(base_url=service.address) as client:
            assert ask(client)[0] == "after"
            void = client.get("/.well-known/void").text
            name = open_generation(tmp_path / "store")[1].name
            assert name in client.get("/metrics").text
        for each in asking:
            answers = each.end()
            assert each.failures == []
            assert [label for label, _ in answers] == ["before", "after"]
            assert len({tag for _, tag in answers}) == 2
        assert "void:triples" in void


@linux
def test_processes_of_the_release_before_end(tmp_path):
    with commanded(write(tmp_path, "before"), "--processes", "1") as service:
        former = workers(service, 3)
        write(tmp_path, "after")
        service.process.send_signal(signal.SIGHUP)
        assert service.said("now")
        assert not set(former) & set(workers(service, 3))


def test_a_damaged_release_is_not_taken_up(tmp_path):
    with commanded(write(tmp_path, "before")) as service:
        write(tmp_path, "after")
        store = open_generation(tmp_path / "store")[1] / "store"
        table = next(path for path in sorted(store.iterdir()) if path.suffix == ".sst")
        table.write_bytes(table.read_bytes()[:-1] + b"?")
        service.process.send_signal(signal.SIGHUP)
        assert service.said("is not what the build wrote")
        assert service.said("answers stay those of before")
        with httpx.Client(base_url=service.address) as client:
            assert ask(client)[0] == "before"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_it_stops_cleanly(tmp_path, number):
    with commanded(write(tmp_path, "x")) as service:
        with httpx.Client(base_url=service.address) as client:
            ask(client)
        everyone = service.tree()
        assert service.stop(number) == 0
    assert service.lines == []  # the address, once, and nothing else
    assert not [pid for pid in everyone if running(pid)]


def running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_who_is_served_when_it_stops_is_served_to_the_end(tmp_path):
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
    with commanded(write(tmp_path, "x"), "--seconds", "2") as service:
        port = int(service.address.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            asked = f"GET /sparql?query={quote(slow)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
            connection.sendall(asked.encode())
            httpx.get(
                f"{service.address}/health", timeout=20
            )  # it has come to what was sent before
            assert service.stop() == 0
            assert b" 504 " in connection.recv(1000)


def test_an_address_that_is_taken_is_told(tmp_path):
    folder = write(tmp_path, "x")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = pytest.raises(AssertionError, match=f"cannot listen at 127.0.0.1, port {port}")
        with told, commanded(folder, "--port", port):
            pass


@linux
def test_it_idles_once_nobody_asks(tmp_path):
    with commanded(write(tmp_path, "x")) as service:
        _until_idle(service)  # it makes ahead what first pages need
        with httpx.Client(base_url=service.address) as client:
            for _ in range(50):
                ask(client)
        time.sleep(5)
        assert _taken(service) < 0.1


def _until_idle(service):
    for _ in range(60):
        if _taken(service) < 0.05:
            return
    raise AssertionError("it does not come to rest")


def _taken(service):
    """Seconds of processor time that the service takes within two seconds."""
    before = spent(service.tree())
    time.sleep(2)
    return spent(service.tree()) - before
