"""QUOTES, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="quotes")


@env.task(short_name="QUOTES")
def quotes_task() -> int:
    """QUOTES · commands.jil:6"""
    return run(
        'printf \'%s\\n\' "it\'s" \'a "word"\' \\"x\\" """triple""" {braces} {{ jinja }} {% x %} #} \\\\ 100%'
    )


@env.task(short_name="QUOTES")
async def quotes() -> list[str]:
    """QUOTES · commands.jil"""
    flow = Flow("QUOTES", network=True)
    flow.start("QUOTES", quotes_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(quotes).outputs()[0], sep="\n")
