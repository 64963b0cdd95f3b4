"""steps, converted by transpile from steps.json."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import (
    KEEP_GOING,
    SKIPPED,
    not_succeeded,
    require_success,
    run_status,
    succeeded,
)


@task
def job_08() -> str:
    """08 · steps.json:2

    a name, not a number
    """
    return run_status("echo été")


@task
def job_1_000(job_08: str) -> str:
    """1_000 · steps.json:3 · condition: after 08"""
    if not succeeded(job_08):
        return SKIPPED
    return run_status("echo thousand")


@task
def on(job_1_000: str) -> str:
    """on · steps.json:4 · condition: after 1_000: all_failed

    tags: ["a", "b"]
    """
    if not not_succeeded(job_1_000):
        return SKIPPED
    return run_status("echo on")


@task
def steps_result(job_08: str, job_1_000: str, on: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"08": job_08, "1_000": job_1_000, "on": on})


steps = Workflow(name="steps", failure_policy=KEEP_GOING)

job_08_node = steps.add_entity(job_08).with_overrides(node_name="job-08", name="08")
job_1_000_node = steps.add_entity(job_1_000, job_08=job_08_node.o0).with_overrides(
    node_name="job-1-000", name="1_000"
)
on_node = steps.add_entity(on, job_1_000=job_1_000_node.o0).with_overrides(
    node_name="on", name="on"
)
steps_result_node = steps.add_entity(
    steps_result, job_08=job_08_node.o0, job_1_000=job_1_000_node.o0, on=on_node.o0
).with_overrides(node_name="steps-result", name="steps (result)")

steps.add_workflow_output("steps_result", steps_result_node.o0)


if __name__ == "__main__":
    print(f"Running steps() {steps()}")
