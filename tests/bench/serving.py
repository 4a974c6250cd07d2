"""The service under many clients, beside the same queries in raw pyoxigraph on the same cores.

Run it as ``python tests/bench/serving.py [SECONDS]``. Clients ask lookups and questions, in
turns; every answer is compared with the one that the engine gives.
"""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
import os
import re
import statistics
import subprocess
import sys
import time

import httpx
from pyoxigraph import QueryResultsFormat, Store

import kg
from kg import questions
from kg.vocabulary import PREFIXES

CLIENTS = 64
LOOKUPS = [
    "SELECT ?p ?o { drug:imatinib ?p ?o } ORDER BY ?p ?o",
    "SELECT ?t { drug:inotuzumab-ozogamicin lkg:target ?t }",
]


def mixed() -> list[str]:
    """A lookup before each question, as its file has it."""
    asked = [questions.load(name).query for name in questions.names()]
    return [query for pair in zip(itertools.cycle(LOOKUPS), asked) for query in pair]


def result(store: Store, query: str) -> bytes:
    """The answer as JSON."""
    answer = store.query(query, prefixes=PREFIXES).serialize(format=QueryResultsFormat.JSON)  # type: ignore[union-attr]
    assert answer is not None
    return answer


def raw(place: str, seconds: float) -> float:
    """Queries a second of one process that only calls the engine."""
    store, every = Store.read_only(place), mixed()
    end = time.perf_counter() + seconds
    for done, query in enumerate(itertools.cycle(every), start=1):
        result(store, query)
        if time.perf_counter() > end:
            return done / seconds
    raise AssertionError


async def client(
    address: str, every: list[str], expected: dict[str, bytes], number: int, end: float
) -> list[float]:
    """Ask until the end, as a client with an address of its own; the seconds of each answer."""
    taken: list[float] = []
    own = httpx.AsyncHTTPTransport(local_address=f"127.0.1.{number + 1}")
    async with httpx.AsyncClient(base_url=address, transport=own, timeout=30) as http:
        for query in itertools.islice(itertools.cycle(every), 7 * number, None):
            started = time.perf_counter()
            answer = await http.post(
                "/sparql", content=query, headers={"content-type": "application/sparql-query"}
            )
            taken.append(time.perf_counter() - started)
            assert answer.content == expected[query], (answer.status_code, answer.text[:200], query)
            if time.perf_counter() > end:
                return taken
    raise AssertionError


async def ask(address: str, expected: dict[str, bytes], seconds: float) -> list[float]:
    """All clients."""
    every, end = mixed(), time.perf_counter() + seconds
    each = (client(address, every, expected, number, end) for number in range(CLIENTS))
    return [taken for found in await asyncio.gather(*each) for taken in found]


def main() -> None:
    """Print what was measured."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 120
    graph = kg.load()
    backend = graph._backend
    place = str(backend.place / "store")  # type: ignore[attr-defined]
    expected = {query: result(graph.store, query) for query in mixed()}
    cores = os.cpu_count() or 1
    with multiprocessing.get_context("spawn").Pool(cores) as pool:
        alone = sum(pool.starmap(raw, [(place, seconds / 4)] * cores))
    command = [sys.executable, "-P", "-m", "kg.cli", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as service:
        assert service.stderr
        said = re.search(r"http://[\d.:]+", service.stderr.readline())
        assert said
        try:
            taken = sorted(asyncio.run(ask(said[0], expected, seconds)))
        finally:
            service.terminate()
    rate = len(taken) / seconds
    print(f"{CLIENTS} clients, {seconds:g} s, {len(taken):,} answers, all right")
    print(f"{rate:,.0f} a second, {rate / alone:.2f} of the engine alone ({alone:,.0f})")
    p99 = taken[int(len(taken) * 0.99)]
    print(f"median {statistics.median(taken) * 1000:.0f} ms, 99 in 100 within {p99 * 1000:.0f} ms")


if __name__ == "__main__":
    main()
