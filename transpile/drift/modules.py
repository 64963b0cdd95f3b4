"""Compares the modules of two versions: which ones change, and because of which jobs."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from transpile.drift.matching import Matches
from transpile.drift.sides import Key, Side

_WORD = re.compile(r"\w+|[^\w\s]")
_HELPERS = "its workflows use other helpers"


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why modules change: for each job of either version what is said about it.

    `old` and `new` are about differences in meaning, `same` about what is written differently.
    """

    old: Mapping[Key, list[str]] = field(default_factory=dict)
    new: Mapping[Key, list[str]] = field(default_factory=dict)
    same: Mapping[Key, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the new version, or of the old one if it is removed, and why it changes."""

    path: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Modules:
    """The modules that a conversion of the new version would add, remove, rename and change.

    `restated` modules change in their text only: places in the source, the order of jobs, what is
    written differently. No difference in the source accounts for those that are `unexplained`.
    """

    added: tuple[Module, ...] = ()
    removed: tuple[Module, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    changed: tuple[Module, ...] = ()
    restated: tuple[Module, ...] = ()
    unexplained: tuple[Module, ...] = ()


def compare_modules(
    old: Side, new: Side, matches: Matches, reasons: Reasons, *, differs: bool
) -> Modules:
    """Compare the modules; `differs`: the versions differ in something that no job has."""
    gone = [path for path in old.modules if path not in new.modules]
    come = [path for path in new.modules if path not in old.modules]
    renamed = tuple(_renamed(old, new, gone, come, matches))
    before, after = {a for a, _ in renamed}, {b for _, b in renamed}
    found: dict[str, list[Module]] = {"changed": [], "restated": [], "unexplained": []}
    pairs = [(path, path) for path in new.modules if path in old.modules]
    for first, second in (*pairs, *renamed):
        if old.modules[first] != new.modules[second]:
            kind, told = _kind(old, new, (first, second), reasons)
            if kind == "unexplained" and differs:
                kind, told = "changed", ["other parts of the estate change"]
            found[kind].append(Module(second, tuple(dict.fromkeys(told))))
    return Modules(
        added=tuple(_told(new, path, reasons.new) for path in come if path not in after),
        removed=tuple(_told(old, path, reasons.old) for path in gone if path not in before),
        renamed=renamed,
        **{kind: tuple(each) for kind, each in found.items()},
    )


def _kind(old: Side, new: Side, paths: tuple[str, str], reasons: Reasons) -> tuple[str, list[str]]:
    """How a module changes, and why."""
    first, second = paths
    if second not in new.inside:
        return ("changed", [_HELPERS]) if reasons.new or reasons.old else ("restated", [_HELPERS])
    told = [why for key in old.inside[first] for why in reasons.old.get(key, ())]
    told += [why for key in new.inside[second] for why in reasons.new.get(key, ())]
    if told:
        return "changed", told
    same = [why for key in new.inside[second] for why in reasons.same.get(key, ())]
    if same:
        return "restated", same
    if first != second:
        return "restated", ["the name of its file"]
    if _words(old, first) == _words(new, second):
        return "restated", ["lines in the source, or the order of jobs"]
    return "unexplained", ["no difference of the source accounts for it"]


def _words(side: Side, path: str) -> Counter[str]:
    """The words of a module without places in sources, however they are ordered."""
    text = side.places.without(side.modules[path])
    # A comma may follow the last of several values, and brackets may stand around long lines.
    return Counter(word for word in _WORD.findall(text) if word not in ",()")


def _told(side: Side, path: str, reasons: Mapping[Key, Sequence[str]]) -> Module:
    told = [why for key in side.inside.get(path, ()) for why in reasons.get(key, ())]
    return Module(path, tuple(dict.fromkeys(told)))


def _renamed(
    old: Side, new: Side, gone: Sequence[str], come: Sequence[str], matches: Matches
) -> Iterator[tuple[str, str]]:
    """Pairs of modules with the same jobs."""
    jobs = {frozenset(new.inside[path]): path for path in reversed(come) if path in new.inside}
    for path in gone:
        keys = old.inside.get(path, ())
        now = frozenset(matches.pairs[key] for key in keys if key in matches.pairs)
        if keys and len(now) == len(keys) and now in jobs:
            yield path, jobs.pop(now)
