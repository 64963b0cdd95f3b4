"""TIDY, converted by transpile from streams.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="tidy")


@env.task(short_name="MAIN#TIDY.CLEAN")
def clean() -> int:
    """MAIN#TIDY.CLEAN · streams.tws:52

    machine: MAIN
    streamlogon: bank
    recovery: continue
    defined in: definitions.tws:15
    """
    return run("find /var/tmp/bank -mtime +7 -delete", fail_codes=())


@env.task(short_name="TIDY")
async def tidy() -> list[str]:
    """TIDY · streams.tws"""
    flow = Flow("MAIN#TIDY")
    flow.start("MAIN#TIDY.CLEAN", clean.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(tidy).outputs()[0], sep="\n")
