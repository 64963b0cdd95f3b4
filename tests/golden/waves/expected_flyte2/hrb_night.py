"""HRB.NIGHT, converted by transpile from estate.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.hrb_night_cuts import (
    HRB_ALARM_LEGACY,
    HRB_CRANES_LEGACY,
    HRB_LIFT,
    HRB_MOOR_LEGACY,
    HRB_NIGHT,
    HRB_NIGHT_LEGACY,
    HRB_SORT_LEGACY,
)
from expected_flyte2.job_runtime import (
    Flow,
    on_both_sides,
    run,
    runs_already,
    tell_legacy,
    tell_legacy_start,
)

env = flyte.TaskEnvironment(name="hrb_night")


@env.task(short_name="HRB.MOOR", retries=2)
def hrb_moor() -> int:
    """HRB.MOOR · estate.jil:10"""
    return run("moor --all")


@env.task(short_name="HRB.ALARM")
def hrb_alarm() -> int:
    """HRB.ALARM · estate.jil:15 · condition: f(HRB.MOOR)"""
    return run("alarm")


@env.task(short_name="HRB.LIFT")
def hrb_lift() -> int:
    """HRB.LIFT · estate.jil:25 · condition: s(CUS.PAPERS) | e(CUS.GATE) = 4"""
    return run("lift")


@env.task(short_name="HRB.SORT")
def hrb_sort() -> int:
    """HRB.SORT · estate.jil:30 · condition: s(HRB.LIFT)"""
    return run("sort")


@env.task(
    short_name="HRB.NIGHT",
    triggers=flyte.Trigger(
        name="HRB.NIGHT.schedule", automation=flyte.Cron("10 3 * * *", timezone="UTC")
    ),
)
async def hrb_night() -> list[str]:
    """HRB.NIGHT · estate.jil"""
    if await runs_already("hrb_night.hrb_night"):
        return []

    flow = Flow("HRB.NIGHT", network=True)
    # HRB.NIGHT · estate.jil:2 · condition: s(CUS.GATE)
    hrb_night_box = flow.box(
        "HRB.NIGHT",
        wait=lambda: on_both_sides("HRB.NIGHT", HRB_NIGHT, interval=30),
        before=lambda: tell_legacy_start(
            HRB_NIGHT_LEGACY,
            resets=[
                HRB_MOOR_LEGACY,
                HRB_ALARM_LEGACY,
                HRB_CRANES_LEGACY,
                HRB_SORT_LEGACY,
            ],
            interval=30,
        ),
        after=lambda status: tell_legacy(HRB_NIGHT_LEGACY, status, interval=30),
    )
    hrb_moor_job = hrb_night_box.start(
        "HRB.MOOR",
        hrb_moor.aio(),
        before=lambda: tell_legacy_start(HRB_MOOR_LEGACY, interval=30),
        after=lambda status: tell_legacy(HRB_MOOR_LEGACY, status, interval=30),
    )
    hrb_night_box.start(
        "HRB.ALARM",
        hrb_alarm.aio(),
        hrb_moor_job.failed,
        before=lambda: tell_legacy_start(HRB_ALARM_LEGACY, interval=30),
        after=lambda status: tell_legacy(HRB_ALARM_LEGACY, status, interval=30),
    )
    # HRB.CRANES · estate.jil:20 · condition: d(HRB.MOOR)
    hrb_cranes = hrb_night_box.box(
        "HRB.CRANES",
        hrb_moor_job.done,
        before=lambda: tell_legacy_start(HRB_CRANES_LEGACY, interval=30),
        after=lambda status: tell_legacy(HRB_CRANES_LEGACY, status, interval=30),
    )
    hrb_night_box.succeeds_if(hrb_cranes.succeeded)
    # HRB.SPARE · estate.jil:35
    # status: on ice
    # command: spare
    hrb_cranes.on_ice("HRB.SPARE")
    hrb_lift_job = hrb_cranes.start(
        "HRB.LIFT",
        hrb_lift.aio(),
        wait=lambda: on_both_sides("HRB.LIFT", HRB_LIFT, interval=30),
    )
    hrb_cranes.start(
        "HRB.SORT",
        hrb_sort.aio(),
        hrb_lift_job.succeeded,
        before=lambda: tell_legacy_start(HRB_SORT_LEGACY, interval=30),
        after=lambda status: tell_legacy(HRB_SORT_LEGACY, status, interval=30),
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(hrb_night).outputs()[0], sep="\n")
