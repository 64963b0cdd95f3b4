"""What starts with a unit: the services of one start, and the conditions between them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from transpile.dialects.timers.codes.units import UnitRefused, UntranslatedDependency
from transpile.dialects.timers.services import ONESHOT, type_of
from transpile.dialects.timers.unit_files import Entry
from transpile.dialects.timers.unit_names import UnitName
from transpile.dialects.timers.unit_needs import (
    NEEDS,
    PULLS,
    SERVICE,
    TARGET,
    Dependencies,
    has_defaults,
    job_name,
    names_of,
    reporter_of,
)
from transpile.dialects.timers.unit_reports import Reporter
from transpile.dialects.timers.unit_sets import Unit, UnitSet
from transpile.findings.codes.conditions import LateStart
from transpile.model import TRUE, All, AnyOf, Blocked, Condition, Status, StatusTest, atoms

SUCCESS, OVER, FAILED = StatusTest.SUCCESS, StatusTest.OVER, StatusTest.NOT_SUCCEEDED
_HANDLERS = {"OnFailure": FAILED, "OnSuccess": SUCCESS}


@dataclass(slots=True)
class Started:
    """A service in a start: its condition and the words that show it.

    `notes` are the units that its keys name and that are no jobs. `blocked` says why it never
    starts.
    """

    unit: Unit
    condition: Condition = TRUE
    text: list[str] = field(default_factory=list)
    place: Entry | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)
    blocked: Blocked | None = None


@dataclass(slots=True)
class _Cause:
    """Ends of units that start a handler."""

    terms: list[Condition] = field(default_factory=list)
    units: dict[str, Entry] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


class Transaction:
    """Everything that happens when a unit starts.

    `jobs` has the services in order, `reached` all units.
    """

    def __init__(self, root: UnitName, units: UnitSet, dependencies: Dependencies) -> None:
        self.jobs: dict[str, Started] = {}
        self.reached: set[str] = set()
        self._units = units
        self._needs = dependencies
        self._root = str(root)
        causes = self._start([root], TRUE, [])
        while causes:
            later: dict[str, _Cause] = {}
            for name, cause in causes.items():
                for following, found in self._handle(name, cause).items():
                    _join(later.setdefault(following, _Cause()), found)
            causes = later
        conditions = {job_name(name): started.condition for name, started in self.jobs.items()}
        for name in self.jobs:
            self._report_late_start(name, conditions)

    def _report_late_start(self, name: str, conditions: Mapping[str, Condition]) -> None:
        """Report a job that waits for the end of one that may never start.

        systemd knows so as soon as one of its needs has failed; Flyte waits for all of them.
        """
        started = self.jobs[name]
        for atom in atoms(started.condition):
            if not isinstance(atom, Status) or atom.test not in (OVER, FAILED):
                continue
            above = [a for a in atoms(conditions.get(atom.job)) if isinstance(a, Status)]
            others = dict.fromkeys(other.job for other in above)
            if len(others) > 1 and any(other.test is SUCCESS for other in above):
                found = LateStart(name=job_name(name), others=", ".join(others))
                self._units.diagnostics.add(found, started.unit.span, job=job_name(name))

    # ---------------------------------------------------------------- one start

    def _start(
        self, roots: list[UnitName], trigger: Condition, words: list[str]
    ) -> dict[str, _Cause]:
        """Add what starts with these units; returns the handlers that may start afterwards."""
        pulled = self._pulled(roots)
        self.reached.update(pulled)
        order = _Order(pulled, self._needs)
        causes: dict[str, _Cause] = {}
        is_new = {name: name not in self.jobs for name in pulled}
        own = frozenset(job_name(name) for name in pulled if is_new[name])
        for name, unit in pulled.items():
            if unit.name.type != SERVICE or not is_new[name]:
                continue
            started = self.jobs[name] = Started(unit)
            _Conditions(started, order, self._needs, self._units).build(trigger, own)
            started.text = [*words, *started.text]
            for key, test in _HANDLERS.items():
                for handler, entry in self._needs.of(unit).of(key).items():
                    cause = causes.setdefault(handler, _Cause())
                    cause.terms.append(_ended(name, test, trigger))
                    cause.units.setdefault(name, entry)
                    cause.words.append(f"{key} of {job_name(name)}")
        return causes

    def _pulled(self, roots: list[UnitName]) -> dict[str, Unit]:
        """The units that start together, each behind those that it names."""
        found: dict[str, Unit] = {}
        seen: set[str] = set()
        pending = [(root, False) for root in reversed(roots)]
        while pending:
            name, is_done = pending.pop()
            unit = self._units.find(name)
            if unit is None or (str(name) in seen and not is_done):
                continue
            if is_done:
                found[str(name)] = unit
                continue
            seen.add(str(name))
            pending.append((name, True))
            needs = self._needs.of(unit)
            for other in reversed(needs.of(*PULLS)):
                read = UnitName.read(other)
                if read is not None and read.type in (SERVICE, TARGET) and self._is_job(read):
                    pending.append((read, False))
        return found

    def _is_job(self, name: UnitName) -> bool:
        """True for a unit of the estate that is no daemon."""
        unit = self._units.find(name)
        if unit is None:
            return False
        is_root = str(name) == self._root
        return name.type == TARGET or is_root or not self._needs.is_daemon(unit)

    def _handle(self, name: str, cause: _Cause) -> dict[str, _Cause]:
        """Add a handler and what starts with it."""
        read = UnitName.read(name)
        first, entry = next(iter(cause.units.items()))
        unit = self._units.find(read) if read is not None else None
        failing = self.jobs[first].unit
        reporter = reporter_of(failing, self._units)
        if unit is None or read is None or read.type not in (SERVICE, TARGET):
            what = "it is not in the estate" if unit is None else "it is no service"
            _refuse(reporter, entry, name, what)
            return {}
        again = [other for other in self._pulled([read]) if other in self.jobs]
        for other in again:
            what = f"{other} would run a second time; the workflow runs it once"
            _refuse(reporter, entry, name, what)
        if len(cause.units) > 1:
            for failed, place in list(cause.units.items())[1:]:
                reporter = reporter_of(self.jobs[failed].unit, self._units)
                reporter.differs(place, f"{name} runs once, also after the end of several units")
        terms = tuple(dict.fromkeys(cause.terms))
        trigger = terms[0] if len(terms) == 1 else _either(terms)
        return self._start([read], trigger, cause.words)


def _ended(name: str, test: StatusTest, trigger: Condition) -> Condition:
    """The end of a unit; one that has not started has not failed."""
    status = Status(job_name(name), test)
    if test is SUCCESS or trigger == TRUE:
        return status
    return All((trigger, status))


def _either(terms: tuple[Condition, ...]) -> Condition:
    """Any of the conditions; success and failure of one unit are its end."""
    statuses = [term for term in terms if isinstance(term, Status)]
    jobs = {status.job for status in statuses}
    if len(statuses) == len(terms) == 2 and len(jobs) == 1:
        return Status(statuses[0].job, OVER)
    return AnyOf(terms)


def _join(cause: _Cause, other: _Cause) -> None:
    cause.terms += other.terms
    cause.units.update(other.units)
    cause.words += other.words


def _refuse(reporter: Reporter, entry: Entry, name: str, reason: str) -> None:
    found = UntranslatedDependency(key=entry.key, value=name, name=reporter.name, reason=reason)
    reporter.report(found, entry.span, entry.value)


class _Order:
    """The order of the units of one start; `after` has those that each one follows."""

    def __init__(self, pulled: dict[str, Unit], dependencies: Dependencies) -> None:
        self.pulled = pulled
        self._dependencies = dependencies
        self._targets: dict[str, dict[str, StatusTest]] = {}
        self.after: dict[str, dict[str, None]] = {name: {} for name in pulled}
        for name, unit in pulled.items():
            needs = dependencies.of(unit)
            for other in needs.of("After"):
                if other in pulled:
                    self.after[name][other] = None
            for other in needs.of("Before"):
                if other in pulled:
                    self.after[other][name] = None
            if unit.name.type == TARGET and has_defaults(unit):
                for other in needs.of("Requires", "Wants"):
                    # A target comes after what it names, unless that says otherwise.
                    known = pulled.get(other)
                    is_reversed = known and name in dependencies.of(known).of("After")
                    if known and has_defaults(known) and not is_reversed:
                        self.after[name][other] = None

    def follows(self, name: str, other: str) -> bool:
        """True if a unit comes after another one, directly or not."""
        found: set[str] = set()
        pending = [name]
        while pending:
            after = self.after[pending.pop()]
            if other in after:
                return True
            pending += (each for each in after if each not in found)
            found.update(after)
        return False

    def awaited(self, name: str, needed: Mapping[str, object]) -> dict[str, StatusTest]:
        """The services that a unit waits for, of which it needs some to succeed."""
        found: dict[str, StatusTest] = {}
        for other in self.after[name]:
            unit = self.pulled[other]
            if unit.name.type == TARGET:
                for each, test in self._behind(other).items():
                    is_needed = test is SUCCESS and other in needed
                    found[each] = SUCCESS if is_needed else found.get(each, OVER)
            elif waits(unit):
                found[other] = SUCCESS if other in needed else found.get(other, OVER)
        return found

    def _behind(self, target: str) -> dict[str, StatusTest]:
        """The services that a target waits for; none for one that waits for itself."""
        if target not in self._targets:
            self._targets[target] = {}
            needed = self._dependencies.of(self.pulled[target]).of(*NEEDS)
            self._targets[target] = self.awaited(target, needed)
        return self._targets[target]


class _Conditions:
    """Builds the condition of one service of a start."""

    def __init__(
        self, started: Started, order: _Order, dependencies: Dependencies, units: UnitSet
    ) -> None:
        self._started = started
        self._order = order
        self._dependencies = dependencies
        self._units = units
        self._needs = dependencies.of(started.unit)
        self._name = str(started.unit.name)
        self._reporter = reporter_of(started.unit, units)

    def build(self, trigger: Condition, own: frozenset[str]) -> None:
        """Set the condition and its words.

        `trigger` is that of the whole start, `own` are the jobs that start with it only.
        """
        order, name = self._order, self._name
        needed = self._needs.of(*NEEDS)
        terms = order.awaited(name, needed)
        for other, entry in needed.items():
            unit = order.pulled.get(other)
            if unit is None:
                self._report_missing(other, entry)
            elif unit.name.type == SERVICE and not order.follows(name, other):
                reason = f"both start at once: a failure of {other} does not stop {name}"
                self._reporter.differs(entry, reason)
            elif unit.name.type == SERVICE and waits(unit):
                terms[other] = SUCCESS
        self._report_repeated(terms)
        self._report_refused()
        self._report_order()
        self._note_others()
        found = tuple(Status(job_name(other), test) for other, test in terms.items())
        is_triggered = any(term.test is SUCCESS and term.job in own for term in found)
        is_triggered |= trigger == TRUE
        whole: tuple[Condition, ...] = found if is_triggered else (trigger, *found)
        self._started.condition = whole[0] if len(whole) == 1 else All(whole)

    def _report_missing(self, name: str, entry: Entry) -> None:
        """Report a service that the unit needs, and that is none of its workflow."""
        read = UnitName.read(name)
        if read is None or read.type != SERVICE:
            return
        unit = self._units.find(read)
        if unit is not None:
            daemon = self._dependencies.is_daemon(unit)
            reason = f"the workflow does not start a daemon ({daemon})"
            _refuse(self._reporter, entry, name, reason)
            return
        reason = f"it needs {name}, which is not in the estate"
        self._reporter.report(UnitRefused(name=self._name, reason=reason), entry.span, name)
        self._started.blocked = Blocked(UnitRefused, reason)

    def _report_repeated(self, names: Iterable[str]) -> None:
        """Report services that are tried again: systemd looks at their first try only."""
        named = self._needs.of(*NEEDS, "Wants", "After")
        for name in names:
            restart = self._order.pulled[name].last("Service", "Restart")
            if name in named and restart is not None and restart.value == "on-failure":
                reason = (
                    f"systemd starts {self._name}, or gives it up, after the first try of {name}; "
                    "the workflow waits for the last one"
                )
                _refuse(self._reporter, named[name], name, reason)

    def _report_refused(self) -> None:
        """Report the keys that no workflow keeps."""
        needs = self._needs
        for other, entry in needs.of("BindsTo").items():
            if other in self._order.pulled:
                what = "it stops when the other ends, and does not start behind one that has ended"
                _refuse(self._reporter, entry, other, what)
        for other, entry in needs.of("Upholds").items():
            if other in self._order.pulled:
                reason = f"{other} runs once; systemd starts it again while {self._name} runs"
                self._reporter.differs(entry, reason)
        for other, entry in needs.of("Requisite").items():
            what = "it must be active already, and no workflow keeps a service active"
            _refuse(self._reporter, entry, other, what)
        for other, entry in needs.of("Conflicts").items():
            read = UnitName.read(other)
            if read is not None and read.type == SERVICE:
                what = "Flyte stops no job because another one starts"
                _refuse(self._reporter, entry, other, what)

    def _report_order(self) -> None:
        """Report where the order of two services is not what it seems, or lost."""
        name = self._name
        for other, entry in self._needs.of("After", "Before").items():
            unit = self._order.pulled.get(other)
            read = UnitName.read(other)
            if read is None or read.type != SERVICE:
                continue
            other_unit = self._units.find(read)
            is_apart = unit is None and other_unit is not None
            if is_apart and other_unit and not self._dependencies.is_daemon(other_unit):
                reason = f"nothing keeps the order of {name} and {other} in different workflows"
                self._reporter.differs(entry, reason)
            elif unit is not None and not waits(unit) and entry.key == "After":
                reason = f"{name} starts as soon as {other} has started, not when it has ended"
                self._reporter.differs(entry, reason)

    def _note_others(self) -> None:
        """Note the units that are no jobs, and the words of the condition."""
        for key, named in self._needs.by_key.items():
            if key in ("OnFailure", "OnSuccess"):
                continue
            jobs = [name for name in named if name in self._order.pulled]
            if jobs and key in (*PULLS, "After"):
                self._started.text.append(f"{key} {names_of(map(job_name, jobs))}")
                self._started.place = self._started.place or named[jobs[0]]
            if others := [name for name in named if name not in self._order.pulled]:
                self._started.notes.append((key, names_of(others)))


def waits(unit: Unit) -> bool:
    """True if a unit behind this service waits for its end, not for its start only."""
    return type_of(unit) == ONESHOT
