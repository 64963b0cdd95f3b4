"""nightly, converted by transpile from nightly.yaml."""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="nightly")


@env.task(short_name="export", retries=1)
def export() -> int:
    """export · nightly.yaml:9"""
    return run("echo export", env={"REGION": "eu"}, time_limit=timedelta(minutes=15))


@env.task(short_name="no", retries=1)
def no() -> int:
    """no · nightly.yaml:13 · condition: after export"""
    return run('echo "no"', env={"REGION": "eu"}, time_limit=timedelta(minutes=15))


@env.task(short_name="stage")
def stage() -> int:
    """stage · nightly.yaml:20"""
    return run("echo one\necho two", env={"REGION": "eu", "MODE": "full"})


@env.task(short_name="load")
def load() -> int:
    """load · nightly.yaml:25 · condition: after stage

    owner: dwh
    """
    return run("echo load", env={"REGION": "eu"})


@env.task(short_name="reject")
def reject() -> int:
    """reject · nightly.yaml:26 · condition: after load"""
    return run("echo reject", env={"REGION": "eu"})


@env.task(short_name="publish")
def publish() -> int:
    """publish · nightly.yaml:27 · condition: after warehouse"""
    return run("echo publish", env={"REGION": "eu"})


@env.task(short_name="audit")
def audit() -> int:
    """audit · nightly.yaml:28

    condition: success(export) & (failure(publish) | exit(no) >= 4)
    """
    return run("echo audit", env={"REGION": "eu"})


@env.task(
    short_name="nightly",
    triggers=flyte.Trigger(
        name="nightly.schedule",
        automation=flyte.Cron("30 2 * * 1-5", timezone="Europe/London"),
    ),
)
async def nightly() -> list[str]:
    """nightly · nightly.yaml"""
    flow = Flow("nightly", network=True)
    export_job = flow.start("export", export.aio())
    no_job = flow.start("no", no.aio(), export_job.succeeded)
    # warehouse · nightly.yaml:17 · condition: after export, no
    warehouse = flow.box(
        "warehouse", export_job.succeeded & no_job.succeeded, complete=True
    )
    stage_job = warehouse.start("stage", stage.aio())
    load_job = warehouse.start("load", load.aio(), stage_job.succeeded)
    reject_job = warehouse.start(
        "reject", reject.aio(), load_job.failed | load_job.terminated
    )
    warehouse.succeeds_if(
        stage_job.succeeded & load_job.succeeded & reject_job.not_failed
    )
    warehouse.fails_if(
        stage_job.not_succeeded
        | load_job.not_succeeded
        | reject_job.failed
        | reject_job.terminated
    )
    publish_job = flow.start("publish", publish.aio(), warehouse.succeeded)
    flow.start(
        "audit",
        audit.aio(),
        export_job.succeeded
        & (publish_job.failed | publish_job.terminated | no_job.exit_code(">=", 4))
        & export_job.over
        & publish_job.over
        & no_job.over,
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(nightly).outputs()[0], sep="\n")
