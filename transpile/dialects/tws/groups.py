"""Run cycle groups: a stream that names one has the run cycles of the group."""

from dataclasses import replace

from lark import Token, Tree

from transpile.dialects.kit.names import Named
from transpile.dialects.tws.model import RunCycleGroup, Stream
from transpile.dialects.tws.values import Clause, inner, nested, words

_TIMES = ("at", "schedtime", "until", "deadline", "onlate", "every", "onuntil")


def expanded(stream: Stream, groups: Named[RunCycleGroup]) -> Stream:
    """The stream with the run cycles of its group.

    Returns the stream unchanged if it is uncertain how the two combine; its schedule then reports
    the item.
    """
    cycles = stream.all("on")
    asked = (groups.find(name) for c in cycles for day in inner(c, "day") for name in words(day))
    named = [group for group in asked if group]
    if len(cycles) != 1 or len(named) != 1 or not _is_certain(stream, cycles[0], named[0]):
        return stream
    clauses = [clause for clause in stream.clauses if clause is not cycles[0]]
    origin = words(cycles[0], "ON")[0]
    return replace(stream, clauses=[*clauses, *_cycles(named[0], origin)])


def _is_certain(stream: Stream, cycle: Clause, group: RunCycleGroup) -> bool:
    """True if the run cycle adds nothing to the group, and no clause of the two conflicts."""
    days = inner(cycle, "day")
    is_plain = len(days) == 1 and not words(days[0], "OFFSET")
    limits = nested(cycle, "runcycle", "validto", "vartable")
    free_days = [*stream.all("freedays"), *group.all("freedays")]
    excluded = group.all("except") and stream.all("except")
    more = inner(cycle, "fdrule", "subset", "window") or limits or excluded
    return is_plain and not more and len(free_days) < 2


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
