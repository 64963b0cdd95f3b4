"""Turns a DAG into the network of its nodes: splices and sub-DAGs become boxes."""

import itertools
from dataclasses import replace

from transpile.dialects.dagman.codes.dags import SpliceFlattened, ThrottleIgnored
from transpile.dialects.dagman.codes.nodes import (
    AbortOnSuccess,
    NodeLeftOut,
    ScriptIgnored,
    SubDagRetriesIgnored,
    UntranslatedSubDag,
)
from transpile.dialects.dagman.commands import CommandBuilder, Payload
from transpile.dialects.dagman.conditions import Scope, Waits, find_waits
from transpile.dialects.dagman.engine import Dagman
from transpile.dialects.dagman.files import Files
from transpile.dialects.dagman.model import Dag, DagPlan, Node, NodeKind
from transpile.dialects.dagman.submit import SubmitError
from transpile.findings.diagnostics import Diagnostics
from transpile.model import (
    Abort,
    AnyOf,
    Blocked,
    BoxRule,
    Command,
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


def build_network(dag: Dag, title: str, files: Files, diagnostics: Diagnostics) -> Network:
    """The network of a DAG, one job for each node."""
    builder = _Builder(files, diagnostics)
    builder.add(dag, "", None, 0)
    return Network(
        builder.jobs,
        {name: Variable(name, "") for name in builder.commands.unknown},
        tally=Tally(translated=len(builder.jobs)),
        engine=Dagman,
        title=title,
        refused=builder.refused,
        side_files=files.used,
        side_texts=files.texts,
        plan=builder.plan,
    )


class _Builder:
    def __init__(self, files: Files, diagnostics: Diagnostics) -> None:
        self.jobs: dict[str, Job] = {}
        self.refused = False
        self.plan = DagPlan()
        self.commands = CommandBuilder(files, diagnostics)
        self._numbers = itertools.count(1)
        self._diagnostics = diagnostics

    def add(self, dag: Dag, prefix: str, box: str | None, rounds: int) -> None:
        """Add the nodes of a DAG. The whole DAG is tried again `rounds` times."""
        self.refused |= dag.refused
        reason = _why_flat(dag)
        if reason:
            for name, splice in dag.splices.items():
                finding = SpliceFlattened(name=name, reason=reason)
                self._diagnostics.add(finding, splice.span, text=name)
        scope = Scope(dag, prefix, box, {} if reason else dag.splices, rounds)
        waits, joins = find_waits(scope, self._numbers)
        self.jobs |= {join.name: join for join in joins}
        for name, splice in scope.boxes.items():
            around = scope.box_of(splice.parent)
            self._put(Job(f"{prefix}{name}", splice.span, Kind.BOX, box=around), waits.get(name))
        for node in dag.nodes.values():
            if node.kind in (NodeKind.SERVICE, NodeKind.PROVISIONER):
                left_out = NodeLeftOut(kind=node.kind.value, name=node.name)
                self._diagnostics.add(left_out, node.span, text=node.name)
            else:
                # DAGMan: a node that is DONE waits for no parent.
                self._add_node(scope, node, None if node.done else waits.get(node.name))

    def _put(self, job: Job, waits: Waits | None) -> None:
        self.jobs[job.name] = waits.condition_of(job) if waits else job

    def _add_node(self, scope: Scope, node: Node, waits: Waits | None) -> None:
        name = f"{scope.prefix}{node.name}"
        self._plan(scope, node, name)
        for throttle in node.throttles:
            ignored = ThrottleIgnored(command=f"{throttle.keyword} {throttle.value}")
            self._diagnostics.add(ignored, throttle.span, job=name, text=throttle.value)
        job = Job(
            name,
            node.span,
            Kind.COMMAND,
            box=scope.box_of(node.splice),
            status=InitialStatus.ON_NOEXEC if node.done else InitialStatus.ACTIVE,
            runs_last=node.kind is NodeKind.FINAL,
        )
        if node.kind is not NodeKind.SUBDAG:
            self._put(self._translated(scope, node, job), waits)
            return
        job = self._subdag(node, job)
        self._put(job, waits)
        self.plan.subdags.add(name)
        if job.kind is Kind.BOX and node.dag is not None:
            self.add(node.dag, f"{name}/", name, self._rounds(node, node.dag, name, scope.rounds))

    def _plan(self, scope: Scope, node: Node, name: str) -> None:
        """What only the engine over days needs of a node."""
        if node.category is not None and node.category in scope.dag.limits:
            # Each DAG file that runs on its own counts for itself.
            self.plan.limits[name] = (scope.prefix, node.category, scope.dag.limits[node.category])
        self.plan.priorities[name] = node.priority
        for kind, script in node.scripts.items():
            if script.defer:
                self.plan.defers[f"{name} {kind}"] = script.defer

    def _translated(self, scope: Scope, node: Node, job: Job) -> Job:
        name = job.name
        idle = node.noop or node.done
        payload = Payload() if idle else self.commands.payload(node, name, scope.dag)
        retries = (node.retries + 1) * (scope.rounds + 1) - 1
        action = None
        try:
            action = self._action(node, payload, name, retries)
        except SubmitError as error:
            blocked = self.commands.blocked(node, name, error, node.name)
            payload.blocked = payload.blocked or blocked
        if node.abort and node.abort[0] == 0:
            self._diagnostics.add(AbortOnSuccess(name=name), node.abort[2], job=name, text=name)
            payload.blocked = Blocked(AbortOnSuccess, "ABORT-DAG-ON 0")
        return replace(
            job,
            action=action,
            retries=retries,
            notes=tuple(payload.notes),
            resources=payload.resources,
            image=payload.image,
            alerts=payload.alerts,
            blocked=payload.blocked,
        )

    def _action(
        self, node: Node, payload: Payload, name: str, retries: int
    ) -> Command | Steps | None:
        scripts = self._scripts(node, name)
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
        if simple and not retries and node.kind is NodeKind.JOB and not payload.asks_run:
            return payload.commands[0]
        return steps

    def _scripts(self, node: Node, name: str) -> dict[str, Command]:
        """The PRE and POST scripts. Raises SubmitError."""
        found = {}
        for kind, script in node.scripts.items():
            part, reason = f"DEFER of the {kind} script", "its exit code is a failure"
            if kind == "HOLD":
                part, reason = "the HOLD script", "Flyte does not hold jobs"
            if kind == "HOLD" or script.defer:
                finding = ScriptIgnored(part=part, name=name, reason=reason)
                self._diagnostics.add(finding, script.span, job=name, text=script.text)
            if kind != "HOLD":
                found[kind] = self.commands.script(node, name, kind, script)
        return found

    def _subdag(self, node: Node, job: Job) -> Job:
        if node.noop or node.done:
            return replace(job, status=InitialStatus.ON_NOEXEC)
        if node.dag is None:
            return replace(job, blocked=Blocked(UntranslatedSubDag, f"{node.file} cannot be read"))
        if reason := _why_blocked(node, node.dag):
            finding = UntranslatedSubDag(name=job.name, reason=reason)
            self._diagnostics.add(finding, node.span, job=job.name, text=node.file)
            return replace(job, blocked=Blocked(UntranslatedSubDag, reason))
        final = node.dag.first(NodeKind.FINAL)
        rule = _final_rule(f"{job.name}/{final.name}", final) if final else None
        return replace(job, kind=Kind.BOX, box_rule=rule)

    def _rounds(self, node: Node, dag: Dag, name: str, rounds: int) -> int:
        """How often the nodes of a sub-DAG are tried again because of RETRY of the sub-DAG.

        DAGMan resumes a sub-DAG where it failed. So independent nodes have this number of further
        attempts each; nodes that wait for one another share it.
        """
        again = 0 if node.unless == 1 else node.retries
        if again and dag.edges:
            self._diagnostics.add(SubDagRetriesIgnored(name=name), node.span, job=name, text=name)
            again = 0
        return (rounds + 1) * (again + 1) - 1


def _tolerance(node: Node, payload: Payload) -> int:
    """The number of the node's jobs that may fail."""
    if node.tolerates_percent:
        return len(payload.commands) * min(node.tolerance, 100) // 100
    return node.tolerance


def _why_flat(dag: Dag) -> str:
    """The reason why splices cannot be sub-workflows; empty if they can."""
    if dag.first(NodeKind.FINAL):
        return "the FINAL node needs the status of each node"
    if any(edges.weak for edges in dag.edges):
        return "a WEAK edge needs the end of single nodes"
    if any(node.abort and node.abort[1] == 0 for node in dag.nodes.values()):
        return "an abort may end the DAG with success"
    return ""


def _why_blocked(node: Node, dag: Dag) -> str:
    """The reason why a sub-DAG cannot be a sub-workflow; empty if it can."""
    if dag.refused:
        return "DAGMan refuses its file"
    scripts = [kind for kind in node.scripts if kind != "HOLD"]
    if scripts:
        return f"it has a {scripts[0]} script"
    if node.abort:
        return "ABORT-DAG-ON of a sub-DAG"
    inner = dag.nodes.values()
    if node.retries and any(n.unless is not None or n.abort for n in inner):
        return "RETRY around nodes with UNLESS-EXIT or ABORT-DAG-ON"
    if node.retries and dag.first(NodeKind.FINAL):
        return "RETRY around a FINAL node"
    if any(n.abort and n.abort[1] is not None for n in inner):
        return "ABORT-DAG-ON with RETURN inside"
    return ""


def _final_rule(name: str, final: Node) -> BoxRule:
    """DAGMan: the result of a DAG is that of its FINAL node."""
    tests = (StatusTest.FAILURE, StatusTest.TERMINATED)
    failure = AnyOf(tuple(Status(name, test) for test in tests))
    success = Status(name, StatusTest.SUCCESS)
    return BoxRule(success, failure, f"FINAL {name}", final.span, at_end=True)
