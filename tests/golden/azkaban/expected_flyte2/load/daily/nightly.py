"""nightly, converted by transpile from these files:

load/daily/compact.job
load/daily/nightly.job
"""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="load-daily-nightly")


@env.task(short_name="compact")
def compact(level: str) -> int:
    """compact · load/daily/compact.job:1"""
    # TODO[A208] global level has no value in the estate: the workflow needs it as an input
    return run(
        "cd /srv/prod && ./compact.sh --level ${level}",
        env={"level": level, "JOB_OUTPUT_PROP_FILE": "/dev/null"},
    )


@env.task(short_name="nightly")
def nightly_task() -> int:
    """nightly · load/daily/nightly.job:1 · condition: after compact"""
    # TODO[A815] the value is kept as written; Azkaban reads property files as Latin-1
    return run(
        "cd load/daily && python3 check.py 'café' 'été'",
        env={"JOB_OUTPUT_PROP_FILE": "/dev/null"},
    )


@env.task(short_name="nightly")
async def nightly(level: str = "$$level") -> list[str]:
    """nightly · load/daily/compact.job, load/daily/nightly.job"""
    flow = Flow("nightly", network=True, joins=True)
    compact_job = flow.start("compact", compact.aio(level))
    flow.start("nightly", nightly_task.aio(), compact_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(nightly).outputs()[0], sep="\n")
