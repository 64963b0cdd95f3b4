"""Executors of Dask clusters."""

import importlib
from concurrent.futures import CancelledError, Executor
from typing import Any

from transpile.sources.resources import tool_digest

SECONDS = 20
"""Time in which the scheduler, and one worker at least, have to answer."""


class ClusterError(Exception):
    """The cluster cannot be used."""


class Cluster:
    """A connection to a Dask cluster. Dask repeats the work of lost workers."""

    def __init__(self, address: str) -> None:
        """Connect to the scheduler. Raises ClusterError."""
        try:
            distributed = importlib.import_module("distributed")
        except ImportError as error:
            raise ClusterError(
                "a cluster needs the package distributed: pip install 'transpile[cluster]'"
            ) from error
        try:
            self._client: Any = distributed.Client(address, timeout=SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClusterError(f"no scheduler of Dask answers at {address}: {error}") from error
        try:
            self._check(address)
        except ClusterError:
            self.close()
            raise
        self.executor: Executor = self._client.get_executor(pure=False)
        self.processors = sum(self._client.ncores().values())
        self.lost = (CancelledError, distributed.scheduler.KilledWorker)

    def _check(self, address: str) -> None:
        """Raise ClusterError unless there are workers, and all run this version of transpile."""
        try:
            self._client.wait_for_workers(1, timeout=SECONDS)
            found = set(self._client.run(tool_digest).values())
        except (OSError, ImportError) as error:
            reason = str(error) or type(error).__name__
            raise ClusterError(f"the workers of {address} cannot be used: {reason}") from error
        if found != {tool_digest()}:
            raise ClusterError(f"the workers of {address} run another version of transpile")

    def close(self) -> None:
        """Cancel what is left, and disconnect."""
        self._client.close(timeout=SECONDS)
