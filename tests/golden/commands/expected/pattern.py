"""PATTERN, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run, with_alerts


@task
@with_alerts(
    success="NOTIFICATION job=PATTERN",
    failure="NOTIFICATION job=PATTERN",
    terminated="NOTIFICATION job=PATTERN",
)
def pattern_job() -> int:
    """PATTERN · commands.jil:61

    says \"\"\"hello\"\"\" and ends with \\
    """
    # TODO[A204] resources are ignored: (DB, QUANTITY=1, FREE=Y) AND (CPU, QUANTITY=2)
    # TODO[A864] ulimit has no equivalent on Flyte and was left out: n=1024
    # TODO[A217] mail about PATTERN is not sent: it has no recipient
    return run("ls /* | wc -l # not a comment")


pattern = Workflow(name="PATTERN", failure_policy=KEEP_GOING)

pattern_job_node = pattern.add_entity(pattern_job).with_overrides(
    node_name="pattern-job", name="PATTERN"
)

pattern.add_workflow_output("pattern_job", pattern_job_node.o0)


if __name__ == "__main__":
    print(f"Running pattern() {pattern()}")
