"""NIGHT, converted by transpile from calls.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="night")


@env.task(short_name="LOAD")
def load() -> int:
    """LOAD · calls.jil:3"""
    # TODO[A220] the command drives a scheduler: sendevent FORCE_STARTJOB of REPORT (it heads a workflow of this estate)
    return run("load.sh && /opt/CA/bin/sendevent -E FORCE_STARTJOB -J REPORT")


@env.task(short_name="CHECK")
def check() -> int:
    """CHECK · calls.jil:7 · condition: s(LOAD)"""
    # TODO[A221] the command queries a scheduler: autorep status of LOAD (a job of the same workflow)
    return run(
        'ksh -c \'while [ "$(autorep -J LOAD | awk "{print $4}")" != SU ]; do sleep 60; done\''
    )


@env.task(short_name="NIGHT")
async def night() -> list[str]:
    """NIGHT · calls.jil"""
    flow = Flow("NIGHT")
    load_job = flow.start("LOAD", load.aio())
    flow.start("CHECK", check.aio(), load_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(night).outputs()[0], sep="\n")
