"""rescue, converted by transpile from rescue.flow."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, run

env = flyte.TaskEnvironment(name="rescue")


@env.task(short_name="risky")
def risky() -> int:
    """risky · rescue.flow:6"""
    return run("exec true risky", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


@env.task(short_name="mend")
def mend() -> int:
    """mend · rescue.flow:11 · condition: after risky: one_failed"""
    return run("exec true mend", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


@env.task(short_name="inner:work")
def inner_work() -> int:
    """inner:work · rescue.flow:25"""
    return run("exec true work 1", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


@env.task(short_name="inner:tidy")
def inner_tidy() -> int:
    """inner:tidy · rescue.flow:29 · condition: after work: all_done"""
    return run("exec true tidy rescue", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


@env.task(short_name="inner:model")
def inner_model() -> int:
    """inner:model · rescue.flow:35 · condition: after work

    class: org.example.Model
    """
    # TODO[A813] job type voldemort of inner:model has no translation: its node fails
    return blocked("A813", "type voldemort")


@env.task(short_name="rescue")
async def rescue() -> list[str]:
    """rescue · rescue.flow"""
    flow = Flow("rescue", joins=True, complete=True)
    risky_job = flow.start("risky", risky.aio())
    mend_job = flow.start("mend", mend.aio(), risky_job.not_succeeded)
    # inner · rescue.flow:18 · condition: after risky, mend: one_success
    # depth: 1
    inner = flow.box(
        "inner",
        (risky_job.succeeded | mend_job.succeeded) & risky_job.over & mend_job.over,
        complete=True,
    )
    inner_work_job = inner.start("inner:work", inner_work.aio())
    inner_tidy_job = inner.start("inner:tidy", inner_tidy.aio(), inner_work_job.over)
    inner_model_job = inner.start(
        "inner:model", inner_model.aio(), inner_work_job.succeeded
    )
    inner.succeeds_if(inner_tidy_job.succeeded & inner_model_job.succeeded)
    inner.fails_if(inner_tidy_job.not_succeeded | inner_model_job.not_succeeded)
    # last · rescue.flow:41 · condition: after inner: all_done
    last_job = flow.passes("last", inner.over)
    flow.succeeds_if(
        last_job.succeeded & inner_work_job.not_failed & inner_tidy_job.not_failed
    )
    flow.fails_if(
        last_job.not_succeeded
        | inner_work_job.failed
        | inner_work_job.terminated
        | inner_tidy_job.failed
        | inner_tidy_job.terminated
    )
    flow.waits_for(inner_work_job, inner_tidy_job)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(rescue).outputs()[0], sep="\n")
