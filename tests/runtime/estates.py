"""Jobs of an estate, and their last statuses as Flyte Admin on loopback has them."""

from datetime import timedelta
from typing import Any

from tests.admin import Door
from tests.admin.pods import pod
from tests.admin.records import Run
from transpile.runtime.admin import flyte_admin
from transpile.runtime.estate import Estate, Job

A = Job("FEED", "a")
B = Job("OTHER", "b")
BOXED = Job("FEED", "box/a", box="box-start")
BOX = Job("FEED", "box-end", box="box-start", is_box=True)
HOUR = timedelta(hours=1)


def begin(run: Run, output: str | None = "STARTED") -> str:
    run.node("box-start", output=output)
    return run.node("box", "RUNNING", is_parent=True)


def last(door: Door, job: Job, **options: Any) -> str:
    """The last status of a job, as another workflow sees it."""
    return seen_by(door.run("MINE"), job, **options)


def seen_by(run: Run, job: Job, **options: Any) -> str:
    """The last status of a job, as an execution sees it."""
    with pod(run):
        return Estate(flyte_admin(), run.name).last(job, **options)
