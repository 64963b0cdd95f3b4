"""Run cycle groups: a stream that names one has the run cycles of the group."""

from dataclasses import replace

from lark import Token, Tree

from transpile.dialects.kit.names import Named
from transpile.dialects.tws.model import RunCycleGroup, Stream
from transpile.dialects.tws.rules import items
from transpile.dialects.tws.values import Clause, inner, words

_TIMES = ("at", "schedtime", "until", "deadline", "onlate", "every", "onuntil")


def expanded(stream: Stream, groups: Named[RunCycleGroup]) -> Stream:
    """The stream with the run cycles of its group.

    The stream stays as it is if it is not certain how the two combine; its schedule then reports
    the item.
    """
    cycles = stream.all("on")
    asked = (groups.find(t) for c in cycles for item in items(c) for t in words(item, "NAME"))
    named = [group for group in asked if group]
    if len(cycles) != 1 or len(named) != 1 or not _is_certain(stream, named[0]):
        return stream
    clauses = [clause for clause in stream.clauses if clause is not cycles[0]]
    origin = words(cycles[0], "ON")[0]
    return replace(stream, clauses=[*clauses, *_cycles(named[0], origin)])


def _is_certain(stream: Stream, group: RunCycleGroup) -> bool:
    """True where nothing of the stream and the group stands against each other."""
    (cycle,) = stream.all("on")
    plain = len(items(cycle)) == 1 and not inner(cycle, "fdrule", "subset", "window")
    limits = (c for part in inner(cycle, "runcycle") for c in inner(part, "validto", "vartable"))
    plain = plain and not words(items(cycle)[0], "OFFSET") and not any(limits)
    free_days = [*stream.all("freedays"), *group.all("freedays")]
    return plain and len(free_days) < 2 and not (group.all("except") and stream.all("except"))


def _cycles(group: RunCycleGroup, origin: Token) -> list[Clause]:
    """The run cycles of the group, as if they stood at the place of the stream's ON."""
    times = [c for c in group.clauses if c.data in _TIMES]
    found = []
    for clause in group.clauses:
        if clause.data in ("on", "except"):
            children = list(clause.children)
            if times and clause.data == "on" and not inner(clause, "window"):
                children.append(Tree("window", list(times)))
            found.append(_moved(Tree(clause.data, children), origin))
        elif clause.data in ("freedays", "timezone", "vartable"):
            found.append(_moved(clause, origin))
    return found


def _moved(clause: Clause, origin: Token) -> Clause:
    children: list[Token | Clause] = []
    for child in clause.children:
        if isinstance(child, Tree):
            children.append(_moved(child, origin))
        elif child is not None:
            place = {"line": origin.line, "column": origin.column}
            children.append(Token(child.type, str(child), **place))
    return Tree(clause.data, children)
