"""COMMENT, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def comment_job() -> int:
    """COMMENT · commands.jil:56

    max_run_alarm: 600
    """
    # TODO[A856] comment behind the command removed: /* twice a day */
    # TODO[A873] max_run_alarm of COMMENT is ignored: nothing on Flyte raises MAXRUNALARM
    return run("echo done")


comment = Workflow(name="COMMENT", failure_policy=KEEP_GOING)

comment_job_node = comment.add_entity(comment_job).with_overrides(
    node_name="comment-job", name="COMMENT"
)

comment.add_workflow_output("comment_job", comment_job_node.o0)


if __name__ == "__main__":
    print(f"Running comment() {comment()}")
