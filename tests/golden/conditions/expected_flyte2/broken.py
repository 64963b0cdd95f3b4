"""BROKEN, converted by transpile from forms.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked

env = flyte.TaskEnvironment(name="broken")


@env.task(short_name="BROKEN")
def broken_task() -> int:
    """BROKEN · forms.jil:67 · condition: s(A) & & s(B)

    command: true
    """
    # TODO[A302] the condition cannot be read: unexpected '& s(B)'
    return blocked("A302", "condition: s(A) & & s(B)")


@env.task(short_name="BROKEN")
async def broken() -> list[str]:
    """BROKEN · forms.jil"""
    flow = Flow("BROKEN", network=True)
    flow.start("BROKEN", broken_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(broken).outputs()[0], sep="\n")
