"""Builds what a service runs, from its unit."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from transpile.dialects.timers.codes.units import UnitRefused, UntranslatedCommand
from transpile.dialects.timers.exec_lines import BadLine, ExecLine, NoTranslation, read_line
from transpile.dialects.timers.exec_text import OF_MANAGER, OF_RUN, OF_USER
from transpile.dialects.timers.service_commands import Assembly, Lines
from transpile.dialects.timers.service_limits import LimitReader, Limits
from transpile.dialects.timers.service_streams import Streams
from transpile.dialects.timers.time_spans import FOREVER, spelled
from transpile.dialects.timers.unit_checks import read_checks
from transpile.dialects.timers.unit_environment import Surroundings
from transpile.dialects.timers.unit_files import Entry
from transpile.dialects.timers.unit_names import IN_SHELL, BadSpecifier
from transpile.dialects.timers.unit_reports import Reporter
from transpile.dialects.timers.unit_sets import Unit
from transpile.dialects.timers.unit_words import (
    REFUSED,
    SECTIONS,
    SURROUNDINGS,
    TRANSLATED,
)
from transpile.findings.codes.jobs import AgentVariable
from transpile.findings.codes.reading import NulCharacter
from transpile.findings.finding import Finding
from transpile.model import Blocked, Command, Steps

_SERVICE = "Service"
ONESHOT = "oneshot"
BATCH = (ONESHOT, "simple", "exec", "idle")
"""Types whose run ends by itself."""

_TYPES = (*BATCH, "forking", "notify", "notify-reload", "dbus")
_OFF = frozenset(("no", "none", "0", "false", "off", "infinity", "main", "normal", ""))
_REST = "Description"


@dataclass(slots=True)
class Payload:
    """What a service runs, and how often; `notes` are the keys that are only shown to readers."""

    action: Command | Steps | None = None
    retries: int = 0
    time_limit: int | None = None
    resources: tuple[tuple[str, str], ...] = ()
    description: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    blocked: Blocked | None = None
    translated: int = 0
    noted: int = 0
    unsupported: int = 0


def type_of(unit: Unit) -> str:
    """The type of a service; systemd ignores an unknown one."""
    entry = unit.last(_SERVICE, "Type")
    if entry is not None and entry.value in _TYPES:
        return entry.value
    if unit.last(_SERVICE, "BusName") is not None:
        return "dbus"
    return "simple" if unit.each(_SERVICE, "ExecStart") else ONESHOT


class _Refusal(Exception):
    """The service has no translation: the finding, its place, and the reason."""

    def __init__(self, finding: Finding, entry: Entry | None, reason: str) -> None:
        super().__init__(reason)
        self.finding = finding
        self.entry = entry
        self.reason = reason


class ServiceBuilder:
    """Builds the payload of one service."""

    def __init__(self, unit: Unit, reporter: Reporter) -> None:
        self._unit = unit
        self._reporter = reporter
        self._type = type_of(unit)
        self._privileged: list[tuple[str, str]] = []

    def build(self) -> Payload:
        """The payload; a service without a translation is `blocked`."""
        payload = Payload(notes=self._privileged)
        try:
            self._check_text()
            lines = self._lines()
            self._build_action(lines, payload)
        except _Refusal as refusal:
            entry = refusal.entry
            span, text = (entry.span, entry.value) if entry else (self._unit.span, "")
            self._reporter.report(refusal.finding, span, text)
            payload.blocked = Blocked(type(refusal.finding), refusal.reason)
        self._read_description(payload)
        self._sort_keys(payload)
        return payload

    # ---------------------------------------------------------------- command lines

    def _check_text(self) -> None:
        """Raise a refusal for a unit that cannot be loaded."""
        unit = self._unit
        if unit.broken:
            raise self._refused(unit.broken)
        for entry in unit.entries:
            if "\0" in entry.value:
                raise _Refusal(NulCharacter(key=entry.key), entry, f"{entry.key} holds NUL")
        if not unit.has(_SERVICE):
            raise self._refused("it has no [Service]")

    def _lines(self) -> Lines:
        start = self._read("ExecStart")
        entry = self._unit.last(_SERVICE, "ExecStart")
        stop = self._read("ExecStop")
        if not start and not stop:
            raise self._refused("it has no ExecStart")
        if not start and self._type != ONESHOT:
            raise self._refused("only a oneshot service has no ExecStart")
        if len(start) > 1 and self._type != ONESHOT:
            raise self._refused("only a oneshot service has several commands in ExecStart", entry)
        restart = self._unit.last(_SERVICE, "Restart")
        if self._type == ONESHOT and restart and restart.value in ("always", "on-success"):
            raise self._refused(f"a oneshot service cannot restart {restart.value}", restart)
        post = self._read("ExecStartPost")
        if post and self._type != ONESHOT:
            entry = self._unit.last(_SERVICE, "ExecStartPost")
            if entry is not None:
                reason = "it runs beside the main process, as soon as that has started"
                self._reporter.refuse(entry, reason)
            post = []
        main = [*self._read("ExecStartPre"), *start, *post, *stop]
        return Lines(main, self._read("ExecCondition"), self._read("ExecStopPost"))

    def _read(self, key: str) -> list[ExecLine]:
        """The commands of a key. Raises a refusal where systemd refuses the unit."""
        found: list[ExecLine] = []
        for entry in self._unit.each(_SERVICE, key):
            try:
                is_user = self._unit.is_user
                found += read_line(entry.value, entry.span, self._unit.name, is_user=is_user)
            except BadLine as error:
                if error.is_fatal:
                    raise self._refused(str(error), entry) from None
                self._reporter.ignored(entry, str(error))
            except (BadSpecifier, NoTranslation) as error:
                reason = str(error)
                finding = UntranslatedCommand(name=self._reporter.name, reason=reason)
                raise _Refusal(finding, entry, reason) from None
        for line in found:
            entry = Entry(_SERVICE, key, line.text, line.span)
            if line.argv0 is not None:
                self._reporter.differs(entry, f"the program is not told that it is {line.argv0}")
            if line.privileges:
                self._privileged.append((key, line.text))
        return found

    def _refused(self, reason: str, entry: Entry | None = None) -> _Refusal:
        return _Refusal(UnitRefused(name=self._reporter.name, reason=reason), entry, reason)

    # ---------------------------------------------------------------- action

    def _build_action(self, lines: Lines, payload: Payload) -> None:
        reporter = self._reporter
        self._check_type()
        limits = LimitReader(reporter, self._type).read()
        surroundings = Surroundings(reporter)
        streams, checks = Streams(reporter), read_checks(reporter)
        assembly = Assembly(lines, checks, surroundings, streams, limits)
        payload.action, payload.time_limit = assembly.build()
        payload.retries = limits.retries
        payload.resources = tuple(limits.resources)
        self._report_limit(limits, payload)
        self._report_variables(surroundings, lines)

    def _check_type(self) -> None:
        entry = self._unit.last(_SERVICE, "Type")
        if entry is not None and entry.value not in _TYPES:
            self._reporter.ignored(entry, f"{entry.value} is no type of a service")
        elif entry is not None and self._type not in BATCH:
            reason = "the service goes on after its start; the task ends with its command"
            self._reporter.refuse(entry, reason)
        entry = self._unit.last(_SERVICE, "RemainAfterExit")
        if entry is not None and self._reporter.flag(_SERVICE, "RemainAfterExit"):
            reason = "systemd does not start it again until somebody stops it; the workflow does"
            self._reporter.refuse(entry, reason)

    def _report_limit(self, limits: Limits, payload: Payload) -> None:
        if payload.time_limit is None or limits.seconds == FOREVER:
            return
        keys = ("TimeoutStartSec", "TimeoutSec", "RuntimeMaxSec")
        entry = self._unit.last(_SERVICE, *keys)
        if entry is not None and limits.seconds != payload.time_limit * 60:
            rounded = spelled(payload.time_limit * 60)
            reason = f"the task ends after {rounded}, the command after {spelled(limits.seconds)}"
            self._reporter.differs(entry, reason)

    def _report_variables(self, surroundings: Surroundings, lines: Lines) -> None:
        variables = surroundings.variables
        every = (*lines.conditions, *lines.main, *lines.last)
        if not every:
            return
        line = every[0]
        for name in variables.taken:
            if name in OF_RUN:
                self._reporter.report(AgentVariable(name=name), line.span, line.text)
            elif name in OF_USER or name in OF_MANAGER:
                entry = Entry(_SERVICE, f"${name}", line.text, line.span)
                self._reporter.differs(entry, "its value is that of the container")
        self._report_machine(every)
        for name in (each for each in variables.split if each not in OF_RUN):
            entry = Entry(_SERVICE, f"${name}", line.text, line.span)
            self._reporter.differs(entry, "the shell splits its value without regard to quotes")

    def _report_machine(self, lines: Sequence[ExecLine]) -> None:
        """Report specifiers about the machine, which a shell replaces when the job runs."""
        for line in lines:
            used = {shell for word in line.words for shell in word.split("\0")[1::2]}
            for letter, shell in IN_SHELL.items():
                if shell in used:
                    entry = Entry(_SERVICE, f"%{letter}", line.text, line.span)
                    self._reporter.differs(entry, "its value is that of the pod")

    # ---------------------------------------------------------------- other keys

    def _read_description(self, payload: Payload) -> None:
        entry = self._unit.last("Unit", _REST)
        if entry is not None and "\0" not in entry.value:
            payload.description = self._reporter.expanded(entry) or ""

    def _sort_keys(self, payload: Payload) -> None:
        """Count each key, and note or report those that have no translation."""
        for entry in self._unit.entries:
            section, key = entry.section, entry.key
            if key in self._reporter.lost:
                payload.unsupported += 1
            elif key in TRANSLATED.get(section, ()):
                payload.translated += 1
                if payload.blocked and section == _SERVICE and entry.value:
                    # The author of the task's body needs all keys.
                    payload.notes.append((key, entry.value))
            elif key in SURROUNDINGS and entry.value.lower() not in _OFF:
                self._reporter.differs(entry, "the container has to provide what it names")
                payload.unsupported += 1
            elif key in REFUSED and entry.value.lower() not in _OFF:
                self._reporter.refuse(entry, "nothing does the same for a task")
                payload.unsupported += 1
            elif section in SECTIONS:
                payload.noted += 1
                payload.notes += [(key, entry.value)] if entry.value else []
