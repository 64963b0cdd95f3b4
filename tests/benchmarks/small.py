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


_STREAM = """\
SCHEDULE MAIN#PART{n} ON RUNCYCLE DAILY "FREQ=DAILY" AT 0415
:
MAIN#GET{n}
MAIN#LOAD{n} FOLLOWS GET{n}
END

$JOBS
MAIN#GET{n} DOCOMMAND "/opt/get.sh {n}" STREAMLOGON batch RECOVERY STOP
MAIN#LOAD{n} DOCOMMAND "/opt/load.sh {n}" STREAMLOGON batch RECOVERY STOP
"""

_FLOW = """\
nodes:
  - name: get
    type: command
    config:
      command: /opt/get.sh {n}
  - name: load
    type: command
    dependsOn: [get]
    config:
      command: /opt/load.sh {n}
"""

_EXPORT = """\
<DEFTABLE>
<SMART_FOLDER FOLDER_NAME="PART{n}" FOLDER_ORDER_METHOD="SYSTEM" DAYS="ALL" TIMEFROM="0415">
<JOB JOBNAME="GET{n}" TASKTYPE="Command" CMDLINE="/opt/get.sh {n}">
<OUTCOND NAME="GET{n}-OK" ODATE="ODAT" SIGN="+"/>
</JOB>
<JOB JOBNAME="LOAD{n}" TASKTYPE="Command" CMDLINE="/opt/load.sh {n}">
<INCOND NAME="GET{n}-OK" ODATE="ODAT" AND_OR="A"/>
<OUTCOND NAME="GET{n}-OK" ODATE="ODAT" SIGN="-"/>
</JOB>
</SMART_FOLDER>
</DEFTABLE>
"""


def _export(folder: Path, n: int) -> None:
    (folder / f"part{n}.xml").write_text(_EXPORT.format(n=n), encoding="utf-8")


def _tws(folder: Path, n: int) -> None:
    (folder / f"part{n}.tws").write_text(_STREAM.format(n=n), encoding="utf-8")


def _flow(folder: Path, n: int) -> None:
    (folder / f"part{n}.flow").write_text(_FLOW.format(n=n), encoding="utf-8")
    (folder / "part.project").write_text("azkaban-flow-version: 2.0\n", encoding="utf-8")


def _jil(folder: Path, n: int) -> None:
    (folder / f"box{n}.jil").write_text(_JIL.format(n=n), encoding="utf-8")


def _dag(folder: Path, n: int) -> None:
    (folder / f"part{n}.dag").write_text(_DAG.format(n=n), encoding="utf-8")
    (folder / f"part{n}.sub").write_text(_SUBMIT.format(n=n), encoding="utf-8")


WRITERS: tuple[Callable[[Path, int], None], ...] = (_jil, _dag, _tws, _flow, _export)


def write_small(folder: Path, files: int) -> Path:
    """Write that many files that are workflows of their own, a hundred to a folder."""
    for n in range(files):
        inner = folder / f"part{n // 100}"
        inner.mkdir(parents=True, exist_ok=True)
        WRITERS[n % len(WRITERS)](inner, n)
    return folder
