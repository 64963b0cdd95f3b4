"""Builds the networks of a list: its jobs with their conditions, boxes and schedules."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from transpile.dialects.joblist.actions import build_payload, build_retries, build_time_limit
from transpile.dialects.joblist.boxes import rule_of, settle_boxes
from transpile.dialects.joblist.clocks import Clock, Links, clock_of
from transpile.dialects.joblist.codes.lists import DrawingLeavesOut, ListGuessed
from transpile.dialects.joblist.conditions import (
    ConditionError,
    Target,
    asks_for_success,
    build_condition,
)
from transpile.dialects.joblist.engine import ListEngine
from transpile.dialects.joblist.model import Entry, JobList
from transpile.dialects.joblist.references import Found, Names, shown
from transpile.dialects.joblist.schedules import build_timing
from transpile.dialects.joblist.settings import ListSettings
from transpile.dialects.kit.clock_days import ClockPlan
from transpile.dialects.kit.values import Value
from transpile.findings.codes.conditions import UnreadableCondition
from transpile.findings.codes.reading import StrayText
from transpile.findings.codes.schedules import NoTimeZone
from transpile.findings.diagnostics import Diagnostic, Diagnostics
from transpile.model import (
    TRUE,
    All,
    Blocked,
    Condition,
    Job,
    Kind,
    Network,
    Status,
    StatusTest,
    Tally,
    atoms,
    simplified,
)
from transpile.model.zones import Zones
from transpile.sources.text import Span

_NOT_OF_BOXES = ("command", "retries")
_IN_A_BOX = "a box runs nothing itself: write it into one of its jobs"
_MOST_SHOWN = 8


class Kept(Diagnostics):
    """Findings that are kept until the title of their network is known."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[Diagnostic] = []

    def record(self, found: Diagnostic) -> None:
        """Keep a finding."""
        self.kept.append(found)


def build_networks(
    found: JobList, settings: ListSettings, zones: Zones, kept: Kept, diagnostics: Diagnostics
) -> Iterator[Network]:
    """The network of a list, or, where its parts start at different times, one of each part.

    `kept` has what is known about the list before.
    """
    builder = _Builder(found, settings, kept)
    builder.build()
    parts = builder.links.parts()
    clocks = [builder.clock_of(part) for part in parts]
    title = settings.whole.get("title", found.title)
    if len({clock.key if clock else None for clock in clocks}) == 1:
        parts, clocks = [list(builder.jobs)], clocks[:1]
    place_of = {name: number for number, part in enumerate(parts) for name in part}
    about: list[list[Diagnostic]] = [[] for _ in parts]
    for each in kept.kept:
        about[place_of.get(each.job or "", 0)].append(each)
    has_told = False
    for part, clock, findings in zip(parts, clocks, about, strict=True):
        own = title if len(parts) == 1 else f"{title}_{part[0]}"
        diagnostics.scope = own
        for each in findings:
            diagnostics.record(each)
        timing = None
        if clock is not None:
            timing = build_timing(clock.cron, clock.zone, clock.job, zones, diagnostics)
        if timing is not None and timing.schedule.timezone is None and not has_told:
            # Once for a list: the team answers it once.
            has_told = True
            diagnostics.add(NoTimeZone(), timing.schedule.span, text=str(timing.schedule))
        yield Network(
            {name: builder.jobs[name] for name in part},
            {},
            ListEngine,
            tally=builder.tally_of(part),
            title=own,
            schedule=timing.schedule if timing else None,
            plan=ClockPlan({None: (timing.clock,)} if timing else {}),
        )


class _Builder:
    """Builds all jobs of a list."""

    def __init__(self, found: JobList, settings: ListSettings, diagnostics: Diagnostics) -> None:
        self.jobs: dict[str, Job] = {}
        self._list = found
        self._settings = settings
        self._diagnostics = diagnostics
        self._boxes = settle_boxes(found, diagnostics)
        entries = [*found.jobs.values(), *found.boxes.values()]
        # A box stands before the first of its jobs.
        entries.sort(key=lambda entry: (entry.span.line, not entry.is_box, entry.span.column))
        self._entries = {entry.name: entry for entry in entries}
        self._names = Names(found, self._boxes, settings.whole.get("separator", ""))
        self._found: dict[str, Found] = {}
        self._rules: dict[str, bool] = {}

    def build(self) -> None:
        """Find what each job comes after, and build the jobs."""
        for name, entry in self._entries.items():
            if entry.box is not None:
                entry.box = self._boxes.get(entry.box, entry.box)
            self._found[name] = self._names.targets(entry, self._diagnostics)
        said = []
        if self._names.used and not self._settings.whole.get("separator"):
            said.append(f"names are split at {shown(self._names.used)}")
        asks = any(entry.values.get("when") for entry in self._entries.values())
        if (
            len(self._list.jobs) > 1
            and not asks
            and not any(f.targets for f in self._found.values())
        ):
            said.append("no job comes after another one, all start together")
        if said:
            text = ", ".join(said)
            self._diagnostics.add(ListGuessed(guesses=text), self._list.span, text=text)
        self._rules = self._behind_rules()
        for entry in self._entries.values():
            self.jobs[entry.name] = self._job(entry)
        self._set_box_rules()

    @cached_property
    def links(self) -> Links:
        """What belongs together."""
        after = {
            name: [a.job for a in atoms(job.condition) if isinstance(a, Status)]
            + [target.name for target in self._found[name].targets]
            for name, job in self.jobs.items()
        }
        return Links(after, {name: job.box for name, job in self.jobs.items()})

    def clock_of(self, part: Sequence[str]) -> Clock | None:
        """The clock of jobs that belong together."""
        whole, settings = self._list, self._settings
        zone = whole.timezone
        if "zone" in settings.whole:
            zone = Value(settings.whole["zone"], settings.span)
        cron = whole.schedule
        if "cron" in settings.whole:
            cron = Value(settings.whole["cron"], settings.span)
        clock = Clock(cron, zone, None) if cron and cron.text.strip() else None
        return clock_of(part, self._entries, self.links, clock, zone, self._diagnostics)

    def tally_of(self, part: Sequence[str]) -> Tally:
        """How many values ended in which way."""
        entries = [self._entries[name] for name in part]
        values = sum(1 + len(entry.values) + len(entry.after) for entry in entries)
        notes = sum(len(entry.notes) for entry in entries)
        return Tally(values, notes + self._list.noted)

    # ---------------------------------------------------------------- jobs

    def _job(self, entry: Entry) -> Job:
        values = entry.values
        condition, blocked = self._condition(entry)
        notes = list(entry.notes)
        if "machine" in values:
            notes.insert(0, ("machine", values["machine"].text))
        job = Job(
            entry.name,
            entry.span,
            Kind.BOX,
            box=entry.box,
            condition=condition,
            condition_text=self._shown(entry),
            condition_span=self._place(entry),
            description=values["description"].text if "description" in values else "",
            notes=tuple(notes),
            time_limit=build_time_limit(entry, self._settings.unit, self._diagnostics),
            blocked=blocked or self._left_out(entry),
        )
        if entry.is_box:
            for key in _NOT_OF_BOXES:
                if key in values and values[key].text.strip():
                    stray = StrayText(text=values[key].text)
                    self._diagnostics.add(stray, values[key].span, job=entry.name, help=_IN_A_BOX)
            return job
        payload = build_payload(entry, self._diagnostics)
        return replace(
            job,
            kind=payload.kind,
            action=payload.action,
            retries=build_retries(entry, self._diagnostics) if payload.action else 0,
            blocked=job.blocked or payload.blocked,
        )

    def _left_out(self, entry: Entry) -> Blocked | None:
        """Why a job of a drawing must not run: the drawing does not show all that it needs."""
        left_out = entry.left_out
        if left_out is None:
            return None
        found = DrawingLeavesOut(name=entry.name, what=left_out.text)
        self._diagnostics.add(found, left_out.span, job=entry.name, text=left_out.text)
        return Blocked(DrawingLeavesOut, f"the drawing leaves out {left_out.text}")

    def _condition(self, entry: Entry) -> tuple[Condition | None, Blocked | None]:
        """What the job waits for, and why that is not known, if so."""
        targets, problem = self._found[entry.name]
        when = entry.values.get("when")
        blocked = None
        if problem is not None:
            blocked = Blocked(type(problem), "what it comes after is not known")
        try:
            condition = build_condition(
                when.text if when else "",
                targets,
                lambda name: self._names.find(name) or name,
                lambda name: not self._rules.get(name, True),
            )
        except ConditionError as error:
            text, span = self._wrong(targets, when, entry)
            place = span._replace(column=span.column + error.offset)
            unread = UnreadableCondition(reason=error.reason)
            self._diagnostics.add(unread, place, job=entry.name, text=text)
            blocked = Blocked(UnreadableCondition, error.reason)
            condition = simplified(
                All(tuple(Status(t.name, StatusTest.SUCCESS, span=t.span) for t in targets))
            )
        return None if condition == TRUE else condition, blocked

    def _wrong(
        self, targets: Sequence[Target], when: Value | None, entry: Entry
    ) -> tuple[str, Span]:
        """The text of a condition that cannot be read, and its place."""
        if when is not None and when.text.strip():
            return when
        asked = next((r.when for r in entry.after if r.when), None)
        return asked or Value("", targets[0].span if targets else entry.span)

    def _place(self, entry: Entry) -> Span | None:
        when = entry.values.get("when")
        if when is not None and when.text.strip():
            return when.span
        targets = self._found[entry.name].targets
        return targets[0].span if targets else None

    def _shown(self, entry: Entry) -> str:
        """What the job comes after and asks for, for readers."""
        names = [target.name for target in self._found[entry.name].targets]
        more = f" and {len(names) - _MOST_SHOWN} more" if len(names) > _MOST_SHOWN else ""
        when = entry.values.get("when")
        parts = [f"after {', '.join(names[:_MOST_SHOWN])}{more}"] if names else []
        return ": ".join([*parts, *([when.text.strip()] if when and when.text.strip() else [])])

    # ---------------------------------------------------------------- rules

    def _behind_rules(self) -> dict[str, bool]:
        """Whether each job may stay without a run although no job has failed."""
        behind: dict[str, list[str]] = {name: [] for name in self._entries}
        pending = []
        for name, entry in self._entries.items():
            targets, problem = self._found[name]
            when = entry.values.get("when")
            asked = [when.text if when else "", *(target.when for target in targets)]
            if problem is not None or not all(map(asks_for_success, asked)):
                pending.append(name)
            for target in targets:
                if target.name in behind:
                    behind[target.name].append(name)
            if entry.box in behind:
                # What does not happen in a box may keep the box from ending well, and its jobs
                # from starting.
                behind[entry.box or ""].append(name)
        found = dict.fromkeys(self._entries, False)
        while pending:
            name = pending.pop()
            if not found[name]:
                found[name] = True
                pending += behind[name]
        return found

    def _set_box_rules(self) -> None:
        """Give a rule to boxes that need not run all their jobs, or are asked for a failure."""
        members: dict[str, list[str]] = {}
        asked: set[str] = set()
        for name, job in self.jobs.items():
            if job.box is not None:
                members.setdefault(job.box, []).append(name)
            for atom in atoms(job.condition):
                if isinstance(atom, Status) and atom.test is not StatusTest.SUCCESS:
                    asked.add(atom.job)
        for box, inside in members.items():
            if box in self.jobs and (box in asked or any(map(self._rules.__getitem__, inside))):
                job = self.jobs[box]
                self.jobs[box] = replace(job, box_rule=rule_of(inside, self._rules, job.span))
