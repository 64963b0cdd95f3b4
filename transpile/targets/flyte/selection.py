"""Selects workflows of an estate."""

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from transpile.targets.plan import Part

_NOTES = ("application", "group")
"""Notes of jobs by which workflows are selected."""

_JOB, _FOLDER, _WORKFLOW = "job", "folder", "workflow"
_KINDS = (_FOLDER, _WORKFLOW, *_NOTES)
"""Words in front of the colon of a pattern."""

_CLOSE = 3
"""Maximum number of names that are proposed for a pattern without a match."""


class SelectsNothing(Exception):
    """A pattern matches no workflow."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The numbers of the selected workflows, and their `jobs`.

    They are the `whole` if nothing else runs on the platform. `owners` are those whose modules of
    cuts they import, their own among them; `asked` are other workflows that these cuts look at.
    """

    chosen: frozenset[int]
    owners: frozenset[int]
    asked: frozenset[int]
    jobs: frozenset[str]
    whole: bool = False


@dataclass(slots=True)
class Chooser:
    """Tells which workflows match one of the patterns, and which pattern matches none."""

    patterns: Sequence[str]
    _unmatched: dict[str, None] = field(init=False)
    _seen: dict[str, dict[str, None]] = field(init=False)

    def __post_init__(self) -> None:
        self._unmatched = dict.fromkeys(self.patterns)
        self._seen = {kind: {} for kind, _ in map(_split, self.patterns)}

    def chooses(self, words: Mapping[str, Collection[str]]) -> bool:
        """True if a workflow matches; `words` are its jobs, folders and the like, by kind."""
        found = [pattern for pattern in self.patterns if _matches(words, pattern)]
        for pattern in found:
            self._unmatched.pop(pattern, None)
        for kind, seen in self._seen.items():
            seen.update(dict.fromkeys(words[kind]))
        return bool(found)

    def check(self) -> None:
        """Raise SelectsNothing for a pattern that has matched no workflow."""
        for pattern in sorted(self._unmatched):
            kind, text = _split(pattern)
            close = _close(text, list(self._seen[kind]))
            prefix = "" if kind == _JOB else f"{kind}:"
            names = ", ".join(f"{prefix}{name}" for name in close)
            hint = f" (did you mean {names}?)" if names else ""
            raise SelectsNothing(f"--select {pattern}: no workflow matches{hint}")


def by_note(pattern: str) -> bool:
    """True for a pattern about a note of jobs, such as their application."""
    return _split(pattern)[0] in _NOTES


def words_of(
    title: str, folder: Sequence[str], jobs: Collection[str], notes: Mapping[str, Collection[str]]
) -> dict[str, Collection[str]]:
    """What patterns look at in a workflow, by kind; the folders around it count, too."""
    folders = ["/".join(folder[:number]) for number in range(len(folder) + 1)]
    return {_JOB: jobs, _FOLDER: folders, _WORKFLOW: (title,), **notes}


def select(parts: Iterable[Part], patterns: Sequence[str]) -> Selection:
    """The workflows that match a pattern, or all on the platform. Raises SelectsNothing."""
    chooser, jobs = Chooser(patterns), set[str]()
    chosen: set[int] = set()
    home: dict[tuple[int, str], int] = {}
    asked: dict[int, set[tuple[int, str]]] = {}
    imported: dict[int, set[tuple[int, str]]] = {}
    for number, part in enumerate(parts):
        facts, network = part.facts, part.network
        home.update({(network, name): number for name in facts.jobs})
        cuts = facts.cuts.values()
        asked[number] = {(network, job) for cut in cuts for job in cut.asked_here}
        told = (cut.job for cuts in facts.told.values() for cut in cuts)
        imported[number] = {(network, job) for job in told}
        notes = {key: dict.fromkeys(_noted(part, key)) for key in _NOTES}
        words = words_of(part.names.title, part.names.folder, facts.jobs, notes)
        if not facts.stays and (chooser.chooses(words) or not patterns):
            chosen.add(number)
            jobs.update(facts.jobs)
    chooser.check()
    # A module imports the cuts of workflows that it tells; these look at jobs elsewhere.
    owners = chosen | {home[key] for number in chosen for key in imported[number]}
    others = {home[key] for number in owners for key in asked[number] if key in home} - owners
    numbers = frozenset(chosen), frozenset(owners), frozenset(others)
    return Selection(*numbers, frozenset(jobs), whole=not patterns)


def _split(pattern: str) -> tuple[str, str]:
    """The kind of a pattern, and its text."""
    kind, colon, text = pattern.partition(":")
    return (kind, text) if colon and kind in _KINDS else (_JOB, pattern)


def _matches(words: Mapping[str, Collection[str]], pattern: str) -> bool:
    kind, text = _split(pattern)
    return any(fnmatchcase(word, text) for word in words[kind])


def _noted(part: Part, key: str) -> Iterator[str]:
    """The values of a note of its jobs."""
    for job in part.facts.jobs.values():
        yield from (value for name, value in job.notes if name == key)


def _close(text: str, names: Sequence[str]) -> list[str]:
    """The names that a pattern may have been meant for."""
    by_key = {name.lower(): name for name in names}
    key = text.lower().strip("*")
    found = difflib.get_close_matches(key, list(by_key), _CLOSE)
    begun = (name for name in by_key if key and name.startswith(key))
    return [by_key[name] for name in dict.fromkeys((*found, *begun))][:_CLOSE]
