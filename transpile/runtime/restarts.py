"""What an operator decides about the jobs of an execution: RESUME, RERUN and BYPASS."""

import contextvars
import csv
import inspect
import os
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from transpile.runtime.masking import shown
from transpile.runtime.statuses import SUCCESS, Status

# The variables of an execution: the earlier execution whose jobs it takes over, the jobs
# that it runs in any case, and those that count as succeeded.
RESUME = "RESUME"
RERUN = "RERUN"
BYPASS = "BYPASS"
BYPASSED = str(Status(SUCCESS, 0))

# True once the job of this task has ended without running.
DID_NOT_RUN = contextvars.ContextVar("did_not_run", default=False)


@dataclass(frozen=True)
class Result:
    """What a job returns that does not run."""

    value: Any


def calling(attribute: str) -> Any:
    """The task whose function, which is its `attribute`, calls; None without one."""
    frame = inspect.currentframe()
    while frame is not None:
        task = frame.f_globals.get(frame.f_code.co_name)
        function = getattr(task, attribute, None)
        if function and inspect.unwrap(function).__code__ is frame.f_code:
            return task
        frame = frame.f_back
    return None


def said_by_operator(variable: str) -> str:
    """What an operator has decided about this execution; empty if nothing."""
    return os.environ.get(variable, "")


def is_restart() -> bool:
    """True if an operator has decided something about the jobs of this execution."""
    return any(map(said_by_operator, (RESUME, RERUN, BYPASS)))


def named_in(text: str | None) -> frozenset[str]:
    """The names in a list: apart by commas; one with a comma or a space at its ends in quotes."""
    rows = csv.reader([text or ""], skipinitialspace=True)
    return frozenset(filter(None, (name.strip() for row in rows for name in row)))


def is_named(names: Collection[str], known: Collection[str], variable: str) -> bool:
    """True if the variable holds one of the `names` of a job.

    Raises RuntimeError if it holds a name that is none of the `known` ones.
    """
    wanted = named_in(said_by_operator(variable))
    unknown = sorted(wanted.difference(known))
    if unknown:
        listed = ", ".join(map(shown, unknown))
        none = "no job of this workflow, and no sub-workflow"
        raise RuntimeError(f"{variable}: {none}: {listed}")
    return not wanted.isdisjoint(names)


def is_bypassed(label: str, names: Collection[str], known: Collection[str]) -> bool:
    """True if BYPASS holds one of the `names` of the job.

    Raises RuntimeError if RERUN does so, too, or if one of them has an unknown name.
    """
    both = {name: is_named(names, known, name) for name in (RERUN, BYPASS)}
    if all(both.values()):
        raise RuntimeError(f"{RERUN} and {BYPASS} both name {label}")
    return both[BYPASS]
