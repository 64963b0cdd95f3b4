"""ALSO_ELSEWHERE, converted by transpile from forms.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, run

env = flyte.TaskEnvironment(name="also_elsewhere")


@env.task(short_name="NOWHERE")
def nowhere() -> int:
    """NOWHERE · NOWHERE is not defined"""
    return blocked("A303", "NOWHERE is not defined")


@env.task(short_name="ALSO_ELSEWHERE")
def also_elsewhere_task() -> int:
    """ALSO_ELSEWHERE · forms.jil:47 · condition: s(NOWHERE)"""
    # TODO[A303] job NOWHERE is not defined: this condition of ALSO_ELSEWHERE never holds
    return run("true")


@env.task(short_name="ALSO_ELSEWHERE")
async def also_elsewhere() -> list[str]:
    """ALSO_ELSEWHERE · forms.jil"""
    flow = Flow("ALSO_ELSEWHERE", network=True)
    flow.start("NOWHERE", nowhere.aio())
    flow.start("ALSO_ELSEWHERE", also_elsewhere_task.aio(), False)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(also_elsewhere).outputs()[0], sep="\n")
