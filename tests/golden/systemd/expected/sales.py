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

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import (
    KEEP_GOING,
    ONE_AT_A_TIME,
    SKIPPED,
    command,
    cron,
    is_day_of_month,
    local_date,
    not_succeeded,
    require_success,
    run,
    run_node_status,
    run_status,
    succeeded,
)


@task
def extract_shop() -> str:
    """extract@shop · extract@.service:1

    Extract from the shop
    """
    # TODO[A091] EnvironmentFile of extract@shop.service: a shell reads the file when the job runs: it expands $ and splits values without quotes, systemd does neither
    return run_status(
        "if [ -e /etc/default/extract ]; then set -a && . /etc/default/extract && set +a; fi && unset DEBUG && /usr/bin/extract --from shop --to /srv/sales/extract-shop.csv",
        stdout=">> /var/log/extract-shop.log",
        stderr=">> /var/log/extract-shop.log",
        success_codes=(0, 3, 75),
    )


@task
def extract_web() -> str:
    """extract@web · extract@.service:1

    Extract from the web
    """
    # TODO[A091] EnvironmentFile of extract@web.service: a shell reads the file when the job runs: it expands $ and splits values without quotes, systemd does neither
    return run_status(
        "if [ -e /etc/default/extract ]; then set -a && . /etc/default/extract && set +a; fi && unset DEBUG && /usr/bin/extract --from web --to /srv/sales/extract-web.csv",
        stdout=">> /var/log/extract-web.log",
        stderr=">> /var/log/extract-web.log",
        success_codes=(0, 3, 75),
    )


@task
def sales_job(extract_shop: str, extract_web: str) -> str:
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
    if not (succeeded(extract_shop) and succeeded(extract_web)):
        return SKIPPED
    return run_node_status(
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


@task
def report_day() -> str:
    """report-day · report-day.service:1 · condition: After sales"""
    # TODO[A321] report-day may start late: it waits for the end of extract@shop, extract@web, the source may start it before
    return run_status(
        '[ -e /srv/sales/report.on ] || exit 0\n{ [ -f /srv/sales/shop.csv ] && [ -s /srv/sales/shop.csv ]; } || (set -- /srv/sales/web-*.csv; [ -e "$1" ] || [ -L "$1" ]) || exit 0\nenv printf \'%s\n\' day &&\n/usr/bin/sync'
    )


@task
def report_week() -> int:
    """report-week · report-week.service:1 · condition: After report-day"""
    return run(
        '[ -d /srv/sales ] && [ -n "$(ls -A /srv/sales)" ] || exit 1\n(timeout -k 90 90 /usr/bin/is-monday || case $? in 255) exit 255 ;; *) exit 0 ;; esac\ntimeout -k 90 90 /usr/bin/report week &&\ntimeout -k 90 90 /usr/bin/send week)\ncode=$?\n(timeout -k 90 90 /bin/rm -f /tmp/week.lock)\nlast=$?\n[ "$code" != 0 ] || code=$last\nexit "$code"'
    )


@task
def notify_sales_service(sales_job: str) -> str:
    """notify@sales.service · notify@.service:1 · condition: OnFailure of sales

    Tell the operators
    """
    # TODO[A321] notify@sales.service may start late: it waits for the end of extract@shop, extract@web, the source may start it before
    # TODO[A091] %H of notify@sales.service.service: its value is that of the pod
    if not not_succeeded(sales_job):
        return SKIPPED
    return run_status(
        "printf '%s\\n' 'The service failed.' 'See its log.' | /usr/bin/mail -s 'failed: sales.service on '\"$(uname -n)\" ops@example.com"
    )


@task
def tidy(sales_job: str) -> str:
    """tidy · tidy.service:1 · condition: OnSuccess of sales"""
    if not succeeded(sales_job):
        return SKIPPED
    return run_node_status(
        command("umask 027 && timeout -k 90 300 /usr/bin/tidy"),
        unless_exit=78,
        retries=2,
    )


@task
def sales_result(
    extract_shop: str,
    extract_web: str,
    sales_job: str,
    report_day: str,
    notify_sales_service: str,
    tidy: str,
) -> str:
    """result · fails if one of these jobs failed"""
    return require_success(
        {
            "extract@shop": extract_shop,
            "extract@web": extract_web,
            "sales": sales_job,
            "report-day": report_day,
            "notify@sales.service": notify_sales_service,
            "tidy": tidy,
        }
    )


sales = Workflow(name="sales", failure_policy=KEEP_GOING)

extract_shop_node = sales.add_entity(extract_shop).with_overrides(
    node_name="extract-shop", name="extract@shop"
)
extract_web_node = sales.add_entity(extract_web).with_overrides(
    node_name="extract-web", name="extract@web"
)
sales_job_node = sales.add_entity(
    sales_job, extract_shop=extract_shop_node.o0, extract_web=extract_web_node.o0
).with_overrides(node_name="sales-job", name="sales")
report_day_node = sales.add_entity(report_day).with_overrides(
    node_name="report-day", name="report-day"
)
sales_job_node >> report_day_node
report_week_node = sales.add_entity(report_week).with_overrides(
    node_name="report-week", name="report-week"
)
report_day_node >> report_week_node
notify_sales_service_node = sales.add_entity(
    notify_sales_service, sales_job=sales_job_node.o0
).with_overrides(node_name="notify-sales-service", name="notify@sales.service")
tidy_node = sales.add_entity(tidy, sales_job=sales_job_node.o0).with_overrides(
    node_name="tidy", name="tidy"
)
sales_result_node = sales.add_entity(
    sales_result,
    extract_shop=extract_shop_node.o0,
    extract_web=extract_web_node.o0,
    sales_job=sales_job_node.o0,
    report_day=report_day_node.o0,
    notify_sales_service=notify_sales_service_node.o0,
    tidy=tidy_node.o0,
).with_overrides(node_name="sales-result", name="sales (result)")

sales.add_workflow_output("report_week", report_week_node.o0)
sales.add_workflow_output("sales_result", sales_result_node.o0)


@task
def sales_runs(kickoff: datetime) -> bool:
    """sales · sa day 1-7"""
    day = local_date(kickoff, "America/New_York")
    return is_day_of_month(day, [1, 2, 3, 4, 5, 6, 7])


@task
def sales_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def sales_on_run_days(kickoff: datetime) -> None:
    """sales, if the kick-off is a start of its schedule."""
    run_day = sales_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="sales (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(sales())
        .else_()
        .then(sales_rests())
    )


sales_schedule = LaunchPlan.get_or_create(
    sales,
    name="sales.schedule",
    schedule=cron("30 6 * * 1-5", timezone="Europe/Berlin"),
    concurrency=ONE_AT_A_TIME,
)


sales_schedule_2 = LaunchPlan.get_or_create(
    sales_on_run_days,
    name="sales.schedule_2",
    schedule=cron("0 8 * * 6", timezone="America/New_York", kickoff="kickoff"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running sales() {sales()}")
