"""Handling of Ctrl-C, also if a library wraps it into another error."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

INTERRUPTED = 130
"""The exit status after Ctrl-C: 128 plus the number of the signal."""


@contextmanager
def held_interrupts() -> Iterator[None]:
    """Delay Ctrl-C, except on Windows. Processes started in the meantime never receive it."""
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
    """Restore the handler of Ctrl-C afterwards: flytekit replaces it when it is imported."""
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
    """Raise KeyboardInterrupt if it caused the error."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        if isinstance(cause, KeyboardInterrupt):
            raise KeyboardInterrupt from error
        seen.add(id(cause))
        cause = cause.__cause__ or cause.__context__
