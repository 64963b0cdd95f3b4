"""The whole comparison of two versions of an estate on one page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from transpile.drift.attributes import texts_of
from transpile.drift.changes import Change, changes_of_job, changes_of_network
from transpile.drift.dates import Span
from transpile.drift.matching import Matches, match
from transpile.drift.modules import Modules, Reasons, compare_modules
from transpile.drift.sides import Key, Side
from transpile.drift.texts import renamed_in, squeezed
from transpile.findings.diagnostics import Diagnostic
from transpile.findings.finding import Level


@dataclass(frozen=True, slots=True)
class Moved:
    """A job that stands elsewhere: `what` is its box, folder or workflow."""

    job: Key
    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A job, or a workflow with all its jobs, about which something changes."""

    title: str
    keys: tuple[Key, ...]
    changes: tuple[Change, ...]

    @property
    def is_same(self) -> bool:
        """True if it is written differently, and means the same."""
        return all(change.is_same for change in self.changes)


@dataclass(frozen=True, slots=True)
class FindingCount:
    """How many findings of a code the new version has that the old one has not, and vice versa."""

    code: str
    gained: tuple[Diagnostic, ...]
    lost: tuple[Diagnostic, ...]

    @property
    def counts(self) -> bool:
        """True for errors, warnings and definitions; other notes are no difference in meaning."""
        both = (*self.gained, *self.lost)
        return any(found.level is not Level.NOTE or found.statement for found in both)


@dataclass(frozen=True, slots=True)
class Drift:
    """All differences between two versions of an estate.

    `renamed_workflows` are named after their files: the new name changes no meaning.
    """

    span: Span
    matches: Matches
    moved: tuple[Moved, ...]
    jobs: tuple[Changed, ...]
    workflows: tuple[Changed, ...]
    added_workflows: tuple[str, ...]
    removed_workflows: tuple[str, ...]
    renamed_workflows: tuple[tuple[str, str, bool], ...]
    variables: tuple[tuple[str, str | None, str | None], ...]
    findings: tuple[FindingCount, ...]
    modules: Modules

    @property
    def is_same(self) -> bool:
        """True if there is no difference in meaning."""
        return not (
            any((self.matches.added, self.matches.removed, self.matches.renamed, self.moved))
            or any(not each.is_same for each in (*self.jobs, *self.workflows))
            or any((self.added_workflows, self.removed_workflows, self.variables))
            or any(not by_file for _, _, by_file in self.renamed_workflows)
            or any(found.counts for found in self.findings)
            or self.modules.unexplained
        )


def compare(old: Side, new: Side, span: Span) -> Drift:
    """Compare two versions of an estate; start times on the days of a span."""
    matches = match(old, new)
    pairs = [(a, b) for a, b in matches.pairs.items()]
    moved = tuple(found for pair in pairs for found in _moved(old, new, pair, matches))
    jobs = tuple(
        Changed(pair[1].name, (pair[1],), changes)
        for pair in pairs
        if (changes := changes_of_job(old, new, pair, matches, span))
    )
    networks = sorted(matches.networks.items())
    workflows = tuple(
        Changed(_title(new, pair[1]), _inside(new, pair[1]), changes)
        for pair in networks
        if (changes := changes_of_network(old, new, pair, span))
    )
    renamed_workflows = tuple(
        (_title(old, a), _title(new, b), _is_by_file(old, new, (a, b)))
        for a, b in networks
        if old.groups[a].said.title != new.groups[b].said.title
    )
    variables = tuple(_variables(old, new, networks))
    findings = tuple(_findings(old, new, matches))
    reasons = _reasons(matches, moved, (*jobs, *workflows))
    kept = set(matches.networks.values())
    return Drift(
        span=span,
        matches=matches,
        moved=moved,
        jobs=jobs,
        workflows=workflows,
        added_workflows=_titles(new, set(range(len(new.groups))) - kept),
        removed_workflows=_titles(old, set(range(len(old.groups))) - matches.networks.keys()),
        renamed_workflows=renamed_workflows,
        variables=variables,
        findings=findings,
        modules=compare_modules(
            old,
            new,
            matches,
            reasons,
            differs=bool(variables or findings or reasons.old or reasons.new or reasons.same),
        ),
    )


def _titles(side: Side, numbers: set[int]) -> tuple[str, ...]:
    titles = (side.groups[number].said.title for number in sorted(numbers))
    return tuple(title for title in titles if title is not None)


def _title(side: Side, network: int) -> str:
    said = side.groups[network].said
    return said.title if said.title is not None else said.engine.name


def _inside(side: Side, network: int) -> tuple[Key, ...]:
    return tuple(key for key in side.jobs if key.network == network)


def _is_by_file(old: Side, new: Side, pair: tuple[int, int]) -> bool:
    """True if both titles are names of files, or made of the order of jobs in them."""
    return old.groups[pair[0]].is_named_by_file and new.groups[pair[1]].is_named_by_file


def _moved(old: Side, new: Side, pair: tuple[Key, Key], matches: Matches) -> Iterator[Moved]:
    first, second = pair
    names = matches.names(first.network)
    box, other = old.jobs[first].box, new.jobs[second].box
    if (names.get(box, box) if box is not None else None) != other:
        yield Moved(second, "box", box or "", other or "")
    if matches.networks.get(first.network) != second.network:
        titles = _title(old, first.network), _title(new, second.network)
        yield Moved(second, "workflow", *titles)
    home, there = old.homes.get(first), new.homes.get(second)
    if home is not None and there is not None and home.folder != there.folder:
        yield Moved(second, "folder", home.folder, there.folder)


def _variables(
    old: Side, new: Side, networks: Sequence[tuple[int, int]]
) -> Iterator[tuple[str, str | None, str | None]]:
    """Variables whose values differ: name, old and new value."""
    for a, b in networks:
        left, right = old.groups[a].said.variables, new.groups[b].said.variables
        for name in dict.fromkeys((*left, *right)):
            before, after = (each[name].value if name in each else None for each in (left, right))
            if before != after:
                yield name, before, after


# ---------------------------------------------------------------- findings


def _findings(old: Side, new: Side, matches: Matches) -> Iterator[FindingCount]:
    names = {a.name: b.name for a, b in (*matches.renamed, *matches.numbered)}
    left, right = _by_meaning(old, names), _by_meaning(new, {})
    gained, lost = _beyond(right, left), _beyond(left, right)
    for code in sorted({found.code for found in (*gained, *lost)}):
        yield FindingCount(
            code,
            tuple(found for found in gained if found.code == code),
            tuple(found for found in lost if found.code == code),
        )


_Meaning = tuple[str, ...]


def _by_meaning(side: Side, names: Mapping[str, str]) -> dict[_Meaning, list[Diagnostic]]:
    """Findings by what they say, without the places where they say it."""
    # How conditions and start times are spelled has no meaning.
    spelled = {squeezed(text) for job in side.jobs.values() for text in texts_of(job)}
    found: dict[_Meaning, list[Diagnostic]] = {}
    for finding in side.findings:
        job = finding.job or ""
        is_spelled = squeezed(finding.text) in spelled or finding.kind.starts is not None
        text = "" if is_spelled else finding.text
        told = [
            squeezed(renamed_in(side.places.without(each), names))
            for each in (finding.message, text, finding.statement)
        ]
        meaning = (finding.code, names.get(job, job), *told)
        found.setdefault(meaning, []).append(finding)
    return found


def _beyond(
    some: Mapping[_Meaning, list[Diagnostic]], others: Mapping[_Meaning, list[Diagnostic]]
) -> list[Diagnostic]:
    """The findings of one version that the other one has not, or not as often."""
    return [
        found for meaning, each in some.items() for found in each[len(others.get(meaning, ())) :]
    ]


# ---------------------------------------------------------------- reasons


def _reasons(matches: Matches, moved: Sequence[Moved], changed: Sequence[Changed]) -> Reasons:
    """What is said about each job, as reasons why modules change."""
    old: dict[Key, list[str]] = {key: [f"{key.name} removed"] for key in matches.removed}
    new: dict[Key, list[str]] = {key: [f"{key.name} added"] for key in matches.added}
    same: dict[Key, list[str]] = {}
    for first, second in matches.renamed:
        new.setdefault(second, []).append(f"{first.name} renamed to {second.name}")
    for each in moved:
        new.setdefault(each.job, []).append(f"{each.job.name} moved: {each.what}")
    for job in changed:
        differing = [change.label for change in job.changes if not change.is_same]
        what, into = (differing, new) if differing else ([c.label for c in job.changes], same)
        text = f"{job.title}: {', '.join(what)}"
        for key in job.keys:
            into.setdefault(key, []).append(text)
    return Reasons(old, new, same)
