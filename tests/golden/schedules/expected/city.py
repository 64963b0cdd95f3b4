"""CITY, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, run


@task
def city_job() -> int:
    """CITY · schedules.jil:8"""
    return run("true")


city = Workflow(name="CITY", failure_policy=KEEP_GOING)

city_job_node = city.add_entity(city_job).with_overrides(
    node_name="city-job", name="CITY"
)

city.add_workflow_output("city_job", city_job_node.o0)


city_schedule = LaunchPlan.get_or_create(
    city,
    name="CITY.schedule",
    schedule=cron("0,15,30,45 * * * 0", timezone="America/Chicago"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running city() {city()}")
