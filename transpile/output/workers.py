"""Worker processes, on this machine or in a cluster."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import TypeVar

from transpile.interrupts import held_interrupts
from transpile.output.cluster import Cluster

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 3
"""Items queued per process: enough to keep it busy, few enough to save memory."""


LARGE = 10_000_000
"""Size in characters, some 20,000 jobs, from which other processes pay off."""

BATCH = 200
"""Minimum number of jobs per item, so that the work takes longer than the transport."""


def batches(tasks: Iterable[T], size: Callable[[T], int]) -> Iterator[tuple[T, ...]]:
    """The tasks in batches of at least BATCH in size, for any number of processes the same."""
    batch: list[T] = []
    total = 0
    for task in tasks:
        batch.append(task)
        total += size(task)
        if total >= BATCH:
            yield tuple(batch)
            batch, total = [], 0
    if batch:
        yield tuple(batch)


def processors() -> int:
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """Processes that call a function for many items. Before `start`, this process calls it.

    They are `count` processes beside this one, which mostly waits for them, or those of the
    `cluster` with this address. The function and the items are pickled. If processes cannot be
    started, or die, this process does their work.
    """

    def __init__(self, count: int | None = None, cluster: str | None = None) -> None:
        self._asked = count is not None or cluster is not None
        self._count = count or processors()
        self._address = cluster
        self._cluster: Cluster | None = None
        self._pool: Executor | None = None
        self._lost: tuple[type[BaseException], ...] = (BrokenProcessPool,)

    def __enter__(self) -> "Workers":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._cluster is not None:
            self._cluster.close()
        elif self._pool is not None:
            self._pool.shutdown(wait=error is None, cancel_futures=True)

    @property
    def are_started(self) -> bool:
        """True if other processes do the work."""
        return self._pool is not None

    def start_for(self, size: int, warm_up: Callable[[], object]) -> None:
        """Start the processes if somebody asked for them, or for sources of a large size."""
        if self._asked or size > LARGE:
            self.start(warm_up)

    def start(self, warm_up: Callable[[], object]) -> None:
        """Start the processes, unless `count` is 1; each calls `warm_up` first.

        Raises ClusterError if the cluster cannot be used.
        """
        if self._address is not None:
            self._cluster = Cluster(self._address)
            self._pool, self._count = self._cluster.executor, self._cluster.processors
            self._lost = self._cluster.lost
        elif self._count > 1:
            self._start_processes(warm_up)

    def _start_processes(self, warm_up: Callable[[], object]) -> None:
        try:
            # This process may have threads, which a fork breaks, and much memory.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._count, context, _serve)
            # A process that receives Ctrl-C while it starts would print a traceback.
            with held_interrupts():
                for _ in range(self._count):
                    self._pool.submit(warm_up)
        except (OSError, ImportError, BrokenProcessPool):
            self._pool = None

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """The results, in the order of the items."""
        waiting: deque[tuple[T, Future[R] | None]] = deque()
        for item in items:
            waiting.append((item, self._submit(function, item)))
            if len(waiting) > AHEAD * self._count or self._pool is None:
                yield self._result(function, *waiting.popleft())
        while waiting:
            yield self._result(function, *waiting.popleft())

    def _submit(self, function: Callable[[T], R], item: T) -> "Future[R] | None":
        try:
            return self._pool.submit(function, item) if self._pool else None
        except (BrokenProcessPool, RuntimeError):
            self._pool = None
            return None

    def _result(self, function: Callable[[T], R], item: T, future: "Future[R] | None") -> R:
        if future is not None:
            try:
                return future.result()
            except self._lost:
                self._pool = None
        return function(item)


def _serve() -> None:
    """Ignore Ctrl-C, because the parent ends its workers, and exit when the parent dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
