"""stock, converted by transpile from etc/cron.d/shop."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

import flyte

from expected_flyte2.job_runtime import Flow, run, with_alerts

env = flyte.TaskEnvironment(name="etc-cron_d-stock")


@env.task(short_name="stock-count")
@with_alerts(
    failure="NOTIFICATION job=stock-count to=night@shop.example",
    terminated="NOTIFICATION job=stock-count to=night@shop.example",
)
def stock_count() -> int:
    """stock-count · etc/cron.d/shop:10

    schedule: 0 4 * * *
    user: shop
    """
    # TODO[A086] flock /run/lock/stock.lock does not keep runs of stock-count apart: other lines use the lock too, and containers do not share it
    # TODO[A623] jobs share /run/lock/stock.lock: stock-count and stock-order name it; tasks share no disk
    return run(
        "flock -n /run/lock/stock.lock /srv/shop/bin/stock.sh count", shell="/bin/bash"
    )


@env.task(short_name="stock-order")
@with_alerts(
    failure="NOTIFICATION job=stock-order to=night@shop.example",
    terminated="NOTIFICATION job=stock-order to=night@shop.example",
)
def stock_order() -> int:
    """stock-order · etc/cron.d/shop:11

    schedule: 0 4 * * *
    user: shop
    """
    # TODO[A086] flock /run/lock/stock.lock does not keep runs of stock-order apart: other lines use the lock too, and containers do not share it
    return run(
        "flock -n /run/lock/stock.lock /srv/shop/bin/stock.sh order", shell="/bin/bash"
    )


@env.task(
    short_name="stock",
    triggers=flyte.Trigger(
        name="stock.schedule",
        automation=flyte.Cron("0 4 * * *", timezone="Europe/Berlin"),
    ),
)
async def stock() -> list[str]:
    """stock · etc/cron.d/shop"""
    flow = Flow("stock", network=True)
    flow.start("stock-count", stock_count.aio())
    flow.start("stock-order", stock_order.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(stock).outputs()[0], sep="\n")
