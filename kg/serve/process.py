"""A worker process as its pool sees it."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable, Iterable

import msgspec

from kg.serve.frames import DATA, DONE, HEAD, JOB, frame
from kg.serve.job import Failure, Job, Work

_decode = msgspec.json.Decoder(Failure).decode


class Died(Exception):
    """The process ended while it answered."""


class Refused(Exception):
    """There is no answer.

    Attributes:
        status: of the HTTP response.
        why: in plain words.
        failure: the same, with the kind of error and candidates where there are any.
    """

    def __init__(
        self, status: int, why: str, kind: str = "", candidates: Iterable[tuple[str, str]] = ()
    ) -> None:
        super().__init__(why)
        self.status, self.why = status, why
        self.failure = Failure(status, why, kind, list(candidates))


class Process:
    """One worker: started, given one job at a time, killed."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.slowed = False

    @classmethod
    async def start(cls, words: list[str]) -> Process:
        """A worker, started by these words, that is ready for its first job."""
        pipe, null = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        made = cls(
            await asyncio.create_subprocess_exec(*words, stdin=pipe, stdout=pipe, stderr=null)
        )
        await made._read()
        return made

    async def answer(self, job: Job | Work, take: Callable[[bytes], object]) -> str:
        """Have a job done.

        Args:
            job: what is to be done.
            take: is given the answer piece by piece.

        Returns:
            the media type of the answer.

        Raises:
            Refused: the worker says why there is no answer.
            Died: the process ended.
        """
        assert self._process.stdin
        try:
            self._process.stdin.write(frame(JOB, msgspec.json.encode(job)))
            await self._process.stdin.drain()
        except ConnectionError as error:
            raise Died from error
        while True:
            kind, content = await self._read()
            if kind == DATA:
                take(content)
            elif kind == DONE:
                return content.decode()
            else:
                failure = _decode(content)
                raise Refused(*msgspec.structs.astuple(failure))

    async def _read(self) -> tuple[bytes, bytes]:
        assert self._process.stdout
        try:
            kind, length = HEAD.unpack(await self._process.stdout.readexactly(HEAD.size))
            return kind, await self._process.stdout.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise Died from error

    @property
    def alive(self) -> bool:
        """Whether it can take jobs."""
        return self._process.returncode is None

    def slow_down(self) -> None:
        """Leave the processor to others from now on."""
        self.slowed = True
        with contextlib.suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, 10)

    async def kill(self) -> None:
        """End it, whatever it does."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
