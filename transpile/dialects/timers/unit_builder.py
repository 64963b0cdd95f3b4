"""Builds the networks of systemd units: one for each service that is started on its own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from transpile.dialects.kit.clock_days import ClockPlan
from transpile.dialects.timers.codes.units import (
    ExtraStart,
    NotABatchJob,
    NothingStartsUnit,
    TimerWithoutStarts,
    UnitRefused,
    UntranslatedDependency,
)
from transpile.dialects.timers.engine import Systemd
from transpile.dialects.timers.services import Payload, ServiceBuilder, type_of
from transpile.dialects.timers.settings import TimerSettings
from transpile.dialects.timers.transactions import Started, Transaction
from transpile.dialects.timers.unit_files import Entry
from transpile.dialects.timers.unit_names import UnitName
from transpile.dialects.timers.unit_needs import (
    SERVICE,
    TARGET,
    Dependencies,
    job_name,
    reporter_of,
)
from transpile.dialects.timers.unit_reports import Reporter
from transpile.dialects.timers.unit_sets import Unit, UnitSet
from transpile.dialects.timers.unit_timers import Starts, TimerReader, has_starts
from transpile.findings.codes.reading import EmptySource, OldPlatformObject
from transpile.findings.diagnostics import Diagnostics
from transpile.model import TRUE, Blocked, Job, Kind, Network, Tally
from transpile.model.day_engine import Clock
from transpile.sources.text import Source, Span

_TIMER = "timer"
_TRIGGERS = {"path": "when a file changes", "socket": "on a connection"}


def build_units(
    sources: Sequence[Source], settings: TimerSettings, diagnostics: Diagnostics
) -> Iterator[Network]:
    """The networks of all units; a service that nothing starts is one if it is a batch job."""
    builder = UnitBuilder(UnitSet.of(sources, diagnostics), settings, diagnostics)
    yield from builder.networks(sources)


class UnitBuilder:
    """Builds the networks of one estate; `needs` are the dependencies of its units."""

    def __init__(self, units: UnitSet, settings: TimerSettings, diagnostics: Diagnostics) -> None:
        self._units = units
        self._settings = settings
        self._diagnostics = diagnostics
        self.needs = Dependencies(units)
        self._reached: set[str] = set()

    def networks(self, sources: Sequence[Source]) -> Iterator[Network]:
        """A network for each service that timers start, then one for each other batch job."""
        names = list(self._units.names())
        count = 0
        for root, timers in self.roots(names).items():
            count += 1
            yield self._network(root, timers)
        triggers = self.triggers(names)
        for name in names:
            if name.type == SERVICE and name.instance != "" and str(name) not in self._reached:
                network = self._alone(name, triggers)
                if network is not None:
                    count += 1
                    yield network
        self._note_others(names)
        if not names:
            self._diagnostics.add(EmptySource(), Span(sources[0].label, 1))

    # ---------------------------------------------------------------- what starts what

    def roots(self, names: Sequence[UnitName]) -> dict[UnitName, list[Reporter]]:
        """The units that timers start, with those timers."""
        found: dict[UnitName, list[Reporter]] = {}
        for name in self._instances(names):
            timer = self._units.find(name)
            if timer is None:
                continue
            root = self._activated(timer)
            job = job_name(str(root)) if root else str(name)
            reporter = Reporter(timer, job, self._diagnostics)
            if root is None or not self._is_sound(reporter, root):
                continue
            found.setdefault(root, []).append(reporter)
        return found

    def _instances(self, names: Sequence[UnitName]) -> Iterator[UnitName]:
        """The timers; a template stands for its default instance."""
        for name in names:
            if name.type != _TIMER:
                continue
            if name.instance != "":
                yield name
                continue
            template = self._units.find(name)
            default = template.last("Install", "DefaultInstance") if template else None
            known = any(other.template == name for other in names)
            if default is not None:
                yield name.of_instance(default.value)
            elif not known and template is not None:
                said = "it is a template, and the estate names no instance"
                found = NothingStartsUnit(name=str(name), consequence=said)
                self._diagnostics.add(found, template.span, text=str(name))

    def _activated(self, timer: Unit) -> UnitName | None:
        """The unit that a timer starts, by default the service of its name."""
        reporter = Reporter(timer, str(timer.name), self._diagnostics)
        entry = timer.last("Timer", "Unit")
        if entry is None:
            return replace(timer.name, type=SERVICE)
        text = reporter.expanded(entry)
        name = UnitName.read(text) if text else None
        if text and (name is None or name.type not in (SERVICE, TARGET)):
            found = UntranslatedDependency(
                key="Unit", value=text, name=str(timer.name), reason="it is no service"
            )
            reporter.report(found, entry.span, entry.value)
            return None
        return name

    def _is_sound(self, timer: Reporter, root: UnitName) -> bool:
        """True for a timer that systemd starts; others are reported."""
        unit = timer.unit
        if not unit.broken and has_starts(timer):
            if not unit.has("Install") and not any(True for _ in self.needs.holders(unit)):
                said = "assumed that somebody does, because it has no [Install]"
                found = NothingStartsUnit(name=str(unit.name), consequence=said)
                timer.report(found, unit.span)
            return True
        reason = unit.broken or "it says no time"
        timer.report(UnitRefused(name=str(unit.name), reason=reason), unit.span)
        return False

    def triggers(self, names: Sequence[UnitName]) -> dict[str, tuple[Unit, str]]:
        """Services that other units than timers start, with those units and the event."""
        found: dict[str, tuple[Unit, str]] = {}
        for name in names:
            unit = self._units.find(name) if name.type in _TRIGGERS else None
            if unit is None:
                continue
            section, key = ("Path", "Unit") if name.type == "path" else ("Socket", "Service")
            entry = unit.last(section, key)
            service = entry.value if entry else str(replace(name, type=SERVICE))
            found[service] = (unit, _TRIGGERS[name.type])
        return found

    def _alone(self, name: UnitName, triggers: dict[str, tuple[Unit, str]]) -> Network | None:
        """The network of a service that no timer starts; None if it is no batch job."""
        unit = self._units.find(name)
        if unit is None:
            return None
        job = job_name(str(name))
        if str(name) in triggers:
            trigger, how = triggers[str(name)]
            self._diagnostics.scope = job
            found = TimerWithoutStarts(trigger=str(trigger.name), name=str(name), how=how)
            self._diagnostics.add(found, trigger.span, job=job, text=str(name))
            return self._network(name, [])
        reason = self.needs.is_daemon(unit)
        if not reason and type_of(unit) != "oneshot":
            reason = f"Type={type_of(unit)}, and no timer starts it"
        if not unit.has("Service"):
            reason = unit.broken or "it has no [Service]"
        if reason:
            said = NotABatchJob(name=str(name), reason=reason)
            self._diagnostics.add(said, unit.span, text=str(name))
            return None
        if self.needs.boots(unit) is None:
            self._diagnostics.scope = job
            said_so = NothingStartsUnit(
                name=str(name), consequence="its workflow has no launch plan"
            )
            self._diagnostics.add(said_so, unit.span, job=job, text=str(name))
        return self._network(name, [])

    # ---------------------------------------------------------------- networks

    def _network(self, root: UnitName, timers: Sequence[Reporter]) -> Network:
        """The network of everything that starts with a unit."""
        title = root.stem
        self._diagnostics.scope = title
        transaction = Transaction(root, self._units, self.needs)
        self._reached.update(transaction.reached, (str(root),))
        tally, jobs = Tally(), {}
        limit = None
        for name, started in transaction.jobs.items():
            payload = self._payload(started, tally)
            limit = payload.time_limit if name == str(root) else limit
            jobs[job_name(name)] = _job(started, payload)
        starts = TimerReader(str(root), self._settings, limit).read(timers)
        tally.translated += starts.translated
        tally.noted += starts.noted
        first = job_name(str(root))
        if first in jobs:
            jobs[first] = replace(jobs[first], notes=(*starts.notes, *jobs[first].notes))
            self._report_boot(transaction.jobs[str(root)].unit)
        else:
            self._report_root(root, timers, jobs)
        return Network(
            jobs,
            {},
            Systemd,
            tally=tally,
            title=title,
            schedule=starts.schedule,
            side_files=frozenset(self._units.side_files),
            side_texts=self._units.side_texts,
            plan=_plan(starts, first),
        )

    def _payload(self, started: Started, tally: Tally) -> Payload:
        reporter = reporter_of(started.unit, self._units)
        payload = ServiceBuilder(started.unit, reporter).build()
        payload.blocked = payload.blocked or started.blocked
        tally.translated += payload.translated
        tally.noted += payload.noted
        tally.unsupported += payload.unsupported
        payload.notes += started.notes
        return payload

    def _report_boot(self, unit: Unit) -> None:
        """Report that systemd starts the service when the machine boots, too."""
        entry = self.needs.boots(unit)
        if entry is not None:
            name = str(unit.name)
            boot = ExtraStart(trigger=entry.value.split()[0], name=name, how="when it boots")
            self._diagnostics.add(boot, entry.span, job=job_name(name), text=entry.value)

    def _report_root(
        self, root: UnitName, timers: Sequence[Reporter], jobs: dict[str, Job]
    ) -> None:
        """Report a root that is no service of the estate."""
        timer = timers[0]
        entry = timer.unit.last("Timer", "Unit") or Entry("Timer", "Unit", "", timer.unit.span)
        if self._units.find(root) is None:
            reason = f"{root} is not in the estate"
            timer.report(UnitRefused(name=str(root), reason=reason), entry.span, str(root))
            blocked = Blocked(UnitRefused, reason)
            name = job_name(str(root))
            jobs[name] = Job(name, timer.unit.span, Kind.OTHER, blocked=blocked)
            return
        found = UntranslatedDependency(
            key="Unit",
            value=str(root),
            name=timer.name,
            reason="a target stays active: systemd starts it once, the launch plan every time",
        )
        timer.report(found, entry.span, entry.value)

    def _note_others(self, names: Sequence[UnitName]) -> None:
        """Note the units of other types, and those that nothing starts or defines."""
        read = (UnitName.read(name) for name in self._reached)
        templates = {str(name.template) for name in read if name and name.template}
        for name in names:
            unit = self._units.find(name)
            if unit is None or name.type == _TIMER:
                continue
            consequence = ""
            if name.type not in (SERVICE, TARGET):
                found = OldPlatformObject(verb=name.type, name=str(name))
                self._diagnostics.add(found, unit.span, text=str(name))
            elif name.instance == "" and str(name) not in templates:
                consequence = "it is a template, and the estate names no instance"
            elif name.type == TARGET and str(name) not in self._reached:
                consequence = "what it names starts on its own"
            if consequence:
                idle = NothingStartsUnit(name=str(name), consequence=consequence)
                self._diagnostics.add(idle, unit.span, text=str(name))
        for missing, span in self._units.only_dropins():
            reason = "the estate has only its drop-ins"
            self._diagnostics.add(NotABatchJob(name=missing, reason=reason), span, text=missing)


def _plan(starts: Starts, root: str) -> ClockPlan:
    """The clocks of a network; a start while the root runs waits for its end."""
    clocks: dict[str | None, tuple[Clock, ...]] = {}
    if starts.events:
        clocks[None] = tuple(starts.events)
    return ClockPlan(clocks, waits={None: root})


def _job(started: Started, payload: Payload) -> Job:
    """The job of a service."""
    unit = started.unit
    return Job(
        job_name(str(unit.name)),
        unit.span,
        Kind.OTHER if payload.blocked else Kind.COMMAND,
        action=payload.action,
        condition=None if started.condition == TRUE else started.condition,
        condition_text="; ".join(dict.fromkeys(started.text)),
        condition_span=started.place.span if started.place else None,
        description=payload.description,
        notes=tuple(payload.notes),
        retries=payload.retries if payload.action else 0,
        time_limit=payload.time_limit,
        blocked=payload.blocked,
        resources=payload.resources,
    )
