"""book_c, converted by transpile from book.csv."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="book_c")


@env.task(short_name="c:")
def c() -> int:
    """c: · book.csv:13"""
    # TODO[A209] this looks like a Windows command; Flyte runs it in a Linux container
    return run("c:\\jobs\\x.bat")


@env.task(short_name="book_c")
async def book_c() -> list[str]:
    """book_c · book.csv"""
    flow = Flow("book_c", network=True)
    flow.start("c:", c.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(book_c).outputs()[0], sep="\n")
