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
    failed,
    not_succeeded,
    require_success,
    run_status,
    succeeded,
    terminated,
)


@task
def pick() -> str:
    """pick · harvest.dot:5

    machine: field\\1
    """
    return run_status("echo pick", retries=1)


@task
def sort(pick: str) -> str:
    """sort · harvest.dot:6 · condition: after pick

    label: Sort <b>fruit</b>
    """
    if not succeeded(pick):
        return SKIPPED
    return run_status("echo 'a\\tb'", retries=1)


@task
def press(sort: str) -> str:
    """press · harvest.dot:7 · condition: after sort"""
    if not succeeded(sort):
        return SKIPPED
    return run_status("echo press", env={"VAT": "3"}, retries=1)


@task
def weigh(sort: str) -> str:
    """weigh · harvest.dot:7 · condition: after sort"""
    if not succeeded(sort):
        return SKIPPED
    return run_status("echo weigh", retries=1)


@task
def rest(press: str) -> str:
    """rest · harvest.dot:12 · condition: after press"""
    if not succeeded(press):
        return SKIPPED
    return run_status("echo rest", time_limit=timedelta(hours=24))


@task
def cellar_end(rest: str) -> str:
    """cellar · end of the box"""
    return box_status({"rest": rest})


@task
def throw(rest: str) -> str:
    """throw · harvest.dot:17 · condition: after rest

    label of rest -> throw: bad must
    """
    if not (failed(rest) or terminated(rest)):
        return SKIPPED
    return run_status("echo throw", retries=1)


@task
def clean(throw: str, weigh: str) -> str:
    """clean · harvest.dot:20

    condition: done(rest) & (!success(throw) | killed(weigh))
    """
    if not (not_succeeded(throw) or terminated(weigh)):
        return SKIPPED
    return run_status("echo clean", retries=1)


@task
def harvest_result(
    pick: str, sort: str, weigh: str, cellar: str, throw: str, clean: str
) -> str:
    """result · fails if one of these jobs failed"""
    return require_success(
        {
            "pick": pick,
            "sort": sort,
            "weigh": weigh,
            "cellar": cellar,
            "throw": throw,
            "clean": clean,
        }
    )


# cellar · harvest.dot:8 (flattened)
harvest = Workflow(name="harvest", failure_policy=KEEP_GOING)

pick_node = harvest.add_entity(pick).with_overrides(node_name="pick", name="pick")
sort_node = harvest.add_entity(sort, pick=pick_node.o0).with_overrides(
    node_name="sort", name="sort"
)
press_node = harvest.add_entity(press, sort=sort_node.o0).with_overrides(
    node_name="press", name="press"
)
weigh_node = harvest.add_entity(weigh, sort=sort_node.o0).with_overrides(
    node_name="weigh", name="weigh"
)
rest_node = harvest.add_entity(rest, press=press_node.o0).with_overrides(
    node_name="rest", name="rest"
)
cellar_end_node = harvest.add_entity(cellar_end, rest=rest_node.o0).with_overrides(
    node_name="cellar-end", name="cellar (end)"
)
throw_node = harvest.add_entity(throw, rest=rest_node.o0).with_overrides(
    node_name="throw", name="throw"
)
clean_node = harvest.add_entity(
    clean, throw=throw_node.o0, weigh=weigh_node.o0
).with_overrides(node_name="clean", name="clean")
harvest_result_node = harvest.add_entity(
    harvest_result,
    pick=pick_node.o0,
    sort=sort_node.o0,
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
