"""Writes thousands of small files, of every format in turn, to measure with."""

from collections.abc import Callable
from pathlib import Path

_JIL = """\
insert_job: BOX_{n}
job_type: b
date_conditions: 1
days_of_week: all
start_times: "04:15"

insert_job: GET_{n}
box_name: BOX_{n}
command: /opt/get.sh {n}

insert_job: LOAD_{n}
box_name: BOX_{n}
command: /opt/load.sh {n}
condition: s(GET_{n})
"""

_DAG = """\
JOB get{n} part{n}.sub
JOB load{n} part{n}.sub
VARS get{n} what="get"
VARS load{n} what="load"
PARENT get{n} CHILD load{n}
"""

_SUBMIT = """\
executable = /bin/echo
arguments = $(what) {n}
queue
"""


def _jil(folder: Path, n: int) -> None:
    (folder / f"box{n}.jil").write_text(_JIL.format(n=n), encoding="utf-8")


def _dag(folder: Path, n: int) -> None:
    (folder / f"part{n}.dag").write_text(_DAG.format(n=n), encoding="utf-8")
    (folder / f"part{n}.sub").write_text(_SUBMIT.format(n=n), encoding="utf-8")


WRITERS: tuple[Callable[[Path, int], None], ...] = (_jil, _dag)


def write_small(folder: Path, files: int) -> Path:
    """Write that many files that are workflows of their own, a hundred to a folder."""
    for n in range(files):
        inner = folder / f"part{n // 100}"
        inner.mkdir(parents=True, exist_ok=True)
        WRITERS[n % len(WRITERS)](inner, n)
    return folder
