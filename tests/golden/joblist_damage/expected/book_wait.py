"""book_wait, converted by transpile from book.csv."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked


@task
def wait() -> int:
    """wait · book.csv:10 · condition: failure

    command: echo wait
    """
    # TODO[A302] the condition cannot be read: failure asks for a job to come after
    return blocked("A302", "failure asks for a job to come after")


book_wait = Workflow(name="book_wait", failure_policy=KEEP_GOING)

wait_node = book_wait.add_entity(wait).with_overrides(node_name="wait", name="wait")

book_wait.add_workflow_output("wait", wait_node.o0)


if __name__ == "__main__":
    print(f"Running book_wait() {book_wait()}")
