"""Commands about nodes: scripts, retries, variables and the like."""

from lark import Token, Tree

from transpile.diagnostics import Diagnostics
from transpile.dialects.dagman.lines import Line
from transpile.dialects.dagman.model import Dag, Node, NodeKind, Script, Setting
from transpile.dialects.dagman.tokens import (
    ALL,
    ORDINARY,
    Refusal,
    name_of,
    number_of,
    split_first,
    tokens,
    unquoted,
    visible,
)


def script(dag: Dag, line: Line, tree: Tree[Token], diagnostics: Diagnostics) -> None:
    """SCRIPT PRE, POST or HOLD: the last one of a kind counts."""
    kind = tokens(tree, "KIND")[0].upper()
    name, _, text = tokens(tree, "REST")[0].strip().partition(" ")
    name, text = split_first(f"{name} {text}")
    if not text:
        raise Refusal("A701", reason="there is no script")
    deferred = bool(list(tree.find_data("defer")))
    for node in addressed(dag, name, "SCRIPT"):
        node.scripts[kind] = Script(text, line.span, deferred)


def retry(dag: Dag, line: Line, tree: Tree[Token], diagnostics: Diagnostics) -> None:
    """RETRY: so many more attempts, unless the exit code is that of UNLESS-EXIT."""
    numbers = [int(token) for token in tokens(tree, "NUMBER")]
    if not 0 <= numbers[0] < 2**31:
        raise Refusal("A701", reason="this is no number of retries")
    for node in addressed(dag, name_of(tree), "RETRY"):
        refuse_for_final(node, "RETRY")
        node.retries = numbers[0]
        node.unless = numbers[1] if len(numbers) > 1 else None


def abort(dag: Dag, line: Line, tree: Tree[Token], diagnostics: Diagnostics) -> None:
    """ABORT-DAG-ON: an exit code that ends the whole, and the result of that."""
    numbers = [int(token) for token in tokens(tree, "NUMBER")]
    if len(numbers) > 1 and not 0 <= numbers[1] <= 255:
        raise Refusal("A701", reason="RETURN takes 0 to 255")
    for node in addressed(dag, name_of(tree), "ABORT-DAG-ON"):
        refuse_for_final(node, "ABORT-DAG-ON")
        node.abort = (numbers[0], numbers[1] if len(numbers) > 1 else None, line.span)


def variables(dag: Dag, line: Line, tree: Tree[Token], diagnostics: Diagnostics) -> None:
    """VARS: macros of the submit description, names in any case."""
    found = {}
    for assignment in tree.find_data("assignment"):
        key, _, *value = (str(token) for token in assignment.children)
        if key.lower().startswith("queue"):
            raise Refusal("A701", reason=f"a variable may not be called {key}")
        found[key.lower()] = unquoted(value[0]) if value else ""
    if not found:
        raise Refusal("A701", reason="there is no variable")
    for node in addressed(dag, name_of(tree), "VARS"):
        kept = node.appended if tokens(tree, "APPEND") else node.variables
        kept.update(found)


def pre_skip(dag: Dag, line: Line, tree: Tree[Token], diagnostics: Diagnostics) -> None:
    """PRE_SKIP: an exit code of the PRE script that makes the node a success."""
    for node in addressed(dag, name_of(tree), "PRE_SKIP"):
        node.skip = number_of(tree)


def done(dag: Dag, line: Line, tree: Tree[Token], diagnostics: Diagnostics) -> None:
    """DONE: the node counts as run."""
    for node in addressed(dag, name_of(tree), "DONE"):
        node.done = True


def tolerance(dag: Dag, line: Line, tree: Tree[Token], diagnostics: Diagnostics) -> None:
    """TOLERANCE: so many jobs of the node may fail."""
    number, percent = number_of(tree), bool(tokens(tree, "PERCENT"))
    if number < 0:
        raise Refusal("A701", reason="a tolerance is not negative")
    for node in addressed(dag, name_of(tree), "TOLERANCE"):
        node.tolerance, node.tolerates_percent = number, percent


def priority(dag: Dag, line: Line, tree: Tree[Token], diagnostics: Diagnostics) -> None:
    """PRIORITY: which of the nodes that can run does first."""
    for node in addressed(dag, name_of(tree), "PRIORITY"):
        refuse_for_final(node, "PRIORITY")
        node.settings.append(Setting("PRIORITY", str(number_of(tree)), line.span))


def category(dag: Dag, line: Line, tree: Tree[Token], diagnostics: Diagnostics) -> None:
    """CATEGORY: a name for MAXJOBS to limit."""
    value = unquoted(tokens(tree, "NAME")[1])
    for node in addressed(dag, name_of(tree), "CATEGORY"):
        refuse_for_final(node, "CATEGORY")
        node.settings.append(Setting("CATEGORY", value, line.span))


def save_point(dag: Dag, line: Line, tree: Tree[Token], diagnostics: Diagnostics) -> None:
    """SAVE_POINT_FILE: a file that DAGMan writes."""
    addressed(dag, name_of(tree), "SAVE_POINT_FILE")
    aside(dag, line, tree, diagnostics)


def maxjobs(dag: Dag, line: Line, tree: Tree[Token], diagnostics: Diagnostics) -> None:
    """MAXJOBS: how many nodes of a category run at a time."""
    diagnostics.add("A705", line.span, text=visible(line), command="MAXJOBS")


def aside(dag: Dag, line: Line, tree: Tree[Token], diagnostics: Diagnostics) -> None:
    """Commands about DAGMan itself; REJECT makes it refuse the file."""
    keyword = str(tree.children[0])
    if keyword.lower() == "reject":
        raise Refusal("A703", reason="it says so itself: REJECT")
    diagnostics.add("A709", line.span, text=visible(line), command=keyword)


def addressed(dag: Dag, name: str, command: str) -> list[Node]:
    """The node of that name; for ALL_NODES all that stand in this file and are not special."""
    if name.upper() == ALL:
        return [n for n in dag.nodes.values() if n.kind in ORDINARY and n.splice is None]
    if name not in dag.nodes or dag.nodes[name].splice is not None:
        # DAGMan: what stands in a splice can be spoken of in the splice's own file only.
        raise Refusal("A702", command=command, name=name, what="node")
    return [dag.nodes[name]]


def refuse_for_final(node: Node, command: str) -> None:
    """Raise Refusal for a FINAL node: DAGMan takes no such command for it."""
    if node.kind is NodeKind.FINAL:
        raise Refusal("A703", reason=f"{command} cannot be said of the FINAL node {node.name}")
