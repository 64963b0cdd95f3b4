"""Turns the trigger of a flow into a schedule: a Quartz expression into five cron fields."""

import re

from transpile.dialects.azkaban.codes.projects import DataTrigger, SecondsIgnored, UntranslatedCron
from transpile.dialects.azkaban.model import Flow
from transpile.dialects.kit import cron
from transpile.dialects.kit.cron import CronError, Field, number_of
from transpile.dialects.kit.values import runs
from transpile.findings.codes.schedules import NoTimeZone
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Schedule

_MONTHS = tuple(month.upper() for month in cron.MONTHS)
DAYS = tuple(day.upper() for day in cron.DAYS)
_PART = re.compile(
    r"(?:(?P<all>\*)|(?P<first>[0-9A-Z]+)(?:-(?P<last>[0-9A-Z]+))?)"
    r"(?:/(?P<step>(?!0+$)[0-9]{1,4}))?"
)
_DAY_NAMES = re.compile(r"[A-Z]{3}(?:-[A-Z]{3})?(?!.*[#L])")


SECONDS = Field("seconds", 0, 59)
FIELDS = (
    Field("minutes", 0, 59),
    Field("hours", 0, 23),
    Field("days of the month", 1, 31),
    Field("months", 1, 12, _MONTHS),
    Field("days of the week", 1, 7, DAYS),
)


def build_schedule(flow: Flow, zone: str | None, diagnostics: Diagnostics) -> Schedule | None:
    """The schedule of the flow, if Flyte has an equivalent; `zone` is that of Azkaban's server."""
    trigger = flow.trigger
    if trigger is None:
        return None
    if trigger.dependencies:
        names = ", ".join(name for name, _ in trigger.dependencies)
        first = trigger.dependencies[0].span
        diagnostics.add(DataTrigger(flow=flow.name, names=names), first, text=names)
        return None
    text, span = trigger.cron
    try:
        cron, second = five_fields(text)
    except CronError as error:
        diagnostics.add(UntranslatedCron(cron=text, reason=str(error)), span, text=text)
        return None
    if second:
        diagnostics.add(SecondsIgnored(cron=text, second=second), span, text=text)
    if zone is None:
        diagnostics.add(NoTimeZone(), span)
    return Schedule(span, timezone=zone, cron=cron)


def five_fields(expression: str) -> tuple[str, int]:
    """The five fields and the second at which Quartz starts. Raises CronError."""
    parts = expression.upper().split()
    if len(parts) not in (6, 7):
        raise CronError("it does not have six or seven fields")
    if len(parts) == 7 and parts[6] != "*":
        raise CronError("Flyte's schedules have no years")
    if (parts[3] == "?") == (parts[5] == "?"):
        raise CronError("Quartz needs ? for either the days of the month or the days of the week")
    seconds = numbers(parts[0], SECONDS)
    if len(seconds) != 1:
        raise CronError("Flyte's schedules have no seconds")
    found = [_spelled(text, field) for text, field in zip(parts[1:6], FIELDS, strict=True)]
    return " ".join(found), seconds[0]


def _spelled(text: str, field: Field) -> str:
    if text in ("*", "?"):
        return "*"
    # In Quartz, Sunday is 1.
    off = 1 if field.words == DAYS else 0
    found = [number - off for number in numbers(text, field)]
    low, high = field.low - off, field.high - off
    if len(found) == high - low + 1:
        return "*"
    step = found[1] - found[0] if len(found) > 2 else 0
    if step > 1 and found == list(range(low, high + 1, step)):
        return f"*/{step}"
    return ",".join(_ranges(found))


def _ranges(found: list[int]) -> list[str]:
    """The numbers as text; three or more consecutive ones become a range."""
    parts: list[str] = []
    for first, last in runs(found):
        many = last - first > 1
        parts += [f"{first}-{last}"] if many else map(str, range(first, last + 1))
    return parts


def numbers(text: str, field: Field) -> list[int]:
    """The numbers that a field allows, in order. Raises CronError."""
    found: set[int] = set()
    for whole in text.split(","):
        # CronExpression ignores what follows a name or a range of names.
        named = _DAY_NAMES.match(whole)
        part = named[0] if named and field.words else whole
        match = _PART.fullmatch(part)
        if match is None:
            raise CronError(f"{part or 'an empty part'} for the {field.name} is not supported")
        first = field.low if match["all"] else number_of(match["first"], field)
        ends_late = match["all"] or match["step"]
        last = field.high if ends_late else first
        if match["last"]:
            last = number_of(match["last"], field)
        step = int(match["step"] or 1)
        size = field.high - field.low + 1
        # A range may wrap around, such as FRI-MON.
        last += size if last < first else 0
        found |= {(n - field.low) % size + field.low for n in range(first, last + 1, step)}
    return sorted(found)
