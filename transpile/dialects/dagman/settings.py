"""Commands about nodes: scripts, retries and the like."""

from lark import Token

from transpile.dialects.dagman.codes.dags import (
    ConfigurationIgnored,
    DagRefused,
    EnvironmentIgnored,
    IgnoredWords,
    NoMeaning,
    ThrottleIgnored,
    UndefinedNode,
    UnreadableCommand,
)
from transpile.dialects.dagman.lines import Line
from transpile.dialects.dagman.model import Dag, Node, NodeKind, Script, Setting
from transpile.dialects.dagman.tokens import (
    ALL,
    ORDINARY,
    Parts,
    Refusal,
    number,
    single,
    wrong,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding

HIGHEST_CODE = 255

"""What changes DAGMan itself, or what the scripts and jobs that it starts find there."""


def script(dag: Dag, line: Line, parts: Parts, diagnostics: Diagnostics) -> None:
    """SCRIPT PRE, POST or HOLD: the last one of a kind counts."""
    status, seconds, kind, name, text = parts
    if status:
        if number(status) <= 0:
            raise wrong(status, "DEFER takes an exit code above 0")
        if number(seconds) < 0:
            raise wrong(seconds, "DEFER takes a time in seconds")
    for node in addressed(dag, name, "SCRIPT"):
        node.scripts[kind.upper()] = Script(str(text), line.span, status is not None)


def retry(dag: Dag, line: Line, parts: Parts, diagnostics: Diagnostics) -> None:
    """RETRY: so many more attempts, unless the exit code is that of UNLESS-EXIT."""
    name, count, word, code, rest = parts
    if number(count) < 0:
        raise wrong(count, "a number of retries is not negative")
    if word and "_" in word:
        line.newer["UNLESS_EXIT"] = None
    for node in addressed(dag, name, "RETRY"):
        _refuse_for(node, "RETRY", NodeKind.FINAL, NodeKind.SERVICE)
        node.retries = number(count)
        # DAGMan: 0 is none, and a RETRY without it leaves that of the one before.
        node.unless = number(code or "0") or node.unless
    _ignored(line, rest, diagnostics)


def abort(dag: Dag, line: Line, parts: Parts, diagnostics: Diagnostics) -> None:
    """ABORT-DAG-ON: an exit code that ends the whole, and the result of that."""
    name, code, result, rest = parts
    if result and not 0 <= number(result) <= HIGHEST_CODE:
        raise wrong(result, f"RETURN takes 0 to {HIGHEST_CODE}")
    for node in addressed(dag, name, "ABORT-DAG-ON"):
        _refuse_for(node, "ABORT-DAG-ON", NodeKind.FINAL)
        node.abort = (number(code), number(result) if result else None, line.span)
    _ignored(line, rest, diagnostics)


def pre_skip(dag: Dag, line: Line, parts: Parts, diagnostics: Diagnostics) -> None:
    """PRE_SKIP: an exit code of the PRE script that makes the node a success."""
    name, code = parts[0], number(parts[1])
    if not 0 <= code <= HIGHEST_CODE:
        raise Refusal(UnreadableCommand(reason=f"PRE_SKIP takes 0 to {HIGHEST_CODE}"))
    for node in addressed(dag, name, "PRE_SKIP"):
        node.skip = code


def done(dag: Dag, line: Line, parts: Parts, diagnostics: Diagnostics) -> None:
    """DONE: the node counts as run. 23.9 falls over it, but in a rescue file."""
    line.newer["DONE as a command"] = None
    node = single(dag, str(parts[0]), "DONE")
    _refuse_for(node, "DONE", NodeKind.FINAL, NodeKind.SERVICE)
    node.done = True


def tolerance(dag: Dag, line: Line, parts: Parts, diagnostics: Diagnostics) -> None:
    """TOLERANCE: so many jobs of the node may fail."""
    line.newer["TOLERANCE"] = None
    name, amount = parts
    for node in addressed(dag, name, "TOLERANCE"):
        node.tolerance, node.tolerates_percent = number(amount), amount.endswith("%")


def priority(dag: Dag, line: Line, parts: Parts, diagnostics: Diagnostics) -> None:
    """PRIORITY: which of the nodes that can run does first."""
    name, level = parts
    for node in addressed(dag, name, "PRIORITY"):
        _refuse_for(node, "PRIORITY", NodeKind.FINAL, NodeKind.SERVICE)
        node.settings.append(Setting("PRIORITY", str(number(level)), line.span))


def category(dag: Dag, line: Line, parts: Parts, diagnostics: Diagnostics) -> None:
    """CATEGORY: a name for MAXJOBS to limit."""
    name, value = parts
    for node in addressed(dag, name, "CATEGORY"):
        _refuse_for(node, "CATEGORY", NodeKind.FINAL, NodeKind.SERVICE)
        node.settings.append(Setting("CATEGORY", str(value), line.span))


def save_point(dag: Dag, line: Line, parts: Parts, diagnostics: Diagnostics) -> None:
    """SAVE_POINT_FILE: a file that DAGMan writes."""
    node = single(dag, str(parts[0]), "SAVE_POINT_FILE")
    _refuse_for(node, "SAVE_POINT_FILE", NodeKind.SERVICE, NodeKind.PROVISIONER)
    _noted(line, "SAVE_POINT_FILE", diagnostics)


def maxjobs(dag: Dag, line: Line, parts: Parts, diagnostics: Diagnostics) -> None:
    """MAXJOBS: how many nodes of a category run at a time."""
    if number(parts[0]) < 0:
        raise wrong(parts[0], "a number of nodes is not negative")
    diagnostics.add(ThrottleIgnored(command="MAXJOBS"), line.span, text=line.text)


def dot(dag: Dag, line: Line, parts: Parts, diagnostics: Diagnostics) -> None:
    """DOT: a picture that DAGMan draws; words that it does not know do not count."""
    _noted(line, "DOT", diagnostics)


def node_status_file(dag: Dag, line: Line, parts: Parts, diagnostics: Diagnostics) -> None:
    """NODE_STATUS_FILE: a file that DAGMan writes."""
    period, always = parts
    if always and not period:
        line.newer["ALWAYS-UPDATE without a number of seconds"] = None
    _noted(line, "NODE_STATUS_FILE", diagnostics)


def jobstate_log(dag: Dag, line: Line, parts: Parts, diagnostics: Diagnostics) -> None:
    """JOBSTATE_LOG: a file that DAGMan writes."""
    _noted(line, "JOBSTATE_LOG", diagnostics)


def aside(dag: Dag, line: Line, parts: Parts, diagnostics: Diagnostics) -> None:
    """Commands that condor_submit_dag reads; condor_dagman looks at nothing behind their name."""
    command, *rest = line.text.split(None, 1)
    value = rest[0].strip() if rest else ""
    finding: Finding = NoMeaning(command=command)
    if command.upper() == "CONFIG":
        finding = ConfigurationIgnored(value=value)
    elif command.upper() == "ENV":
        finding = EnvironmentIgnored(value=value)
    diagnostics.add(finding, line.span, text=line.text)


def reject(dag: Dag, line: Line, parts: Parts, diagnostics: Diagnostics) -> None:
    """REJECT: DAGMan refuses the file."""
    raise Refusal(DagRefused(reason="it says so itself: REJECT"))


def _ignored(line: Line, rest: Token | None, diagnostics: Diagnostics) -> None:
    if rest:
        diagnostics.add(IgnoredWords(unread=str(rest)), line.span, text=line.text)


def _noted(line: Line, command: str, diagnostics: Diagnostics) -> None:
    diagnostics.add(NoMeaning(command=command), line.span, text=line.text)


def addressed(dag: Dag, name: str, command: str) -> list[Node]:
    """The node of that name; for ALL_NODES all that stand in this file and are not special."""
    if name.upper() == ALL:
        found = [n for n in dag.nodes.values() if n.kind in ORDINARY and n.splice is None]
        if not found:
            raise Refusal(UndefinedNode(command=command, name=name, what="node"))
        return found
    return [single(dag, name, command)]


def _refuse_for(node: Node, command: str, *kinds: NodeKind) -> None:
    """Raise Refusal for a node of these kinds: DAGMan takes no such command for it."""
    if node.kind in kinds:
        reason = f"{command} cannot be said of the {node.kind.value} node {node.name}"
        raise Refusal(DagRefused(reason=reason))
