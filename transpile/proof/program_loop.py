"""An event loop for the drivers of a rehearsal, whose time is that of its clock."""

import asyncio
from asyncio import events
from collections import deque
from collections.abc import Callable, Coroutine
from contextvars import Context
from functools import partial
from typing import Any

from transpile.proof.clocks import Clock


class ProgramLoop(asyncio.AbstractEventLoop):
    """Runs callbacks in the order in which they become ready, and nothing else.

    Functions for other threads run at once. `failure` is the first error that nobody awaits.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ready: deque[asyncio.Handle] = deque()
        self.failure: BaseException | None = None

    def drain(self) -> None:
        """Run everything that is ready, also what becomes ready by that."""
        before = events._get_running_loop()
        events._set_running_loop(self)
        try:
            while self._ready:
                handle = self._ready.popleft()
                if not handle.cancelled():
                    handle._run()
        finally:
            events._set_running_loop(before)

    def clear(self) -> None:
        """Drop what is ready."""
        self._ready.clear()

    # ---------------------------------------------------------------- what asyncio asks for

    def time(self) -> float:
        """Seconds since the start of the rehearsal."""
        return self._clock.now

    def is_running(self) -> bool:
        """True: a loop of a rehearsal has no end."""
        return True

    def is_closed(self) -> bool:
        """False."""
        return False

    def get_debug(self) -> bool:
        """False."""
        return False

    def create_future(self) -> "asyncio.Future[Any]":
        """A future of this loop."""
        return asyncio.Future(loop=self)

    def create_task(  # type: ignore[override]
        self, coro: Coroutine[Any, Any, Any], *, name: str | None = None, **_: Any
    ) -> "asyncio.Task[Any]":
        """A task of this loop, in the context of its creator."""
        return asyncio.Task(coro, loop=self, name=name)

    def call_soon(  # type: ignore[override]
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """Run a callback after those that are ready."""
        handle = asyncio.Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    def call_later(  # type: ignore[override]
        self,
        delay: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """Run a callback so many seconds from now."""
        when = self.time() + max(delay, 0.0)
        handle = asyncio.TimerHandle(when, callback, args, self, context)
        self._clock.after(max(delay, 0.0), partial(self._ring, handle))
        return handle

    def call_at(  # type: ignore[override]
        self,
        when: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """Run a callback at a time of this loop."""
        return self.call_later(when - self.time(), callback, *args, context=context)

    def _ring(self, handle: asyncio.TimerHandle) -> None:
        self._ready.append(handle)
        self.drain()

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """Do nothing: a cancelled handle does not run."""

    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Callable[..., Any], *args: Any
    ) -> "asyncio.Future[Any]":
        """The result of a function, which has run."""
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:
            future.set_exception(error)
        return future

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """Keep the error of a task that nobody awaits."""
        self.failure = self.failure or context.get("exception")
