"""sales, converted by transpile from these files:

extract@.service
sales.service
report-day.service
report-week.service
notify@.service
tidy.service
"""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import (
    BY_HAND,
    Flow,
    command,
    is_day_of_month,
    local_date,
    rests,
    run,
    run_node,
    runs_already,
)

env = flyte.TaskEnvironment(name="sales")


@env.task(short_name="extract@shop")
def extract_shop() -> int:
    """extract@shop · extract@.service:1

    Extract from the shop
    """
    # TODO[A091] EnvironmentFile of extract@shop.service: a shell reads the file when the job runs: it expands $ and splits values without quotes, systemd does neither
    return run(
        "if [ -e /etc/default/extract ]; then set -a && . /etc/default/extract && set +a; fi && unset DEBUG && /usr/bin/extract --from shop --to /srv/sales/extract-shop.csv",
        stdout=">> /var/log/extract-shop.log",
        stderr=">> /var/log/extract-shop.log",
        success_codes=(0, 3, 75),
    )


@env.task(short_name="extract@web")
def extract_web() -> int:
    """extract@web · extract@.service:1

    Extract from the web
    """
    # TODO[A091] EnvironmentFile of extract@web.service: a shell reads the file when the job runs: it expands $ and splits values without quotes, systemd does neither
    return run(
        "if [ -e /etc/default/extract ]; then set -a && . /etc/default/extract && set +a; fi && unset DEBUG && /usr/bin/extract --from web --to /srv/sales/extract-web.csv",
        stdout=">> /var/log/extract-web.log",
        stderr=">> /var/log/extract-web.log",
        success_codes=(0, 3, 75),
    )


@env.task(short_name="sales")
def sales_task() -> int:
    """sales · sales.service:1

    condition: Requires extract@shop extract@web; Wants reports.target; After extract@shop extract@web

    Load the sales of the day

    AccuracySec: 1us
    Persistent: true
    Documentation: https://example.com/sales
    User: etl
    Nice: 10
    ProtectSystem: strict
    X-Owner: sales
    Wants: network-online.target
    After: network-online.target
    """
    return run_node(
        command(
            "cd /srv/sales && /usr/bin/mkdir -p work || true",
            env={"STAGE": "prod", "NOTE": "two words", "DAYS": "1 2  3"},
        ),
        command(
            "cd /srv/sales && /usr/bin/touch work/started",
            env={"STAGE": "prod", "NOTE": "two words", "DAYS": "1 2  3"},
        ),
        command(
            "cd /srv/sales && /usr/bin/load --stage prod --unit=sales.service 1 2 3",
            env={"STAGE": "prod", "NOTE": "two words", "DAYS": "1 2  3"},
        ),
        command(
            "cd /srv/sales && /usr/bin/check 'two words' 'a $ sign' 'price;list' '*.csv' --last",
            env={"STAGE": "prod", "NOTE": "two words", "DAYS": "1 2  3"},
        ),
    )


@env.task(short_name="report-day")
def report_day() -> int:
    """report-day · report-day.service:1 · condition: After sales"""
    # TODO[A321] report-day may start late: it waits for the end of extract@shop, extract@web, the source may start it before
    return run(
        '[ -e /srv/sales/report.on ] || exit 0\n{ [ -f /srv/sales/shop.csv ] && [ -s /srv/sales/shop.csv ]; } || (set -- /srv/sales/web-*.csv; [ -e "$1" ] || [ -L "$1" ]) || exit 0\nenv printf \'%s\n\' day &&\n/usr/bin/sync'
    )


@env.task(short_name="report-week")
def report_week() -> int:
    """report-week · report-week.service:1 · condition: After report-day"""
    return run(
        '[ -d /srv/sales ] && [ -n "$(ls -A /srv/sales)" ] || exit 1\n(timeout -k 90 90 /usr/bin/is-monday || case $? in 255) exit 255 ;; *) exit 0 ;; esac\ntimeout -k 90 90 /usr/bin/report week &&\ntimeout -k 90 90 /usr/bin/send week)\ncode=$?\n(timeout -k 90 90 /bin/rm -f /tmp/week.lock)\nlast=$?\n[ "$code" != 0 ] || code=$last\nexit "$code"'
    )


@env.task(short_name="notify@sales.service")
def notify_sales_service() -> int:
    """notify@sales.service · notify@.service:1 · condition: OnFailure of sales

    Tell the operators
    """
    # TODO[A321] notify@sales.service may start late: it waits for the end of extract@shop, extract@web, the source may start it before
    # TODO[A091] %H of notify@sales.service.service: its value is that of the pod
    return run(
        "printf '%s\\n' 'The service failed.' 'See its log.' | /usr/bin/mail -s 'failed: sales.service on '\"$(uname -n)\" ops@example.com"
    )


@env.task(short_name="tidy", retries=2)
def tidy() -> int:
    """tidy · tidy.service:1 · condition: OnSuccess of sales"""
    return run_node(
        command("umask 027 && timeout -k 90 300 /usr/bin/tidy"), unless_exit=78
    )


def sales_runs(kickoff: datetime) -> bool:
    """sales · sa day 1-7"""
    day = local_date(kickoff, "America/New_York")
    return is_day_of_month(day, [1, 2, 3, 4, 5, 6, 7])


@env.task(
    short_name="sales",
    triggers=(
        flyte.Trigger(
            name="sales.schedule",
            automation=flyte.Cron("30 6 * * 1-5", timezone="Europe/Berlin"),
        ),
        flyte.Trigger(
            name="sales.schedule_2",
            automation=flyte.Cron("0 8 * * 6", timezone="America/New_York"),
            inputs={"kickoff": flyte.TriggerTime, "trigger": "sales_runs"},
        ),
    ),
)
async def sales(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """sales · extract@.service, sales.service, report-day.service, report-week.service, notify@.service, tidy.service"""
    if trigger == "sales_runs" and not sales_runs(kickoff):
        return rests("sales", kickoff)
    if await runs_already("sales.sales"):
        return []

    flow = Flow("sales", network=True)
    extract_shop_job = flow.start("extract@shop", extract_shop.aio())
    extract_web_job = flow.start("extract@web", extract_web.aio())
    sales_task_job = flow.start(
        "sales",
        sales_task.aio(),
        extract_shop_job.succeeded & extract_web_job.succeeded,
    )
    report_day_job = flow.start("report-day", report_day.aio(), sales_task_job.over)
    flow.start("report-week", report_week.aio(), report_day_job.over)
    flow.start(
        "notify@sales.service", notify_sales_service.aio(), sales_task_job.not_succeeded
    )
    flow.start("tidy", tidy.aio(), sales_task_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(sales).outputs()[0], sep="\n")
