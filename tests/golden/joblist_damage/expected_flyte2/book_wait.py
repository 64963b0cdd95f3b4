"""book_wait, converted by transpile from book.csv."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked

env = flyte.TaskEnvironment(name="book_wait")


@env.task(short_name="wait")
def wait() -> int:
    """wait · book.csv:10 · condition: failure

    command: echo wait
    """
    # TODO[A302] the condition cannot be read: failure asks for a job to come after
    return blocked("A302", "failure asks for a job to come after")


@env.task(short_name="book_wait")
async def book_wait() -> list[str]:
    """book_wait · book.csv"""
    flow = Flow("book_wait", network=True)
    flow.start("wait", wait.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(book_wait).outputs()[0], sep="\n")
