"""How often a task was begun before."""

import os

import flyte

# The attempts of a local run so far, by run and action.
BEGUN: dict[tuple[str | None, str], int] = {}


def _attempt_number() -> int:
    """The number of earlier attempts, as the platform says it; a local run counts here."""
    said = os.environ.get("FLYTE_ATTEMPT_NUMBER")
    here = flyte.ctx()
    if said is not None or here is None:
        return int(said or "0")
    action = here.action.run_name, here.action.name
    BEGUN[action] = BEGUN.get(action, -1) + 1
    return BEGUN[action]
