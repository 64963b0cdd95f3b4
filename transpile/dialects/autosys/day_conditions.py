"""Conditions of AutoSys over days: statuses are latched, whatever their age."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from transpile.dialects.autosys.day_jobs import FAILURE, SUCCESS, TERMINATED, Row, Test
from transpile.model import (
    COMPARISONS,
    All,
    AnyOf,
    Atom,
    Condition,
    ExitCode,
    GlobalValue,
    OutputValue,
    Status,
    StatusTest,
    holds_of_ice,
    label_of,
)

_STATUSES = {
    StatusTest.SUCCESS: frozenset((SUCCESS,)),
    StatusTest.FAILURE: frozenset((FAILURE,)),
    StatusTest.TERMINATED: frozenset((TERMINATED,)),
    StatusTest.DONE: frozenset((SUCCESS, FAILURE, TERMINATED)),
}
"""AutoSys: d() includes TERMINATED; f() does not."""

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Asks:
    """The answers to open questions, asked when they decide something.

    `clears_code`: a job that runs has no exit code. `ages_idle`: n() heeds its look-back.
    """

    clears_code: Callable[[], bool]
    ages_idle: Callable[[], bool]


class Conditions:
    """Makes tests of conditions over the rows of all jobs.

    Jobs `outside` of the estate are taken to have succeeded.
    """

    def __init__(
        self,
        rows: Mapping[str, Row],
        values: Mapping[str, str | None],
        outside: frozenset[str],
        now: Now,
        asks: Asks,
    ) -> None:
        self._rows = rows
        self._values = values
        self._outside = outside
        self._now = now
        self._asks = asks

    def test(self, condition: Condition, me: Row) -> Test:
        """A test of the condition of a job."""
        if isinstance(condition, All | AnyOf):
            tests = tuple(self.test(term, me) for term in condition.terms)
            if len(tests) == 1:
                return tests[0]
            return partial(_all if isinstance(condition, All) else _any, tests)
        return self._of_atom(condition, me)

    def _of_atom(self, atom: Atom, me: Row) -> Test:
        if isinstance(atom, GlobalValue):
            return partial(self._value, atom)
        if isinstance(atom, OutputValue):
            return _false
        label = label_of(atom)
        row = self._rows.get(label)
        if row is None:
            # AutoSys: a condition on an unknown job is false for ever.
            return _true if self._is_true_outside(label, atom) else _false
        if isinstance(atom, ExitCode):
            return self._young(partial(self._code, row, atom), row, atom.lookback, me)
        if atom.test is StatusTest.NOT_RUNNING:
            idle = partial(_is_idle, row)
            if atom.lookback is None:
                return idle
            young = self._young(_true, row, atom.lookback, me)
            return lambda: idle() and (not self._asks.ages_idle() or young())
        statuses = _STATUSES[atom.test]
        test = partial(_has_status, row, statuses, holds_of_ice(atom))
        return self._young(test, row, atom.lookback, me)

    def _is_true_outside(self, label: str, atom: Status | ExitCode) -> bool:
        if isinstance(atom, Status) and atom.test is StatusTest.NOT_RUNNING:
            return True
        if label not in self._outside:
            return False
        if isinstance(atom, ExitCode):
            return COMPARISONS[atom.operator](0, atom.value)
        return atom.test in (StatusTest.SUCCESS, StatusTest.DONE)

    def _value(self, atom: GlobalValue) -> bool:
        """AutoSys: v() of a global that was never set is false."""
        value = self._values.get(atom.name)
        return value is not None and COMPARISONS[atom.operator](value, atom.value)

    def _code(self, row: Row, atom: ExitCode) -> bool:
        if row.is_iced or row.code is None or (row.is_running and self._asks.clears_code()):
            return False
        return COMPARISONS[atom.operator](row.code, atom.value)

    def _young(self, test: Test, row: Row, lookback: int | None, me: Row) -> Test:
        """The test with a look-back in minutes. AutoSys: a job on ice satisfies any look-back."""
        if lookback is None:
            return test
        if lookback == 0:
            return lambda: test() and (row.is_iced or _since_my_end(row, me))
        window = timedelta(minutes=lookback)
        return lambda: test() and (row.is_iced or self._is_within(row, window))

    def _is_within(self, row: Row, window: timedelta) -> bool:
        return row.changed is not None and self._now() - row.changed <= window


def _since_my_end(row: Row, me: Row) -> bool:
    """AutoSys: look-back 0 means since this job last ended."""
    if me.ended is None:
        return True
    return row.ended is not None and row.ended >= me.ended


def _all(tests: tuple[Test, ...]) -> bool:
    return all(test() for test in tests)


def _any(tests: tuple[Test, ...]) -> bool:
    return any(test() for test in tests)


def _true() -> bool:
    return True


def _false() -> bool:
    return False


def _is_idle(row: Row) -> bool:
    return not row.is_running


def _has_status(row: Row, statuses: frozenset[str], of_ice: bool) -> bool:
    return of_ice if row.is_iced else row.status in statuses
