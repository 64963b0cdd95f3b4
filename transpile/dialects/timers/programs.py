"""Programs that drive or query cron and systemd."""

from collections.abc import Iterator

from transpile.model.programs import Program, Programs, SchedulerCall

_DRIVES = frozenset(
    "start stop restart try-restart reload-or-restart kill enable disable mask unmask isolate "
    "reset-failed daemon-reload".split()
)
_ASKS = frozenset("status show is-active is-failed is-enabled list-timers list-jobs".split())


def _systemctl(program: Program) -> Iterator[SchedulerCall]:
    verb, *units = [word for word in program.arguments if not word.startswith("-")] or [""]
    if verb in _DRIVES | _ASKS:
        yield SchedulerCall(program.name, verb, tuple(units[:20]), verb in _DRIVES)


def _crontab(program: Program) -> Iterator[SchedulerCall]:
    asks = "-l" in program.arguments
    yield SchedulerCall(program.name, "list" if asks else "change", (), not asks)


def _later(program: Program) -> Iterator[SchedulerCall]:
    """A command that runs at another time."""
    yield SchedulerCall(program.name, "run", program.arguments[-1:])


PROGRAMS = Programs(
    {
        "systemctl": _systemctl,
        "crontab": _crontab,
        "anacron": _later,
        "systemd-run": _later,
    }
)
