"""Cases of engines over days: a source, how its runs end, and the timeline that is expected.

A file of tests/days has cases. A case begins with a line `=== title`. Its source follows, then
parts, each behind a line that begins with `--- `: `period ZONE FIRST_DAY DAYS`, `ends` with lines
`JOB: 10m 3, 5s, 1h killed` for its runs, one after another, the last one for all that follow (one
minute and exit code 0 unless given), `readings` with lines `name = answer`, and `operations` with
lines `DAY hh:mm EVENT NAME VALUE`. Behind `--->` stands the timeline: runs as `DAY hh:mm-hh:mm JOB
state` and remarks as `DAY hh:mm JOB: cause: text`, all in local time.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from transpile.analysis import analyse
from transpile.dialects import DIALECTS, SCHEDULERS
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Facts, Rules, Site
from transpile.model.run_log import JobRun, Operation, Period, RunEnd, RunLog
from transpile.sources.text import Source

PROJECT = Source("p.project", "azkaban-flow-version: 2.0\n")
SUFFIXES = {"autosys": ".jil", "tws": ".txt", "dagman": ".dag", "azkaban": ".flow"}
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class Ends:
    """Ends of runs by job: the last one of a job repeats."""

    def __init__(self, table: Mapping[str, list[RunEnd]]) -> None:
        self.table = table
        self.asked: list[tuple[str, int]] = []

    def of(self, job: str, number: int, start: datetime) -> RunEnd:
        assert start.tzinfo is timezone.utc
        self.asked.append((job, number))
        ends = self.table.get(job)
        return ends[min(number, len(ends)) - 1] if ends else RunEnd()


class Case(NamedTuple):
    """A source of a dialect, and what happens in a period."""

    dialect: str
    text: str
    parts: Mapping[str, list[str]]
    expected: list[str]


def cases(path: Path) -> Iterator[tuple[str, Case]]:
    """The cases of a file, with their titles."""
    for part in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        title, _, rest = part.partition("\n")
        source, _, expected = rest.partition("--->\n")
        text, *others = re.split(r"^--- ", source, flags=re.M)
        parts = {}
        for other in others:
            head, _, body = other.partition("\n")
            word, *given = head.split(maxsplit=1)
            parts[word] = [*given, *filter(None, body.splitlines())]
        yield title, Case(path.stem, text, parts, [line for line in expected.splitlines() if line])


def facts_of(dialect: str, text: str, zone: str = "UTC") -> list[Facts]:
    """The facts about the networks of a source; the server's zone is `zone`."""
    sources = [Source(f"flow{SUFFIXES[dialect]}", text)]
    sources += [PROJECT] if dialect == "azkaban" else []
    site = Site(timezones=(("default", zone),))
    diagnostics = Diagnostics()
    networks = DIALECTS[dialect].read(sources, diagnostics, site)
    return [analyse(network, Rules(), SCHEDULERS, diagnostics) for network in networks]


def period_of(case: Case) -> Period:
    """The period of a case: two days from Monday, 2 November 2026 unless it says otherwise."""
    zone, first, days = (*case.parts.get("period", ("UTC 2026-11-02 2",)),)[0].split()
    begin = datetime.fromisoformat(first).replace(tzinfo=ZoneInfo(zone))
    end = begin + timedelta(days=int(days))
    return Period(zone, begin.astimezone(timezone.utc), end.astimezone(timezone.utc))


def _end(text: str) -> RunEnd:
    seconds, code, outputs = 60.0, 0, {}
    for word in text.split():
        if found := re.fullmatch(r"(\d+)([smhd])", word):
            seconds = float(int(found[1]) * _SECONDS[found[2]])
        elif "=" in word:
            key, _, value = word.partition("=")
            outputs[key] = value
        else:
            code = None if word == "killed" else int(word)
    return RunEnd(seconds, code, tuple(outputs.items()))


def log_of(case: Case) -> RunLog:
    """What the engine makes of a case."""
    period = period_of(case)
    (facts,) = facts_of(case.dialect, case.text, period.zone)
    chosen = dict(re.split(r"\s*=\s*", line) for line in case.parts.get("readings", ()))
    table = {}
    for line in case.parts.get("ends", ()):
        job, _, ends = line.rpartition(": ")
        table[job] = [_end(text) for text in ends.split(",")]
    operations = []
    for line in case.parts.get("operations", ()):
        day, at, event, name, *value = line.split(maxsplit=4)
        begin = period.local(period.begin)
        hour, minute = map(int, at.split(":"))
        moment = begin.replace(day=int(day), hour=hour, minute=minute)
        operations.append(Operation(moment.astimezone(timezone.utc), event, name, *value))
    engine = facts.said.engine.over_days(facts, period, chosen)
    return engine.play(Ends(table), operations)


def _clock(moment: datetime) -> str:
    text = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    return f"{text} again" if moment.fold else text


def shown_run(run: JobRun, period: Period) -> str:
    """A run on one line."""
    start = period.local(run.start)
    text = f"{start:%d} {_clock(start)}-"
    if run.end is None or run.state is None:
        return f"{text}... {run.job}"
    end = period.local(run.end)
    text += _clock(end) if end.date() == start.date() else f"{end:%d} {_clock(end)}"
    code = f" {run.code}" if run.code else ""
    return f"{text} {run.job} {run.state.value}{code}"


def timeline(log: RunLog, period: Period) -> list[str]:
    """Runs and remarks in order of time, runs first; then the readings that decided something."""
    found = [(run.start, 0, shown_run(run, period)) for run in log.runs]
    for remark in log.remarks:
        at = period.local(remark.at)
        text = f"{at:%d} {_clock(at)} {remark.job}: {remark.cause.value}: {remark.text}"
        found.append((remark.at, 1, text))
    readings = [f"{name} = {answer}" for name, answer in log.readings.items()]
    return [text for *_, text in sorted(found, key=lambda item: item[:2])] + readings
