"""GLOBALS, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="globals_workflow")


@env.task(short_name="GLOBALS")
def globals_task(home_dir: str, site_name: str, path: str) -> int:
    """GLOBALS · commands.jil:9"""
    # TODO[A208] global SITE.NAME has no value in the estate: the workflow needs it as an input
    return run(
        "printf '%s ' $HOME_DIR \"$HOME_DIR\" ''\"$HOME_DIR\"'' ${HOME_DIR}bin ${SITE_NAME} $GLOBAL_PATH $HOME $$ ${GLOBAL_PATH}/x",
        env={"HOME_DIR": home_dir, "SITE_NAME": site_name, "GLOBAL_PATH": path},
    )


@env.task(short_name="GLOBALS")
async def globals_workflow(
    home_dir: str = "/opt/batch",
    site_name: str = "$$SITE.NAME",
    path: str = "not the search path",
) -> list[str]:
    """GLOBALS · commands.jil"""
    flow = Flow("GLOBALS", network=True)
    flow.start("GLOBALS", globals_task.aio(home_dir, site_name, path))
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(globals_workflow).outputs()[0], sep="\n")
