"""What units need, and in which order they start: the dependencies of one unit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from transpile.dialects.timers.codes.units import LineIgnored
from transpile.dialects.timers.services import BATCH, ONESHOT, type_of
from transpile.dialects.timers.unit_files import Entry
from transpile.dialects.timers.unit_names import BadSpecifier, UnitName, expand
from transpile.dialects.timers.unit_reports import TRUE_WORDS, Reporter
from transpile.dialects.timers.unit_sets import Unit, UnitSet

_UNIT = "Unit"
_KEYS = {
    "Requires": ("Requires",),
    "BindsTo": ("BindsTo", "BindTo"),
    "Requisite": ("Requisite",),
    "Wants": ("Wants",),
    "Upholds": ("Upholds",),
    "Conflicts": ("Conflicts",),
    "After": ("After",),
    "Before": ("Before",),
    "OnFailure": ("OnFailure",),
    "OnSuccess": ("OnSuccess",),
}
NEEDS = ("Requires", "BindsTo")
"""Keys whose units must start, or the unit does not."""

PULLS = (*NEEDS, "Wants", "Upholds")
"""Keys whose units start with the unit."""

_INSTALLS = {"WantedBy": "Wants", "RequiredBy": "Requires", "UpheldBy": "Upholds"}
BOOT = frozenset(f"{name}.target" for name in """
    default multi-user graphical basic sysinit local-fs network-online network rescue
    """.split())
"""Targets that systemd starts when the machine boots."""

TARGET, SERVICE = "target", "service"

Named = dict[str, Entry]
"""Units by name, each with the place that names it."""


@dataclass(slots=True)
class Needs:
    """The dependencies of a unit: the units that each key names."""

    by_key: dict[str, Named] = field(default_factory=dict)

    def of(self, *keys: str) -> Named:
        """The units that these keys name."""
        return {name: entry for key in keys for name, entry in self.by_key.get(key, {}).items()}

    def add(self, key: str, name: str, entry: Entry) -> None:
        """Add a unit."""
        self.by_key.setdefault(key, {}).setdefault(name, entry)


class Dependencies:
    """The dependencies of all units of an estate, also those that other units declare."""

    def __init__(self, units: UnitSet) -> None:
        self._units = units
        self._known: dict[str, Needs] = {}
        self._installed: dict[str, list[tuple[str, str, Entry]]] = {}
        for key, holder, name, span in units.links:
            entry = Entry(_UNIT, key, str(name), span)
            self._installed.setdefault(holder, []).append((key, str(name), entry))
        for name in units.names():
            unit = units.find(name) if name.instance != "" else None
            for holder, key, entry in self._installs(unit) if unit else ():
                self._installed.setdefault(holder, []).append((key, str(name), entry))
        self._holders: dict[str, list[tuple[str, Entry]]] = {}
        for holder, wishes in self._installed.items():
            for _, other, entry in wishes:
                self._holders.setdefault(other, []).append((holder, entry))

    def of(self, unit: Unit) -> Needs:
        """What a unit needs."""
        name = str(unit.name)
        if name not in self._known:
            needs = self._known[name] = Needs()
            for key, keys in _KEYS.items():
                for entry in unit.each(_UNIT, *keys):
                    for other in self._named(unit, entry):
                        needs.add(key, other, entry)
            for key, other, entry in self._installed.get(name, ()):
                needs.add(key, other, entry)
        return self._known[name]

    def holders(self, unit: Unit) -> Iterator[tuple[str, Entry]]:
        """The units that want this one: by its [Install], or by a folder such as a.target.wants."""
        yield from self._holders.get(str(unit.name), ())

    def boots(self, unit: Unit) -> Entry | None:
        """The place that makes systemd start the unit at boot; None if there is none."""
        return next((entry for holder, entry in self.holders(unit) if holder in BOOT), None)

    def is_daemon(self, unit: Unit) -> str:
        """Why a service is no batch job, but runs all the time; empty if it is one."""
        type_ = type_of(unit)
        if type_ not in BATCH:
            return f"Type={type_}"
        restart = unit.last("Service", "Restart")
        if type_ != ONESHOT and restart is not None and restart.value == "always":
            return "Restart=always"
        if self.boots(unit) is None:
            return ""
        if type_ != ONESHOT:
            return f"Type={type_}, started at boot"
        remains = unit.last("Service", "RemainAfterExit")
        return "it stays active since boot" if remains and remains.value in ("yes", "true") else ""

    # ---------------------------------------------------------------- reading

    def _installs(self, unit: Unit) -> Iterator[tuple[str, str, Entry]]:
        for key, meant in _INSTALLS.items():
            for entry in unit.each("Install", key):
                yield from ((holder, meant, entry) for holder in self._named(unit, entry))

    def _named(self, unit: Unit, entry: Entry) -> Iterator[str]:
        """The units that an assignment names; a template stands for the unit's own instance."""
        for word in entry.value.split():
            name, reason = None, ""
            try:
                name = UnitName.read(expand(word, unit.name, is_user=unit.is_user))
            except BadSpecifier as error:
                reason = str(error)
            if name is not None and name.instance == "":
                name = name.of_instance(unit.name.instance) if unit.name.instance else None
            if name is not None:
                yield str(name)
                continue
            ignored = LineIgnored(reason=reason or f"{word} is no name of a unit")
            self._units.diagnostics.add(ignored, entry.span, text=word)


def reporter_of(unit: Unit, units: UnitSet) -> Reporter:
    """Reports about a service under the name of its job."""
    return Reporter(unit, job_name(str(unit.name)), units.diagnostics)


def job_name(name: str) -> str:
    """The name of the job of a service."""
    return name.removesuffix(f".{SERVICE}")


def has_defaults(unit: Unit) -> bool:
    """True if the unit has systemd's default dependencies."""
    entry = unit.last(_UNIT, "DefaultDependencies")
    return entry is None or entry.value.lower() in TRUE_WORDS


def names_of(entries: Iterable[str]) -> str:
    """The names as one text."""
    return " ".join(dict.fromkeys(entries))
