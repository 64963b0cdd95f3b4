"""weak, converted by transpile from weak.dag."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="weak")


@env.task(short_name="Count")
def count() -> int:
    """Count · weak.dag:2"""
    return run("exec /bin/echo Count in the splice")


@env.task(short_name="Report")
def report() -> int:
    """Report · weak.dag:3 · condition: WEAK PARENT Count"""
    return run("exec /bin/echo Report in the splice")


@env.task(short_name="weak")
async def weak() -> list[str]:
    """weak · weak.dag"""
    flow = Flow("weak", network=True)
    count_job = flow.start("Count", count.aio())
    flow.start("Report", report.aio(), count_job.done)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(weak).outputs()[0], sep="\n")
