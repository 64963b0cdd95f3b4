"""Commands that join nodes: PARENT and CHILD, CONNECT, pins."""

from collections.abc import Iterable

from transpile.dialects.dagman.codes.dags import DagRefused, UndefinedNode
from transpile.dialects.dagman.lines import Line
from transpile.dialects.dagman.model import ORDINARY, Dag, Edges
from transpile.dialects.dagman.nodes import node_called
from transpile.dialects.dagman.tokens import Parts, Refusal, number


def join(dag: Dag, line: Line, parts: Parts) -> None:
    """PARENT ... CHILD ..., also after WEAK: every child waits for every parent."""
    weak = line.keyword == "WEAK"
    if weak:
        line.newer("WEAK")
    middle = next(at for at, part in enumerate(parts) if part.type == "CHILD")
    # Lark's tokens are equal only if their types are, too.
    parents, children = tuple(map(str, parts[:middle])), tuple(map(str, parts[middle + 1 :]))
    _check_members(dag, (*parents, *children))
    last, first = dag.terminal(parents), dag.initial(children)
    for names, ends in ((parents, last), (children, first)):
        if not ends:
            raise Refusal(DagRefused(reason=f"splice {names[0]} has no nodes"))
    if both := set(last) & set(first):
        raise Refusal(DagRefused(reason=f"{min(both)} is its own parent"))
    dag.edges.append(Edges(parents, children, weak, line.span))


def _check_members(dag: Dag, names: Iterable[str]) -> None:
    """Raise Refusal unless edges may join these nodes and splices.

    DAGMan: only the file of a splice can name the nodes and splices in it.
    """
    for name in names:
        node = dag.nodes.get(name)
        if name in dag.splices and dag.splices[name].parent is None:
            continue
        if node is None or node.splice is not None:
            raise Refusal(UndefinedNode(command="PARENT", name=name, what="node or splice"))
        if node.kind not in ORDINARY:
            raise Refusal(DagRefused(reason=f"{name} is a {node.kind.value} node"))


def connect(dag: Dag, line: Line, parts: Parts) -> None:
    """CONNECT: join pins of the same number, out of one splice and into another."""
    for name in map(str, parts):
        if name not in dag.splices:
            raise Refusal(UndefinedNode(command="CONNECT", name=name, what="splice"))
    first, second = (dag.splices[name] for name in parts)
    for pins, name, word in (
        (first.pins_out, parts[0], "PIN_OUT"),
        (second.pins_in, parts[1], "PIN_IN"),
    ):
        if not pins:
            raise Refusal(DagRefused(reason=f"splice {name} has no {word}"))
        if sorted(pins) != list(range(1, len(pins) + 1)):
            raise Refusal(DagRefused(reason=f"the {word} numbers of {name} have gaps"))
    if len(first.pins_out) != len(second.pins_in):
        raise Refusal(
            DagRefused(reason=f"{parts[0]} and {parts[1]} have different numbers of pins")
        )
    pinned = {name for found in second.pins_in.values() for name in found}
    loose = [name for name in second.initial if name not in pinned]
    if loose:
        raise Refusal(DagRefused(reason=f"{loose[0]} has neither a parent nor a PIN_IN"))
    for place, parents in first.pins_out.items():
        children = tuple(second.pins_in[place])
        dag.edges.append(Edges(tuple(parents), children, False, line.span))


def pin(dag: Dag, line: Line, parts: Parts) -> None:
    """PIN_IN, PIN_OUT: the node where a CONNECT into this splice ends or one out of it begins."""
    pins = dag.pins_in if line.keyword == "PIN_IN" else dag.pins_out
    name, place = str(parts[0]), number(parts[1])
    if place < 1:
        raise Refusal(DagRefused(reason="pin numbers start at 1"))
    if node_called(dag, name, "PIN_IN or PIN_OUT").kind in ORDINARY:
        pins.setdefault(place, []).append(name)
