"""GOOD, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

# left out: SELF
# TODO[A401] these jobs wait for one another: SELF -> SELF
# left out: CYCLE_A
# TODO[A401] these jobs wait for one another: CYCLE_A -> CYCLE_B -> CYCLE_C -> CYCLE_A
# left out: CYCLE_B
# left out: CYCLE_C
# left out: BEHIND
# TODO[A402] BEHIND was left out: it waits for CYCLE_B
# left out: WAITS_FOR_ITS_BOX
# TODO[A401] these jobs wait for one another: WAITS_FOR_ITS_BOX -> BOX -> WAITS_FOR_ITS_BOX
# left out: BOX
# TODO[A402] BOX was left out: it waits for WAITS_FOR_ITS_BOX
# left out: BEHIND_THE_BOX
# TODO[A402] BEHIND_THE_BOX was left out: it waits for BOX


env = flyte.TaskEnvironment(name="good")


@env.task(short_name="GOOD")
def good_task() -> int:
    """GOOD · broken.jil:2"""
    return run("true")


@env.task(short_name="GOOD")
async def good() -> list[str]:
    """GOOD · broken.jil"""
    flow = Flow("GOOD", network=True)
    flow.start("GOOD", good_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(good).outputs()[0], sep="\n")
