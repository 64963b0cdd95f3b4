"""stock, converted by transpile from etc/cron.d/shop."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run, with_alerts


@task
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
    # TODO[A217] mail to night@shop.example about stock-count is not sent: Flyte notifies per workflow
    return run(
        "flock -n /run/lock/stock.lock /srv/shop/bin/stock.sh count", shell="/bin/bash"
    )


@task
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
    # TODO[A217] mail to night@shop.example about stock-order is not sent: Flyte notifies per workflow
    return run(
        "flock -n /run/lock/stock.lock /srv/shop/bin/stock.sh order", shell="/bin/bash"
    )


stock = Workflow(name="stock", failure_policy=KEEP_GOING)

stock_count_node = stock.add_entity(stock_count).with_overrides(
    node_name="stock-count", name="stock-count"
)
stock_order_node = stock.add_entity(stock_order).with_overrides(
    node_name="stock-order", name="stock-order"
)

stock.add_workflow_output("stock_count", stock_count_node.o0)
stock.add_workflow_output("stock_order", stock_order_node.o0)


stock_schedule = LaunchPlan.get_or_create(
    stock, name="stock.schedule", schedule=cron("0 4 * * *", timezone="Europe/Berlin")
)


if __name__ == "__main__":
    print(f"Running stock() {stock()}")
