"""Scripts that keep systemd from starting services that have moved, and those back."""

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transpile.dialects.kit.contract import Handover, Leaving, Problem
from transpile.dialects.kit.handovers import by_hand, order_lost
from transpile.dialects.timers.settings import read_timer_settings
from transpile.dialects.timers.unit_builder import UnitBuilder
from transpile.dialects.timers.unit_names import UnitName
from transpile.dialects.timers.unit_needs import PULLS, SERVICE, Needs, job_name
from transpile.dialects.timers.unit_reports import Reporter
from transpile.dialects.timers.unit_sets import Unit, UnitSet
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Site
from transpile.sources.text import Source, Span

_END = ".systemd.sh"
_ORDERS = ("After", "Before", "Requisite", "Conflicts")
_STARTS = (*PULLS, "OnSuccess", "OnFailure")
_NO_INSTALL = "it has no [Install], so systemctl cannot disable it"
_HEAD = """\
#!/bin/sh
# Wave {wave}: {what}.
set -e
"""


@dataclass(frozen=True, slots=True)
class _Starter:
    """A timer or the like, or a service that starts when the machine boots.

    `job` is what it starts.
    """

    unit: Unit
    job: str

    @property
    def is_service(self) -> bool:
        """True for a service, which may run now: that run goes on."""
        return self.unit.name.type == SERVICE


def hand_over_units(sources: Sequence[Source], site: Site, gone: Leaving) -> Handover:
    """Scripts for the timers, and other starts, of the services that leave."""
    units = _Units(sources, site, gone)
    starters = list(units.starters())
    if not starters:
        return Handover({}, {}, problems=tuple(units.problems(starters)))
    leave = _HEAD.format(wave=gone.wave, what="systemd no longer starts what runs on Flyte")
    back = _HEAD.format(wave=gone.wave, what="the way back, systemd starts these units again")
    for each in starters:
        leave += "".join(_leave(each))
        back += "".join(_back(each))
    use = {_END: "run it on the machine: sh, as root"}
    return Handover({_END: leave}, {_END: back}, use, tuple(units.problems(starters)))


def _leave(starter: _Starter) -> Iterator[str]:
    if starter.unit.has("Install"):
        yield _systemctl(starter, "disable" if starter.is_service else "disable --now")
    elif not starter.is_service:
        yield _systemctl(starter, "stop")


def _back(starter: _Starter) -> Iterator[str]:
    unit = starter.unit
    if Reporter(unit, starter.job, Diagnostics()).flag("Timer", "Persistent"):
        # Without it the timer makes up at once for the starts of which Flyte took care.
        yield _systemctl(starter, "clean --what=state")
    if unit.has("Install"):
        yield _systemctl(starter, "enable" if starter.is_service else "enable --now")
    elif not starter.is_service:
        yield _systemctl(starter, "start")


def _systemctl(starter: _Starter, verb: str) -> str:
    of_user = " --user" if starter.unit.is_user else ""
    return f"systemctl{of_user} {verb} -- {shlex.quote(str(starter.unit.name))}\n"


class _Units:
    """The units of an estate, of which a wave leaves."""

    def __init__(self, sources: Sequence[Source], site: Site, gone: Leaving) -> None:
        settings = read_timer_settings(site, Diagnostics())
        self._units = UnitSet.of(sources, Diagnostics())
        self._builder = UnitBuilder(self._units, settings, Diagnostics())
        self._needs = self._builder.needs
        self._names = list(self._units.names())
        own = [each for each in gone.networks if each.network.title is not None]
        leaves = [each.network for each in own if gone.wave in each.waves.values()]
        self._titles = {network.title for network in leaves}
        roots = self._builder.roots(self._names).items()
        self._roots = {root: timers for root, timers in roots if root.stem in self._titles}
        self._jobs = {job for network in leaves for job in network.jobs}
        self._stays = [each.network for each in own if not each.waves]
        self._kept = {job for network in self._stays for job in network.jobs}

    def starters(self) -> Iterator[_Starter]:
        """What starts the services that leave."""
        for root, timers in self._roots.items():
            yield from (_Starter(timer.unit, job_name(str(root))) for timer in timers)
        for service, (unit, _) in self._builder.triggers(self._names).items():
            if job_name(service) in self._titles:
                yield _Starter(unit, job_name(service))
        for job in sorted(self._jobs - self._kept):
            service_unit = self._service(job)
            if service_unit is not None and self._needs.boots(service_unit):
                yield _Starter(service_unit, job)

    def problems(self, starters: Sequence[_Starter]) -> Iterator[Problem]:
        """What no script does."""
        for each in starters:
            if not each.unit.has("Install"):
                yield self._by_hand(str(each.unit.name), _NO_INSTALL, each.unit.span, each.job)
        yield from self._other_starts(starters)
        yield from self._lost_orders()

    def _other_starts(self, starters: Sequence[_Starter]) -> Iterator[Problem]:
        """Units that start what leaves, and that neither leave nor stay with their jobs."""
        started = {f"{job}.{SERVICE}": job for job in sorted(self._jobs)}
        started |= {str(root): job_name(str(root)) for root in self._roots}
        started |= {str(each.unit.name): each.job for each in starters}
        for unit in self._every():
            if str(unit.name) in started:
                continue
            stays = job_name(str(unit.name)) in self._kept
            for key in _STARTS:
                for other, entry in self._needs.of(unit).of(key).items():
                    # A service that a staying one starts is a job of that one, too.
                    is_own = stays and other.endswith(f".{SERVICE}")
                    if entry in unit.entries and other in started and not is_own:
                        reason = f"{unit.name} has {key}={other}"
                        yield self._by_hand(other, reason, entry.span, started[other])

    def _lost_orders(self) -> Iterator[Problem]:
        """Keys of services that stay, about services that leave and start apart from them."""
        for network in self._stays:
            for job in network.jobs:
                unit = self._service(job)
                needs = self._needs.of(unit) if unit is not None else Needs()
                for key in _ORDERS:
                    for other, entry in needs.of(key).items():
                        upstream = job_name(other)
                        if upstream in self._jobs and upstream not in network.jobs:
                            yield order_lost(job, key, upstream, entry.span)

    def _by_hand(self, name: str, reason: str, span: Span, job: str) -> Problem:
        """The problem of a job, or, if a target starts, of none."""
        return by_hand(name, reason, span, job if job in self._jobs else None)

    def _every(self) -> Iterator[Unit]:
        units = (self._units.find(name) for name in self._names if name.instance != "")
        yield from filter(None, units)

    def _service(self, job: str) -> Unit | None:
        name = UnitName.read(f"{job}.{SERVICE}")
        return self._units.find(name) if name else None
