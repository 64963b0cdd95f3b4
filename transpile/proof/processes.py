"""Tracks the processes of a rehearsal, so that none outlives it."""

import os
import signal
import subprocess
import threading
from types import SimpleNamespace
from typing import Any


class Processes:
    """Starts processes and ends them all; a process started after that ends at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._started: list[subprocess.Popen[bytes]] = []
        self._over = False

    def module(self) -> SimpleNamespace:
        """A replacement for `subprocess` that tracks the processes it starts."""
        return SimpleNamespace(**{**vars(subprocess), "Popen": self._open})

    def _open(self, *arguments: Any, **options: Any) -> "subprocess.Popen[bytes]":
        # A group of its own: it and all that it starts can be ended together.
        process = subprocess.Popen(*arguments, **{**options, "start_new_session": True})
        with self._lock:
            self._started.append(process)
            if self._over:
                _end(process)
        return process

    def end(self) -> None:
        """End all processes, also those that start later."""
        with self._lock:
            self._over = True
            for process in self._started:
                _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
