"""The whole conversion up to printing: sources to networks, facts, names and module plans."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from transpile.analysis import analyse
from transpile.analysis.cuts import report_endpoint
from transpile.analysis.sharing import report_shared_files
from transpile.analysis.waves import waves_of
from transpile.analysis.wishes import report_unmatched
from transpile.dialects import READINGS, SCHEDULERS, TABLES, Dialect, recognise
from transpile.dialects.kit.handovers import LegacyFile, handovers
from transpile.findings.codes.mapping import UnusedRule
from transpile.findings.codes.output import SettingsBelowSources, UnusedSuppression
from transpile.findings.codes.reading import (
    BinarySource,
    FolderPassedOver,
    HiddenSource,
    NoSource,
    PassedOver,
    UnknownFormat,
    UnreadableSource,
)
from transpile.findings.codes.waves import LegacyStart
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Facts, Rule
from transpile.model.readings import taken
from transpile.sources.resources import digest_of
from transpile.sources.text import Candidate, Source, Span, decode
from transpile.sources.walk import Skipped, candidates
from transpile.targets.flyte.lost import report_lost_containers
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte.naming import WorkflowNames, name_workflows
from transpile.targets.flyte.selection import Selection, select
from transpile.targets.plan import PlanTask, parts_of
from transpile.team import SETTINGS_FILE, Settings


@dataclass(slots=True)
class Loaded:
    """The sources of an estate by the name of their dialect, and the files passed over."""

    settings: Settings
    diagnostics: Diagnostics
    sources: dict[str, tuple[Dialect, list[Source]]] = field(default_factory=dict)
    passed_over: list[Candidate] = field(default_factory=list)

    @property
    def texts(self) -> dict[str, str]:
        """The texts of the sources by label."""
        found = (source for _, sources in self.sources.values() for source in sources)
        return {source.label: source.text for source in found}

    @property
    def size(self) -> int:
        """The number of characters in all sources."""
        return sum(len(source.text) for _, found in self.sources.values() for source in found)

    @property
    def readings(self) -> dict[str, str]:
        """The answers that are taken to the open questions of the formats of the sources."""
        asked = chain.from_iterable(dialect.readings for dialect, _ in self.sources.values())
        return taken(tuple(asked), dict(self.settings.rules.site.readings))

    def digest(self, *others: str) -> str:
        """A hash of the sources, the settings and `others`, independent of their location."""
        policy = self.settings.policy
        known = sorted(policy.baseline.items())
        parts = [*others, repr((policy.levels, policy.suppressions, known))]
        parts.append(repr(self.settings.rules))
        parts += map(str, self.diagnostics)
        parts += (candidate.label for candidate in self.passed_over)
        for name, (_, sources) in self.sources.items():
            for source in sources:
                parts += (name, source.label, source.encoding, str(source.named), source.text)
        return digest_of(part.encode("utf-8", "surrogatepass") for part in parts)


@dataclass(frozen=True)
class Estate:
    """The facts about an estate, and the names of its workflows.

    Job names are unique inside a network. `names` are those of the groups of each network. `texts`
    are the sources by label. Workflows are planned when they are asked for; `diagnostics` has the
    findings about those that were. `readings` are the answers that are taken to the open questions
    of its formats. A `selection` leaves out the other workflows, and the findings about their
    jobs. `handovers` are the files with which jobs leave the legacy side.
    """

    networks: tuple[Facts, ...]
    names: Sequence[Sequence[WorkflowNames]]
    settings: Settings
    diagnostics: Diagnostics
    texts: dict[str, str]
    readings: Mapping[str, str] = field(default_factory=dict)
    selection: Selection | None = None
    handovers: tuple[LegacyFile, ...] = ()

    def selecting(self, patterns: Sequence[str]) -> "Estate":
        """The estate with the workflows that match a pattern only; no pattern selects all.

        Workflows that stay on the legacy side are left out. Raises SelectsNothing.
        """
        if not patterns and self.settings.rules.waves.chosen is None:
            return self
        found = select(parts_of(self.networks, self.names), patterns)
        # What moves and is in no workflow is lost: its findings say why.
        lost = (name for f in self.networks for name in f.left_out - f.sides.stays if found.whole)
        self.diagnostics.only = found.jobs.union(lost)
        return replace(self, selection=found)

    @property
    def sources(self) -> tuple[str, ...]:
        """The labels of the sources."""
        return tuple(self.texts)

    @property
    def every_name(self) -> Iterator[WorkflowNames]:
        """The names of all workflows, or of the selected ones."""
        names, found = chain.from_iterable(self.names), self.selection
        return (n for number, n in enumerate(names) if found is None or number in found.chosen)

    @property
    def size(self) -> int:
        """The number of all workflows, or of the selected ones."""
        return sum(1 for _ in self.every_name)

    @property
    def titles(self) -> frozenset[str]:
        """The titles of all workflows, or of the selected ones."""
        return frozenset(names.title for names in self.every_name)

    @property
    def chosen_facts(self) -> tuple[Facts, ...]:
        """The facts about networks; with a selection, those about each selected workflow."""
        return tuple(t.part.facts for t in self.tasks()) if self.selection else self.networks

    def tasks(self) -> Iterator[PlanTask]:
        """For each workflow what it is planned from; `diagnostics` has to learn what is found."""
        found = self.selection
        return self._tasks(lambda number: found is None or number in found.chosen)

    def neighbours(self) -> Iterator[tuple[PlanTask, bool]]:
        """Workflows beside the selection that it needs, and whether their cuts are needed, too."""
        if found := self.selection:
            owners, asked = found.owners - found.chosen, found.asked
            yield from ((task, True) for task in self._tasks(owners.__contains__))
            yield from ((task, False) for task in self._tasks(asked.__contains__))

    def _tasks(self, wanted: Callable[[int], bool]) -> Iterator[PlanTask]:
        form, policy = self.settings.rules.form, self.settings.policy
        for number, part in enumerate(parts_of(self.networks, self.names)):
            if wanted(number):
                title, jobs = part.facts.title, part.facts.jobs
                judge = policy.about(jobs).judge
                yield PlanTask(part, form, self.diagnostics.excerpt(title, jobs, judge))

    def plans(self) -> Iterator[tuple[ModulePlan, Facts]]:
        """Plan one workflow after another: its module, with the facts that it is made from."""
        for task in self.tasks():
            findings = task.findings.opened()
            planned = task.plan(findings)
            self.diagnostics.complete(findings.added)
            yield planned
        self.conclude()

    def plan_all(self) -> None:
        """Plan all workflows for the findings about them."""
        deque(self.plans(), maxlen=0)

    def conclude(self) -> None:
        """Report what is known once all workflows are planned."""
        self.diagnostics.scope = None
        # A finding about another workflow may be what a suppression is for.
        for suppression in () if self.selection else self.settings.policy.unused():
            self.diagnostics.add(UnusedSuppression(text=str(suppression)), suppression.span)

    @cached_property
    def planned(self) -> tuple[tuple[ModulePlan, Facts], ...]:
        """All modules, with the facts that they are made from, kept in memory."""
        return tuple(self.plans())

    @property
    def modules(self) -> tuple[ModulePlan, ...]:
        """All modules, kept in memory."""
        return tuple(module for module, _ in self.planned)


def read_estate(
    arguments: Sequence[str], dialect: Dialect | None = None, settings: Settings | None = None
) -> Estate:
    """Read the sources as one estate, analyse it and plan its modules."""
    estate = build_estate(load_sources(arguments, dialect, settings=settings))
    _ = estate.planned
    return estate


def load_sources(
    arguments: Sequence[str],
    dialect: Dialect | None = None,
    apart_from: str | None = None,
    chosen: Callable[[str], bool] = lambda _: True,
    settings: Settings | None = None,
) -> Loaded:
    """All sources below the arguments; files that cannot be read are reported.

    The folder `apart_from`, and files in folders that are not `chosen`, are skipped.
    """
    settings = settings or Settings()
    settings.use_readings(READINGS)
    settings.use_tables(TABLES)
    loaded = Loaded(settings, Diagnostics(settings.policy.judge))
    for problem in settings.problems:
        loaded.diagnostics.add(problem.finding, problem.span, text=problem.text)
    for found, source in _sources(candidates(arguments, apart_from, chosen), dialect, loaded):
        loaded.sources.setdefault(found.name, (found, []))[1].append(source)
    if not loaded.sources:
        loaded.diagnostics.add(NoSource(), Span("sources", 1))
    return loaded


def build_estate(loaded: Loaded) -> Estate:
    """Analyse loaded sources as one estate and name its workflows."""
    diagnostics = loaded.diagnostics
    networks: list[Facts] = []
    read_by: list[tuple[Dialect, list[Source], int]] = []
    for found, sources in loaded.sources.values():
        diagnostics.scope = None
        read = found.read(sources, diagnostics, loaded.settings.rules.site)
        rules = loaded.settings.rules
        networks += (analyse(n, rules, SCHEDULERS, diagnostics) for n in read)
        read_by.append((found, sources, len(networks)))
    # Findings about jobs that are in no network count, too.
    diagnostics.decide()
    used = frozenset(path for network in networks for path in network.said.side_files)
    used |= {str(path) for path in loaded.settings.files}
    for candidate in loaded.passed_over:
        if os.path.realpath(candidate.path) not in used:
            is_settings = os.path.basename(candidate.path) == SETTINGS_FILE
            kind = SettingsBelowSources if is_settings else PassedOver
            diagnostics.add(kind(path=candidate.label), Span(candidate.label, 1))
    diagnostics.scope = None
    report_shared_files(networks, diagnostics)
    platform = loaded.settings.rules.form.platform
    report_lost_containers(networks, platform, diagnostics)
    # The driver of a program is connected to its platform.
    if not loaded.settings.rules.form.drives:
        report_endpoint(networks, platform, diagnostics)
    report_unmatched(loaded.settings.rules.placements, networks, diagnostics)
    _report_unused(loaded.settings, networks, diagnostics)
    estate = named_estate(networks, loaded.settings, diagnostics, loaded.texts)
    files = tuple(_legacy_files(estate, read_by)) if estate.settings.rules.waves.chosen else ()
    return replace(estate, readings=loaded.readings, handovers=files).selecting(())


def _legacy_files(
    estate: Estate, read_by: Iterable[tuple[Dialect, list[Source], int]]
) -> Iterator[LegacyFile]:
    """The files with which jobs leave the legacy side.

    `read_by` has the sources of each format, and how many networks they and those before make.
    """
    rules, first = estate.settings.rules, 0
    for dialect, sources, last in read_by:
        networks, names = estate.networks[first:last], estate.names[first:last]
        first = last
        plans = (plan for groups in names for group in groups for plan in group.starts.items())
        starts = {name: rules.waves.bridge.starts(plan) for name, plan in plans}
        for facts in () if dialect.can_start else networks:
            for name in sorted(facts.sides.started):
                job = facts.said.jobs[name]
                found = LegacyStart(name=name, feeders=job.condition_text)
                estate.diagnostics.add(found, job.condition_place, job=name)
        sides = [(facts.said, facts.sides) for facts in networks]
        made = sources, rules.site, rules.waves, sides, starts
        yield from handovers(dialect, *made, estate.diagnostics)


def named_estate(
    networks: Sequence[Facts], settings: Settings, diagnostics: Diagnostics, texts: dict[str, str]
) -> Estate:
    """The estate of these networks, with names for its workflows."""
    names = name_workflows(networks, diagnostics, settings.rules.form)
    return Estate(tuple(networks), names, settings, diagnostics, texts)


def _report_unused(settings: Settings, networks: Iterable[Facts], diagnostics: Diagnostics) -> None:
    """Report the rules and durations that match no job."""
    used: set[Rule] = set()
    for network in networks:
        used.update(network.externals.values(), network.map_rules, network.workflow_rules)
    for rule in settings.rules.every:
        if rule not in used:
            diagnostics.add(UnusedRule(text=str(rule)), rule.span)
    if (waves := settings.rules.waves).every:
        moving = {name for f in networks for name in waves_of(f.said, f.jobs, waves).values()}
        for wave in (each for each in waves.every if each.name not in moving):
            diagnostics.add(UnusedRule(text=str(wave)), wave.span)
    for duration in settings.durations.unused([n for facts in networks for n in facts.jobs]):
        diagnostics.add(UnusedRule(text=f"[durations] {duration.pattern}"), duration.span)


def _sources(
    found_files: Iterable[Candidate | Skipped], dialect: Dialect | None, loaded: Loaded
) -> Iterator[tuple[Dialect, Source]]:
    for candidate in found_files:
        if isinstance(candidate, Skipped):
            kind = UnreadableSource if candidate.is_error else FolderPassedOver
            found_out = kind(path=candidate.label, reason=candidate.reason)
            loaded.diagnostics.add(found_out, Span(candidate.label, 1))
            continue
        try:
            found = _dialect_of(candidate, dialect, loaded)
            if found is not None:
                yield found
        except OSError as error:
            _report_unreadable(candidate.label, error, loaded.diagnostics)


def _dialect_of(
    candidate: Candidate, dialect: Dialect | None, loaded: Loaded
) -> tuple[Dialect, Source] | None:
    """The dialect and text of a candidate; None if it is passed over or reported."""
    label = candidate.label
    source = candidate.load() if candidate.is_stream else None
    head = source.text if source else decode(candidate.head())[0]
    recognised = recognise(candidate.path, head, loaded.settings.rules.site)
    found = dialect or recognised
    if candidate.hidden and recognised:
        loaded.diagnostics.add(HiddenSource(path=label), Span(label, 1))
        return None
    if found is None or candidate.hidden or (dialect and not candidate.named and not recognised):
        if candidate.named:
            loaded.diagnostics.add(UnknownFormat(path=label), Span(label, 1))
        else:
            loaded.passed_over.append(candidate)
        return None
    if "\0" in head and not found.recognises(head):
        loaded.diagnostics.add(BinarySource(path=label), Span(label, 1))
        return None
    return found, source or candidate.load()


def _report_unreadable(label: str, error: OSError, diagnostics: Diagnostics) -> None:
    reason = error.strerror or type(error).__name__
    diagnostics.add(UnreadableSource(path=label, reason=reason), Span(label, 1))
