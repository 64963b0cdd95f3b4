"""Ctrl-C, also where a library has wrapped it into an error of its own."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

INTERRUPTED = 130
"""The exit status of a program that Ctrl-C has ended: 128 and the number of the signal."""


@contextmanager
def held_interrupts() -> Iterator[None]:
    """Have Ctrl-C wait, where the system allows it; processes that start meanwhile never see it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def own_interrupts() -> Iterator[None]:
    """Keep what Ctrl-C does: flytekit, when it is imported, has it exit with status 1."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with held_interrupts():
        before = signal.getsignal(signal.SIGINT)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)


def reraise_interrupt(error: BaseException) -> None:
    """Raise KeyboardInterrupt if that is what the error comes from."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        if isinstance(cause, KeyboardInterrupt):
            raise KeyboardInterrupt from error
        seen.add(id(cause))
        cause = cause.__cause__ or cause.__context__
