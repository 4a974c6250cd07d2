"""Text into a store in memory, by a second thread: Oxigraph lets Python go on meanwhile."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from pyoxigraph import RdfFormat, Store

_BATCH = 2_000_000  # bytes


class Loading:
    """Loads N-Quads while the next of them are made; its end waits for all of them.

    Attributes:
        store: what has been loaded.
    """

    def __init__(self) -> None:
        self.store = Store()
        self._thread = ThreadPoolExecutor(1)
        self._batch: list[bytes] = []
        self._size = 0
        self._running: list[Future[None]] = []

    def add(self, nquads: bytes) -> None:
        """Load some lines, now or with the next ones."""
        self._batch.append(nquads)
        self._size += len(nquads)
        if self._size > _BATCH:
            self._start()

    def _start(self) -> None:
        text = b"".join(self._batch)
        self._batch, self._size = [], 0
        self._running.append(
            self._thread.submit(self.store.bulk_load, text, RdfFormat.N_QUADS, lenient=True)
        )

    def __enter__(self) -> Loading:
        return self

    def __exit__(self, *_: object) -> None:
        self._start()
        self._thread.shutdown()
        for each in self._running:
            each.result()
