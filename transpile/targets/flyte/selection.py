"""Selects workflows of an estate."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from transpile.targets.plan import Part

_NOTES = ("application", "group")
"""Notes of jobs by which workflows are selected."""


class SelectsNothing(Exception):
    """The `pattern` matches no workflow."""

    def __init__(self, pattern: str) -> None:
        super().__init__(f"--select {pattern}: no workflow matches")
        self.pattern = pattern


@dataclass(frozen=True, slots=True)
class Selection:
    """The numbers of the selected workflows, and their `jobs`.

    `owners` are those whose modules of cuts they import, their own among them; `asked` are other
    workflows that these cuts look at.
    """

    chosen: frozenset[int]
    owners: frozenset[int]
    asked: frozenset[int]
    jobs: frozenset[str]


def select(parts: Iterable[Part], patterns: Sequence[str]) -> Selection:
    """The workflows that match one of the patterns. Raises SelectsNothing."""
    rest, jobs = set(patterns), set[str]()
    chosen: set[int] = set()
    home: dict[tuple[int, str], int] = {}
    asked: dict[int, set[tuple[int, str]]] = {}
    imported: dict[int, set[tuple[int, str]]] = {}
    for number, part in enumerate(parts):
        facts, network = part.facts, part.network
        home.update({(network, name): number for name in facts.jobs})
        asked[number] = {(network, job) for cut in facts.cuts.values() for job in cut.asked}
        told = (cut.job for cuts in facts.told.values() for cut in cuts)
        imported[number] = {(network, job) for job in told}
        if found := [pattern for pattern in patterns if _matches(part, pattern)]:
            rest.difference_update(found)
            chosen.add(number)
            jobs.update(facts.jobs)
    if rest:
        raise SelectsNothing(min(rest))
    # A module imports the cuts of workflows that it tells; these look at jobs elsewhere.
    owners = chosen | {home[key] for number in chosen for key in imported[number]}
    others = {home[key] for number in owners for key in asked[number] if key in home} - owners
    return Selection(frozenset(chosen), frozenset(owners), frozenset(others), frozenset(jobs))


def _matches(part: Part, pattern: str) -> bool:
    kind, colon, text = pattern.partition(":")
    if colon and kind in _TESTS:
        return _TESTS[kind](part, text)
    return any(fnmatchcase(name, pattern) for name in part.facts.jobs)


def _in_folder(part: Part, pattern: str) -> bool:
    folder = part.names.folder
    return any(fnmatchcase("/".join(folder[:n]), pattern) for n in range(len(folder) + 1))


def _is_noted(key: str) -> Callable[[Part, str], bool]:
    def test(part: Part, pattern: str) -> bool:
        notes = (dict(job.notes).get(key) for job in part.facts.jobs.values())
        return any(note is not None and fnmatchcase(note, pattern) for note in notes)

    return test


_TESTS: dict[str, Callable[[Part, str], bool]] = {
    "folder": _in_folder,
    "workflow": lambda part, pattern: fnmatchcase(part.names.title, pattern),
    **{key: _is_noted(key) for key in _NOTES},
}
