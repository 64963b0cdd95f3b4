"""Commands about nodes: scripts, retries and the like."""

from transpile.diagnostics import Diagnostics
from transpile.dialects.dagman.lines import Line
from transpile.dialects.dagman.model import Dag, Node, NodeKind, Script, Setting
from transpile.dialects.dagman.tokens import ALL, ORDINARY, Refusal, Words, single

KINDS = ("PRE", "POST", "HOLD")
STREAMS = ("STDOUT", "STDERR", "ALL")
HIGHEST_CODE = 255

_OF_THE_SURROUNDINGS = {"CONFIG": "A871", "ENV": "A870"}
"""What changes DAGMan itself, or what the scripts and jobs that it starts find there."""


def script(dag: Dag, line: Line, words: Words, diagnostics: Diagnostics) -> None:
    """SCRIPT PRE, POST or HOLD: the last one of a kind counts."""
    word = words.required("PRE, POST or HOLD").upper()
    deferred = word == "DEFER"
    if deferred:
        if words.number("the exit code of DEFER") <= 0:
            raise Refusal("A701", words.column, reason="DEFER takes an exit code above 0")
        if words.number("the time of DEFER") < 0:
            raise Refusal("A701", words.column, reason="DEFER takes a time in seconds")
        word = words.required("PRE, POST or HOLD").upper()
    if word == "DEBUG":
        words.required("the file of DEBUG")
        if words.required("STDOUT, STDERR or ALL").upper() not in STREAMS:
            raise Refusal("A701", words.column, reason=f"DEBUG takes {', '.join(STREAMS)}")
        word = words.required("PRE, POST or HOLD").upper()
    if word not in KINDS:
        raise words.unexpected(word)
    name = words.name()
    text = words.rest()
    if not text:
        raise Refusal("A701", words.column, reason="there is no script")
    for node in addressed(dag, name, "SCRIPT"):
        node.scripts[word] = Script(text, line.span, deferred)


def retry(dag: Dag, line: Line, words: Words, diagnostics: Diagnostics) -> None:
    """RETRY: so many more attempts, unless the exit code is that of UNLESS-EXIT."""
    name = words.name()
    count = words.number("the number of retries")
    if count < 0:
        raise Refusal("A701", words.column, reason="a number of retries is not negative")
    unless = None
    word = words.next()
    if word:
        if word.upper() == "UNLESS_EXIT":
            words.only_newer("UNLESS_EXIT")
        elif word.upper() != "UNLESS-EXIT":
            raise words.unexpected(word)
        # DAGMan: 0 is none.
        unless = words.number("the exit code of UNLESS-EXIT", whole=True) or None
        words.ignore()
    for node in addressed(dag, name, "RETRY"):
        _refuse_for(node, "RETRY", NodeKind.FINAL, NodeKind.SERVICE)
        node.retries = count
        if unless is not None:
            # DAGMan: a RETRY without it leaves that of the one before.
            node.unless = unless


def abort(dag: Dag, line: Line, words: Words, diagnostics: Diagnostics) -> None:
    """ABORT-DAG-ON: an exit code that ends the whole, and the result of that."""
    name = words.name()
    code = words.number("the exit code")
    result = None
    word = words.next()
    if word:
        if word.upper() != "RETURN":
            raise words.unexpected(word)
        result = words.number("the code of RETURN")
        if not 0 <= result <= HIGHEST_CODE:
            raise Refusal("A701", words.column, reason=f"RETURN takes 0 to {HIGHEST_CODE}")
        words.ignore()
    for node in addressed(dag, name, "ABORT-DAG-ON"):
        _refuse_for(node, "ABORT-DAG-ON", NodeKind.FINAL)
        node.abort = (code, result, line.span)


def pre_skip(dag: Dag, line: Line, words: Words, diagnostics: Diagnostics) -> None:
    """PRE_SKIP: an exit code of the PRE script that makes the node a success."""
    name, code = words.name(), words.number("the exit code")
    words.end()
    if not 0 <= code <= HIGHEST_CODE:
        raise Refusal("A701", reason=f"PRE_SKIP takes 0 to {HIGHEST_CODE}")
    for node in addressed(dag, name, "PRE_SKIP"):
        node.skip = code


def done(dag: Dag, line: Line, words: Words, diagnostics: Diagnostics) -> None:
    """DONE: the node counts as run. 23.9 falls over it, but in a rescue file."""
    words.only_newer("DONE as a command")
    name = words.name()
    words.end()
    node = single(dag, name, "DONE")
    _refuse_for(node, "DONE", NodeKind.FINAL, NodeKind.SERVICE)
    node.done = True


def tolerance(dag: Dag, line: Line, words: Words, diagnostics: Diagnostics) -> None:
    """TOLERANCE: so many jobs of the node may fail."""
    words.only_newer("TOLERANCE")
    name, value = words.name(), words.required("the number of jobs that may fail")
    count, percent = value.removesuffix("%"), value.endswith("%")
    if not count.isascii() or not count.removeprefix("+").isdigit():
        raise Refusal("A701", words.column, reason=f"{value} is no number of jobs")
    word = words.next()
    if word and word.upper().replace("-", "_") not in ("FAIL_FAST", "WAIT"):
        raise words.unexpected(word)
    words.end()
    for node in addressed(dag, name, "TOLERANCE"):
        node.tolerance, node.tolerates_percent = int(count), percent


def priority(dag: Dag, line: Line, words: Words, diagnostics: Diagnostics) -> None:
    """PRIORITY: which of the nodes that can run does first."""
    name, value = words.name(), words.number("the priority")
    words.end()
    for node in addressed(dag, name, "PRIORITY"):
        _refuse_for(node, "PRIORITY", NodeKind.FINAL, NodeKind.SERVICE)
        node.settings.append(Setting("PRIORITY", str(value), line.span))


def category(dag: Dag, line: Line, words: Words, diagnostics: Diagnostics) -> None:
    """CATEGORY: a name for MAXJOBS to limit."""
    name, value = words.name(), words.required("the name of a category")
    words.end()
    for node in addressed(dag, name, "CATEGORY"):
        _refuse_for(node, "CATEGORY", NodeKind.FINAL, NodeKind.SERVICE)
        node.settings.append(Setting("CATEGORY", value, line.span))


def save_point(dag: Dag, line: Line, words: Words, diagnostics: Diagnostics) -> None:
    """SAVE_POINT_FILE: a file that DAGMan writes."""
    name = words.name()
    words.next()
    words.end()
    node = single(dag, name, "SAVE_POINT_FILE")
    _refuse_for(node, "SAVE_POINT_FILE", NodeKind.SERVICE, NodeKind.PROVISIONER)
    _noted(line, "SAVE_POINT_FILE", diagnostics)


def maxjobs(dag: Dag, line: Line, words: Words, diagnostics: Diagnostics) -> None:
    """MAXJOBS: how many nodes of a category run at a time."""
    words.required("the name of a category")
    if words.number("the number of nodes") < 0:
        raise Refusal("A701", words.column, reason="a number of nodes is not negative")
    words.end()
    diagnostics.add("A705", line.span, text=line.text, command="MAXJOBS")


def dot(dag: Dag, line: Line, words: Words, diagnostics: Diagnostics) -> None:
    """DOT: a picture that DAGMan draws; words that it does not know do not count."""
    words.required("the name of a file")
    while word := words.next():
        if word.upper() == "INCLUDE":
            words.required("the name of a file")
    _noted(line, "DOT", diagnostics)


def node_status_file(dag: Dag, line: Line, words: Words, diagnostics: Diagnostics) -> None:
    """NODE_STATUS_FILE: a file that DAGMan writes."""
    words.required("the name of a file")
    if words.peek().upper() == "ALWAYS-UPDATE":
        words.only_newer("ALWAYS-UPDATE without a number of seconds")
    elif words.peek():
        words.number("the number of seconds")
    word = words.next()
    if word and word.upper() != "ALWAYS-UPDATE":
        raise words.unexpected(word)
    words.end()
    _noted(line, "NODE_STATUS_FILE", diagnostics)


def jobstate_log(dag: Dag, line: Line, words: Words, diagnostics: Diagnostics) -> None:
    """JOBSTATE_LOG: a file that DAGMan writes."""
    words.required("the name of a file")
    words.end()
    _noted(line, "JOBSTATE_LOG", diagnostics)


def aside(dag: Dag, line: Line, words: Words, diagnostics: Diagnostics) -> None:
    """Commands that condor_submit_dag reads; condor_dagman looks at nothing behind their name."""
    command, *rest = line.text.split(None, 1)
    code = _OF_THE_SURROUNDINGS.get(command.upper(), "A709")
    value = rest[0].strip() if rest else ""
    diagnostics.add(code, line.span, text=line.text, command=command, value=value)


def reject(dag: Dag, line: Line, words: Words, diagnostics: Diagnostics) -> None:
    """REJECT: DAGMan refuses the file."""
    raise Refusal("A703", reason="it says so itself: REJECT")


def _noted(line: Line, command: str, diagnostics: Diagnostics) -> None:
    diagnostics.add("A709", line.span, text=line.text, command=command)


def addressed(dag: Dag, name: str, command: str) -> list[Node]:
    """The node of that name; for ALL_NODES all that stand in this file and are not special."""
    if name.upper() == ALL:
        found = [n for n in dag.nodes.values() if n.kind in ORDINARY and n.splice is None]
        if not found:
            raise Refusal("A702", command=command, name=name, what="node")
        return found
    return [single(dag, name, command)]


def _refuse_for(node: Node, command: str, *kinds: NodeKind) -> None:
    """Raise Refusal for a node of these kinds: DAGMan takes no such command for it."""
    if node.kind in kinds:
        reason = f"{command} cannot be said of the {node.kind.value} node {node.name}"
        raise Refusal("A703", reason=reason)
