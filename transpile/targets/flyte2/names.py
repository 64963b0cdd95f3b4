"""Names of programs for Flyte 2."""

from transpile.targets.flyte.names import (
    RESERVED_FOR_INPUTS,
    RESERVED_FOR_MODULES,
    RESERVED_IN_MODULES,
)

FLOW = "flow"
"""The variable of the running workflow in a driver."""

HELPERS = frozenset("""
    BY_HAND Flow Job LegacyJob RuleCalendar Start Wait all_of any_of approval blocked command
    compare_output dag_result done elsewhere exit_code failed has_output is_day_of_month
    is_day_of_week is_every is_in_month is_in_period is_nth is_nth_week is_set is_start_time
    local_date not_before not_failed not_running not_succeeded on_both_sides output_or rests run
    run_judged run_node runs_already start_time succeeded tell tell_legacy tell_legacy_start
    terminated wait_for_file wait_for_run with_alerts with_outputs
    """.split())
"""The run-time helpers that emitted modules import."""

_OWN = frozenset(("ActionPhase", "env", "flyte", FLOW, "notify", "self", "sys", "timezone"))

RESERVED = RESERVED_IN_MODULES | HELPERS | _OWN
"""Names that no task, job or box may take."""

RESERVED_INPUTS = RESERVED_FOR_INPUTS | HELPERS | _OWN
"""Names that no input of a driver may take."""

_IMPORTED_BY_FLYTE = frozenset("""
    aiofiles aiolimiter annotated_types anyio async_lru asyncssh buf connectrpc flyteidl2 h11
    httpcore httpx obstore protobuf protobuf_ext protovalidate pydantic_core pyqwest sentry_sdk
    toml typing_inspection
    """.split())

RESERVED_MODULES = RESERVED_FOR_MODULES | RESERVED | _IMPORTED_BY_FLYTE
"""Names that no program may take: its driver, which is called like it, would hide what it uses."""


def row_name(name: str) -> str:
    """The name of a row in a run, as the helpers make it: slashes stand between parts of paths."""
    return name.replace("/", "\N{DIVISION SLASH}")
