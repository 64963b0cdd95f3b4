"""HRB.NIGHT, converted by transpile from estate.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task, workflow

from expected.hrb_night_cuts import (
    HRB_ALARM_LEGACY,
    HRB_CRANES_LEGACY,
    HRB_LIFT,
    HRB_MOOR_LEGACY,
    HRB_NIGHT,
    HRB_NIGHT_LEGACY,
    HRB_SORT_LEGACY,
)
from expected.job_runtime import (
    ENVIRONMENT,
    KEEP_GOING,
    ONE_AT_A_TIME,
    SKIPPED,
    SMALL,
    STARTED,
    box_status,
    cron,
    done,
    failed,
    gate,
    look_at_legacy,
    release,
    require_success,
    run_status,
    started,
    succeeded,
    tell_legacy,
    tell_legacy_start,
)


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def hrb_lift_look(hrb_cranes_start: str) -> str:
    """HRB.LIFT · asks CUS.PAPERS, CUS.GATE on the legacy side"""
    if not started(hrb_cranes_start):
        return release(HRB_LIFT)
    return look_at_legacy(HRB_LIFT, interval=30)


@workflow(failure_policy=KEEP_GOING)
def hrb_lift_wait() -> bool:
    """HRB.LIFT · waits for: CUS.PAPERS succeeded or CUS.GATE ended with exit code 4"""
    return gate(HRB_LIFT)


@task
def hrb_lift(hrb_cranes_start: str) -> str:
    """HRB.LIFT · estate.jil:25 · condition: s(CUS.PAPERS) | e(CUS.GATE) = 4"""
    if not started(hrb_cranes_start):
        return SKIPPED
    return run_status("lift")


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def hrb_sort_legacy_start(hrb_lift: str) -> str:
    """HRB.SORT · tells CUS.FINES on the legacy side that it starts"""
    if not succeeded(hrb_lift):
        return SKIPPED
    return tell_legacy_start(HRB_SORT_LEGACY, interval=30)


@task
def hrb_sort(hrb_lift: str) -> str:
    """HRB.SORT · estate.jil:30 · condition: s(HRB.LIFT)"""
    if not succeeded(hrb_lift):
        return SKIPPED
    return run_status("sort")


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def hrb_sort_legacy_end(hrb_sort: str) -> str:
    """HRB.SORT · tells CUS.FINES on the legacy side how it ended"""
    return tell_legacy(HRB_SORT_LEGACY, hrb_sort, interval=30)


@task
def hrb_spare() -> str:
    """HRB.SPARE · estate.jil:35

    status: on ice

    command: spare
    """
    return SKIPPED


@task
def hrb_cranes_end(hrb_sort: str, hrb_cranes_start: str) -> str:
    """HRB.CRANES · end of the box"""
    if not started(hrb_cranes_start):
        return SKIPPED
    return box_status({"HRB.SORT": hrb_sort})


# HRB.CRANES · estate.jil:20 · condition: d(HRB.MOOR)
hrb_cranes = Workflow(name="HRB.CRANES", failure_policy=KEEP_GOING)
hrb_cranes_start_input = hrb_cranes.add_workflow_input("hrb_cranes_start", str)

hrb_lift_look_node = hrb_cranes.add_entity(
    hrb_lift_look, hrb_cranes_start=hrb_cranes_start_input
).with_overrides(node_name="hrb-lift-look", name="HRB.LIFT (look)")
hrb_lift_wait_node = hrb_cranes.add_subwf(hrb_lift_wait).with_overrides(
    node_name="hrb-lift-wait", name="HRB.LIFT (wait)"
)
hrb_lift_node = hrb_cranes.add_entity(
    hrb_lift, hrb_cranes_start=hrb_cranes_start_input
).with_overrides(node_name="hrb-lift", name="HRB.LIFT")
hrb_lift_wait_node >> hrb_lift_node
hrb_sort_legacy_start_node = hrb_cranes.add_entity(
    hrb_sort_legacy_start, hrb_lift=hrb_lift_node.o0
).with_overrides(node_name="hrb-sort-legacy-start", name="HRB.SORT (legacy start)")
hrb_sort_node = hrb_cranes.add_entity(
    hrb_sort, hrb_lift=hrb_lift_node.o0
).with_overrides(node_name="hrb-sort", name="HRB.SORT")
hrb_sort_legacy_start_node >> hrb_sort_node
hrb_sort_legacy_end_node = hrb_cranes.add_entity(
    hrb_sort_legacy_end, hrb_sort=hrb_sort_node.o0
).with_overrides(node_name="hrb-sort-legacy-end", name="HRB.SORT (legacy end)")
hrb_spare_node = hrb_cranes.add_entity(hrb_spare).with_overrides(
    node_name="hrb-spare", name="HRB.SPARE"
)
hrb_cranes_end_node = hrb_cranes.add_entity(
    hrb_cranes_end, hrb_sort=hrb_sort_node.o0, hrb_cranes_start=hrb_cranes_start_input
).with_overrides(node_name="hrb-cranes-end", name="HRB.CRANES (end)")

hrb_cranes.add_workflow_output("hrb_spare", hrb_spare_node.o0)
hrb_cranes.add_workflow_output("hrb_cranes_end", hrb_cranes_end_node.o0)


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def hrb_night_look() -> str:
    """HRB.NIGHT · asks CUS.GATE on the legacy side"""
    return look_at_legacy(HRB_NIGHT, interval=30)


@workflow(failure_policy=KEEP_GOING)
def hrb_night_wait() -> bool:
    """HRB.NIGHT · waits for: CUS.GATE succeeded"""
    return gate(HRB_NIGHT)


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def hrb_night_legacy_start() -> str:
    """HRB.NIGHT · tells BIL.SEND on the legacy side that it starts, and resets its jobs there"""
    return tell_legacy_start(
        HRB_NIGHT_LEGACY,
        resets=[HRB_MOOR_LEGACY, HRB_ALARM_LEGACY, HRB_CRANES_LEGACY, HRB_SORT_LEGACY],
        interval=30,
    )


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def hrb_moor_legacy_start() -> str:
    """HRB.MOOR · tells CUS.PAPERS on the legacy side that it starts"""
    return tell_legacy_start(HRB_MOOR_LEGACY, interval=30)


@task
def hrb_moor() -> str:
    """HRB.MOOR · estate.jil:10"""
    return run_status("moor --all", retries=2)


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def hrb_moor_legacy_end(hrb_moor: str) -> str:
    """HRB.MOOR · tells CUS.PAPERS on the legacy side how it ended"""
    return tell_legacy(HRB_MOOR_LEGACY, hrb_moor, interval=30)


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def hrb_alarm_legacy_start(hrb_moor: str) -> str:
    """HRB.ALARM · tells CUS.FINES on the legacy side that it starts"""
    if not failed(hrb_moor):
        return SKIPPED
    return tell_legacy_start(HRB_ALARM_LEGACY, interval=30)


@task
def hrb_alarm(hrb_moor: str) -> str:
    """HRB.ALARM · estate.jil:15 · condition: f(HRB.MOOR)"""
    if not failed(hrb_moor):
        return SKIPPED
    return run_status("alarm")


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def hrb_alarm_legacy_end(hrb_alarm: str) -> str:
    """HRB.ALARM · tells CUS.FINES on the legacy side how it ended"""
    return tell_legacy(HRB_ALARM_LEGACY, hrb_alarm, interval=30)


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def hrb_cranes_legacy_start(hrb_moor: str) -> str:
    """HRB.CRANES · tells BIL.SEND on the legacy side that it starts"""
    if not done(hrb_moor):
        return SKIPPED
    return tell_legacy_start(HRB_CRANES_LEGACY, interval=30)


@task
def hrb_cranes_start(hrb_moor: str) -> str:
    """HRB.CRANES · start of the box · condition: d(HRB.MOOR)"""
    if not done(hrb_moor):
        return SKIPPED
    return STARTED


@task
def hrb_night_end(hrb_cranes: str, hrb_moor: str, hrb_alarm: str) -> str:
    """HRB.NIGHT · end of the box"""
    return box_status(
        {"HRB.MOOR": hrb_moor, "HRB.ALARM": hrb_alarm, "HRB.CRANES": hrb_cranes},
        success=succeeded(hrb_cranes),
    )


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def hrb_night_legacy_end(hrb_night: str) -> str:
    """HRB.NIGHT · tells BIL.SEND on the legacy side how it ended"""
    return tell_legacy(HRB_NIGHT_LEGACY, hrb_night, interval=30)


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def hrb_cranes_legacy_end(hrb_cranes: str) -> str:
    """HRB.CRANES · tells BIL.SEND on the legacy side how it ended"""
    return tell_legacy(HRB_CRANES_LEGACY, hrb_cranes, interval=30)


@task
def hrb_night_result(hrb_night: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"HRB.NIGHT": hrb_night})


# HRB.NIGHT · estate.jil:2 · condition: s(CUS.GATE)
hrb_night = Workflow(name="HRB.NIGHT", failure_policy=KEEP_GOING)

hrb_night_look_node = hrb_night.add_entity(hrb_night_look).with_overrides(
    node_name="hrb-night-look", name="HRB.NIGHT (look)"
)
hrb_night_wait_node = hrb_night.add_subwf(hrb_night_wait).with_overrides(
    node_name="hrb-night-wait", name="HRB.NIGHT (wait)"
)
hrb_night_legacy_start_node = hrb_night.add_entity(
    hrb_night_legacy_start
).with_overrides(node_name="hrb-night-legacy-start", name="HRB.NIGHT (legacy start)")
hrb_night_wait_node >> hrb_night_legacy_start_node
hrb_moor_legacy_start_node = hrb_night.add_entity(hrb_moor_legacy_start).with_overrides(
    node_name="hrb-moor-legacy-start", name="HRB.MOOR (legacy start)"
)
hrb_night_legacy_start_node >> hrb_moor_legacy_start_node
hrb_moor_node = hrb_night.add_entity(hrb_moor).with_overrides(
    node_name="hrb-moor", name="HRB.MOOR"
)
hrb_moor_legacy_start_node >> hrb_moor_node
hrb_moor_legacy_end_node = hrb_night.add_entity(
    hrb_moor_legacy_end, hrb_moor=hrb_moor_node.o0
).with_overrides(node_name="hrb-moor-legacy-end", name="HRB.MOOR (legacy end)")
hrb_alarm_legacy_start_node = hrb_night.add_entity(
    hrb_alarm_legacy_start, hrb_moor=hrb_moor_node.o0
).with_overrides(node_name="hrb-alarm-legacy-start", name="HRB.ALARM (legacy start)")
hrb_alarm_node = hrb_night.add_entity(
    hrb_alarm, hrb_moor=hrb_moor_node.o0
).with_overrides(node_name="hrb-alarm", name="HRB.ALARM")
hrb_alarm_legacy_start_node >> hrb_alarm_node
hrb_alarm_legacy_end_node = hrb_night.add_entity(
    hrb_alarm_legacy_end, hrb_alarm=hrb_alarm_node.o0
).with_overrides(node_name="hrb-alarm-legacy-end", name="HRB.ALARM (legacy end)")
hrb_cranes_legacy_start_node = hrb_night.add_entity(
    hrb_cranes_legacy_start, hrb_moor=hrb_moor_node.o0
).with_overrides(node_name="hrb-cranes-legacy-start", name="HRB.CRANES (legacy start)")
hrb_cranes_start_node = hrb_night.add_entity(
    hrb_cranes_start, hrb_moor=hrb_moor_node.o0
).with_overrides(node_name="hrb-cranes-start", name="HRB.CRANES (start)")
hrb_cranes_legacy_start_node >> hrb_cranes_start_node
hrb_cranes_node = hrb_night.add_subwf(
    hrb_cranes, hrb_cranes_start=hrb_cranes_start_node.o0
).with_overrides(node_name="hrb-cranes", name="HRB.CRANES")
hrb_night_end_node = hrb_night.add_entity(
    hrb_night_end,
    hrb_cranes=hrb_cranes_node.hrb_cranes_end,
    hrb_moor=hrb_moor_node.o0,
    hrb_alarm=hrb_alarm_node.o0,
).with_overrides(node_name="hrb-night-end", name="HRB.NIGHT (end)")
hrb_night_legacy_end_node = hrb_night.add_entity(
    hrb_night_legacy_end, hrb_night=hrb_night_end_node.o0
).with_overrides(node_name="hrb-night-legacy-end", name="HRB.NIGHT (legacy end)")
hrb_cranes_legacy_end_node = hrb_night.add_entity(
    hrb_cranes_legacy_end, hrb_cranes=hrb_cranes_node.hrb_cranes_end
).with_overrides(node_name="hrb-cranes-legacy-end", name="HRB.CRANES (legacy end)")
hrb_night_result_node = hrb_night.add_entity(
    hrb_night_result, hrb_night=hrb_night_end_node.o0
).with_overrides(node_name="hrb-night-result", name="HRB.NIGHT (result)")

hrb_night.add_workflow_output("hrb_night_result", hrb_night_result_node.o0)


hrb_night_schedule = LaunchPlan.get_or_create(
    hrb_night,
    name="HRB.NIGHT.schedule",
    schedule=cron("10 3 * * *", timezone="UTC"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running hrb_night() {hrb_night()}")
