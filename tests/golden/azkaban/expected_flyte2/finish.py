"""finish, converted by transpile from these files:

fetch.job
load/audit.job
load/load_items.job
load/rerun_nightly.job
load/daily/compact.job
load/daily/nightly.job
finish.job
"""

import sys
from datetime import datetime, timezone
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, command, run, run_node, start_time

env = flyte.TaskEnvironment(name="finish")


@env.task(short_name="fetch")
def fetch(day: str) -> int:
    """fetch · fetch.job:1

    success.emails: a@example.com
    """
    # TODO[A208] global day has no value in the estate: the workflow needs it as an input
    return run(
        "./fetch.sh --day ${day} '/data/prod/in box' \"$FLYTE_INTERNAL_EXECUTION_ID\"",
        env={"day": day, "JOB_OUTPUT_PROP_FILE": "/dev/null"},
    )


@env.task(short_name="audit")
def audit(azkaban_flow_start: datetime) -> int:
    """audit · load/audit.job:1 · condition: after fetch

    user.to.proxy: loader
    """
    # TODO[A840] audit uses azkaban.flow.start.year: Azkaban uses the time zone of its server, the workflow UTC
    return run_node(
        command(
            "cd load && java -Xms64M -Xmx2G -cp lib/audit.jar:conf org.example.Audit --from /data/prod --year ${azkaban_flow_start_year}",
            env={
                "azkaban_flow_start_year": start_time(azkaban_flow_start, "year"),
                "JOB_OUTPUT_PROP_FILE": "/dev/null",
            },
        ),
        tolerance=1,
    )


@env.task(short_name="load_items", retries=2)
def load_items() -> int:
    """load_items · load/load_items.job:1 · condition: after fetch, audit"""
    # TODO[A814] retry.backoff is ignored: 60000
    return run_node(
        command(
            'export RUN=run-"$FLYTE_INTERNAL_EXECUTION_ID" && cd load && ./load.sh --into /data/prod/warehouse',
            env={"JOB_OUTPUT_PROP_FILE": "/dev/null", "TARGET": "/data/prod/warehouse"},
        ),
        command(
            "export RUN=run-\"$FLYTE_INTERNAL_EXECUTION_ID\" && cd load && exec echo 'it'\"'\"'s loaded' '>' 'done.txt;' ls '$HOME'",
            env={"JOB_OUTPUT_PROP_FILE": "/dev/null", "TARGET": "/data/prod/warehouse"},
        ),
        command(
            "export RUN=run-\"$FLYTE_INTERNAL_EXECUTION_ID\" && cd load && bash -c 'echo attempt '\"$RETRY\"' && sync'",
            env={"JOB_OUTPUT_PROP_FILE": "/dev/null", "TARGET": "/data/prod/warehouse"},
        ),
    )


@env.task(short_name="rerun_nightly:compact")
def rerun_nightly_compact() -> int:
    """rerun_nightly:compact · load/daily/compact.job:1"""
    return run(
        "cd /srv/prod && ./compact.sh --level full",
        env={"JOB_OUTPUT_PROP_FILE": "/dev/null"},
    )


@env.task(short_name="rerun_nightly:nightly")
def rerun_nightly_nightly() -> int:
    """rerun_nightly:nightly · load/daily/nightly.job:1 · condition: after compact"""
    # TODO[A815] the value is kept as written; Azkaban reads property files as Latin-1
    return run(
        "cd load/daily && python3 check.py 'café' 'été'",
        env={"JOB_OUTPUT_PROP_FILE": "/dev/null"},
    )


@env.task(short_name="finish")
async def finish(azkaban_flow_start: datetime, day: str = "$$day") -> list[str]:
    """finish · fetch.job, load/audit.job, load/load_items.job, load/rerun_nightly.job, load/daily/compact.job, load/daily/nightly.job, finish.job"""
    flow = Flow(
        "finish",
        network=True,
        joins=True,
        alerts={
            "failure": "NOTIFICATION workflow=finish to=ops@example.com",
            "terminated": "NOTIFICATION workflow=finish to=ops@example.com",
        },
    )
    fetch_job = flow.start("fetch", fetch.aio(day))
    audit_job = flow.start("audit", audit.aio(azkaban_flow_start), fetch_job.succeeded)
    load_items_job = flow.start(
        "load_items", load_items.aio(), fetch_job.succeeded & audit_job.succeeded
    )
    # rerun_nightly · load/rerun_nightly.job:1 · condition: after load_items
    # level: full
    rerun_nightly = flow.box("rerun_nightly", load_items_job.succeeded)
    rerun_nightly_compact_job = rerun_nightly.start(
        "rerun_nightly:compact", rerun_nightly_compact.aio()
    )
    rerun_nightly.start(
        "rerun_nightly:nightly",
        rerun_nightly_nightly.aio(),
        rerun_nightly_compact_job.succeeded,
    )
    # finish · finish.job:1 · condition: after rerun_nightly
    # failure.emails: ops@example.com
    flow.passes("finish", rerun_nightly.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(
        *flyte.run(finish, azkaban_flow_start=datetime.now(timezone.utc)).outputs()[0],
        sep="\n"
    )
