"""ELSEWHERE, converted by transpile from forms.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, run

env = flyte.TaskEnvironment(name="elsewhere_workflow")


@env.task(short_name="A^PRD")
def a_prd() -> int:
    """A^PRD · A^PRD runs in another instance"""
    return blocked("A304", "A^PRD runs in another instance")


@env.task(short_name="NOWHERE")
def nowhere() -> int:
    """NOWHERE · NOWHERE is not defined"""
    return blocked("A303", "NOWHERE is not defined")


@env.task(short_name="ELSEWHERE")
def elsewhere_task() -> int:
    """ELSEWHERE · forms.jil:43 · condition: s(A^PRD) & s(NOWHERE)"""
    # TODO[A304] A runs in another instance, PRD
    # TODO[A303] job NOWHERE is not defined: this condition of ELSEWHERE never holds
    return run("true")


@env.task(short_name="ELSEWHERE")
async def elsewhere_workflow() -> list[str]:
    """ELSEWHERE · forms.jil"""
    flow = Flow("ELSEWHERE", network=True)
    flow.start("A^PRD", a_prd.aio())
    flow.start("NOWHERE", nowhere.aio())
    flow.start("ELSEWHERE", elsewhere_task.aio(), False)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(elsewhere_workflow).outputs()[0], sep="\n")
