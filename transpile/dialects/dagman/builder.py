"""A DAG to the network of its nodes: splices and sub-DAGs become boxes."""

from collections.abc import Mapping
from dataclasses import replace

from transpile.dialects.dagman.codes.dags import SpliceFlattened, ThrottleIgnored
from transpile.dialects.dagman.codes.nodes import (
    AbortOnSuccess,
    NodeLeftOut,
    ScriptIgnored,
    SubDagRetriesIgnored,
    UntranslatedDescription,
    UntranslatedSubDag,
)
from transpile.dialects.dagman.commands import CommandBuilder, Payload
from transpile.dialects.dagman.engine import Dagman
from transpile.dialects.dagman.files import Files
from transpile.dialects.dagman.model import Dag, Edges, Node, NodeKind, Splice
from transpile.dialects.dagman.submit import SubmitError
from transpile.findings.diagnostics import Diagnostics
from transpile.model import (
    Abort,
    All,
    AnyOf,
    Blocked,
    BoxRule,
    Command,
    Condition,
    InitialStatus,
    Job,
    Kind,
    Network,
    Status,
    StatusTest,
    Steps,
    Tally,
    Variable,
)
from transpile.sources.text import Span

MOST_EDGES = 64
"""Between more parents and children than make so many edges stands a node that joins them."""

_OTHERS = (NodeKind.SERVICE, NodeKind.PROVISIONER)


def build_network(dag: Dag, title: str, files: Files, diagnostics: Diagnostics) -> Network:
    """The network of a DAG, one job for each node."""
    builder = _Builder(files, diagnostics)
    builder.add(dag, "", None, 0)
    variables = {name: Variable(name, "") for name in builder.commands.unknown}
    tally = Tally(translated=len(builder.jobs))
    return Network(
        builder.jobs,
        variables,
        tally=tally,
        engine=Dagman,
        title=title,
        refused=builder.refused,
        side_files=files.used,
        side_texts=files.texts,
    )


class _Found:
    """What a node or splice waits for. DAGMan: strong beats WEAK for the same pair."""

    def __init__(self, span: Span) -> None:
        self.span = span
        self.parents: dict[str, StatusTest] = {}

    def add(self, parent: str, weak: bool) -> None:
        if not weak or parent not in self.parents:
            self.parents[parent] = StatusTest.DONE if weak else StatusTest.SUCCESS

    def condition(self) -> Condition:
        """The condition as a tree."""
        terms = tuple(Status(name, test) for name, test in self.parents.items())
        return terms[0] if len(terms) == 1 else All(terms)

    def text(self) -> str:
        """The condition as the DAG file would say it."""
        names = list(self.parents)
        shown = " ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
        weak = any(test is StatusTest.DONE for test in self.parents.values())
        return f"{'WEAK ' if weak else ''}PARENT {shown}"


class _Builder:
    def __init__(self, files: Files, diagnostics: Diagnostics) -> None:
        self.jobs: dict[str, Job] = {}
        self.refused = False
        self._joins = 0
        self.commands = CommandBuilder(files, diagnostics)
        self._diagnostics = diagnostics

    def add(self, dag: Dag, prefix: str, box: str | None, rounds: int) -> None:
        """Add the nodes of a DAG. `rounds`: so often the whole DAG is tried again."""
        self.refused |= dag.refused
        reason = _why_flat(dag)
        boxes = {} if reason else dag.splices
        if reason:
            for name, splice in dag.splices.items():
                self._diagnostics.add(
                    SpliceFlattened(name=name, reason=reason), splice.span, text=name
                )
        conditions = self._conditions(dag, boxes, prefix, box)
        for name, splice in boxes.items():
            around = f"{prefix}{splice.parent}" if splice.parent else box
            job = Job(f"{prefix}{name}", splice.span, Kind.BOX, box=around)
            self._put(job, conditions.get(name))
        for node in dag.nodes.values():
            if node.kind in _OTHERS:
                self._diagnostics.add(
                    NodeLeftOut(kind=node.kind.value, name=node.name), node.span, text=node.name
                )
                continue
            around = f"{prefix}{node.splice}" if node.splice in boxes else box
            # DAGMan: a node that is DONE is so whatever becomes of its parents.
            condition = None if node.done else conditions.get(node.name)
            self._add_node(dag, node, prefix, around, condition, rounds)

    def _conditions(
        self, dag: Dag, boxes: Mapping[str, Splice], prefix: str, box: str | None
    ) -> dict[str, _Found]:
        """What each node, and each splice that is a box, waits for."""
        found: dict[str, _Found] = {}
        for edges in dag.edges:
            parents = [f"{prefix}{name}" for name in dag.terminal(edges.parents, boxes)]
            children = dag.initial(edges.children, boxes)
            if len(parents) * len(children) > MOST_EDGES and not edges.weak and len(children) > 1:
                names = (*(name.removeprefix(prefix) for name in parents), *children)
                around = {dag.nodes[n].splice if n in dag.nodes else None for n in names}
                common = around.pop() if len(around) == 1 else None
                inside = f"{prefix}{common}" if common in boxes else box
                parents = [self._join(parents, edges, prefix, inside)]
            for child in children:
                waits = found.setdefault(child, _Found(edges.span))
                for parent in parents:
                    waits.add(parent, edges.weak)
        return found

    def _join(self, parents: list[str], edges: Edges, prefix: str, box: str | None) -> str:
        """DAGMan itself puts a node that does nothing between many parents and many children."""
        self._joins += 1
        waits = _Found(edges.span)
        for parent in parents:
            waits.add(parent, weak=False)
        name = f"{prefix}_condor_join_node{self._joins}"
        self._put(Job(name, edges.span, Kind.COMMAND, box=box), waits)
        return name

    def _put(self, job: Job, condition: _Found | None) -> None:
        if condition is not None:
            job = replace(
                job,
                condition=condition.condition(),
                condition_text=condition.text(),
                condition_span=condition.span,
            )
        self.jobs[job.name] = job

    def _add_node(
        self,
        dag: Dag,
        node: Node,
        prefix: str,
        box: str | None,
        condition: _Found | None,
        rounds: int,
    ) -> None:
        name = f"{prefix}{node.name}"
        for setting in node.settings:
            self._diagnostics.add(
                ThrottleIgnored(command=f"{setting.keyword} {setting.value}"),
                setting.span,
                job=name,
                text=setting.value,
            )
        status = InitialStatus.ON_NOEXEC if node.done else InitialStatus.ACTIVE
        job = Job(
            name,
            node.span,
            Kind.COMMAND,
            box=box,
            status=status,
            runs_last=node.kind is NodeKind.FINAL,
        )
        if node.kind is NodeKind.SUBDAG:
            self._put(self._subdag(node, job), condition)
            if self.jobs[name].kind is Kind.BOX and node.dag is not None:
                self.add(node.dag, f"{name}/", name, self._rounds(node, name, rounds))
            return
        idle = node.noop or node.done
        payload = Payload() if idle else self.commands.payload(node, name, dag)
        retries = (node.retries + 1) * (rounds + 1) - 1
        try:
            action = self._action(node, payload, name, retries)
        except SubmitError as error:
            action = None
            blocked = Blocked(UntranslatedDescription, str(error))
            payload.problem = payload.problem or blocked
            place = error.span or node.span
            self._diagnostics.add(
                UntranslatedDescription(name=name, reason=str(error)),
                place,
                job=name,
                text=node.name,
            )
        job = replace(
            job,
            action=action,
            retries=retries,
            notes=tuple(payload.notes),
            resources=payload.resources,
            image=payload.image,
            alerts=payload.alerts,
            blocked=payload.problem,
        )
        if node.abort and node.abort[0] == 0:
            self._diagnostics.add(AbortOnSuccess(name=name), node.abort[2], job=name, text=name)
            job = replace(job, blocked=Blocked(AbortOnSuccess, "ABORT-DAG-ON 0"))
        self._put(job, condition)

    def _rounds(self, node: Node, name: str, rounds: int) -> int:
        """How often the nodes of a sub-DAG are tried again for its own sake.

        DAGMan goes on where it failed, so that nodes without an order have so many more attempts
        each; where one waits for another, they share them.
        """
        again = 0 if node.unless == 1 else node.retries
        if again and node.dag is not None and node.dag.edges:
            self._diagnostics.add(SubDagRetriesIgnored(name=name), node.span, job=name, text=name)
            again = 0
        return (rounds + 1) * (again + 1) - 1

    def _subdag(self, node: Node, job: Job) -> Job:
        if node.noop or node.done:
            return replace(job, status=InitialStatus.ON_NOEXEC)
        reason = _why_blocked(node)
        if node.dag is None:
            return replace(job, blocked=Blocked(UntranslatedSubDag, f"{node.file} cannot be read"))
        if reason:
            self._diagnostics.add(
                UntranslatedSubDag(name=job.name, reason=reason),
                node.span,
                job=job.name,
                text=node.file,
            )
            return replace(job, blocked=Blocked(UntranslatedSubDag, reason))
        final = next((n for n in node.dag.nodes.values() if n.kind is NodeKind.FINAL), None)
        rule = _final_rule(f"{job.name}/{final.name}", final.span) if final else None
        return replace(job, kind=Kind.BOX, box_rule=rule)

    def _action(
        self, node: Node, payload: Payload, name: str, retries: int
    ) -> Command | Steps | None:
        scripts = {}
        for kind, script in node.scripts.items():
            if kind == "HOLD" or script.deferred:
                reason = "HOLD" if kind == "HOLD" else "DEFER"
                self._diagnostics.add(
                    ScriptIgnored(kind=kind, name=name, reason=reason),
                    script.span,
                    job=name,
                    text=script.text,
                )
            if kind != "HOLD":
                scripts[kind] = self.commands.script(node, name, kind, script)
        abort = None
        if node.abort:
            code, result, _ = node.abort
            abort = Abort(code, code if result is None else result)
        steps = Steps(
            commands=payload.commands,
            before=scripts.get("PRE"),
            after=scripts.get("POST"),
            skip=node.skip if "PRE" in scripts else None,
            tolerance=_tolerance(node, payload),
            unless=node.unless if retries else None,
            abort=abort,
        )
        if not steps.parts:
            return None
        simple = steps == Steps(payload.commands) and len(payload.commands) == 1
        if simple and not retries and node.kind is NodeKind.JOB and not payload.is_told:
            return payload.commands[0]
        return steps


def _tolerance(node: Node, payload: Payload) -> int:
    """How many jobs of the node may fail."""
    if node.tolerates_percent:
        return len(payload.commands) * min(node.tolerance, 100) // 100
    return node.tolerance


def _why_flat(dag: Dag) -> str:
    """Why splices cannot be workflows of their own; empty where they can."""
    if any(node.kind is NodeKind.FINAL for node in dag.nodes.values()):
        return "the FINAL node is told about each node"
    if any(edges.weak for edges in dag.edges):
        return "a WEAK dependency asks for the end of single nodes"
    if any(node.abort and node.abort[1] == 0 for node in dag.nodes.values()):
        return "an abort may end the DAG with success"
    return ""


def _why_blocked(node: Node) -> str:
    if node.dag is not None and node.dag.refused:
        return "DAGMan refuses its file"
    scripts = [kind for kind in node.scripts if kind != "HOLD"]
    if scripts:
        return f"it has a {scripts[0]} script"
    if node.abort:
        return "ABORT-DAG-ON of a sub-DAG"
    inner = node.dag.nodes.values() if node.dag else ()
    if node.retries and any(n.unless is not None or n.abort for n in inner):
        return "RETRY around nodes with UNLESS-EXIT or ABORT-DAG-ON"
    if node.retries and any(n.kind is NodeKind.FINAL for n in inner):
        return "RETRY around a FINAL node"
    if any(n.abort and n.abort[1] is not None for n in inner):
        return "ABORT-DAG-ON with RETURN inside"
    return ""


def _final_rule(name: str, span: Span) -> BoxRule:
    """DAGMan: the result of the FINAL node is that of its DAG."""
    tests = (StatusTest.FAILURE, StatusTest.TERMINATED)
    failure = AnyOf(tuple(Status(name, test) for test in tests))
    return BoxRule(Status(name, StatusTest.SUCCESS), failure, f"FINAL {name}", span, at_end=True)
