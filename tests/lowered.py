"""The lowered form of jobs as text: one line for each node."""

from collections.abc import Iterable, Iterator

from transpile.lowering.structure import BoxResult, Handed, Key, Lowered, Node, Role, Workflow
from transpile.model import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    Blocked,
    Condition,
    Cut,
    ExitCode,
    GlobalValue,
    Heard,
    Schedule,
    Status,
    label_of,
)

_ROLES = {
    Role.START: "start of ",
    Role.END: "end of ",
    Role.CHECK: "check of ",
    Role.WAIT: "wait of ",
    Role.TELL: "tell of ",
    Role.NOT_BEFORE: "start time of ",
    Role.LEGACY_START: "legacy start of ",
    Role.LEGACY_END: "legacy end of ",
}


def shown(lowered: Lowered) -> str:
    """The lowered form of one group: its workflows, outermost last, and what is about the whole."""
    return "\n".join([*map(_workflow, lowered.workflows), *_whole(lowered)])


def condition(term: Condition) -> str:
    """A condition, with the names of its tests in words."""
    if term in (TRUE, FALSE):
        return "always" if term == TRUE else "never"
    if isinstance(term, All | AnyOf):
        return (
            "(" + (" & " if isinstance(term, All) else " | ").join(map(condition, term.terms)) + ")"
        )
    if isinstance(term, GlobalValue):
        return f"global {term.name} {term.operator} {term.value!r}"
    if isinstance(term, Status):
        return f"{term.test.value}({label_of(term)})"
    if isinstance(term, ExitCode):
        return f"exit code({term.job}) {term.operator} {term.value}"
    return f"output({term.job}.{term.name}) {term.operator} {term.value!r}"


def _workflow(workflow: Workflow) -> str:
    flattened = [box for box in workflow.boxes if box != workflow.box]
    head = f"workflow {workflow.box or '-'}{_clause(' with members of', flattened)}"
    if workflow.on_failure:
        failure, about = workflow.on_failure.alerts[0].on.value, workflow.on_failure.job
        head += f"; its failure tells of {failure} of {about or 'the whole'}"
    return "\n".join([head, *(f"  {_node(node)}" for node in workflow.nodes)])


def _node(node: Node) -> str:
    line = f"{_key(node.key)}: {_does(node)}"
    line += f" when {condition(node.condition)}" if node.condition is not None else ""
    line += _clause(" after", map(_key, node.after))
    line += _clause(", given", map(_handed, node.statuses))
    line += _clause(", takes values of", node.takes)
    line += _clause(", uses", node.globals)
    line += _clause(", tells of", (alert.on.value for alert in node.alerts))
    line += ", gives values" if node.gives else ""
    return line + (", reports" if node.reports else "")


def _key(key: Key) -> str:
    if key.role is Role.MISSING:
        return f"missing {key.name}"
    return "result" if key.role is Role.RESULT else f"{_ROLES.get(key.role, '')}{key.name}"


def _handed(handed: Handed) -> str:
    vertex, node = handed
    if node == vertex:
        return _key(vertex)
    return f"{_key(vertex)} by {_key(node) if node else 'whoever runs the workflow'}"


def _does(node: Node) -> str:
    does = node.does
    if isinstance(does, Blocked):
        return f"fails ({does.code})"
    if isinstance(does, Cut):
        return f"waits until {does.shown}"
    if isinstance(does, Heard):
        inside = f", resets {', '.join(does.inside)}" if node.key.role is Role.LEGACY_START else ""
        return f"tells {', '.join(does.listeners) or 'nobody'}{inside if does.inside else ''}"
    if isinstance(does, tuple):
        return f"tells {', '.join(cut.job for cut in does)}"
    if isinstance(does, Schedule):
        return f"not before {does}"
    if not isinstance(does, BoxResult):
        return does.value
    members = (name if key else f"{name} (did not run)" for name, key in does.members.items())
    parts = ["box of " + (", ".join(members) or "nothing")]
    parts += [f"terminated by {', '.join(does.terminators)}"] if does.terminators else []
    parts += [f"success if {condition(does.success)}"] if does.success is not None else []
    parts += [f"failure if {condition(does.failure)}"] if does.failure is not None else []
    parts += ["one of the two holds"] if does.complete else []
    return "; ".join(parts)


def _clause(word: str, names: Iterable[str]) -> str:
    found = ", ".join(names)
    return f"{word} {found}" if found else ""


def _whole(lowered: Lowered) -> Iterator[str]:
    if lowered.schedule:
        yield f"starts by {lowered.starter.name if lowered.starter else 'its own schedule'}"
    for cut in lowered.facts.cuts.values():
        if cut.starts:
            yield f"starts {cut.job} when {cut.shown}"
    for first, second in lowered.apart:
        yield f"keeps apart {first}, {second}"
    for box, (upstream, downstream) in lowered.crossed.items():
        yield f"flattens {box}: {upstream} -> {downstream}"
    for name in sorted(lowered.unheard):
        yield f"nobody tells of the end of {name}"
    for alert in lowered.alerts:
        yield f"whole tells of {alert.on.value}"
