"""clocks_by_hand, converted by transpile from clocks.tsv."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="clocks_by_hand")


@env.task(short_name="by hand")
def by_hand() -> int:
    """by hand · clocks.tsv:6"""
    return run("echo hand")


@env.task(short_name="clocks_by_hand")
async def clocks_by_hand() -> list[str]:
    """clocks_by_hand · clocks.tsv"""
    flow = Flow("clocks_by_hand", network=True)
    flow.start("by hand", by_hand.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(clocks_by_hand).outputs()[0], sep="\n")
