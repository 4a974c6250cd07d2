"""A running service for tests: within their own process, or by the command."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import uvicorn

from kg.serve.app import Service
from kg.serve.impatience import impatient
from kg.serve.running import listener
from kg.serve.settings import Settings

linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc is looked at")
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@contextlib.contextmanager
def serving(place, **settings):
    """The address of a service over the store in a folder, and the service."""
    open_at = listener("127.0.0.1", 0)
    made = Settings(processes=1, **settings)
    service = Service(place, made)
    server = uvicorn.Server(
        uvicorn.Config(service.app, http=impatient(made.limits.patience), log_level="error")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [open_at]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{open_at.getsockname()[1]}", service
    finally:
        server.should_exit = True
        thread.join(20)


class Command:
    """``kg serve`` as it runs.

    Attributes:
        address: what it said first.
        lines: what it said since, line by line.
    """

    def __init__(self, process):
        self.process = process
        first = process.stderr.readline()
        found = re.fullmatch(r"(http://127\.0\.0\.1:\d+)/\n", first)
        assert found, first
        self.address, self.lines = found[1], []
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    def _listen(self):
        self.lines.extend(self.process.stderr)

    def said(self, words):
        """Wait until it has said something."""
        for _ in range(300):
            if any(words in line for line in self.lines):
                return True
            time.sleep(0.1)
        return False

    def tree(self):
        """The process with all that it started."""
        return [self.process.pid, *below(self.process.pid)]

    def stop(self, number=signal.SIGTERM):
        """End it; its exit code."""
        self.process.send_signal(number)
        code = self.process.wait(20)
        self._listening.join()
        return code


@contextlib.contextmanager
def commanded(folder, *options, before=()):
    """``kg serve`` of a folder, which is stopped at the end if it still runs."""
    words = [*before, sys.executable, "-P", "-m", "kg.cli", "serve", "--port", "0"]
    words += ["--store", str(folder), *options]
    null, pipe = subprocess.DEVNULL, subprocess.PIPE
    with subprocess.Popen(words, stdin=null, stderr=pipe, text=True) as process:
        command = Command(process)
        try:
            yield command
        finally:
            if process.poll() is None:
                command.stop()


def _words(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    return []


def workers(service, number):
    """The processes that answer queries, once there are so many."""
    for _ in range(100):
        found = [pid for pid in service.tree()[1:] if "kg.serve.worker" in _words(pid)]
        if len(found) == number:
            return found
        time.sleep(0.1)
    raise AssertionError(found)


def below(pid):
    """The processes that one has started, and theirs (Linux)."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, path.read_text().split()):
                found += [child, *below(child)]
    return found


def spent(pids):
    """Seconds of processor time that processes have taken (Linux)."""
    return sum(sum(map(int, _stat(pid)[11:13])) for pid in pids) / TICKS


def resident(pids):
    """Bytes of memory of processes, what they share counted for each (Linux)."""
    return sum(int(_stat(pid)[21]) for pid in pids) * os.sysconf("SC_PAGE_SIZE")


def _stat(pid):
    """The fields of proc(5) after the name; zeros for a process that has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ["0"] * 50
