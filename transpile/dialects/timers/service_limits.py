"""Limits of a service: time, repetitions, exit codes, resources."""

import math
import re
from dataclasses import dataclass, field

from transpile.dialects.timers.time_spans import FOREVER, seconds_of, spelled
from transpile.dialects.timers.unit_files import Entry
from transpile.dialects.timers.unit_reports import Reporter

_SERVICE = "Service"
_MINUTE = 60
_BURST, _INTERVAL, _PAUSE = 5, 10.0, 0.1
"""systemd's defaults: so many starts in so many seconds, and the pause before each."""

_ENDLESS = 4
"""Retries of a service that systemd starts again without end."""

_NEVER = ("no", "")
_ALWAYS = ("always", "on-success")
_SIGNALS_ONLY = ("on-abnormal", "on-abort", "on-watchdog")
EXIT_NAMES = {
    **{name: code for code, name in enumerate("""
        SUCCESS FAILURE INVALIDARGUMENT NOTIMPLEMENTED NOPERMISSION NOTINSTALLED NOTCONFIGURED
        NOTRUNNING
        """.split())},
    **{
        name: code
        for code, name in enumerate(
            """
        USAGE DATAERR NOINPUT NOUSER NOHOST UNAVAILABLE SOFTWARE OSERR OSFILE CANTCREAT IOERR
        TEMPFAIL PROTOCOL NOPERM CONFIG
        """.split(),
            64,
        )
    },
}
"""Exit codes by name; systemd has more for failures of its own."""

SIGNALS = frozenset("""
    HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP
    TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS
    """.split())
_SIZE = re.compile(r"([0-9]{1,18}(?:\.[0-9]{1,9})?)[ \t]*([KMGT]?)B?", re.A)
_PERCENT = re.compile(r"([0-9]{1,7}(?:\.[0-9]{1,2})?)%", re.A)
_FACTORS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}


@dataclass(slots=True)
class Limits:
    """What limits a run. `seconds` limits each command; `minutes` the whole, if one is enough.

    `good` are exit codes that count as a success beside 0. After the exit code `unless` the service
    is not tried again.
    """

    seconds: float = FOREVER
    retries: int = 0
    good: tuple[int, ...] = ()
    unless: int | None = None
    resources: list[tuple[str, str]] = field(default_factory=list)

    @property
    def minutes(self) -> int | None:
        """The limit in whole minutes, rounded up."""
        return None if self.seconds == FOREVER else math.ceil(self.seconds / _MINUTE)


class LimitReader:
    """Reads the limits of a service."""

    def __init__(self, reporter: Reporter, type_: str) -> None:
        self._reporter = reporter
        self._unit = reporter.unit
        self._is_oneshot = type_ == "oneshot"

    def read(self) -> Limits:
        """All limits."""
        limits = Limits(self._time(), good=self._codes("SuccessExitStatus"))
        self._read_retries(limits)
        self._read_resources(limits)
        return limits

    def span_of(self, entry: Entry | None, default: float) -> float:
        """The seconds of a time span; systemd ignores one that it cannot read."""
        if entry is None:
            return default
        try:
            return seconds_of(entry.value)
        except ValueError as error:
            self._reporter.ignored(entry, f"{entry.value}: {error}")
            return default

    # ---------------------------------------------------------------- time

    def _time(self) -> float:
        """The limit of each command of a oneshot service, or that of the run of another one."""
        keys = ("TimeoutStartSec", "TimeoutSec") if self._is_oneshot else ("RuntimeMaxSec",)
        found = self.span_of(self._unit.last(_SERVICE, *keys), FOREVER)
        # systemd takes 0 for no limit.
        return found or FOREVER

    # ---------------------------------------------------------------- repetitions

    def _read_retries(self, limits: Limits) -> None:
        entry = self._unit.last(_SERVICE, "Restart")
        word = entry.value if entry else ""
        if entry is None or word in _NEVER:
            return
        if word in _SIGNALS_ONLY:
            reason = "systemd starts the service again after a signal only, Flyte does not then"
            self._reporter.refuse(entry, reason)
        elif word in _ALWAYS:
            reason = f"{word} starts the service again after a success; the task runs once"
            self._reporter.refuse(entry, reason)
        elif word == "on-failure":
            self._on_failure(limits, entry)
        else:
            self._reporter.ignored(entry, f"{word} is no value of Restart")

    def _on_failure(self, limits: Limits, entry: Entry) -> None:
        burst, interval = self._start_limit()
        pause = self.span_of(self._unit.last(_SERVICE, "RestartSec"), _PAUSE)
        codes = self._codes("RestartPreventExitStatus")
        limits.unless = codes[0] if codes else None
        if len(codes) > 1:
            keys = ("RestartPreventExitStatus",)
            prevent = self._unit.last(_SERVICE, *keys) or entry
            self._reporter.refuse(prevent, f"only {codes[0]} is not tried again")
        is_limited = bool(burst and interval)
        limits.retries = burst - 1 if is_limited else _ENDLESS
        longest = burst * (limits.seconds + pause)
        if not is_limited:
            reason = f"systemd tries again without end, the task {limits.retries} times"
            self._reporter.refuse(entry, reason)
        elif longest > interval:
            reason = (
                f"systemd tries again until {burst} starts fall within {spelled(interval)}, "
                f"the task {limits.retries} times"
            )
            self._reporter.refuse(entry, reason)
        if pause >= 1:
            wait = self._unit.last(_SERVICE, "RestartSec") or entry
            reason = f"the task is tried again at once, not after {spelled(pause)}"
            self._reporter.differs(wait, reason)

    def _start_limit(self) -> tuple[int, float]:
        """So many starts in so many seconds."""
        keys = ("StartLimitIntervalSec", "StartLimitInterval")
        found = (self._unit.last(s, *keys) for s in ("Unit", _SERVICE))
        interval = self.span_of(next(filter(None, found), None), _INTERVAL)
        bursts = (self._unit.last(s, "StartLimitBurst") for s in ("Unit", _SERVICE))
        burst = next(filter(None, bursts), None)
        if burst is None:
            return _BURST, interval
        if not re.fullmatch(r"[0-9]{1,6}", burst.value, re.A):
            self._reporter.ignored(burst, f"{burst.value} is no number of starts")
            return _BURST, interval
        return int(burst.value), interval

    def _codes(self, key: str) -> tuple[int, ...]:
        """The exit codes of a list; signals are reported."""
        found: dict[int, None] = {}
        for entry in self._unit.each(_SERVICE, key):
            for word in entry.value.split():
                code = EXIT_NAMES.get(word.removeprefix("EX_"))
                if word.isascii() and word.isdigit() and len(word) < 4 and int(word) < 256:
                    found[int(word)] = None
                elif code is not None:
                    found[code] = None
                elif word.removeprefix("SIG") in SIGNALS:
                    self._reporter.refuse(entry, f"the end by {word} is a failure")
                else:
                    self._reporter.ignored(entry, f"{word} is no exit code")
        return tuple(sorted(found))

    # ---------------------------------------------------------------- resources

    def _read_resources(self, limits: Limits) -> None:
        for key, name, pattern in (("CPUQuota", "cpu", _PERCENT), ("MemoryMax", "mem", _SIZE)):
            entry = self._unit.last(_SERVICE, key)
            if entry is None or entry.value == "infinity":
                continue
            match = pattern.fullmatch(entry.value)
            if match is None:
                self._reporter.differs(entry, f"{entry.value} is no request")
            elif name == "cpu":
                limits.resources.append((name, f"{math.ceil(float(match[1]) * 10)}m"))
            else:
                size = float(match[1]) * _FACTORS[match[2]] / 2**20
                limits.resources.append((name, f"{math.ceil(size)}Mi"))
            if match is not None:
                self._reporter.differs(entry, "the limit becomes a request of the task")
