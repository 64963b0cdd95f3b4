"""Estates as text, and the runs of their emitted workflows over days.

Each file has sections: the sources, each a `file` with its name; `period` with a zone and the first
and last local day; `ends` with a line `JOB [@N] SECONDS [CODE|killed]` for the runs that do not end
after a minute with 0; `outages`; and the expected `runs` and `remarks`, in local time.
"""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from transpile.cli.options import request_of
from transpile.cli.progress import Meter
from transpile.cli.subjects import from_estate
from transpile.model.run_log import JobRun, Period, RunEnd, RunLog
from transpile.proof.delays import NONE, Delays
from transpile.proof.platform_days import PlatformDays
from transpile.proof.plays import Part
from transpile.proof.timeline import Outage

FOLDER = Path(__file__).parent
CASES = sorted(FOLDER.glob("*.txt"))


@dataclass
class ToldEnds:
    """Ends by job and number; number 0 stands for all runs of the job."""

    told: dict[tuple[str, int], RunEnd]

    def of(self, job: str, number: int, start: datetime) -> RunEnd:
        """The end of a run."""
        return self.told.get((job, number)) or self.told.get((job, 0)) or RunEnd()


class Case:
    """One file."""

    def __init__(self, text: str) -> None:
        _, *parts = re.split(r"^-- (.+)\n", text, flags=re.MULTILINE)
        self.sections = dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True))
        zone, first, last = self.sections["period"].split()
        self.zone = ZoneInfo(zone)
        days = (date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=1))
        self.period = Period(zone, *(self._utc(datetime.combine(day, time())) for day in days))

    def _utc(self, local: datetime) -> datetime:
        return local.replace(tzinfo=self.zone).astimezone(timezone.utc)

    @property
    def ends(self) -> ToldEnds:
        """How runs end."""
        told = {}
        for line in self.sections.get("ends", "").splitlines():
            job, *words = line.split()
            number = int(words.pop(0)[1:]) if words[0].startswith("@") else 0
            seconds, code = float(words[0]), (words[1:] or ["0"])[0]
            told[job, number] = RunEnd(seconds, None if code == "killed" else int(code))
        return ToldEnds(told)

    @property
    def outages(self) -> list[Outage]:
        """When the scheduler is down."""
        lines = self.sections.get("outages", "").splitlines()
        moments = [[self._utc(datetime.fromisoformat(text)) for text in n.split()] for n in lines]
        return [Outage(*both) for both in moments]

    def parts(self, folder: Path) -> list[Part]:
        """The emitted workflows."""
        estate, flows = folder / "estate", folder / "flows"
        estate.mkdir()
        for title, text in self.sections.items():
            if title.startswith("file "):
                (estate / title.removeprefix("file ")).write_text(f"{text}\n", encoding="utf-8")
        request = request_of((str(estate),), None)
        planned = request.read(Meter(quiet=True)).planned
        return [target.part() for target in from_estate(planned, flows, execute=False)]

    def play(self, delays: Delays = NONE) -> RunLog:
        """What the emitted workflows do."""
        with tempfile.TemporaryDirectory() as name:
            platform = PlatformDays(self.parts(Path(name)), self.period, delays)
            return platform.play(self.ends, self.outages)

    def shown(self, log: RunLog) -> tuple[str, str]:
        """Runs and remarks, as a file has them."""
        remarks = [
            f"{self._time(one.at)} {one.job} {one.cause.value}: {one.text}" for one in log.remarks
        ]
        return "\n".join(map(self._run, log.runs)), "\n".join(remarks)

    def _run(self, run: JobRun) -> str:
        end = f"{self._time(run.end)} {run.state.value}" if run.end and run.state else "goes on"
        code = "" if run.code is None else f" {run.code}"
        return f"{self._time(run.start)} {run.job} @{run.number} {end}{code}"

    def _time(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.zone):%a %H:%M:%S}".removesuffix(":00")


def rewritten(path: Path) -> Iterator[str]:
    """The text of a file with what happens now."""
    case = Case(path.read_text(encoding="utf-8"))
    runs, remarks = case.shown(case.play())
    sections = case.sections | {"runs": runs} | ({"remarks": remarks} if remarks else {})
    for name, text in sections.items():
        yield f"-- {name}\n{text}\n\n"
