"""A62x: what Flyte cannot run, and what its tasks do not share."""

from transpile.findings.codes.entry import Code, Level


def _layers(count: int) -> str:
    """Jobs in so many layers of four, each of which waits for all of the layer before it."""
    statements = []
    for layer in range(count):
        above = " & ".join(f"s(J{layer - 1}_{number})" for number in range(4))
        condition = f"condition: {above}\n" if layer else ""
        names = (f"J{layer}_{number}" for number in range(4))
        statements += [f"insert_job: {name}\ncommand: true\n{condition}" for name in names]
    return "\n".join(statements)


CODES = {
    "A620": Code(
        Level.ERROR,
        "more paths than Flyte can walk",
        "workflow {name} has {paths} paths through its {nodes} nodes: its registration, or its "
        "first run, hangs",
        "put jobs that wait for one another into boxes, or convert with --max-nodes N",
        "flyteadmin looks for cycles, and propeller for nodes that can start, by walking each path "
        "from the start of a workflow, not each node once. Measured: 37,000 paths take 22 seconds "
        "of propeller's time in a run of 40 nodes; from 2 million on it stalls for all workflows; "
        "100 million take flyteadmin 47 seconds to register. The limit of 100,000 lies between "
        "what ran and what did not. Inner paths of a box that is a sub-workflow, or of a part that "
        "--max-nodes makes, do not count.",
        _layers(9),
    ),
    "A621": Code(
        Level.WARNING,
        "many paths through a workflow",
        "workflow {name} has {paths} paths through its {nodes} nodes: Flyte walks all of them in "
        "each round of a run, and gets slow",
        "put jobs that wait for one another into boxes, or convert with --max-nodes N",
        "Propeller finds the nodes that can start by walking each path from the start of a "
        "workflow. Measured: a run of 32 nodes with 4,700 paths takes 9 seconds, one of 40 nodes "
        "with 37,000 takes 30. The jobs do the same, later.",
        _layers(5),
    ),
    "A622": Code(
        Level.ERROR,
        "workflow too large to run",
        "an execution of workflow {name} needs an object of about {size} MB: more than 1.2 MB may "
        "not start",
        "convert with --max-nodes 400, or have useOffloadedWorkflowClosure: true set in the "
        "configuration of flyteadmin",
        "Propeller keeps an execution, with all its sub-workflows and tasks, in one object of "
        "Kubernetes, and etcd takes 1.5 MB. Measured: a job takes about 1.9 kB; 760 jobs run, 950 "
        "register well, and then every execution fails with `etcdserver: request is too large`. "
        "The size is estimated from the plans; with offloaded closures there is no such limit.",
        "insert_job: NIGHT\njob_type: BOX\n"
        + "\n".join(
            f"insert_job: NIGHTLY_JOB_{n}\nbox_name: NIGHT\ncommand: true\n" for n in range(900)
        ),
    ),
    "A623": Code(
        Level.WARNING,
        "file that jobs share",
        "jobs share {path}: {who}; tasks share no disk",
        "mount a shared volume with a PodTemplate, and name it in transpile.toml: [platform] "
        'pod_template = "NAME"',
        "Each task runs in a pod of its own, and what it writes there ends with the pod. Whether "
        "the path is on a volume that all pods mount is not in the sources, so that this is a "
        "warning: without such a volume the job that reads finds no file. Programs and settings "
        "that jobs only read come with the image and are not reported. A pod_template for all jobs "
        "that share the path, of the platform or of a [[map]] rule, settles it.",
        "insert_job: A\ncommand: ./extract.sh\nstd_out_file: /data/orders.csv\n\n"
        "insert_job: B\ncommand: ./load.sh /data/orders.csv\ncondition: s(A)\n",
    ),
}
