"""Processes that answer jobs, each with its time, its memory and its size of answer.

Some take turns at quick queries, one more than there are processors, and some are in reserve:
a query that takes longer than a quick one goes on at a lower priority while another process
takes its place, up to a number of long ones. One that exceeds a limit is killed and replaced.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine
from tempfile import SpooledTemporaryFile
from typing import NamedTuple

from kg.serve.job import Job, Work
from kg.serve.limits import Limits
from kg.serve.process import Died, Process, Refused
from kg.serve.turns import Turns

_IN_MEMORY = 1 << 20  # bytes of an answer; what is larger goes through a file
_AGAIN = 1.0  # seconds until a process that could not start is started again
_HEAVY = 200  # turns that a query counts that was long, or cost its process
_LOOK = 0.1  # seconds between looks at a query that is not quick


class Answer(NamedTuple):
    """An answer, whole.

    Attributes:
        media: its media type.
        file: at its start; whoever gets it closes it.
        size: bytes.
    """

    media: str
    file: SpooledTemporaryFile[bytes]
    size: int


class Pool:
    """Answers jobs; of the clients that wait, the one that has had least is next.

    Args:
        command: the words that start one of its processes.
        processes: for how many processors; one more takes turns, if there is one in reserve.
        limits: for each job, and for each client.
    """

    def __init__(self, command: list[str], processes: int, limits: Limits) -> None:
        self.limits, self._command, self._processes = limits, command, processes
        self.counts: Counter[str] = Counter()
        self._turns: Turns[Process] = Turns()
        self._every: set[Process] = set()
        self._quick = 0  # processes that take turns
        self._reserve: list[Process] = []
        self._clients: Counter[str] = Counter()
        self._starting: set[asyncio.Task[None]] = set()
        self._long = 0
        self._closed = False

    async def start(self) -> None:
        """Start the processes: as many as run at once now, the others meanwhile.

        Raises:
            Died: they do not start.
        """
        if self._every:
            return
        starting = (Process.start(self._command) for _ in range(self._processes))
        found = await asyncio.gather(*starting, return_exceptions=True)
        started = [each for each in found if isinstance(each, Process)]
        self._every.update(started)
        for error in found:
            if isinstance(error, BaseException):
                await asyncio.gather(*map(self._end, started))
                raise error
        self._reserve.extend(started)
        self._fill()
        for _ in range(self.limits.long):
            self._soon(self._add())

    async def stop(self) -> None:
        """End all processes."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        await asyncio.gather(*(process.kill() for process in self._every))

    @property
    def waiting(self) -> int:
        """How many jobs wait for a process."""
        return len(self._turns)

    async def answer(self, job: Job | Work, client: str) -> Answer:
        """The answer to a job.

        Raises:
            Refused: why there is none.
        """
        if self._clients[client] >= self.limits.each:
            raise Refused(429, f"you have {self.limits.each} queries here: wait for one to end")
        if self.waiting >= self.limits.waiting:
            raise Refused(503, f"{self.limits.waiting} queries are waiting: come again later")
        self._clients[client] += 1
        try:
            return await self._answer(job, client)
        finally:
            self._clients[client] -= 1
            if not self._clients[client]:
                del self._clients[client]

    async def _answer(self, job: Job | Work, client: str) -> Answer:
        end = asyncio.get_running_loop().time() + self.limits.seconds
        try:
            process = await self._turns.get(client, self.limits.patience)
        except TimeoutError:
            raise Refused(503, "all are busy: come again later") from None
        file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # the caller closes it
        usable = False
        try:
            media = await self._bounded(process, job, file, end)
            usable = True
        except BaseException as error:
            file.close()
            usable = isinstance(error, Refused) and not isinstance(error, _Exceeded)
            raise
        finally:
            if process.slowed or not usable:
                self._turns.charge(client, _HEAVY)
            self._release(process, usable)
        size = file.tell()
        file.seek(0)
        return Answer(media, file, size)

    async def _bounded(
        self, process: Process, job: Job | Work, file: SpooledTemporaryFile[bytes], end: float
    ) -> str:
        """The media type of the answer, which goes to the file, within the limits of time."""
        loop = asyncio.get_running_loop()
        began, patience = process.spent, self.limits.quick
        try:
            await process.ask(job)
            while True:
                try:
                    async with asyncio.timeout(patience):
                        return await process.receive(file.write)
                except TimeoutError:
                    patience = _LOOK
                if loop.time() >= end:
                    raise _Exceeded(504, f"it takes more than {self.limits.seconds:g} seconds")
                if process.spent - began >= self.limits.quick:
                    self._lengthen(process)
        except Died:
            memory = f"{self.limits.memory // 1_000_000:,} MB"
            raise _Exceeded(503, f"it needs more than {memory}, or nests too deep") from None
        finally:
            self._long -= process.slowed

    def _lengthen(self, process: Process) -> None:
        """Make room for quick ones beside a query that has taken longer than they do."""
        if process.slowed:
            return
        if self._long < self.limits.long:
            self._long += 1
            process.slow_down()
            self._quick -= 1
            self._fill()
        elif self.waiting:
            raise _Exceeded(503, "others wait, and enough long queries run: come again later")

    def _release(self, process: Process, usable: bool) -> None:
        if usable and process.alive and not process.slowed:
            self._turns.put(process)
        elif not self._closed:
            self._quick -= not process.slowed
            self._fill()
            self._soon(self._replace(process))

    def _fill(self) -> None:
        """Let processes of the reserve take turns."""
        while self._reserve and self._quick <= self._processes:  # one works while another sends
            self._quick += 1
            self._turns.put(self._reserve.pop())

    def _soon(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _replace(self, process: Process) -> None:
        self.counts["replaced"] += 1
        await self._end(process)
        await self._add()

    async def _add(self) -> None:
        while True:
            try:
                process = await Process.start(self._command)
                break
            except Died:
                await asyncio.sleep(_AGAIN)
        self._every.add(process)
        self._reserve.append(process)
        self._fill()

    async def _end(self, process: Process) -> None:
        self._every.discard(process)
        await process.kill()


class _Exceeded(Refused):
    """A limit that ends the process."""
