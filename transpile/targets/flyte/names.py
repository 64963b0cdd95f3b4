"""Makes identifiers and Flyte names of legacy names."""

import re
import unicodedata
from collections.abc import Iterable

from transpile.targets.flyte.reserved import (
    CALL_PARAMETERS,
    MODULES,
    NAMES,
    NODE_ATTRIBUTES,
    NODE_IDS,
    WINDOWS,
)

RUNTIME = "job_runtime"
"""The module of run-time helpers."""

HELPERS = frozenset("""
    BY_HAND ENVIRONMENT Job KEEP_GOING LegacyJob ONE_AT_A_TIME RuleCalendar SECRETS SKIPPED
    SMALL STARTED SUCCESS Start Wait approval approved approved_status blocked box_status
    command compare_output container_command cron dag_result done exit_code failed gate
    has_output is_day_of_month is_day_of_week is_every is_in_month is_in_period is_nth
    is_nth_week is_set is_start_time local_date look look_at_legacy not_before not_failed
    not_running not_succeeded on_failure output_or release report_failure require_success run
    run_judged run_judged_status run_node run_node_status run_status shell_script start_time
    started succeeded tell tell_legacy tell_legacy_start terminated wait_for_file
    wait_for_run wait_run_status wait_status with_alerts with_outputs
    """.split())
"""The run-time helpers that emitted modules import."""

HOMES = {
    **dict.fromkeys(
        """
    Cache ContainerTask Email LaunchPlan PodTemplate Resources Secret TaskMetadata Workflow
    WorkflowExecutionPhase conditional kwtypes task workflow
    """.split(),
        "flytekit",
    ),
    "FlyteError": "flytekit.types.error",
    "ShellTask": "flytekit.extras.tasks.shell",
    "create_node": "flytekit.core.node_creation",
    "datetime": "datetime",
    "timedelta": "datetime",
    "timezone": "datetime",
    "NamedTuple": "typing",
}
"""The modules of other imported names."""

STANDARD = frozenset(("datetime", "typing"))
"""The modules of Python's standard library among them."""

IMPORTED = HELPERS | HOMES.keys() | {"sys"}
"""Names that an emitted module may import."""

LONGEST = 50


def identifier(name: str, kind: str, avoid: frozenset[str]) -> str:
    """A lower-case identifier of at most 60 characters that resembles `name` and is not in `avoid`.

    It starts with a letter and has no leading, trailing or double underscores: with `-` for `_` it
    is a DNS label. `kind` is added where the name alone does not suffice.
    """
    words = _words(name)
    if not words:
        return kind
    if words[0].isdigit():
        words = f"{kind}_{words}"
    words = words[:LONGEST].rstrip("_")
    return f"{words}_{kind}" if words in avoid else words


def is_nameless(name: str) -> bool:
    """True if no letter or digit of the name can stand in an identifier."""
    return not _words(name)


def _words(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", ascii_text(name).lower()).strip("_")


def flyte_name(name: str) -> str:
    """A name for a workflow or launch plan that needs no escapes in a URL."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", ascii_text(name)).strip("_")[:100] or "workflow"


def ascii_text(name: str) -> str:
    """The name in ASCII: accents and other characters are removed."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


class Scope:
    """The names in use in one namespace."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def is_free(self, name: str) -> bool:
        """True if the name is not in use."""
        return name not in self._taken

    def take(self, names: Iterable[str]) -> None:
        """Mark names as in use."""
        self._taken.update(names)

    def claim(self, base: str, *suffixes: str) -> str:
        """The first of `base`, `base_2`, ... that is free, alone and with each suffix."""
        number = self._next.get(base, 1)
        while True:
            name = base if number == 1 else f"{base}_{number}"
            wanted = [name, *(name + suffix for suffix in suffixes)]
            number += 1
            if self._taken.isdisjoint(wanted):
                self._taken.update(wanted)
                self._next[base] = number
                return name


def result_name(scope: Scope, variable: str) -> str:
    """The name of the type of a workflow's outputs."""
    return scope.claim("".join(word.capitalize() for word in (*variable.split("_"), "outputs")))


CONSTANTS = frozenset(name.lower() for name in IMPORTED if name.isupper())
"""Names that no constant of an emitted module may take, in lower case."""

RESERVED_IN_MODULES = NAMES | NODE_IDS | NODE_ATTRIBUTES | CALL_PARAMETERS | IMPORTED
"""Names that no task, node or workflow of an emitted module may take."""

RESERVED_FOR_MODULES = RESERVED_IN_MODULES | MODULES | WINDOWS | {RUNTIME}
"""Names that no emitted module may take."""

RESERVED_FOR_INPUTS = NAMES | CALL_PARAMETERS | IMPORTED | {"err", "help"}
"""Names that no workflow input may take.

`pyflyte run` makes options of them, and failure handlers are handed `err` beside them.
"""
