"""Cases of engines over days: a source text, how runs end, and the runs that follow.

A case begins with a line `=== title`. Lines about it follow: `from DATE`, `days N`, `zone ZONE`,
`default SECONDS CODE`, `run JOB#N SECONDS CODE`, `event TIME EVENT NAME VALUE`, `reading
NAME=ANSWER`. Behind `---` stands the source, and behind `--->` the runs, in order of their starts:
`JOB from TIME to TIME STATUS`, in local time, with the day counted from the first one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from transpile.analysis import analyse
from transpile.dialects import SCHEDULERS, by_name
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Rules
from transpile.model.run_log import JobRun, Operation, Period, RunEnd, RunLog
from transpile.model.zones import DEFAULT
from transpile.proof.run_ends import GivenEnds
from transpile.proof.source_days import SourceDays, period_of
from transpile.report.night_report import WORDS
from transpile.sources.text import Source

FIRST = "2026-05-13"


@dataclass(slots=True)
class DayCase:
    """One case; `head` are the lines about it."""

    title: str
    head: list[str]
    text: str
    expected: list[str]
    readings: dict[str, str] = field(default_factory=dict)
    runs: dict[str, RunEnd] = field(default_factory=dict)
    default: RunEnd = field(default_factory=RunEnd)
    operations: list[Operation] = field(default_factory=list)
    begin: str = FIRST
    days: int = 1
    zone: str = "UTC"

    def __post_init__(self) -> None:
        for line in self.head:
            word, *rest = line.split()
            match word:
                case "from":
                    self.begin = rest[0]
                case "days":
                    self.days = int(rest[0])
                case "zone":
                    self.zone = rest[0]
                case "default":
                    self.default = _end(*rest)
                case "run":
                    self.runs[rest[0]] = _end(*rest[1:])
                case "reading":
                    name, _, answer = rest[0].partition("=")
                    self.readings[name] = answer
                case "event":
                    at = datetime.fromisoformat(rest[0].replace("Z", "+00:00"))
                    self.operations.append(Operation(at, rest[1], rest[2], " ".join(rest[3:])))
                case _:
                    raise ValueError(f"{self.title}: {line}")

    @property
    def period(self) -> Period:
        """The days that are played."""
        return period_of(datetime.fromisoformat(self.begin), self.days, self.zone)

    def play(self, dialect: str) -> RunLog:
        """What the engine of a dialect says."""
        found = by_name(dialect)
        assert found is not None
        rules = Rules()
        site = replace(rules.site, timezones=((DEFAULT, self.zone),))
        diagnostics = Diagnostics()
        networks = found.read([Source("case", self.text)], diagnostics, site)
        facts = [analyse(network, rules, SCHEDULERS, diagnostics) for network in networks]
        days = SourceDays(facts, self.period, self.readings)
        return days.play(GivenEnds(self.default, self.runs), self.operations)

    def lines(self, log: RunLog) -> list[str]:
        """The runs of a log as the file writes them."""
        return [self._line(run) for run in log.runs]

    def _line(self, run: JobRun) -> str:
        end = f" to {self._time(run.end)}" if run.end else ""
        word = WORDS[run.state] if run.state else "goes on"
        return f"{run.job} from {self._time(run.start)}{end} {word}"

    def _time(self, moment: datetime) -> str:
        local, first = self.period.local(moment), self.period.local(self.period.begin)
        day = (local.date() - first.date()).days + 1
        seconds = f":{local:%S}" if local.second else ""
        twice = " again" if local.fold else ""
        return f"{day}/{local:%H:%M}{seconds}{twice}"


def _end(seconds: str, code: str) -> RunEnd:
    return RunEnd(float(seconds), None if code == "null" else int(code))


def read_cases(path: Path) -> list[DayCase]:
    """The cases of a file."""
    _, *parts = re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)
    return list(map(_read, parts))


def _read(part: str) -> DayCase:
    title, _, rest = part.partition("\n")
    head, _, rest = f"\n{rest}".partition("\n---\n")
    text, _, expected = rest.partition("--->\n")
    return DayCase(title, head.split("\n")[1:], text, expected.splitlines())


def write_cases(path: Path, cases: Iterator[tuple[DayCase, list[str]]]) -> None:
    """Write a file with these runs."""
    parts = (
        "\n".join([f"=== {case.title}", *case.head, "---", f"{case.text}--->", *lines, ""])
        for case, lines in cases
    )
    path.write_text("".join(parts), encoding="utf-8")
