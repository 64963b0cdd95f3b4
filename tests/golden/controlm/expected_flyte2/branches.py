"""BRANCHES, converted by transpile from bank.xml."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import BY_HAND, Flow, approval, local_date, rests, run

env = flyte.TaskEnvironment(name="branches")


@env.task(short_name="BRANCHES.SIGN")
def sign() -> int:
    """BRANCHES.SIGN · bank.xml:77 · condition: confirmed

    folder: BRANCHES
    """
    return run("sign")


# BUSINESS L1 · calendars.xml:3
BUSINESS_L1 = (
    "2026-01-30",
    "2026-02-27",
    "2026-03-31",
    "2026-04-30",
    "2026-05-29",
    "2026-06-30",
    "2026-07-31",
    "2026-08-31",
    "2026-09-30",
    "2026-10-30",
    "2026-11-30",
    "2026-12-31",
    "2027-01-29",
    "2027-02-26",
    "2027-03-31",
    "2027-04-30",
    "2027-05-31",
    "2027-06-30",
    "2027-07-30",
    "2027-08-31",
    "2027-09-30",
    "2027-10-29",
    "2027-11-30",
    "2027-12-31",
)


def branches_runs(kickoff: datetime) -> bool:
    """BRANCHES · on days of BUSINESS L1"""
    day = local_date(kickoff, "Europe/Berlin")
    return day in BUSINESS_L1


@env.task(
    short_name="BRANCHES",
    triggers=flyte.Trigger(
        name="BRANCHES.schedule",
        automation=flyte.Cron("0 9 * * *", timezone="Europe/Berlin"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "branches_runs"},
    ),
)
async def branches(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """BRANCHES · bank.xml"""
    if trigger == "branches_runs" and not branches_runs(kickoff):
        return rests("BRANCHES", kickoff)

    flow = Flow("BRANCHES", network=True)
    # BRANCHES.SIGN confirmation · bank.xml:77
    sign_confirmation_job = flow.start(
        "BRANCHES.SIGN confirmation",
        approval(
            "BRANCHES.SIGN confirmation",
            "May BRANCHES.SIGN run?",
            within=timedelta(hours=24),
        ),
    )
    flow.start("BRANCHES.SIGN", sign.aio(), sign_confirmation_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(branches).outputs()[0], sep="\n")
