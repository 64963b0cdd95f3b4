"""The rules of cron and systemd for one run, and how they follow the clock of the machine."""

from transpile.dialects.kit.clock_days import ClockDays
from transpile.dialects.kit.engine import PlainEngine
from transpile.dialects.timers.settings import CRONIE, SYSTEMD, VIXIE
from transpile.findings.need import Need
from transpile.model.engine import Engine


class Cron(PlainEngine):
    """Debian's cron, and cronie: a line starts beside its last run.

    cron(8): jobs at fixed times that a change of less than three hours skips run right after it,
    and those of a repeated hour run once. Jobs with `*` in the minute or the hour follow the clock.
    """

    name = "cron"
    over_days = ClockDays
    needs = (
        ("user", Need.USER),
        ("MAILTO", Need.MAIL),
    )


class Systemd(PlainEngine):
    """systemd: a timer does not start a unit that is active, but when its run has ended.

    A service that restarts on failure does so after a signal, too, and not after the exit codes of
    RestartPreventExitStatus.
    """

    name = "systemd"
    over_days = ClockDays
    needs = (("User", Need.USER),)
    loses_starts = True
    retries_killed = True


ENGINE_OF: dict[str, type[Engine]] = {VIXIE: Cron, CRONIE: Cron, SYSTEMD: Systemd}
"""The engine of crontabs by the setting."""
