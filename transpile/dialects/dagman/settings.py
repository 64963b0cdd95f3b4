"""Commands about nodes: scripts, retries, VARS, and commands without a counterpart."""

from lark import Token

from transpile.dialects.dagman.codes.dags import (
    ConfigurationIgnored,
    DagRefused,
    EnvironmentIgnored,
    IgnoredWords,
    NoMeaning,
    ThrottleIgnored,
    UnreadableCommand,
)
from transpile.dialects.dagman.lines import Line
from transpile.dialects.dagman.model import Dag, Macro, Node, NodeKind, Script, Throttle
from transpile.dialects.dagman.nodes import node_called, nodes_called
from transpile.dialects.dagman.tokens import Parts, Refusal, number, unescaped, wrong

HIGHEST_CODE = 255
_PLACES = ("PREPEND", "APPEND")
_BLANKS = " \t\r\f\v"


def script(dag: Dag, line: Line, parts: Parts) -> None:
    """SCRIPT PRE, POST or HOLD; the last one of each kind counts."""
    status, seconds, kind, name, text = parts
    if status:
        if number(status) <= 0:
            raise wrong(status, "DEFER takes an exit code above 0")
        if number(seconds) < 0:
            raise wrong(seconds, "DEFER takes a time in seconds")
    for node in nodes_called(dag, name, "SCRIPT"):
        defer = (number(status), number(seconds)) if status else None
        node.scripts[kind.upper()] = Script(str(text), line.span, defer)


def retry(dag: Dag, line: Line, parts: Parts) -> None:
    """RETRY: the number of further attempts, except after the exit code of UNLESS-EXIT."""
    name, count, word, code, rest = parts
    if number(count) < 0:
        raise wrong(count, "the number of retries is negative")
    if word and "_" in word:
        line.newer("UNLESS_EXIT")
    for node in nodes_called(dag, name, "RETRY"):
        _refuse_for(node, "RETRY", NodeKind.FINAL, NodeKind.SERVICE)
        node.retries = number(count)
        # DAGMan: 0 means no UNLESS-EXIT; a RETRY without it keeps that of an earlier RETRY.
        node.unless = number(code or "0") or node.unless
    _note_ignored(line, rest)


def abort(dag: Dag, line: Line, parts: Parts) -> None:
    """ABORT-DAG-ON: the exit code that ends the DAG, and the exit code of the DAG then."""
    name, code, result, rest = parts
    if result and not 0 <= number(result) <= HIGHEST_CODE:
        raise wrong(result, f"RETURN takes 0 to {HIGHEST_CODE}")
    for node in nodes_called(dag, name, "ABORT-DAG-ON"):
        _refuse_for(node, "ABORT-DAG-ON", NodeKind.FINAL)
        node.abort = (number(code), number(result) if result else None, line.span)
    _note_ignored(line, rest)


def pre_skip(dag: Dag, line: Line, parts: Parts) -> None:
    """PRE_SKIP: the exit code of the PRE script that ends the node with success."""
    name, code = parts[0], number(parts[1])
    if not 0 <= code <= HIGHEST_CODE:
        raise Refusal(UnreadableCommand(reason=f"PRE_SKIP takes 0 to {HIGHEST_CODE}"))
    for node in nodes_called(dag, name, "PRE_SKIP"):
        node.skip = code


def done(dag: Dag, line: Line, parts: Parts) -> None:
    """DONE: the node counts as done. DAGMan 23.9 accepts the command only in rescue files."""
    line.newer("DONE as a command")
    node = node_called(dag, str(parts[0]), "DONE")
    _refuse_for(node, "DONE", NodeKind.FINAL, NodeKind.SERVICE)
    node.done = True


def tolerance(dag: Dag, line: Line, parts: Parts) -> None:
    """TOLERANCE: the number or percentage of the node's jobs that may fail."""
    line.newer("TOLERANCE")
    name, amount = parts
    for node in nodes_called(dag, name, "TOLERANCE"):
        node.tolerance, node.tolerates_percent = number(amount), amount.endswith("%")


def variables(dag: Dag, line: Line, parts: Parts) -> None:
    """VARS: macros for the node's submit description; APPEND sets them after it is read."""
    name, place, *pairs = parts
    near = (place or pairs[0]).start_pos - name.end_pos == 1
    if place and not (near and place in _PLACES):
        line.newer(f"{place} in lower case or after several blanks")
    elif not place and near and pairs[0].startswith(_PLACES):
        # DAGMan 23.9 takes these letters for the keyword, whatever follows them.
        letters = next(word for word in _PLACES if pairs[0].startswith(word))
        line.newer(f"a variable whose name begins with {letters}")
    if any(pair.type == "NEWER_PAIR" for pair in pairs):
        line.newer('a variable other than name="value", of letters, digits, _ and .')
    found = [_pair(pair) for pair in pairs]
    appended = bool(place) and place.upper() == "APPEND"
    for node in nodes_called(dag, name, "VARS"):
        for key, value in found:
            known = node.variables.get(key)
            # DAGMan: a later value keeps the place of the first one.
            node.variables[key] = Macro(value, known.appended if known else appended)


def _pair(pair: Token) -> tuple[str, str]:
    key, _, value = (part.strip(_BLANKS) for part in pair.partition("="))
    if key.lower().startswith("queue"):
        raise wrong(pair, f"a variable may not be called {key}")
    if "+" in key[1:] or key == "+":
        raise wrong(pair, f"a name may contain + only as its first character: {key}")
    if value.startswith(('"', "'")):
        value = unescaped(value[1:-1])
    return (f"MY.{key[1:]}" if key.startswith("+") else key), value


def throttle(dag: Dag, line: Line, parts: Parts) -> None:
    """PRIORITY and CATEGORY: which node runs first, and the category that MAXJOBS limits."""
    name, value = parts
    for node in nodes_called(dag, name, line.keyword):
        _refuse_for(node, line.keyword, NodeKind.FINAL, NodeKind.SERVICE)
        shown = str(number(value)) if value.type == "LEVEL" else str(value)
        node.throttles.append(Throttle(line.keyword, shown, line.span))
        if value.type == "LEVEL":
            node.priority = number(value)
        else:
            node.category = str(value)


def maxjobs(dag: Dag, line: Line, parts: Parts) -> None:
    """MAXJOBS: how many nodes of a category run at a time."""
    category, most = parts
    if number(most) < 0:
        raise wrong(most, "the number of nodes is negative")
    dag.limits[str(category)] = number(most)
    line.findings.append(ThrottleIgnored(command="MAXJOBS"))


def save_point(dag: Dag, line: Line, parts: Parts) -> None:
    """SAVE_POINT_FILE: DAGMan writes its progress into this file when the node starts."""
    node = node_called(dag, str(parts[0]), "SAVE_POINT_FILE")
    _refuse_for(node, "SAVE_POINT_FILE", NodeKind.SERVICE, NodeKind.PROVISIONER)
    aside(dag, line, parts)


def node_status_file(dag: Dag, line: Line, parts: Parts) -> None:
    """NODE_STATUS_FILE: DAGMan writes the states of the nodes into this file."""
    period, always = parts
    if always and not period:
        line.newer("ALWAYS-UPDATE without a number of seconds")
    aside(dag, line, parts)


def aside(dag: Dag, line: Line, parts: Parts) -> None:
    """CONFIG, ENV, and commands that change only what DAGMan writes about the run."""
    value = line.text[len(line.keyword) :].strip()
    if line.keyword == "CONFIG":
        line.findings.append(ConfigurationIgnored(value=value))
    elif line.keyword == "ENV":
        line.findings.append(EnvironmentIgnored(value=value))
    else:
        line.findings.append(NoMeaning(command=line.keyword))


def reject(dag: Dag, line: Line, parts: Parts) -> None:
    """REJECT: DAGMan refuses the file."""
    raise Refusal(DagRefused(reason="the file contains REJECT"))


def _note_ignored(line: Line, rest: Token | None) -> None:
    if rest:
        line.findings.append(IgnoredWords(unread=str(rest)))


def _refuse_for(node: Node, command: str, *kinds: NodeKind) -> None:
    """Raise Refusal if the node is of one of these kinds."""
    if node.kind in kinds:
        reason = f"{command} does not apply to the {node.kind.value} node {node.name}"
        raise Refusal(DagRefused(reason=reason))
