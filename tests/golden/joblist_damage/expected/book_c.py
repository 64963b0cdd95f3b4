"""book_c, converted by transpile from book.csv."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def c() -> int:
    """c: · book.csv:13"""
    # TODO[A209] this looks like a Windows command; Flyte runs it in a Linux container
    return run("c:\\jobs\\x.bat")


book_c = Workflow(name="book_c", failure_policy=KEEP_GOING)

c_node = book_c.add_entity(c).with_overrides(node_name="c", name="c:")

book_c.add_workflow_output("c", c_node.o0)


if __name__ == "__main__":
    print(f"Running book_c() {book_c()}")
