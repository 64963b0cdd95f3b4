"""LEAVER_network, converted by transpile from people/people.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="people-leaver_network")


@env.task(short_name="LEAVER")
def leaver() -> int:
    """LEAVER · people/people.jil:27

    application: people
    """
    return run("echo leaver")


@env.task(short_name="LEAVER_MAIL")
def leaver_mail() -> int:
    """LEAVER_MAIL · people/people.jil:31 · condition: s(LEAVER)

    application: people
    """
    return run("echo mail")


@env.task(short_name="LEAVER_network")
async def leaver_network() -> list[str]:
    """LEAVER_network · people/people.jil"""
    flow = Flow("LEAVER_network", network=True)
    leaver_job = flow.start("LEAVER", leaver.aio())
    flow.start("LEAVER_MAIL", leaver_mail.aio(), leaver_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(leaver_network).outputs()[0], sep="\n")
