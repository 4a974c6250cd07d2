"""How long an agent waits: for ``kg mcp`` to start, and for each tool; and how much it reads.

Run it as ``python tests/bench/agents.py [STARTS]``. Beside the time of a start stands that of
the processor until then, without its worker processes: other programs do not lengthen it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

OPENING = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "bench", "version": "1"},
}
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("resolve", {"name": "CMC-544"}),
    ("card", {"name": "CMC-544"}),
    ("questions", {}),
    ("ask", {"question": "status", "parameters": {"drug": "CMC-544"}}),
    ("ask", {"question": "gaps"}),
    ("evidence", {"subject": "CMC-544", "predicate": "lkg:target"}),
    ("compare", {"name": ["INO-VATE", "TOWER"], "measure": "response"}),
    ("conflicts", {"entity": "CMC-544"}),
    ("schema", {}),
    ("sparql", {"query": "SELECT ?d ?l { ?d lkg:target target:CD22 ; rdfs:label ?l }"}),
]


class Server:
    """A process that is talked to."""

    def __init__(self) -> None:
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kg.cli", "mcp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.number = 0

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The result of a request."""
        assert self.process.stdin and self.process.stdout
        self.number += 1
        made = {"jsonrpc": "2.0", "id": self.number, "method": method, "params": parameters}
        self.process.stdin.write(json.dumps(made) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())["result"]  # type: ignore[no-any-return]

    def processor(self) -> float:
        """Its seconds of a processor so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """End it as clients do."""
        self.process.communicate()


def starts(number: int) -> None:
    """Print how long starts take."""
    wall, processor, first = [], [], []
    for _ in range(number):
        server = Server()
        server.ask("initialize", **OPENING)
        wall.append(time.perf_counter() - server.started)
        processor.append(server.processor())
        server.ask("tools/call", name="resolve", arguments={"name": "CMC-544"})
        first.append(time.perf_counter() - server.started)
        server.end()
    print(f"start {statistics.median(wall):.2f} s, processor {statistics.median(processor):.2f} s")
    print(f"first answer {statistics.median(first):.2f} s after the start")


def calls(times: int) -> None:
    """Print how long calls take and how much they say."""
    server = Server()
    server.ask("initialize", **OPENING)
    listed = server.ask("tools/list")["tools"]
    chosen = [(tool["name"], tool["description"], tool["inputSchema"]) for tool in listed]
    print(f"tools: {len(json.dumps(chosen)):,} characters to choose by")
    for name, arguments in CALLS:
        taken = []
        for _ in range(times):
            before = time.perf_counter()
            result = server.ask("tools/call", name=name, arguments=arguments)
            taken.append(time.perf_counter() - before)
        text = result["content"][0]["text"]
        first, rest = taken[0], statistics.median(taken[1:])
        print(f"{name:10} first {first:5.2f} s, then {rest:5.3f} s, {len(text):6,} characters")
    server.end()


if __name__ == "__main__":
    starts(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
    calls(6)
