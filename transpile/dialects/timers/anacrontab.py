"""Reads anacrontabs into lines, and tells when anacron starts them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from transpile.dialects.timers.codes.cron import CronReading, RefusedCronLine
from transpile.dialects.timers.cron_clock import CronClock
from transpile.dialects.timers.cron_fields import CronFields
from transpile.dialects.timers.crontab import Variable, looks_like_job
from transpile.dialects.timers.settings import SYSTEMD, VIXIE, TimerSettings
from transpile.findings.codes.reading import NulCharacter
from transpile.findings.diagnostics import Diagnostics
from transpile.model.days import WEEK, DayRule, Days, Every, week_day
from transpile.sources.text import Source, Span

DAILY, WEEKLY, MONTHLY, YEARLY = "@daily", "@weekly", "@monthly", "@yearly"
HOURS_RANGE = "START_HOURS_RANGE"
_ALWAYS = (MONTHLY, YEARLY)
_NEWER = (*_ALWAYS, DAILY, WEEKLY, "@annually")
"""The periods of Debian's anacron, and those of cronie's."""

_COUNTS = {DAILY: 1, WEEKLY: 7}
_JOB = re.compile(r"([0-9]+|@[^ \t]+)[ \t]+([0-9]+)[ \t]+([^ \t/]+)[ \t]+([^ \t].*)")
_SURE_JOB = re.compile(
    r"([0-9]{1,3}|@[a-z]+)[ \t]+[0-9]{1,4}[ \t]+[A-Za-z][\w.-]*[ \t]+[A-Za-z/.~$\[(\"'`{]"
)
_ANACRON_VARIABLE = re.compile(r"([^ \t=]+)[ \t]*=(.*)")
_RANGE = re.compile(r"([0-9]{1,2})-([0-9]{1,2})")
_LONGEST_NUMBER, _SURE_DAY = 9, 28
_DAY = 24 * 60
_SET_TIME = "set the time at which anacron starts in transpile.toml: anacron under [timers]"
_SET_DAY = 'name a day on which it ran in transpile.toml: "{}" = 2026-01-05 under [timers.since]'


@dataclass(frozen=True, slots=True)
class AnacronLine:
    """A job of anacron: so many minutes after anacron starts on a day that is its turn.

    The period is a number of days, or a name such as @monthly.
    """

    text: str
    span: Span
    period: str
    delay: int
    identifier: str
    command: str
    at: Span
    variables: Mapping[str, Variable] = field(default_factory=dict)


def is_anacrontab(head: str) -> bool:
    """True if most lines are those of an anacrontab, and at least one is a job."""
    if head.startswith("#!") or "\0" in head:
        return False
    good = bad = 0
    for line in head.split("\n"):
        text = line.strip(" \t")
        if not text or text.startswith("#") or _ANACRON_VARIABLE.match(text):
            continue
        match = _SURE_JOB.match(text)
        if match and (match[1].isdigit() or match[1] in _NEWER) and not looks_like_job(text):
            good += 1
        else:
            bad += 1
    return good > bad


def read_anacrontab(
    source: Source, settings: TimerSettings, diagnostics: Diagnostics
) -> list[AnacronLine]:
    """The jobs of an anacrontab; reports lines that anacron skips."""
    found: list[AnacronLine] = []
    variables: dict[str, Variable] = {}
    is_shared = False
    for span, text, dropped in _logical_lines(source, settings.engine):
        if not text or text.startswith("#"):
            continue
        if "\0" in text:
            diagnostics.add(NulCharacter(key="the line"), span, text=text)
        elif pair := _ANACRON_VARIABLE.fullmatch(text):
            variables = dict(variables) if is_shared else variables
            is_shared = False
            variables[pair[1]] = Variable(pair[1], pair[2], span)
        else:
            try:
                found.append(_job(text, span, variables, settings.engine))
                is_shared = True
            except ValueError as error:
                refused = RefusedCronLine(
                    engine="anacron", reason=str(error), effect="it skips the line"
                )
                diagnostics.add(refused, span, text=text)
        if dropped:
            reading = "nothing: Debian's anacron drops backslashes"
            diagnostics.add(CronReading(text="\\", reading=reading), span, text=text)
    return found


def _logical_lines(source: Source, engine: str) -> Iterator[tuple[Span, str, bool]]:
    """The lines without blanks around them, and whether Debian's anacron drops backslashes.

    A backslash at the end continues a line: read_tab_line in readtab.c.
    """
    parts: list[str] = []
    first = 1
    lines = source.text.split("\n")
    for number, line in enumerate(lines, 1):
        goes_on = line.endswith("\\") and number < len(lines)
        parts.append(line[:-1] if goes_on else line)
        if goes_on:
            continue
        whole = " ".join(parts)
        kept = whole.replace("\\", "") if engine == VIXIE else whole
        text = kept.lstrip(" \t")
        yield Span(source.label, first, len(kept) - len(text) + 1), text, kept != whole
        parts, first = [], number + 1


def _job(text: str, span: Span, variables: Mapping[str, Variable], engine: str) -> AnacronLine:
    """The job of a line. Raises ValueError with the reason."""
    match = _JOB.fullmatch(text)
    if match is None:
        raise ValueError("it is not `period delay identifier command`")
    period, delay = match[1], match[2].lstrip("0") or "0"
    known = _ALWAYS if engine == VIXIE else _NEWER
    if period.startswith("@") and period not in known:
        raise ValueError(f"{period} is none of its periods, {', '.join(known)}")
    if max(len(period.lstrip("0")), len(delay)) > _LONGEST_NUMBER and not period.startswith("@"):
        raise ValueError("a number is out of range")
    if len(delay) > _LONGEST_NUMBER:
        raise ValueError("a number is out of range")
    period = YEARLY if period == "@annually" else period.lstrip("0") or "0"
    at = Span(span.file, span.line, span.column + match.start(4))
    minutes = int(delay) if int(delay) <= _DAY else 0
    return AnacronLine(text, span, period, minutes, match[3], match[4], at, variables)


# -------------------------------------------------------------------- start times


@dataclass(frozen=True, slots=True)
class AnacronStart:
    """When a job starts; `doubt` says why that is not known, or not just so, `help` what to do."""

    clock: CronClock | None
    doubt: str = ""
    help: str | None = None


def anacron_start(line: AnacronLine, settings: TimerSettings) -> AnacronStart:
    """When anacron starts the job, on a machine that runs all the time."""
    hour, minute = settings.anacron
    later, start = divmod(hour * 60 + minute + line.delay, _DAY)
    hours = _hours_range(line, settings)
    if hours is not None and not hours[0] <= start // 60 < hours[1]:
        shown = "{:02}:{:02}".format(*divmod(start, 60))
        doubt = f"{HOURS_RANGE} leaves out {shown}, when anacron would start it"
        return AnacronStart(None, doubt, _SET_TIME)
    days, doubt = _days(line, settings.since.get(line.identifier), later)
    told = _SET_DAY.format(line.identifier) if doubt else None
    if days is None:
        return AnacronStart(None, doubt, told)
    fields = CronFields(
        frozenset((start % 60,)),
        frozenset((start // 60,)),
        frozenset(range(1, 32)),
        frozenset(range(1, 13)),
        frozenset(range(7)),
    )
    return AnacronStart(CronClock(fields, once=settings.engine == SYSTEMD, only=days), doubt, told)


def _hours_range(line: AnacronLine, settings: TimerSettings) -> tuple[int, int] | None:
    """The hours between which cronie's anacron starts jobs."""
    variable = line.variables.get(HOURS_RANGE)
    match = _RANGE.fullmatch(variable.value) if variable else None
    if match is None or settings.engine == VIXIE:
        return None
    return int(match[1]), int(match[2])


def _days(line: AnacronLine, since: date | None, later: int) -> tuple[Days | None, str]:
    """The days of a job that starts so many days after anacron, and what is doubtful about them."""
    if line.period in (MONTHLY, YEARLY):
        return _calendar_days(line.period, since, later)
    count = _COUNTS.get(line.period) or int(line.period.lstrip("@") or 0)
    if count == 1:
        return Days(), ""
    if count == 0:
        return None, "anacron runs it whenever it starts, however often that is"
    if since is None:
        return None, f"it runs every {count} days, but the day of its last run is not known"
    first = since + timedelta(days=later)
    if count == len(WEEK):
        return Days((DayRule(week=(week_day(first),)),)), ""
    return Days((DayRule(every=Every(count, (first,))),)), ""


def _calendar_days(period: str, since: date | None, later: int) -> tuple[Days, str]:
    """consider_job in lock.c counts the days of the last month or year from the last run."""
    day = min(since.day if since else 1, _SURE_DAY) + later
    months: tuple[int, ...] = ()
    if period == MONTHLY:
        told = f"day {day} of each month"
        unit = "month"
    else:
        month = since.month if since else 1
        told = f"day {day} of month {month}"
        unit, months = "year", (month,)
    doubt = (
        f"anacron starts it a {unit} after its last run, and some days earlier after a shorter "
        f"{unit}; the launch plan starts it on {told}"
    )
    return Days((DayRule(month_days=(day,), months=months),)), doubt
