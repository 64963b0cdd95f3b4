"""PRODUCTION_NIGHT, converted by transpile from site.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, run

env = flyte.TaskEnvironment(name="production_night")


@env.task(short_name="PRODUCTION_LOAD")
def production_load() -> int:
    """PRODUCTION_LOAD · site.jil:4

    machine: ~{$HOST}~
    """
    # TODO[A127] placeholder ~{$HOST}~ has no value
    return run("load --to /data machine: y/PRODUCTIONPRODUCTION")


@env.task(short_name="MISSING")
def missing() -> int:
    """MISSING · MISSING is not defined"""
    return blocked("A303", "MISSING is not defined")


@env.task(short_name="PRODUCTION_SEND")
def production_send() -> int:
    """PRODUCTION_SEND · site.jil:9 · condition: s(PRODUCTION_LOAD) & s(MISSING)

    command: send ~{$REGION}~
    """
    # TODO[A127] placeholder ~{$REGION}~ has no value
    # TODO[A303] job MISSING is not defined: this condition of PRODUCTION_SEND never holds
    return blocked("A127", "command has a placeholder without a value: REGION")


@env.task(short_name="PRODUCTION_NIGHT")
async def production_night() -> list[str]:
    """PRODUCTION_NIGHT · site.jil"""
    flow = Flow("PRODUCTION_NIGHT")
    flow.start("PRODUCTION_LOAD", production_load.aio())
    flow.start("MISSING", missing.aio())
    flow.start("PRODUCTION_SEND", production_send.aio(), False)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(production_night).outputs()[0], sep="\n")
