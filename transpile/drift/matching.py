"""Finds the jobs of two versions that are the same: by name, else by everything but the name.

A job counts as renamed only if that is certain: what else is said of it is the same in both
versions, and of no other job.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from transpile.drift.attributes import start_rule_in_words, without
from transpile.drift.conditions import renamed, written
from transpile.drift.sides import Group, Key, Side, networks_by_title

UNKNOWN = "?"
"""Stands for the names of jobs that only one version has."""

_MOST_ROUNDS = 20
_ENOUGH = 0.5
"""The share of names that two networks of different titles must have in common."""

Pairs = dict[Key, Key]
"""The new job of each old one."""


@dataclass(slots=True)
class Matches:
    """Which old job is which new one, and which jobs one version only has.

    `networks` has the number of the new network of each old one. `renamed` and `moved` are pairs
    that differ in their name, or in their network. `numbered` are those whose names are made of the
    lines where they stand.
    """

    networks: dict[int, int]
    pairs: Pairs
    removed: list[Key] = field(default_factory=list)
    added: list[Key] = field(default_factory=list)
    renamed: list[tuple[Key, Key]] = field(default_factory=list)
    moved: list[tuple[Key, Key]] = field(default_factory=list)
    numbered: list[tuple[Key, Key]] = field(default_factory=list)
    _names: dict[int, dict[str, str]] = field(default_factory=dict)

    def rename(self, old: Key, new: Key, *, is_numbered: bool) -> None:
        """Add a pair of different names."""
        self.pairs[old] = new
        self._names.setdefault(old.network, {})[old.name] = new.name
        (self.numbered if is_numbered else self.renamed).append((old, new))

    def names(self, network: int) -> dict[str, str]:
        """The new names of the jobs of an old network that have one."""
        return self._names.get(network, {})


def match(old: Side, new: Side) -> Matches:
    """Match the jobs of two versions."""
    networks = _networks(old, new)
    pairs: Pairs = {}
    for key in old.jobs:
        other = Key(networks.get(key.network, -1), key.name)
        if other in new.jobs:
            pairs[key] = other
    found = Matches(networks, pairs)
    _match_moved(old, new, found)
    _match_renamed(old, new, found)
    taken = set(found.pairs.values())
    found.removed = [key for key in old.jobs if key not in found.pairs]
    found.added = [key for key in new.jobs if key not in taken]
    return found


def _networks(old: Side, new: Side) -> dict[int, int]:
    """The new network of each old one: by title, else by the names of jobs."""
    left, right = dict(networks_by_title(old)), dict(networks_by_title(new))
    found = {number: right[key] for key, number in left.items() if key in right}
    rest = [number for key, number in left.items() if key not in right]
    others = [number for key, number in right.items() if key not in left]
    scores = {
        (a, b): score
        for a in rest
        for b in others
        if (score := _likeness(old.groups[a], new.groups[b])) >= _ENOUGH
    }
    for (a, b), own in scores.items():
        # The only best one for both.
        rivals = [score for (x, y), score in scores.items() if x == a or y == b]
        if own == max(rivals) and rivals.count(own) == 1:
            found[a] = b
    return found


def _likeness(old: Group, new: Group) -> float:
    """The share of jobs that two networks have in common, by name."""
    if old.kind != new.kind:
        return 0.0
    left, right = old.said.jobs.keys(), new.said.jobs.keys()
    return len(left & right) / max(len(left | right), 1)


# ---------------------------------------------------------------- moved and renamed


def _match_moved(old: Side, new: Side, found: Matches) -> None:
    """Match jobs of one name and meaning that stand in different networks."""
    left, right = _unmatched(old, new, found)
    for a, b in _unique(
        {key: (old.groups[key.network].kind, key.name, _print(old, key, {})) for key in left},
        {key: (new.groups[key.network].kind, key.name, _print(new, key, {})) for key in right},
    ):
        found.pairs[a] = b
        found.moved.append((a, b))


def _match_renamed(old: Side, new: Side, found: Matches) -> None:
    """Match jobs that differ in their names only, also in those of other such jobs."""
    left, right = _unmatched(old, new, found)
    if not left or not right:
        return
    candidates = _candidates(old, new, (left, right), found)
    for _ in range(_MOST_ROUNDS):
        names: dict[int, dict[str, str]] = {}
        for a, b in candidates:
            names.setdefault(a.network, {})[a.name] = b.name
        certain = [
            (a, b) for a, b in candidates if _print(old, a, names[a.network]) == _print(new, b, {})
        ]
        if len(certain) == len(candidates):
            break
        candidates = certain
    for a, b in candidates:
        numbered = _is_numbered(old, a) and _is_numbered(new, b)
        found.rename(a, b, is_numbered=numbered)


def _unmatched(old: Side, new: Side, found: Matches) -> tuple[list[Key], list[Key]]:
    taken = set(found.pairs.values())
    left = [key for key in old.jobs if key not in found.pairs]
    return left, [key for key in new.jobs if key not in taken]


def _candidates(
    old: Side, new: Side, rest: tuple[list[Key], list[Key]], found: Matches
) -> list[tuple[Key, Key]]:
    """Pairs of jobs that are the same apart from names.

    In each round, the names of pairs that are found count as known, and tell others apart.
    """
    numbered = frozenset(
        key
        for side, keys in zip((old, new), rest, strict=True)
        for key in keys
        if _is_numbered(side, key)
    )
    tags: tuple[dict[int, dict[str, str]], ...] = ({}, {})
    for known, keys in zip(tags, rest, strict=True):
        for key in keys:
            known.setdefault(key.network, {})[key.name] = UNKNOWN
    candidates: list[tuple[Key, Key]] = []
    left, right = (dict.fromkeys(keys) for keys in rest)
    for _ in range(_MOST_ROUNDS):
        more = _unique(
            {key: _place_and_print(old, key, found.networks, tags[0]) for key in left},
            {key: _place_and_print(new, key, None, tags[1]) for key in right},
            several=numbered,
        )
        if not more:
            break
        for a, b in more:
            tags[0][a.network][a.name] = tags[1][b.network][b.name] = f"?{len(candidates)}"
            candidates.append((a, b))
            del left[a], right[b]
    return candidates


def _place_and_print(
    side: Side, key: Key, networks: Mapping[int, int] | None, names: Mapping[int, dict[str, str]]
) -> tuple[object, ...]:
    number = key.network if networks is None else networks.get(key.network, -1)
    return number, _print(side, key, names.get(key.network, {}))


def _unique(
    left: Mapping[Key, object],
    right: Mapping[Key, object],
    several: "frozenset[Key]" = frozenset(),
) -> list[tuple[Key, Key]]:
    """Pairs of keys whose values are equal, and equal to no others.

    Equal values of as many keys, all of them among `several`, are paired in order.
    """
    groups: dict[object, tuple[list[Key], list[Key]]] = {}
    for place, side in enumerate((left, right)):
        for key, value in side.items():
            groups.setdefault(value, ([], []))[place].append(key)
    found: list[tuple[Key, Key]] = []
    for own, others in groups.values():
        if len(own) == len(others) == 1 or (
            len(own) == len(others) and several.issuperset(own) and several.issuperset(others)
        ):
            found += zip(own, others, strict=True)
    return found


def _is_numbered(side: Side, key: Key) -> bool:
    numbered = re.search(r"-(\d+)(?:-\d+)?\Z", key.name)
    return numbered is not None and numbered[1] == str(side.jobs[key].span.line)


def _print(side: Side, key: Key, names: Mapping[str, str]) -> tuple[object, ...]:
    """Everything that is said of a job but its name; other jobs have the `names`."""
    job, group = side.jobs[key], side.groups[key.network]
    said = without(side.said(key), names)
    conditions = {
        label: written(renamed(condition, names)) if condition is not None else ""
        for label, condition in said.conditions.items()
    }
    inside = (names.get(member, member) for member in group.members.get(key.name, ()))
    return (
        names.get(job.box, job.box) if job.box is not None else None,
        tuple(sorted(said.texts.items())),
        tuple(sorted(conditions.items())),
        repr(group.clocks.get(key.name)),
        start_rule_in_words(job.start_rule),
        tuple(sorted(inside)),
    )
