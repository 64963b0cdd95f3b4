"""Run cycle groups: a stream that names one has the run cycles of the group."""

from dataclasses import replace

from lark import Token, Tree

from transpile.dialects.kit.names import Named
from transpile.dialects.tws.model import RunCycleGroup, Stream
from transpile.dialects.tws.values import Clause, inner, nested, words

_TIMES = ("at", "schedtime", "until", "deadline", "onlate", "every", "onuntil")


def expanded(stream: Stream, groups: Named[RunCycleGroup]) -> Stream:
    """The stream with the run cycles of its groups.

    Returns the stream unchanged if it is uncertain how they combine; its schedule then reports the
    item.
    """
    cycles = stream.all("on")
    named = [(cycle, group) for cycle in cycles if (group := _group_of(cycle, groups))]
    alone = len(cycles) == 1
    if not named or not all(_is_certain(stream, *both, alone=alone) for both in named):
        return stream
    if not alone and any(_has_subsets(group) for _, group in named):
        return stream
    clauses: list[Clause] = []
    for clause in stream.clauses:
        group = next((group for cycle, group in named if cycle is clause), None)
        clauses += _cycles(group, words(clause, "ON")[0]) if group else [clause]
    return replace(stream, clauses=clauses)


def _group_of(cycle: Clause, groups: Named[RunCycleGroup]) -> RunCycleGroup | None:
    """The group that a run cycle names."""
    asked = (groups.find(name) for day in inner(cycle, "day") for name in words(day))
    return next((group for group in asked if group), None)


def _is_certain(stream: Stream, cycle: Clause, group: RunCycleGroup, *, alone: bool) -> bool:
    """True if the run cycle adds nothing to the group, and no clause of the two conflicts.

    Beside other run cycles, a group may hold nothing that is about all run cycles of a stream.
    """
    days = inner(cycle, "day")
    is_plain = len(days) == 1 and not words(days[0], "OFFSET")
    limits = nested(cycle, "runcycle", "validto", "vartable")
    free_days = [*stream.all("freedays"), *group.all("freedays")]
    excluded = group.all("except") and stream.all("except")
    more = inner(cycle, "fdrule", "subset", "window") or limits or excluded
    if not alone:
        of_all = group.all("except", "freedays", "timezone", "vartable")
        more = more or of_all or stream.all("except", "freedays")
    return is_plain and not more and len(free_days) < 2


def _has_subsets(group: RunCycleGroup) -> bool:
    return any(inner(cycle, "subset") for cycle in group.all("on"))


def _cycles(group: RunCycleGroup, origin: Token) -> list[Clause]:
    """The run cycles of the group, at the place of the stream's ON."""
    times = group.all(*_TIMES)
    found = []
    for clause in group.all("on", "except", "freedays", "timezone", "vartable"):
        children = list(clause.children)
        if times and clause.data == "on" and not inner(clause, "window"):
            children.append(Tree("window", list(times)))
        found.append(_moved(Tree(clause.data, children), origin))
    return found


def _moved(clause: Clause, origin: Token) -> Clause:
    """A copy of the clause in which all words have the place of `origin`."""
    children: list[Token | Clause] = [
        (
            _moved(child, origin)
            if isinstance(child, Tree)
            else Token.new_borrow_pos(child.type, str(child), origin)
        )
        for child in clause.children
        if child is not None
    ]
    return Tree(clause.data, children)
