"""BOX, converted by transpile from odd.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.box_cuts import THREE
from expected_flyte2.job_runtime import Flow, elsewhere, run

env = flyte.TaskEnvironment(name="box")


@env.task(short_name="THREE")
def three() -> int:
    """THREE · odd.jil:22 · condition: s(TWO)"""
    # TODO[A855] condition was read as an attribute, inside the line of command
    return run("echo three")


@env.task(short_name="BOX")
async def box() -> list[str]:
    """BOX · odd.jil"""
    flow = Flow("BOX")
    flow.start("THREE", three.aio(), wait=lambda: elsewhere("THREE", THREE))
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(box).outputs()[0], sep="\n")
