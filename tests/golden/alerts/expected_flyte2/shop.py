"""SHOP, converted by transpile from alerts.jil."""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte
from flyte import notify
from flyte.models import ActionPhase

from expected_flyte2.job_runtime import Flow, run, runs_already, with_alerts

env = flyte.TaskEnvironment(name="shop")


@env.task(short_name="COUNT", retries=1)
@with_alerts(failure="ALARM JOBFAILURE job=COUNT")
def count(day: str) -> int:
    """COUNT · alerts.jil:12"""
    # TODO[A208] global DAY has no value in the estate: the workflow needs it as an input
    return run("./count.sh $DAY", env={"DAY": day})


@env.task(short_name="CLOSE")
@with_alerts(terminated="ALARM JOBTERMINATED job=CLOSE")
def close() -> int:
    """CLOSE · alerts.jil:24"""
    return run("echo closed", time_limit=timedelta(minutes=20))


@env.task(short_name="BANK")
@with_alerts(
    success="NOTIFICATION job=BANK to=ledger@example.com",
    failure="NOTIFICATION job=BANK to=bank@example.com",
    terminated="NOTIFICATION job=BANK to=bank@example.com",
)
def bank() -> int:
    """BANK · alerts.jil:30 · condition: d(CLOSE)"""
    return run("echo banked")


@env.task(short_name="SHELVES")
@with_alerts(failure="ALARM JOBFAILURE job=SHELVES")
def shelves() -> int:
    """SHELVES · alerts.jil:42"""
    return run("./shelves.sh")


@env.task(short_name="ORDER")
def order() -> int:
    """ORDER · alerts.jil:47 · condition: s(SHELVES)"""
    return run("./order.sh")


@env.task(
    short_name="SHOP",
    triggers=flyte.Trigger(
        name="SHOP.schedule",
        automation=flyte.Cron("40 21 * * *", timezone="Europe/Lisbon"),
        notifications=(
            notify.Email(
                on_phase=(
                    ActionPhase.ABORTED,
                    ActionPhase.FAILED,
                    ActionPhase.TIMED_OUT,
                ),
                recipients=("shop@example.com", "owner@example.com"),
            ),
        ),
    ),
)
async def shop(day: str = "$$DAY") -> list[str]:
    """SHOP · alerts.jil"""
    if await runs_already("shop.shop"):
        return []

    flow = Flow(
        "SHOP",
        alerts={
            "failure": 'ALARM JOBFAILURE job=SHOP to=shop@example.com,owner@example.com message="The shop\'s till was not closed"',
            "terminated": 'NOTIFICATION job=SHOP to=shop@example.com,owner@example.com message="The shop\'s till was not closed"',
        },
    )
    count_job = flow.start("COUNT", count.aio(day))
    # TILL · alerts.jil:18 · condition: s(COUNT)
    till = flow.box(
        "TILL",
        count_job.succeeded,
        alerts={
            "failure": "ALARM JOBFAILURE job=TILL",
            "terminated": "ALARM JOBTERMINATED job=TILL",
        },
    )
    close_job = till.start("CLOSE", close.aio())
    till.start("BANK", bank.aio(), close_job.done)
    # STOCK · alerts.jil:38
    stock = flow.box("STOCK", alerts={"failure": "ALARM JOBFAILURE job=STOCK"})
    shelves_job = stock.start("SHELVES", shelves.aio())
    flow.start("ORDER", order.aio(), shelves_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(shop).outputs()[0], sep="\n")
