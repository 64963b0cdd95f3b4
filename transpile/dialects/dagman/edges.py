"""Commands that join nodes: PARENT and CHILD, CONNECT, pins."""

from transpile.dialects.dagman.lines import Line
from transpile.dialects.dagman.model import Dag, Edges
from transpile.dialects.dagman.tokens import ORDINARY, Refusal, Words, check_members, single


def weak(dag: Dag, line: Line, words: Words) -> None:
    """WEAK PARENT ... CHILD ...: every child behind the end of every parent."""
    words.only_newer("WEAK")
    if words.required("PARENT").upper() != "PARENT":
        raise Refusal("A701", words.column, reason="PARENT is missing")
    _join(dag, line, words, weak=True)


def parent(dag: Dag, line: Line, words: Words) -> None:
    """PARENT ... CHILD ...: every parent before every child."""
    _join(dag, line, words, weak=False)


def _join(dag: Dag, line: Line, words: Words, *, weak: bool) -> None:
    parents: list[str] = []
    while words.peek() and words.peek().upper() != "CHILD":
        parents.append(words.name())
    if not parents:
        raise Refusal("A701", words.column, reason="the name of a parent is missing")
    words.required("CHILD")
    children = [words.name("the name of a child")]
    while words.peek():
        children.append(words.name())
    check_members(dag, (*parents, *children))
    last, first = dag.terminal(parents), dag.initial(children)
    for names, ends in ((parents, last), (children, first)):
        if not ends:
            raise Refusal("A703", reason=f"splice {names[0]} has no nodes")
    both = set(last) & set(first)
    if both:
        raise Refusal("A703", reason=f"{min(both)} is its own parent")
    dag.edges.append(Edges(tuple(parents), tuple(children), weak, line.span))


def connect(dag: Dag, line: Line, words: Words) -> None:
    """CONNECT: nodes pinned out of one splice before those pinned into another, by number."""
    names = [words.name("the name of a splice"), words.name("the name of a splice")]
    words.end()
    for name in names:
        if name not in dag.splices:
            raise Refusal("A702", command="CONNECT", name=name, what="splice")
    first, second = (dag.splices[name] for name in names)
    for pins, name, word in (
        (first.pins_out, names[0], "PIN_OUT"),
        (second.pins_in, names[1], "PIN_IN"),
    ):
        if not pins:
            raise Refusal("A703", reason=f"splice {name} has no {word}")
        if sorted(pins) != list(range(1, len(pins) + 1)):
            raise Refusal("A703", reason=f"the {word} numbers of {name} have gaps")
    if len(first.pins_out) != len(second.pins_in):
        raise Refusal("A703", reason=f"{names[0]} and {names[1]} differ in their pins")
    pinned = {name for found in second.pins_in.values() for name in found}
    loose = [name for name in second.initial if name not in pinned]
    if loose:
        raise Refusal("A703", reason=f"{loose[0]} has neither a parent nor a PIN_IN")
    for number, parents in first.pins_out.items():
        children = tuple(second.pins_in[number])
        dag.edges.append(Edges(tuple(parents), children, False, line.span))


def pin_in(dag: Dag, line: Line, words: Words) -> None:
    """PIN_IN: what a CONNECT with this splice behind it reaches."""
    _pin(dag, words, dag.pins_in)


def pin_out(dag: Dag, line: Line, words: Words) -> None:
    """PIN_OUT: what a CONNECT with this splice in front starts from."""
    _pin(dag, words, dag.pins_out)


def _pin(dag: Dag, words: Words, pins: dict[int, list[str]]) -> None:
    name, number = words.name(), words.number("the number of the pin")
    words.end()
    if number < 1:
        raise Refusal("A703", reason="pins are counted from 1")
    if single(dag, name, "PIN_IN or PIN_OUT").kind in ORDINARY:
        pins.setdefault(number, []).append(name)
