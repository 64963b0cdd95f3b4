"""Identifiers and Flyte names for legacy names."""

import re
import unicodedata

from transpile.flyte.reserved import MODULES, NAMES, NODE_IDS

RUNTIME = "job_runtime"
"""The module of run-time helpers that stands beside the emitted modules."""

IMPORTED = frozenset("""
    LaunchPlan Workflow WorkflowFailurePolicy blocked cron run task timedelta wait_for_file
    """.split())
"""Names that an emitted module imports."""

LONGEST = 50


def identifier(name: str, otherwise: str = "job") -> str:
    """A lower-case identifier of at most 50 characters that resembles `name`.

    It starts with a letter and holds neither leading, trailing nor double underscores, so that
    with `-` for `_` it is a DNS label.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")
    if not words:
        return otherwise
    if words[0].isdigit():
        words = f"{otherwise}_{words}"
    return words[:LONGEST].rstrip("_")


def flyte_name(name: str) -> str:
    """A name for a workflow or launch plan, with nothing that a URL has to escape."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip("_")[:100] or "workflow"


class Scope:
    """Names that are in use in one namespace."""

    def __init__(self, *taken: frozenset[str]) -> None:
        self._taken = set().union(*taken)
        self._next: dict[str, int] = {}

    def claim(self, base: str, *suffixes: str) -> str:
        """`base`, or `base_2`, ...: the first that is free with each suffix behind it too."""
        number = self._next.get(base, 1)
        while True:
            name = base if number == 1 else f"{base}_{number}"
            wanted = [name, *(name + suffix for suffix in suffixes)]
            number += 1
            if self._taken.isdisjoint(wanted):
                self._taken.update(wanted)
                self._next[base] = number
                return name


def module_scope() -> Scope:
    """The names of an output folder."""
    return Scope(MODULES, NAMES, NODE_IDS, IMPORTED, frozenset((RUNTIME,)))


def name_scope() -> Scope:
    """The names inside one emitted module."""
    return Scope(NAMES, NODE_IDS, IMPORTED)


def input_scope() -> Scope:
    """The names of workflow inputs; `pyflyte run` makes command-line options of them."""
    return Scope(NAMES, IMPORTED, frozenset(("help",)))
