"""harvest, converted by transpile from harvest.dot."""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import (
    KEEP_GOING,
    SKIPPED,
    box_status,
    cron,
    exit_code,
    failed,
    not_succeeded,
    require_success,
    run,
    run_status,
    succeeded,
    terminated,
)


@task(retries=1)
def pick() -> int:
    """pick · harvest.dot:5

    machine: field\\1
    """
    return run("echo pick")


@task(retries=1)
def sort() -> int:
    """sort · harvest.dot:6 · condition: after pick

    label: Sort <b>fruit</b>
    """
    return run("echo 'a\\tb'")


@task
def press() -> str:
    """press · harvest.dot:7 · condition: after sort"""
    return run_status("echo press", env={"VAT": "3"}, retries=1)


@task
def weigh() -> str:
    """weigh · harvest.dot:7 · condition: after sort"""
    return run_status("echo weigh", retries=1)


@task
def rest(press: str) -> str:
    """rest · harvest.dot:12 · condition: after press"""
    if not succeeded(press):
        return SKIPPED
    return run_status("echo rest", time_limit=timedelta(hours=24))


@task
def throw(rest: str) -> str:
    """throw · harvest.dot:17 · condition: after rest

    label of rest -> throw: bad must
    """
    if not (failed(rest) or terminated(rest)):
        return SKIPPED
    return run_status("echo throw", retries=1)


@task
def clean(throw: str, weigh: str, press: str) -> str:
    """clean · harvest.dot:20

    condition: !success(throw) & (failure(weigh) | exit(press) >= 4)
    """
    if not (
        not_succeeded(throw)
        and (failed(weigh) or terminated(weigh) or exit_code(press) >= 4)
    ):
        return SKIPPED
    return run_status("echo clean", retries=1)


@task
def press_check(press: str) -> str:
    """press · fails if it failed"""
    return require_success({"press": press})


@task
def cellar_end(rest: str) -> str:
    """cellar · end of the box"""
    return box_status({"rest": rest})


@task
def harvest_result(weigh: str, cellar: str, throw: str, clean: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success(
        {"weigh": weigh, "cellar": cellar, "throw": throw, "clean": clean}
    )


# cellar · harvest.dot:8 (flattened)
harvest = Workflow(name="harvest", failure_policy=KEEP_GOING)

pick_node = harvest.add_entity(pick).with_overrides(node_name="pick", name="pick")
sort_node = harvest.add_entity(sort).with_overrides(node_name="sort", name="sort")
pick_node >> sort_node
press_node = harvest.add_entity(press).with_overrides(node_name="press", name="press")
sort_node >> press_node
weigh_node = harvest.add_entity(weigh).with_overrides(node_name="weigh", name="weigh")
sort_node >> weigh_node
rest_node = harvest.add_entity(rest, press=press_node.o0).with_overrides(
    node_name="rest", name="rest"
)
throw_node = harvest.add_entity(throw, rest=rest_node.o0).with_overrides(
    node_name="throw", name="throw"
)
clean_node = harvest.add_entity(
    clean, throw=throw_node.o0, weigh=weigh_node.o0, press=press_node.o0
).with_overrides(node_name="clean", name="clean")
press_check_node = harvest.add_entity(press_check, press=press_node.o0).with_overrides(
    node_name="press-check", name="press (check)"
)
cellar_end_node = harvest.add_entity(cellar_end, rest=rest_node.o0).with_overrides(
    node_name="cellar-end", name="cellar (end)"
)
press_check_node >> cellar_end_node
harvest_result_node = harvest.add_entity(
    harvest_result,
    weigh=weigh_node.o0,
    cellar=cellar_end_node.o0,
    throw=throw_node.o0,
    clean=clean_node.o0,
).with_overrides(node_name="harvest-result", name="harvest (result)")

harvest.add_workflow_output("harvest_result", harvest_result_node.o0)


harvest_schedule = LaunchPlan.get_or_create(
    harvest,
    name="harvest.schedule",
    schedule=cron("0 0 * * *", timezone="Europe/Madrid"),
)


if __name__ == "__main__":
    print(f"Running harvest() {harvest()}")
