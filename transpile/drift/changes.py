"""What changes about one job or workflow: attributes, conditions and start times."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from transpile.drift.attributes import (
    STARTS,
    Said,
    said_of_network,
    start_rule_in_words,
    without,
)
from transpile.drift.conditions import Contrast, contrast, renamed
from transpile.drift.dates import Dates, Span, compare_dates, excluded_dates
from transpile.drift.matching import Matches
from transpile.drift.sides import Key, Side
from transpile.model import TRUE, Condition
from transpile.model.day_engine import WAITS
from transpile.model.schedule import StartRule
from transpile.model.words import NOTHING

_IN_PLAN = f"{WAITS} in the plan"
_START_RULE = "start rule"
_ENDS = ("succeeds", "fails")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes: `old` and `new` are its texts.

    `contrast` is about a condition, `dates` about start times; both may say that the meaning is the
    same, although it is written differently.
    """

    what: str
    old: str = ""
    new: str = ""
    contrast: Contrast | None = None
    dates: Dates | None = None
    is_same: bool = False

    @property
    def label(self) -> str:
        """What changes, in words."""
        if self.what not in _ENDS:
            return "condition" if self.what == STARTS else self.what
        return f"condition under which the box {self.what}"


def changes_of_job(
    old: Side, new: Side, pair: tuple[Key, Key], matches: Matches, span: Span
) -> tuple[Change, ...]:
    """What changes about a job that both versions have."""
    first, second = pair
    names = matches.names(first.network)
    job, other = old.jobs[first], new.jobs[second]
    found = list(_changes(without(old.said(first), names), new.said(second), names))
    if any(change.what == STARTS and not change.is_same for change in found):
        # The plan says it once more, in the terms of the scheduler.
        found = [change for change in found if change.what not in (WAITS, _IN_PLAN)]
    found += _start_rules(job.start_rule, other.start_rule, span)
    dates = compare_dates(old, new, pair, (first.network, second.network), span)
    if dates is not None:
        # Their change shows both spellings already.
        notes = new.groups[second.network].schedule_notes(second.name)
        found = [change for change in found if not (change.is_same and change.what in notes)]
        found.append(Change("start times", dates=dates, is_same=dates.is_same))
    return tuple(found)


def changes_of_network(
    old: Side, new: Side, pair: tuple[int, int], span: Span
) -> tuple[Change, ...]:
    """What changes about a workflow as a whole."""
    first, second = (side.groups[n] for side, n in zip((old, new), pair, strict=True))
    left = said_of_network(first.said, first.details.get(None, {}))
    right = said_of_network(second.said, second.details.get(None, {}))
    found = list(_changes(left, right, {}))
    dates = compare_dates(old, new, (None, None), pair, span)
    if dates is not None:
        found.append(Change("start times", dates=dates, is_same=dates.is_same))
    return tuple(found)


def _start_rules(old: StartRule | None, new: StartRule | None, span: Span) -> Iterator[Change]:
    """The change of what is checked before each start; days of calendars count, not names."""
    before, after = start_rule_in_words(old), start_rule_in_words(new)
    days = [excluded_dates(rule.excluded if rule else (), span) for rule in (old, new)]
    gone, come = sorted(days[0] - days[1]), sorted(days[1] - days[0])
    if gone or come:
        yield Change(_START_RULE, _with(before, gone), _with(after, come))
    elif before != after:
        frames = {(rule.window, rule.timezone) if rule else (None, None) for rule in (old, new)}
        yield Change(_START_RULE, before, after, is_same=len(frames) == 1)


def _with(rule: str, days: Sequence[date]) -> str:
    """A start rule with the first days that only it leaves out."""
    shown = ", ".join(map(str, days[:5])) + (f" and {len(days) - 5} more" if days[5:] else "")
    return f"{rule} ({shown})" if days else rule


def _changes(old: Said, new: Said, names: Mapping[str, str]) -> Iterator[Change]:
    has_condition = False
    for what in dict.fromkeys((*old.conditions, *new.conditions)):
        if change := _condition(what, old, new, names):
            has_condition = True
            yield change
    for what in dict.fromkeys((*old.texts, *new.texts)):
        before, after = old.texts.get(what, NOTHING), new.texts.get(what, NOTHING)
        if before != after:
            yield Change(what, before, after)
    for what in dict.fromkeys((*old.spelled, *new.spelled)):
        before, after = old.spelled.get(what, NOTHING), new.spelled.get(what, NOTHING)
        if before != after and not (has_condition and what in ("condition", "box rule")):
            yield Change(what, before, after, is_same=True)


def _condition(what: str, old: Said, new: Said, names: Mapping[str, str]) -> Change | None:
    """The change of a condition's meaning."""
    left, right = old.conditions.get(what), new.conditions.get(what)
    texts = "condition" if what == STARTS else "box rule"
    change = Change(what, old.spelled.get(texts, NOTHING), new.spelled.get(texts, NOTHING))
    if what != STARTS and (left is None) is not (right is None):
        # A box without a rule ends by another rule, not by a condition that always holds.
        return change
    if left is None and right is None:
        return None
    found = contrast(renamed(_or_true(left), names), _or_true(right))
    return replace(change, contrast=found) if found else None


def _or_true(condition: Condition | None) -> Condition:
    return TRUE if condition is None else condition
