"""closing, converted by transpile from plan.csv."""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="closing")


@env.task(short_name="laden")
def laden() -> int:
    """laden · plan.csv:2"""
    return run("echo laden", time_limit=timedelta(hours=2))


@env.task(short_name="summe")
def summe() -> int:
    """summe · plan.csv:5 · condition: after laden"""
    return run("echo summe", time_limit=timedelta(minutes=90))


@env.task(short_name="saldo")
def saldo() -> int:
    """saldo · plan.csv:6 · condition: after laden"""
    return run("echo saldo", time_limit=timedelta(hours=1))


@env.task(short_name="buchen")
def buchen() -> int:
    """buchen · plan.csv:8 · condition: after summe, saldo"""
    return run("echo buchen")


@env.task(
    short_name="closing",
    triggers=flyte.Trigger(
        name="closing.schedule",
        automation=flyte.Cron("0 6 1 * *", timezone="Europe/Berlin"),
    ),
)
async def closing() -> list[str]:
    """closing · plan.csv"""
    flow = Flow("closing", network=True)
    laden_job = flow.start("laden", laden.aio())
    # Pruefung · plan.csv:4
    pruefung = flow.box("Pruefung")
    summe_job = pruefung.start("summe", summe.aio(), laden_job.succeeded)
    saldo_job = pruefung.start("saldo", saldo.aio(), laden_job.succeeded)
    # Abschluss · plan.csv:7
    abschluss = flow.box("Abschluss")
    abschluss.start("buchen", buchen.aio(), summe_job.succeeded & saldo_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(closing).outputs()[0], sep="\n")
