"""REPORT, converted by transpile from calls.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="report")


@env.task(short_name="REPORT")
def report_task() -> int:
    """REPORT · calls.jil:12"""
    return run("report.sh")


@env.task(short_name="REPORT")
async def report() -> list[str]:
    """REPORT · calls.jil"""
    flow = Flow("REPORT", network=True)
    flow.start("REPORT", report_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(report).outputs()[0], sep="\n")
