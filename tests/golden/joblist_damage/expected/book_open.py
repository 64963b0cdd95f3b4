"""book_open, converted by transpile from book.csv."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def open_job() -> int:
    """open · book.csv:17"""
    return run('"echo open')


book_open = Workflow(name="book_open", failure_policy=KEEP_GOING)

open_job_node = book_open.add_entity(open_job).with_overrides(
    node_name="open-job", name="open"
)

book_open.add_workflow_output("open_job", open_job_node.o0)


if __name__ == "__main__":
    print(f"Running book_open() {book_open()}")
