"""WATCH, converted by transpile from streams.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="watch")


@env.task(short_name="MAIN#WATCH.CLEAN")
def clean() -> int:
    """MAIN#WATCH.CLEAN · streams.tws:60

    machine: MAIN
    streamlogon: bank
    recovery: continue
    defined in: definitions.tws:15
    """
    # TODO[A761] EVERY 0100 of MAIN#WATCH.CLEAN is ignored: it runs once
    return run("find /var/tmp/bank -mtime +7 -delete", fail_codes=())


@env.task(short_name="WATCH")
async def watch() -> list[str]:
    """WATCH · streams.tws"""
    flow = Flow("MAIN#WATCH")
    flow.start("MAIN#WATCH.CLEAN", clean.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(watch).outputs()[0], sep="\n")
