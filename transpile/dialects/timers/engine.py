"""The rules of cron and systemd for one run, and how they follow the clock of the machine."""

from collections.abc import Mapping

from transpile.dialects.kit.clock_days import ClockDays
from transpile.dialects.kit.endings import BYPASSED, SUCCESS, runs_nothing
from transpile.dialects.kit.engine import Course, PlainEngine
from transpile.dialects.timers.settings import CRONIE, SYSTEMD, VIXIE
from transpile.model import SettledJob, Steps
from transpile.model.engine import Engine
from transpile.model.outcome import Ending, Outcome, State


class Cron(PlainEngine):
    """Debian's cron, and cronie: a line starts beside its last run.

    cron(8): jobs at fixed times that a change of less than three hours skips run right after it,
    and those of a repeated hour run once. Jobs with `*` in the minute or the hour follow the clock.
    """

    name = "cron"
    over_days = ClockDays


class Systemd(PlainEngine):
    """systemd: a timer does not start a unit that is active, but when its run has ended.

    A service that restarts on failure does so after a signal, too, and not after the exit codes of
    RestartPreventExitStatus.
    """

    name = "systemd"
    over_days = ClockDays
    loses_starts = True
    retries_killed = True

    def ended(self, job: SettledJob, outcomes: Mapping[str, Outcome], course: Course) -> Ending:
        """The ending of a service that has started, after all its repetitions."""
        if runs_nothing(job):
            return BYPASSED
        outcome, action = outcomes.get(job.name, SUCCESS), job.action
        unless = action.unless if isinstance(action, Steps) else None
        for attempt in range(job.retries + 1):
            code = outcome.of(attempt)
            if code is not None and job.success.accepts(code):
                return Ending(State.SUCCEEDED, code, attempt + 1)
            if code is not None and code == unless:
                break
        state = State.TERMINATED if code is None else State.FAILED
        return Ending(state, code, attempt + 1)


ENGINE_OF: dict[str, type[Engine]] = {VIXIE: Cron, CRONIE: Cron, SYSTEMD: Systemd}
"""The engine of crontabs by the setting."""
