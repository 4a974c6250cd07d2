"""The service under many clients, beside the same queries in raw pyoxigraph on the same cores.

Run it as ``python tests/bench/serving.py [SECONDS]``. Clients ask lookups and questions, in
turns; every answer is compared with the one that the engine gives. First no query comes twice
(each has a comment of its own), so that every answer is computed; then the same ones come
again and again, as they do where many people use one address.

Shares of processor time say more than rates where a machine is shared with others.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from load import Asked, Load, load, post
from pyoxigraph import QueryResultsFormat, Store

import kg
from kg import questions
from kg.vocabulary import PREFIXES

CLIENTS = 64
SETTLING = 25.0  # seconds in which a new service reads what its pages will need
CORES = os.cpu_count() or 1
LOOKUPS = [
    "SELECT ?p ?o { drug:imatinib ?p ?o } ORDER BY ?p ?o",
    "SELECT ?t { drug:inotuzumab-ozogamicin lkg:target ?t }",
]
COMMAND = [sys.executable, "-P", "-m", "kg.cli", "serve", "--port", "0"]
Expected = list[tuple[str, bytes]]


def mixed() -> list[str]:
    """A lookup before each question, as its file has it."""
    asked = [questions.load(name).query for name in questions.names()]
    return [query for pair in zip(itertools.cycle(LOOKUPS), asked) for query in pair]


def result(store: Store, query: str) -> bytes:
    """The answer as JSON."""
    answer = store.query(query, prefixes=PREFIXES).serialize(format=QueryResultsFormat.JSON)  # type: ignore[union-attr]
    assert answer is not None
    return answer


def raw(place: str, seconds: float, first: int) -> tuple[int, float]:
    """Queries that one process answers which only calls the engine, and its processor time."""
    store, every = Store.read_only(place), mixed()
    for query in every:
        result(store, query)
    began, end = time.process_time(), time.perf_counter() + seconds
    for done, query in enumerate(itertools.islice(itertools.cycle(every), first, None), start=1):
        result(store, query)
        if time.perf_counter() > end:
            return done, time.process_time() - began
    raise AssertionError


def new(expected: Expected, number: int) -> Iterator[Asked]:
    """What a client asks that never asks what was asked before."""
    asked = itertools.islice(itertools.cycle(expected), 7 * number, None)
    for turn, (query, answer) in enumerate(asked):
        yield Asked(post(f"{query}\n# {number} {turn}"), answer)


def again(expected: Expected, number: int) -> Iterator[Asked]:
    """What a client asks that asks what others ask, too."""
    every = [Asked(post(query), answer) for query, answer in expected]
    return itertools.islice(itertools.cycle(every), 7 * number, None)


def serve(each: list[Iterator[Asked]], seconds: float) -> tuple[Load, float]:
    """What a service of its own does under clients, and its processor time from start to end."""
    before = children()
    with subprocess.Popen(COMMAND, stderr=subprocess.PIPE, text=True) as service:
        assert service.stderr
        said = re.search(r"http://[\d.]+:(\d+)", service.stderr.readline())
        assert said
        time.sleep(SETTLING)
        try:
            found = load(int(said[1]), each, seconds)
        finally:
            service.terminate()
    return found, children() - before


def start() -> float:
    """Seconds until a service has said its address, where it answers from then on."""
    started = time.perf_counter()
    with subprocess.Popen(COMMAND, stderr=subprocess.PIPE, text=True) as service:
        assert service.stderr and service.stderr.readline()
        taken = time.perf_counter() - started
        service.terminate()
    return taken


def children() -> float:
    """Seconds of processor time of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print what was measured."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 120
    graph = kg.load()
    place = str(graph._backend.place / "store")  # type: ignore[attr-defined]
    expected = [(query, result(graph.store, query)) for query in mixed()]
    print(f"says its address after {statistics.median(start() for _ in range(7)):.2f} s")
    with multiprocessing.get_context("spawn").Pool(CORES) as pool:
        each = pool.starmap(raw, [(place, seconds / 4, 71 * n) for n in range(CORES)])
        pool.close()
        pool.join()
    alone = sum(done for done, _ in each) / (seconds / 4)
    cost = sum(spent for _, spent in each) / sum(done for done, _ in each)
    print(f"engine alone: {alone:,.0f} a second, {cost * 1000:.2f} ms of a processor each")
    _, standing = serve([], 0.0)
    for what, asks in (("no query twice", new), ("the same queries again", again)):
        found, spent = serve([asks(expected, number) for number in range(CLIENTS)], seconds)
        spent -= standing
        count, taken = len(found.seconds), sorted(found.seconds)
        rate = count / seconds
        print(f"{CLIENTS} clients, {seconds:g} s, {what}: {count:,} answers, ", end="")
        print(f"{len(found.wrong)} wrong {found.wrong[:1] or ''}")
        print(f"  {rate:,.0f} a second, {rate / alone:.2f} of the engine alone; ", end="")
        both = spent + found.processor
        print(f"by processor time {cost * count / both:.2f}")
        print(f"  {both / seconds:.2f} processors used, {found.processor / seconds:.2f} by clients")
        print(f"  median {taken[count // 2] * 1000:.0f} ms, ", end="")
        print(f"99 in 100 within {taken[int(count * 0.99)] * 1000:.0f} ms")


if __name__ == "__main__":
    main()
