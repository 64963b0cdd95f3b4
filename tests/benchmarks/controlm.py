"""Generates Control-M exports of the shape of the JIL estates.

SMART folders of about 20 jobs, with the attributes that exports have; a job adds an event for each
job that waits for it, which deletes it. Some folders wait for others of the same application.
"""

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.benchmarks.estate import APPLICATION, BOX

_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_DAYS = " ".join(['DAYS="ALL" DAYS_AND_OR="O"', *(f'{month}="1"' for month in _MONTHS)])
_REST = """\
CREATED_BY="batch" RUN_AS="batch" TASKTYPE="Command" APPL_TYPE="OS" MAXWAIT="3" MAXRERUN="0" \
RETRO="0" AUTOARCH="0" MAXDAYS="0" MAXRUNS="0" CYCLIC="0" INTERVAL="00001M" IND_CYCLIC="S" \
CYCLIC_TYPE="C" CONFIRM="0" CRITICAL="0" SYSDB="1" SHIFT="Ignore Job" SHIFTNUM="+00" \
RULE_BASED_CALENDAR_RELATIONSHIP="O" CREATION_USER="batch" CREATION_DATE="20260101" \
CREATION_TIME="101010" CHANGE_USERID="batch" CHANGE_DATE="20260101" CHANGE_TIME="101010" \
JOB_VERSION="Base" MULTY_AGENT="N" VERSION_SERIAL="1" IS_CURRENT_VERSION="Y\""""


def folders(jobs: int, seed: int = 1) -> Iterator[str]:
    """The folders of an estate with that many jobs, folders included."""
    rnd = random.Random(seed)
    boxes = max(1, jobs // (BOX + 1))
    count = 0
    for box in range(boxes):
        size = jobs - count - 1 if box == boxes - 1 else max(2, round(rnd.gauss(BOX, 6)))
        size = min(size, jobs - count - 1)
        count += size + 1
        yield _folder(rnd, box, size)


def _folder(rnd: random.Random, box: int, size: int) -> str:
    application = box // APPLICATION
    name = f"APP{application:04}.EOD.BOX_{box:05}"
    head = f'FOLDER_NAME="{name}" DATACENTER="CTM" PLATFORM="UNIX" FOLDER_ORDER_METHOD="SYSTEM"'
    time = f"{application % 24:02}{application % 60:02}"
    lines = [f'<SMART_FOLDER {head} {_DAYS} TIMEZONE="GMT" TIMEFROM="{time}">']
    if box % APPLICATION:
        lines += _waits([f"{name}-IN"])
    if (box + 1) % APPLICATION:
        lines += _changes("+", [f"APP{application:04}.EOD.BOX_{box + 1:05}-IN"])
    above = [_above(rnd, number) for number in range(size)]
    for number in range(size):
        needed = [f"B{box:05}_{other}-TO-{number}" for other in above[number]]
        below = [other for other in range(size) if number in above[other]]
        added = [f"B{box:05}_{number}-TO-{other}" for other in below]
        lines += [_job(rnd, box, number, name)]
        lines += [*_waits(needed), *_changes("+", added), *_changes("-", needed), "</JOB>"]
    return "\n".join([*lines, "</SMART_FOLDER>\n"])


def _above(rnd: random.Random, number: int) -> list[int]:
    """The jobs of the folder that a job waits for."""
    if not number or rnd.random() >= 0.75:
        return []
    several = min(number, rnd.choice((2, 2, 2, 3, 3, 4, 6, 9, 51)))
    count = 1 if rnd.random() < 0.81 else several
    return sorted(rnd.sample(range(number), count)) if count > 1 else [number - 1]


def _job(rnd: random.Random, box: int, number: int, folder: str) -> str:
    name = f"B{box:05}.STEP_{number:03}"
    program = rnd.choice(("extract", "load", "validate", "transform", "publish", "reconcile"))
    command = f"/opt/batch/bin/{program}_{box}_{number}.sh --region EU{rnd.randrange(1000)}"
    return (
        f'<JOB JOBISN="{number}" APPLICATION="APP{box // APPLICATION:04}" SUB_APPLICATION="EOD" '
        f'JOBNAME="{name}" MEMNAME="{name}" DESCRIPTION="Step {number} of the end of day" '
        f'CMDLINE="{command}" NODEID="prod-etl-{rnd.randrange(20):02}" {_DAYS} {_REST} '
        f'PARENT_FOLDER="{folder}">'
    )


def _waits(events: Iterable[str]) -> list[str]:
    return [f'<INCOND NAME="{event}" ODATE="ODAT" AND_OR="A"/>' for event in events]


def _changes(sign: str, events: Iterable[str]) -> list[str]:
    return [f'<OUTCOND NAME="{event}" ODATE="ODAT" SIGN="{sign}"/>' for event in events]


def write_exports(folder: Path, jobs: int, files: int = 10) -> Path:
    """Write an estate of that many jobs as `files` exports into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = list(folders(jobs))
    per_file = -(-len(parts) // files)
    for number in range(files):
        inside = "".join(parts[number * per_file : (number + 1) * per_file])
        text = f'<?xml version="1.0" encoding="utf-8"?>\n<DEFTABLE>\n{inside}</DEFTABLE>\n'
        (folder / f"part_{number:02}.xml").write_text(text, encoding="utf-8")
    return folder
