"""ONLY_ONE, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="only_one")


@env.task(short_name="ONLY_ONE")
def only_one_task(home_dir: str) -> int:
    """ONLY_ONE · commands.jil:12"""
    return run(
        "awk '{print $1, \"'\"$GLOBAL_HOME_DIR\"'\"}' $GLOBAL_HOME_DIR $HOME_DIR",
        env={"GLOBAL_HOME_DIR": home_dir},
    )


@env.task(short_name="ONLY_ONE")
async def only_one(home_dir: str = "/opt/batch") -> list[str]:
    """ONLY_ONE · commands.jil"""
    flow = Flow("ONLY_ONE", network=True)
    flow.start("ONLY_ONE", only_one_task.aio(home_dir))
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(only_one).outputs()[0], sep="\n")
