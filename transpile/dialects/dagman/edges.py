"""Commands that join nodes: PARENT and CHILD, CONNECT, pins."""

from lark import Token, Tree

from transpile.dialects.dagman.lines import Line
from transpile.dialects.dagman.model import Dag, Edges
from transpile.dialects.dagman.tokens import Refusal, check_members, number_of, tokens, unquoted


def parent(dag: Dag, line: Line, tree: Tree[Token]) -> None:
    """PARENT ... CHILD ...: every parent before every child."""
    words = [token for token in tree.children if isinstance(token, Token)]
    cut = next(i for i, token in enumerate(words) if token.type == "CHILD")
    parents = tuple(unquoted(t) for t in words[:cut] if t.type == "NAME")
    children = tuple(unquoted(t) for t in words[cut:] if t.type == "NAME")
    check_members(dag, (*parents, *children))
    last, first = dag.terminal(parents), dag.initial(children)
    for names, ends in ((parents, last), (children, first)):
        if not ends:
            raise Refusal("A703", reason=f"splice {names[0]} has no nodes")
    both = set(last) & set(first)
    if both:
        raise Refusal("A703", reason=f"{min(both)} is its own parent")
    dag.edges.append(Edges(parents, children, words[0].type == "WEAK", line.span))


def connect(dag: Dag, line: Line, tree: Tree[Token]) -> None:
    """CONNECT: nodes pinned out of one splice before those pinned into another, by number."""
    names = [unquoted(token) for token in tokens(tree, "NAME")]
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


def pin_in(dag: Dag, line: Line, tree: Tree[Token]) -> None:
    """PIN_IN: what a CONNECT with this splice behind it reaches."""
    _pin(dag, tree, dag.pins_in)


def pin_out(dag: Dag, line: Line, tree: Tree[Token]) -> None:
    """PIN_OUT: what a CONNECT with this splice in front starts from."""
    _pin(dag, tree, dag.pins_out)


def _pin(dag: Dag, tree: Tree[Token], pins: dict[int, list[str]]) -> None:
    number = number_of(tree)
    if number < 1:
        raise Refusal("A703", reason="pins are counted from 1")
    names = [unquoted(token) for token in tokens(tree, "NAME")]
    check_members(dag, names)
    pinned = dag.initial(names) if pins is dag.pins_in else dag.terminal(names)
    pins.setdefault(number, []).extend(pinned)
