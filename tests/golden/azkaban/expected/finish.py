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

from flytekit import Email, LaunchPlan, Workflow, WorkflowExecutionPhase, task
from flytekit.types.error import FlyteError

from expected.job_runtime import (
    KEEP_GOING,
    command,
    on_failure,
    report_failure,
    run,
    run_node,
    start_time,
)


@task
def rerun_nightly_compact() -> int:
    """rerun_nightly:compact · load/daily/compact.job:1"""
    return run(
        "cd /srv/prod && ./compact.sh --level full",
        env={"JOB_OUTPUT_PROP_FILE": "/dev/null"},
    )


@task
def rerun_nightly_nightly() -> int:
    """rerun_nightly:nightly · load/daily/nightly.job:1 · condition: after compact"""
    # TODO[A815] the value is kept as written; Azkaban reads property files as Latin-1
    return run(
        "cd load/daily && python3 check.py 'café' 'été'",
        env={"JOB_OUTPUT_PROP_FILE": "/dev/null"},
    )


# rerun_nightly · load/rerun_nightly.job:1 · condition: after load_items
# level: full
rerun_nightly = Workflow(name="rerun_nightly", failure_policy=KEEP_GOING)

rerun_nightly_compact_node = rerun_nightly.add_entity(
    rerun_nightly_compact
).with_overrides(node_name="rerun-nightly-compact", name="rerun_nightly:compact")
rerun_nightly_nightly_node = rerun_nightly.add_entity(
    rerun_nightly_nightly
).with_overrides(node_name="rerun-nightly-nightly", name="rerun_nightly:nightly")
rerun_nightly_compact_node >> rerun_nightly_nightly_node

rerun_nightly.add_workflow_output(
    "rerun_nightly_nightly", rerun_nightly_nightly_node.o0
)


@task
def fetch(day: str) -> int:
    """fetch · fetch.job:1

    success.emails: a@example.com
    """
    # TODO[A208] global day has no value in the estate: the workflow needs it as an input
    return run(
        "./fetch.sh --day ${day} '/data/prod/in box' \"$FLYTE_INTERNAL_EXECUTION_ID\"",
        env={"day": day, "JOB_OUTPUT_PROP_FILE": "/dev/null"},
    )


@task
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


@task(retries=2)
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


@task
def finish_job() -> int:
    """finish · finish.job:1 · condition: after rerun_nightly

    failure.emails: ops@example.com
    """
    return 0


@task
def finish_failed(
    day: str, azkaban_flow_start: datetime, err: FlyteError | None = None
) -> None:
    """finish · runs when it has failed"""
    report_failure("NOTIFICATION workflow=finish to=ops@example.com", err)


finish = Workflow(name="finish", failure_policy=KEEP_GOING)
day = finish.add_workflow_input("day", (str, "$$day"))
azkaban_flow_start = finish.add_workflow_input("azkaban_flow_start", datetime)
on_failure(finish, finish_failed, node_name="finish-failed", name="finish (failure)")

fetch_node = finish.add_entity(fetch, day=day).with_overrides(
    node_name="fetch", name="fetch"
)
audit_node = finish.add_entity(
    audit, azkaban_flow_start=azkaban_flow_start
).with_overrides(node_name="audit", name="audit")
fetch_node >> audit_node
load_items_node = finish.add_entity(load_items).with_overrides(
    node_name="load-items", name="load_items"
)
audit_node >> load_items_node
rerun_nightly_node = finish.add_subwf(rerun_nightly).with_overrides(
    node_name="rerun-nightly", name="rerun_nightly"
)
load_items_node >> rerun_nightly_node
finish_job_node = finish.add_entity(finish_job).with_overrides(
    node_name="finish-job", name="finish"
)
rerun_nightly_node >> finish_job_node

finish.add_workflow_output("finish_job", finish_job_node.o0)


finish_notified = LaunchPlan.get_or_create(
    finish,
    name="finish.notified",
    notifications=[
        Email(
            phases=[
                WorkflowExecutionPhase.ABORTED,
                WorkflowExecutionPhase.FAILED,
                WorkflowExecutionPhase.TIMED_OUT,
            ],
            recipients_email=["ops@example.com"],
        )
    ],
)


if __name__ == "__main__":
    print(f"Running finish() {finish(azkaban_flow_start=datetime.now(timezone.utc))}")
