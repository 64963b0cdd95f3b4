"""PRODNITE, converted by transpile from prodnite.xml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="prodnite")


@env.task(short_name="PRODNITE.LADEN", retries=5)
def laden() -> int:
    """PRODNITE.LADEN · prodnite.xml:12

    Lädt die Bücher. Jede Nacht.

    folder: PRODNITE
    application: BÜCHER
    sub_application: NACHT
    owner: PROD
    """
    return run("/prod/jobs/LADEN alle")


@env.task(short_name="PRODNITE.ZAEHLEN")
def zaehlen() -> int:
    """PRODNITE.ZAEHLEN · prodnite.xml:31 · condition: LADEN_OK

    folder: PRODNITE
    sub_application: NACHT
    """
    # TODO[A076] a run that goes on past New Day starts jobs that the source removes, such as PRODNITE.ZAEHLEN
    return run("/prod/jobs/ZAEHLEN", success_codes=range(8))


@env.task(short_name="PRODNITE.PRUEFEN")
def pruefen() -> int:
    """PRODNITE.PRUEFEN · prodnite.xml:50 · condition: PRUEFEN

    folder: PRODNITE
    sub_application: NACHT
    """
    return run("/prod/jobs/PRUEFEN")


@env.task(
    short_name="PRODNITE",
    triggers=flyte.Trigger(
        name="PRODNITE.schedule",
        automation=flyte.Cron("0 22 * * *", timezone="Europe/Zurich"),
    ),
)
async def prodnite() -> list[str]:
    """PRODNITE · prodnite.xml"""
    flow = Flow("PRODNITE", network=True)
    laden_job = flow.start("PRODNITE.LADEN", laden.aio())
    zaehlen_job = flow.start("PRODNITE.ZAEHLEN", zaehlen.aio(), laden_job.succeeded)
    flow.start("PRODNITE.PRUEFEN", pruefen.aio(), zaehlen_job.exit_code("==", 12))
    # PRODNITE.SCHLUSS · prodnite.xml:59 · condition: ZAHL_OK
    # folder: PRODNITE
    # sub_application: NACHT
    # TODO[A055] DO ACTION="ONLINE" of PRODNITE.SCHLUSS is ignored: nothing on Flyte does this
    # TODO[A055] DOVARIABLE EXP="%%STAND" EXP="fertig" of PRODNITE.SCHLUSS is ignored: no job hands its variables to other jobs
    flow.passes("PRODNITE.SCHLUSS", zaehlen_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(prodnite).outputs()[0], sep="\n")
