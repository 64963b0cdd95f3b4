"""A6xx: limits of Flyte."""

from transpile.findings.finding import Finding, Level


def _ladder(count: int) -> str:
    """Two rows of `count` jobs; each job of the second row also waits for one of the first."""
    statements = ["insert_job: NIGHT\njob_type: b\n"]
    for n in range(count):
        left, right = ("", "") if not n else (f"s(L{n - 1})", f"s(R{n - 1}) & s(L{n - 1})")
        for name, condition in ((f"L{n}", left), (f"R{n}", right)):
            line = f"condition: {condition}\n" if condition else ""
            statements.append(f"insert_job: {name}\nbox_name: NIGHT\ncommand: true\n{line}")
    return "\n".join(statements)


def _braid(count: int) -> str:
    """`count` layers of three jobs; each job waits for two of the previous layer."""
    statements = []
    for layer in range(count):
        for number in range(3):
            above = (f"s(J{layer - 1}_{other})" for other in sorted((number, (number + 1) % 3)))
            condition = f"condition: {' & '.join(above)}\n" if layer else ""
            statements.append(f"insert_job: J{layer}_{number}\ncommand: true\n{condition}")
    return "\n".join(statements)


class TooManyNodes(Finding, code="A601", level=Level.WARNING):
    """More nodes than Flyte's limit.

    flyteadmin counts the nodes of a workflow, without those of its sub-workflows, and by default
    rejects more than 100. Nodes move into a sub-workflow if they form a module of the graph.
    Otherwise a failure in the sub-workflow would stop jobs that run in the source.
    """

    message = "workflow {name} keeps {nodes} nodes, more than {limit}: {reason}"
    help = (
        "raise registration.maxWorkflowNodes of flyteadmin, or remove a dependency between "
        "these jobs"
    )
    example = _ladder(51)
    name: str
    nodes: int
    limit: int
    reason: str


class ConditionInTask(Finding, code="A602", level=Level.NOTE):
    """Condition not emitted as a branch.

    With --branch native, conditions become branch nodes if Flyte can evaluate them and no other
    branch contains them.
    """

    message = "the condition of {name} stays in its task: {reason}"
    help = "nothing to do: the job behaves the same; only the console does not show a branch"
    name: str
    reason: str


class CommonNames(Finding, code="A606", level=Level.NOTE):
    """Workflow names that another estate may use.

    Names in Flyte are per project and domain. A second estate with a workflow of the same name
    silently replaces its latest version and its launch plans.
    """

    message = "another estate may use the same workflow names: {names}"
    help = "set prefix in [platform] of transpile.toml, or register each estate in its own project"
    example = "insert_job: NIGHT\ncommand: true\n"
    names: str


class TooManyPaths(Finding, code="A620", level=Level.ERROR):
    """More paths than Flyte can walk.

    flyteadmin checks for cycles, and propeller searches for startable nodes, by walking each path
    of a workflow, not each node once. Measured: 37,000 paths take 22 seconds of propeller's time
    in a run of 40 nodes; from 2 million on it stalls for all workflows; 100 million take
    flyteadmin 47 seconds to register. The limit of 100,000 lies between what ran and what did
    not. Paths inside a sub-workflow do not count, so modules of the graph become sub-workflows;
    what is reported has none that helps.
    """

    message = (
        "workflow {name} has {paths} paths through its {nodes} nodes: its registration or its "
        "first run hangs; {reason}"
    )
    help = "remove a dependency between these jobs, or put those that belong together into a box"
    example = _braid(16)
    name: str
    paths: str
    nodes: int
    reason: str


class ManyPaths(Finding, code="A621", level=Level.WARNING):
    """Many paths through a workflow.

    Propeller searches for startable nodes by walking each path of a workflow. Measured: a run of
    32 nodes with 4,700 paths takes 9 seconds, one of 40 nodes with 37,000 paths takes 30. The
    results are the same.
    """

    message = (
        "workflow {name} has {paths} paths through its {nodes} nodes: Flyte walks all of them "
        "in each round of a run, which slows it down; {reason}"
    )
    help = "remove a dependency between these jobs, or put those that belong together into a box"
    example = _braid(9)
    name: str
    paths: str
    nodes: int
    reason: str


class WorkflowTooLarge(Finding, code="A622", level=Level.ERROR):
    """Workflow too large to run.

    Propeller keeps an execution, with all its sub-workflows and tasks, in one Kubernetes object,
    and etcd accepts 1.5 MB. Measured: a job takes about 1.9 kB; 760 jobs run; 950 register, but
    every execution fails with `etcdserver: request is too large`. Modules of the graph get
    executions of their own; what is reported has none that is large enough. The size is an
    estimate; with offloaded closures there is no such limit.
    """

    message = (
        "an execution of workflow {name} needs an object of about {size} MB: more than 1.2 MB "
        "may not start; {reason}"
    )
    help = (
        "set useOffloadedWorkflowClosure: true in the configuration of flyteadmin, or remove a "
        "dependency between these jobs"
    )
    example = _ladder(450)
    name: str
    size: str
    reason: str


class SharedFile(Finding, code="A623", level=Level.WARNING):
    """File shared by jobs.

    Each task runs in its own pod, and its files end with the pod. The sources do not tell whether
    the path is on a volume that all pods mount, so this is a warning: without one the reading job
    does not find the file. Programs and settings that jobs only read come with the image and are
    not reported. A pod_template for all jobs that share the path, of the platform or of a [[map]]
    rule, resolves the warning.
    """

    message = "jobs share {path}: {who}; tasks share no disk"
    help = (
        "mount a shared volume with a PodTemplate, and name it in transpile.toml: [platform] "
        'pod_template = "NAME"'
    )
    example = (
        "insert_job: A\ncommand: ./extract.sh\nstd_out_file: /data/orders.csv\n\n"
        "insert_job: B\ncommand: ./load.sh /data/orders.csv\ncondition: s(A)\n"
    )
    path: str
    who: str


class MappedTimeLimit(Finding, code="A640", level=Level.ERROR):
    """Time limit of a mapped job.

    Emitted tasks kill their command themselves. Flyte's timeout is not equivalent: its clock
    starts when the task is queued, a task that it ends is retried, and the node fails at twice
    the timeout whatever `retries` is.
    """

    message = "the source kills {name} after {limit}; nothing limits {entity} in the workflow"
    help = "limit the run time inside the entity, or map the job to settings only"
    name: str
    limit: str
    entity: str


class BoxTimeLimit(Finding, code="A641", level=Level.ERROR):
    """Time limit of a box.

    At its limit a box is terminated: running members continue unless they have job_terminator,
    and no other member starts. Flyte's timeout is not equivalent: it kills all members, and the
    box fails without a status for conditions.
    """

    message = "the source terminates box {name} after {limit}; the workflow does not"
    help = "give time limits to the jobs in the box"
    example = (
        "insert_job: NIGHT\njob_type: BOX\nterm_run_time: 90\n\n"
        "insert_job: A\nbox_name: NIGHT\ncommand: true\n"
    )
    name: str
    limit: str


class LostContainer(Finding, code="A642", level=Level.NOTE):
    """Lost container.

    A container that dies without a report - out of memory, killed, its machine lost - is a system
    failure. Flyte starts it again in addition to `retries`, even if the command must not run
    twice, and finally fails the node. A job that reports its status then reports none: conditions
    on its failure or termination do not hold. This is a note because no job definition says how
    the source handles a lost machine. With the setting at 0 and system_retries = 0, each job
    starts once.
    """

    message = "a job whose container is lost starts again, up to {times}, whatever its retries are"
    help = (
        "set flytepropeller's node-config.max-node-retries-system-failures, and record it in "
        "transpile.toml: [platform] system_retries; `dry-run --lose JOB` shows the effect"
    )
    times: str
