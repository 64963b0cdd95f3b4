"""BY_RULES, converted by transpile from jobs.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def by_rules_job() -> int:
    """BY_RULES · jobs.jil:51

    start_times: "8:00"
    """
    # TODO[A876] run_calendar FIRST_WORKDAY decides when BY_RULES runs: no launch plan was made
    return run("true")


by_rules = Workflow(name="BY_RULES", failure_policy=KEEP_GOING)

by_rules_job_node = by_rules.add_entity(by_rules_job).with_overrides(
    node_name="by-rules-job", name="BY_RULES"
)

by_rules.add_workflow_output("by_rules_job", by_rules_job_node.o0)


if __name__ == "__main__":
    print(f"Running by_rules() {by_rules()}")
