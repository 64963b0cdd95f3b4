"""PATTERN, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, with_alerts

env = flyte.TaskEnvironment(name="pattern")


@env.task(short_name="PATTERN")
@with_alerts(
    success="NOTIFICATION job=PATTERN",
    failure="NOTIFICATION job=PATTERN",
    terminated="NOTIFICATION job=PATTERN",
)
def pattern_task() -> int:
    """PATTERN · commands.jil:61

    says \"\"\"hello\"\"\" and ends with \\
    """
    # TODO[A204] resources are ignored: (DB, QUANTITY=1, FREE=Y) AND (CPU, QUANTITY=2)
    # TODO[A864] ulimit has no equivalent on Flyte and was left out: n=1024
    return run("ls /* | wc -l # not a comment")


@env.task(short_name="PATTERN")
async def pattern() -> list[str]:
    """PATTERN · commands.jil"""
    flow = Flow("PATTERN", network=True)
    flow.start("PATTERN", pattern_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(pattern).outputs()[0], sep="\n")
