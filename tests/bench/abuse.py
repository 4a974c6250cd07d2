"""The service over the packaged graph under those who want to bring it down.

Run it as ``python tests/bench/abuse.py [SECONDS]``. Some clients ask nothing but what
``tests/test_abuse.py`` asks; another one asks lookups, each new, and is timed.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parent.parent))

from test_abuse import HEAVY, NESTED, SELECT

COMMAND = [sys.executable, "-P", "-m", "kg.cli", "serve", "--port", "0"]
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


def read(file: Path) -> str:
    """What stands in a file of a process; nothing, if that has ended."""
    try:
        return file.read_text()
    except OSError:
        return ""


def tree(process: int) -> Iterator[int]:
    """A process and those that it started."""
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in read(task).split():
            yield from tree(int(child))


def memory(process: int) -> float:
    """Megabytes of a tree of processes; pages that they share are counted once."""
    found = 0
    for each in tree(process):
        rollup = read(Path(f"/proc/{each}/smaps_rollup"))
        found += sum(map(int, re.findall(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)))
    return found / 1000


def processor(process: int) -> float:
    """Seconds of processor time of the processes of a tree that run."""
    used = 0
    for each in tree(process):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print what was measured."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    with subprocess.Popen(COMMAND, stderr=subprocess.PIPE, text=True) as service:
        try:
            measure(service, seconds)
        finally:
            service.terminate()


def measure(service: subprocess.Popen[str], seconds: float) -> None:
    """Print what a service goes through."""
    assert service.stderr
    if said := re.search(r"http://[\d.]+:\d+", service.stderr.readline()):
        address = f"{said[0]}/sparql"
        with multiprocessing.get_context("spawn").Pool(ATTACKERS + 1) as pool:
            time.sleep(SETTLING)
            until, most = time.time() + seconds, 0.0
            lookups = pool.apply_async(look_up, (address, until))
            attacks = [(address, number, until) for number in range(ATTACKERS)]
            came = pool.starmap_async(attack, attacks)
            while not came.ready():
                most = max(most, memory(service.pid))
                time.sleep(0.25)
            taken, ends = sorted(lookups.get()), sum(came.get(), Counter[str]())
        time.sleep(5)
        before = processor(service.pid)
        time.sleep(2)
        rests = processor(service.pid) - before
        print(f"{ATTACKERS} clients, {seconds:g} s: {dict(ends)}")
        print(f"lookups of another one: median {statistics.median(taken):.2f} s, ", end="")
        print(f"slowest of {len(taken)} {taken[-1]:.2f} s")
        print(f"memory of all processes at most {most:,.0f} MB")
        print(f"5 s after the last one left: {rests / 2:.2f} of a processor")


if __name__ == "__main__":
    main()
