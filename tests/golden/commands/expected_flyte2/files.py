"""FILES, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="files")


@env.task(short_name="FILES")
def files_task(home_dir: str) -> int:
    """FILES · commands.jil:15"""
    return run(
        "cat",
        env={
            "HOME_DIR": home_dir,
            "AUTO_JOB_NAME": "FILES",
            "REGION": "EU",
            "TITLE": "two words",
            "DIR": f"{home_dir}/x",
        },
        stdin="/tmp/in file",
        stdout="> $HOME_DIR/$AUTO_JOB_NAME.out",
        stderr=">> /tmp/err",
        profile="/home/batch/.profile",
        shell="/bin/bash",
    )


@env.task(short_name="FILES")
async def files(home_dir: str = "/opt/batch") -> list[str]:
    """FILES · commands.jil"""
    flow = Flow("FILES", network=True)
    flow.start("FILES", files_task.aio(home_dir))
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(files).outputs()[0], sep="\n")
