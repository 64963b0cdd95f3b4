"""Commands that join nodes: PARENT and CHILD, CONNECT, pins."""

from transpile.dialects.dagman.codes.dags import DagRefused, UndefinedNode
from transpile.dialects.dagman.lines import Line
from transpile.dialects.dagman.model import Dag, Edges
from transpile.dialects.dagman.tokens import (
    ORDINARY,
    Parts,
    Refusal,
    check_members,
    number,
    plain,
    single,
)


def weak(dag: Dag, line: Line, parts: Parts) -> None:
    """WEAK PARENT ... CHILD ...: every child behind the end of every parent."""
    line.newer["WEAK"] = None
    _join(dag, line, parts, weak=True)


def parent(dag: Dag, line: Line, parts: Parts) -> None:
    """PARENT ... CHILD ...: every parent before every child."""
    _join(dag, line, parts, weak=False)


def _join(dag: Dag, line: Line, parts: Parts, *, weak: bool) -> None:
    middle = next(at for at, part in enumerate(parts) if part.type == "CHILD")
    parents, children = plain(parts[:middle]), plain(parts[middle + 1 :])
    check_members(dag, (*parents, *children))
    last, first = dag.terminal(parents), dag.initial(children)
    for names, ends in ((parents, last), (children, first)):
        if not ends:
            raise Refusal(DagRefused(reason=f"splice {names[0]} has no nodes"))
    both = set(last) & set(first)
    if both:
        raise Refusal(DagRefused(reason=f"{min(both)} is its own parent"))
    dag.edges.append(Edges(parents, children, weak, line.span))


def connect(dag: Dag, line: Line, parts: Parts) -> None:
    """CONNECT: nodes pinned out of one splice before those pinned into another, by number."""
    names = plain(parts)
    for name in names:
        if name not in dag.splices:
            raise Refusal(UndefinedNode(command="CONNECT", name=name, what="splice"))
    first, second = (dag.splices[name] for name in names)
    for pins, name, word in (
        (first.pins_out, names[0], "PIN_OUT"),
        (second.pins_in, names[1], "PIN_IN"),
    ):
        if not pins:
            raise Refusal(DagRefused(reason=f"splice {name} has no {word}"))
        if sorted(pins) != list(range(1, len(pins) + 1)):
            raise Refusal(DagRefused(reason=f"the {word} numbers of {name} have gaps"))
    if len(first.pins_out) != len(second.pins_in):
        raise Refusal(DagRefused(reason=f"{names[0]} and {names[1]} differ in their pins"))
    pinned = {name for found in second.pins_in.values() for name in found}
    loose = [name for name in second.initial if name not in pinned]
    if loose:
        raise Refusal(DagRefused(reason=f"{loose[0]} has neither a parent nor a PIN_IN"))
    for pin, parents in first.pins_out.items():
        children = tuple(second.pins_in[pin])
        dag.edges.append(Edges(tuple(parents), children, False, line.span))


def pin_in(dag: Dag, line: Line, parts: Parts) -> None:
    """PIN_IN: what a CONNECT with this splice behind it reaches."""
    _pin(dag, parts, dag.pins_in)


def pin_out(dag: Dag, line: Line, parts: Parts) -> None:
    """PIN_OUT: what a CONNECT with this splice in front starts from."""
    _pin(dag, parts, dag.pins_out)


def _pin(dag: Dag, parts: Parts, pins: dict[int, list[str]]) -> None:
    name, pin = str(parts[0]), number(parts[1])
    if pin < 1:
        raise Refusal(DagRefused(reason="pins are counted from 1"))
    if single(dag, name, "PIN_IN or PIN_OUT").kind in ORDINARY:
        pins.setdefault(pin, []).append(name)
