"""Plans the modules of cuts: what each workflow needs of the others.

The cuts of a workflow stand in a module beside its own. Its tasks import them, and so do those of
the workflows that it looks at.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from transpile.model import (
    FALSE,
    All,
    AnyOf,
    Condition,
    Cut,
    ExitCode,
    Heard,
    Status,
    StatusTest,
)
from transpile.sources.printable import listed
from transpile.targets.flyte.cut_plans import Crossings, CutPlan, CutsPlan, Place
from transpile.targets.flyte.imports import names_in
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte.names import CONSTANTS, HELPERS, Scope, identifier
from transpile.targets.flyte.naming import CUTS
from transpile.targets.flyte.values import (
    Call,
    Comparison,
    Fixed,
    Lambda,
    Logic,
    Minutes,
    Name,
    Value,
    python_operator,
)

LONGEST_GATE = 200
"""Maximum length of the name of a gate."""

_LAST = "last"
"""The parameter of a condition that looks up the last status of a job."""

_TESTS = {
    StatusTest.SUCCESS: "succeeded",
    StatusTest.FAILURE: "failed",
    StatusTest.DONE: "done",
    StatusTest.TERMINATED: "terminated",
    StatusTest.NOT_RUNNING: "not_running",
    StatusTest.NOT_FAILED: "not_failed",
    StatusTest.NOT_SUCCEEDED: "not_succeeded",
    StatusTest.OVER: "done",
}


@dataclass(frozen=True, slots=True)
class Owner:
    """A module, and what other workflows need to know of it."""

    package: str
    folder: tuple[str, ...]
    name: str
    title: str
    found: Crossings

    @classmethod
    def of(cls, module: ModulePlan) -> "Owner":
        """The owner of the cuts of a planned module."""
        form, found = module.form, module.crossings
        return cls(form.package, module.folder, module.name, module.title, found)


@dataclass(slots=True)
class CutTable:
    """Collects what planned modules say about cuts, and plans the modules of cuts at the end."""

    places: dict[tuple[int, str], Place] = field(default_factory=dict)
    _owners: list[Owner] = field(default_factory=list)

    def add(self, owner: Owner, *, with_cuts: bool = True) -> None:
        """Add a planned module; without its cuts, it only says where jobs stand."""
        found = owner.found
        self.places.update({(found.network, job): at for job, at in found.places.items()})
        if (found.own or found.heard) and with_cuts:
            self._owners.append(owner)

    def plans(self) -> Iterator[CutsPlan]:
        """The modules of cuts, once all modules are added."""
        for owner in self._owners:
            yield _plan(owner, partial(self._place_of, owner.found.network))

    def _place_of(self, network: int, job: str) -> Place:
        return self.places[network, job]


def _plan(owner: Owner, place_of: Callable[[str], Place]) -> CutsPlan:
    scope = Scope()
    scope.take(constant for constant, _ in (*owner.found.own, *owner.found.heard))
    jobs: dict[str, tuple[str, Call]] = {}
    commands = {job: asks for _, cut in owner.found.own for job, asks in cut.legacy}
    before = {job: asks for _, cut in owner.found.own for job, asks in cut.before}

    def constant(job: str) -> Name:
        """The constant of a job that a cut looks at."""
        if job not in jobs:
            base = identifier(job, "job", CONSTANTS).upper()
            asked = job in commands and Call("LegacyJob", (job, commands[job]))
            jobs[job] = scope.claim(base), asked or _job(place_of(job), job, before)
        return Name(jobs[job][0])

    cuts = tuple(
        CutPlan(name, _comment(cut), _value(cut, owner.found, constant))
        for name, cut in owner.found.own
    )
    tells = tuple(
        CutPlan(name, _listening(each), _told(each, owner.found))
        for name, each in owner.found.heard
    )
    used = {name for each in (*cuts, *tells) for name in names_in(each.value)}
    used.update(name for _, value in jobs.values() for name in names_in(value))
    return CutsPlan(
        folder=owner.folder,
        name=owner.name + CUTS,
        title=owner.title,
        package=owner.package,
        uses_time="timedelta" in used,
        helpers=tuple(sorted(used & HELPERS)),
        jobs=tuple(jobs.values()),
        cuts=cuts,
        tells=tells,
    )


def _comment(cut: Cut) -> str:
    condition = f"condition: {cut.text}" if cut.text else ""
    place = f"{cut.span.file}:{cut.span.line}"
    return " · ".join(filter(None, (cut.job, place, condition)))


def _listening(heard: Heard) -> str:
    return f"{heard.job} · told to the legacy side for {listed(heard.listeners, 3)}"


def _told(heard: Heard, found: Crossings) -> Call:
    keywords: list[tuple[str, Value]] = [("tell", heard.command)]
    at = found.places[heard.job] if found.drives else None
    if at and not at.is_box:
        keywords.append(("task", at.node))
    return Call("LegacyJob", (heard.job,), tuple(keywords))


def _job(at: Place, name: str, before: Mapping[str, str]) -> Call:
    keywords: list[tuple[str, Value]] = []
    if at.box is not None:
        keywords.append(("box", at.box))
    if at.is_box:
        keywords.append(("is_box", True))
    if at.begins:
        keywords.append(("begins", at.begins))
    if at.waits:
        keywords.append(("waits", at.waits))
    if at.scheduled:
        keywords.append(("scheduled", Fixed(at.scheduled)))
    if name in before:
        keywords.append(("before", Call("LegacyJob", (name, before[name]))))
    return Call("Job", (at.workflow, at.node), tuple(keywords))


def _value(cut: Cut, found: Crossings, constant: Callable[[str], Name]) -> Call:
    holds = Lambda(_LAST, _test(cut, cut.condition, constant))
    if cut.starts:
        word = "task" if found.drives else "launch_plan"
        return Call("Start", (), ((word, found.start), ("holds", holds)))
    limited: tuple[tuple[str, Value], ...] = ()
    if cut.limit is not None:
        limited = (("limit", Minutes(cut.limit)),)
    if found.drives:
        return Call("Wait", (), (("gate", gate_name(cut)), ("holds", holds), *limited))
    at = found.places[cut.job]
    keywords: list[tuple[str, Value]] = [
        ("workflow", at.workflow),
        ("gate", gate_name(cut)),
        ("node", at.wait),
        ("holds", holds),
    ]
    if at.scheduled:
        keywords.append(("scheduled", Fixed(at.scheduled)))
    return Call("Wait", (), (*keywords, *limited))


def gate_name(cut: Cut) -> str:
    """The name of the gate: what the job waits for."""
    text = f"{cut.job}: {cut.shown}"
    if len(text) <= LONGEST_GATE:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{text[: LONGEST_GATE - 12]}... {digest}"


def _test(cut: Cut, condition: Condition, constant: Callable[[str], Name]) -> Value:
    """The condition as an expression over the last statuses of jobs."""
    if condition == FALSE:
        return False
    if isinstance(condition, All | AnyOf):
        word = "and" if isinstance(condition, All) else "or"
        return Logic(word, tuple(_test(cut, term, constant) for term in condition.terms))
    assert isinstance(condition, Status | ExitCode)
    keywords: list[tuple[str, Value]] = []
    if condition.lookback:
        keywords.append(("within", Minutes(condition.lookback)))
    elif condition.lookback == 0:
        keywords.append(("since", constant(cut.job)))
    if condition.begun:
        keywords.append(("begun", Fixed(tuple(map(Minutes, condition.begun)))))
    if condition.by is not None:
        keywords.append(("by", Minutes(condition.by)))
    last = Call(_LAST, (constant(condition.job),), tuple(keywords))
    if isinstance(condition, ExitCode):
        sign = python_operator(condition.operator)
        return Comparison(Call("exit_code", (last,)), sign, condition.value)
    return Call(_TESTS[condition.test], (last,))
