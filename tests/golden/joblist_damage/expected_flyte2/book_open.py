"""book_open, converted by transpile from book.csv."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="book_open")


@env.task(short_name="open")
def open_task() -> int:
    """open · book.csv:17"""
    return run('"echo open')


@env.task(short_name="book_open")
async def book_open() -> list[str]:
    """book_open · book.csv"""
    flow = Flow("book_open", network=True)
    flow.start("open", open_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(book_open).outputs()[0], sep="\n")
