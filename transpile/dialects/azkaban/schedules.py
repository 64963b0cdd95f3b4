"""The trigger of a flow to a schedule: Quartz's cron expressions to those of five fields."""

import re
from typing import NamedTuple

from transpile.dialects.azkaban.codes.projects import DataTrigger, SecondsIgnored, UntranslatedCron
from transpile.dialects.azkaban.model import Flow
from transpile.dialects.kit.values import runs
from transpile.findings.codes.schedules import NoTimeZone
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Schedule

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_PART = re.compile(
    r"(?P<all>\*)?(?P<first>[0-9A-Z]+)?(?:-(?P<last>[0-9A-Z]+))?(?:/(?P<step>[0-9]{1,4}))?"
)
_NAMES = re.compile(r"[A-Z]{3}(?:-[A-Z]{3})?(?!.*[#L])")


class CronError(Exception):
    """The expression cannot be said in five fields; the message says why."""


class _Field(NamedTuple):
    name: str
    low: int
    high: int
    words: tuple[str, ...] = ()


_SECONDS = _Field("seconds", 0, 59)
_FIELDS = (
    _Field("minutes", 0, 59),
    _Field("hours", 0, 23),
    _Field("days of the month", 1, 31),
    _Field("months", 1, 12, _MONTHS),
    _Field("days of the week", 1, 7, _DAYS),
)


def build_schedule(flow: Flow, zone: str | None, diagnostics: Diagnostics) -> Schedule | None:
    """When the flow starts by itself, if Flyte can say it; `zone` is that of Azkaban's server."""
    trigger = flow.trigger
    if trigger is None:
        return None
    if trigger.dependencies:
        names = ", ".join(name for name, _ in trigger.dependencies)
        span = trigger.dependencies[0].span
        diagnostics.add(DataTrigger(flow=flow.name, names=names), span, text=names)
        return None
    try:
        cron, second = five_fields(trigger.cron.text)
    except CronError as error:
        diagnostics.add(
            UntranslatedCron(cron=trigger.cron.text, reason=str(error)),
            trigger.cron.span,
            text=trigger.cron.text,
        )
        return None
    if second:
        diagnostics.add(
            SecondsIgnored(cron=trigger.cron.text, second=second),
            trigger.cron.span,
            text=trigger.cron.text,
        )
    if zone is None:
        diagnostics.add(NoTimeZone(), trigger.cron.span)
    return Schedule(trigger.cron.span, timezone=zone, cron=cron)


def five_fields(expression: str) -> tuple[str, int]:
    """The expression for Flyte, and the second at which Quartz starts. Raises CronError."""
    parts = expression.upper().split()
    if len(parts) not in (6, 7):
        raise CronError("it has not six or seven fields")
    if len(parts) == 7 and parts[6] != "*":
        raise CronError("Flyte's schedules know no years")
    if (parts[3] == "?") == (parts[5] == "?"):
        raise CronError("Quartz wants ? for either the days of the month or those of the week")
    seconds = _numbers(parts[0], _SECONDS)
    if len(seconds) != 1:
        raise CronError("Flyte's schedules know no seconds")
    found = [_spelled(text, field) for text, field in zip(parts[1:6], _FIELDS, strict=True)]
    return " ".join(found), seconds[0]


def _spelled(text: str, field: _Field) -> str:
    if text in ("*", "?"):
        return "*"
    # Quartz counts days of the week from Sunday = 1.
    off = 1 if field.words == _DAYS else 0
    numbers = [number - off for number in _numbers(text, field)]
    low, high = field.low - off, field.high - off
    if len(numbers) == high - low + 1:
        return "*"
    step = numbers[1] - numbers[0] if len(numbers) > 2 else 0
    if step > 1 and numbers == list(range(low, high + 1, step)):
        return f"*/{step}"
    return ",".join(_ranges(numbers))


def _ranges(numbers: list[int]) -> list[str]:
    """The numbers; three and more in a row are a range."""
    parts: list[str] = []
    for first, last in runs(numbers):
        many = last - first > 1
        parts += [f"{first}-{last}"] if many else map(str, range(first, last + 1))
    return parts


def _numbers(text: str, field: _Field) -> list[int]:
    found: set[int] = set()
    for whole in text.split(","):
        # Quartz: CronExpression reads nothing behind a name, or behind a range of names.
        named = _NAMES.match(whole)
        part = named[0] if named and field.words else whole
        match = _PART.fullmatch(part)
        if match is None or bool(match["all"]) == bool(match["first"]):
            raise CronError(f"{part or 'nothing'} for the {field.name} has no equal")
        if match["all"] and match["last"]:
            raise CronError(f"{part} for the {field.name} has no equal")
        first = field.low if match["all"] else _number(match["first"], field)
        ends_late = match["all"] or match["step"]
        last = field.high if ends_late else first
        if match["last"]:
            last = _number(match["last"], field)
        step = int(match["step"] or 1)
        if step == 0:
            raise CronError(f"{part} for the {field.name} has no equal")
        size = field.high - field.low + 1
        # Quartz: a range may go round, as FRI-MON does.
        last += size if last < first else 0
        found |= {(n - field.low) % size + field.low for n in range(first, last + 1, step)}
    return sorted(found)


def _number(text: str, field: _Field) -> int:
    if text in field.words:
        return field.words.index(text) + field.low
    if not text.isdigit() or not field.low <= int(text) <= field.high:
        raise CronError(f"{text} for the {field.name} has no equal")
    return int(text)
