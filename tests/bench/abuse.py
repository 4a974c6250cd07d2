"""The service over the packaged graph under those who want to bring it down.

Run it as ``python tests/bench/abuse.py [SECONDS]``. Some clients ask nothing but what
``tests/test_abuse.py`` asks; another one asks lookups, each new, and is timed.
"""

from __future__ import annotations

import multiprocessing
import random
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

import httpx

from kg import packaged

sys.path.insert(0, str(Path(__file__).parent.parent))

from serving import Command, commanded, resident, spent
from test_abuse import HEAVY, NESTED, SELECT

ATTACKERS = 12
SETTLING = 25.0  # seconds in which all processes read what they will need
QUERY = {"content-type": "application/sparql-query"}
BOMBS = [*HEAVY.values(), *(nested(deep) for nested in NESTED.values() for deep in (1000, 20_000))]


def client(last: int) -> httpx.Client:
    """A client with an address of its own."""
    transport = httpx.HTTPTransport(local_address=f"127.0.3.{last}")
    return httpx.Client(transport=transport, timeout=20)


def attack(address: str, number: int, until: float) -> Counter[str]:
    """What came of bombs, one after the other."""
    came, chance = Counter[str](), random.Random(number)
    with client(number + 2) as asking:
        while time.time() < until:
            try:
                answer = asking.post(address, content=chance.choice(BOMBS), headers=QUERY)
                came[str(answer.status_code)] += 1
            except httpx.HTTPError as error:
                came[type(error).__name__] += 1
    return came


def look_up(address: str, until: float) -> list[float]:
    """Seconds that each lookup took."""
    taken = []
    with client(1) as asking:
        while time.time() < until:
            began = time.perf_counter()
            answer = asking.post(address, content=f"{SELECT} # {began}", headers=QUERY)
            assert answer.status_code == 200 and "CD22" in answer.text
            taken.append(time.perf_counter() - began)
            time.sleep(0.05)
    return taken


def measure(service: Command, seconds: float) -> None:
    """Print what a service goes through."""
    address = f"{service.address}/sparql"
    with multiprocessing.get_context("spawn").Pool(ATTACKERS + 1) as pool:
        time.sleep(SETTLING)
        until, most = time.time() + seconds, 0
        lookups = pool.apply_async(look_up, (address, until))
        attacks = [(address, number, until) for number in range(ATTACKERS)]
        came = pool.starmap_async(attack, attacks)
        while not came.ready():
            most = max(most, resident(service.tree()))
            time.sleep(0.25)
        taken, ends = sorted(lookups.get()), sum(came.get(), Counter[str]())
    time.sleep(5)
    before = spent(service.tree())
    time.sleep(2)
    rests = spent(service.tree()) - before
    print(f"{ATTACKERS} clients, {seconds:g} s: {dict(ends)}")
    print(f"lookups of another one: median {statistics.median(taken):.2f} s, ", end="")
    print(f"slowest of {len(taken)} {taken[-1]:.2f} s")
    megabytes = most / 1e6  # pages that they share are counted for each
    print(f"memory of all processes at most {megabytes:,.0f} MB")
    print(f"5 s after the last one left: {rests / 2:.2f} of a processor")


def main() -> None:
    """Print what was measured."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    _, place = packaged.open_packaged(print)
    with commanded(place.parent) as service:
        measure(service, seconds)


if __name__ == "__main__":
    main()
