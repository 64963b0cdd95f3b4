"""The command lines of the legacy side as programs in a folder, and the tables that they share.

`autorep` prints the row of a job, `sendevent` writes an event, `pyflyte` the launch plan that it is
asked to start. `sleep` ends the shell that calls it: simulated time passes in its place.
`last-status` is the one in the guide. The others fail while the folder has a file `down`, as
programs do that do not reach their server.
"""

import subprocess
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from tests.documents import blocks
from tests.support import ROOT

_BEGIN = """#!/bin/sh
here=${0%/*}
if [ -e "$here/down" ]; then
    echo "the server does not answer" >&2
    exit 1
fi
"""
AUTOREP = f"""{_BEGIN}
while getopts J: option; do job=$OPTARG; done
if [ ! -e "$here/rows/$job" ]; then
    echo "CAUAJM_E_50111 Invalid Job Name: $job" >&2
    exit 1
fi
echo
echo "Job Name    Last Start           Last End             ST/Ex Run/Ntry Pri/Xit"
echo "___________ ____________________ ____________________ _____ ________ _______"
while read -r row; do echo "$row"; done < "$here/rows/$job"
"""
SENDEVENT = f"""{_BEGIN}
while getopts E:s:J: option; do
    case $option in
    E) event=$OPTARG ;;
    s) status=$OPTARG ;;
    J) job=$OPTARG ;;
    esac
done
case $event:$status in
CHANGE_STATUS:RUNNING | CHANGE_STATUS:INACTIVE) ;;
CHANGE_STATUS:SUCCESS | CHANGE_STATUS:FAILURE | CHANGE_STATUS:TERMINATED) ;;
*)
    echo "not an event: $event $status" >&2
    exit 1
    ;;
esac
if [ ! -e "$here/rows/$job" ]; then
    echo "CAUAJM_E_10022 Invalid job name: $job" >&2
    exit 1
fi
echo "$job $status" >> "$here/events"
"""
PYFLYTE = f"""{_BEGIN}
for plan; do :; done
if [ ! -e "$here/plans/$plan" ]; then
    echo "launch plan $plan does not exist" >&2
    exit 1
fi
echo "$plan" >> "$here/starts"
"""
SLEEP = f"""{_BEGIN.partition("if")[0]}
echo "$1" > "$here/sleeps"
kill -9 $PPID
"""
GUIDE = ROOT / "transpile" / "dialects" / "autosys" / "README.md"


def last_status() -> str:
    """The program `last-status` of the guide."""
    (found,) = (block.body for block in blocks(GUIDE.read_text()) if block.file == "last-status")
    return found


class Programs:
    """A folder of programs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("rows", "plans"):
            (folder / name).mkdir(parents=True)
        scripts = {"autorep": AUTOREP, "sendevent": SENDEVENT, "pyflyte": PYFLYTE, "sleep": SLEEP}
        for name, text in {**scripts, "last-status": last_status()}.items():
            (folder / name).write_text(text)
            (folder / name).chmod(0o755)

    def write_row(
        self, job: str, start: datetime | None, end: datetime | None, status: str, code: int | None
    ) -> None:
        """Let autorep print this of a job."""
        times = (f"{each:%m/%d/%Y %H:%M:%S}" if each else "-----" for each in (start, end))
        row = f"{job} {' '.join(times)} {status[:2]} 1/1 {'' if code is None else code}\n"
        (self.folder / "rows" / job).write_text(row)

    def drop_rows(self, jobs: Iterable[str]) -> None:
        """Jobs are deleted."""
        for job in jobs:
            (self.folder / "rows" / job).unlink()

    def register(self, plans: Iterable[str]) -> None:
        """Let Flyte know launch plans."""
        for plan in plans:
            (self.folder / "plans" / plan).touch()

    def run(self, command: str) -> tuple[int, int]:
        """Run a command until it ends or sleeps: its exit code, or the seconds that it sleeps."""
        shell = ["/bin/sh", "-c", command]
        code = subprocess.run(shell, check=False, capture_output=True).returncode
        return code, sum(map(int, self._taken("sleeps")))

    def events(self) -> Iterator[tuple[str, str]]:
        """The jobs and statuses that were sent since the last question."""
        for line in self._taken("events"):
            job, status = line.split()
            yield job, status

    def starts(self) -> Iterator[str]:
        """The launch plans that were to start since the last question."""
        yield from self._taken("starts")

    def _taken(self, name: str) -> list[str]:
        path = self.folder / name
        if not path.exists():
            return []
        lines = path.read_text().splitlines()
        path.unlink()
        return lines

    def set_down(self, *, down: bool) -> None:
        """Let all programs fail, or let them work again."""
        path = self.folder / "down"
        path.touch() if down else path.unlink(missing_ok=True)
