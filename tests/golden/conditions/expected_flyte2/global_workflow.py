"""GLOBAL, converted by transpile from forms.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, is_set, run

env = flyte.TaskEnvironment(name="global_workflow")


@env.task(short_name="GLOBAL")
def global_task() -> int:
    """GLOBAL · forms.jil:35

    condition: v(MODE) = "full load" or VALUE(MODE)!=delta
    """
    # TODO[A208] global MODE has no value in the estate: the workflow needs it as an input
    return run("true")


@env.task(short_name="GLOBAL")
async def global_workflow(mode: str = "$$MODE") -> list[str]:
    """GLOBAL · forms.jil"""
    flow = Flow("GLOBAL", network=True)
    flow.start(
        "GLOBAL",
        global_task.aio(),
        (mode == "full load") | (is_set(mode) and mode != "delta"),
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(global_workflow).outputs()[0], sep="\n")
