"""Nodes: scripts, submit descriptions, sub-DAGs."""

from transpile.findings.finding import Finding, Level


class ScriptIgnored(Finding, code="A706", level=Level.ERROR):
    """Script not translated.

    Flyte does not hold jobs, so a HOLD script never runs. DEFER is ignored: its exit code is a
    failure in the workflow.
    """

    message = "{part} of {name} is ignored: {reason}"
    help = "check whether the script has to run, and where"
    example = "JOB A {\nexecutable = /bin/true\n}\nSCRIPT HOLD A held.sh\n"
    part: str
    name: str
    reason: str


class NodeLeftOut(Finding, code="A708", level=Level.ERROR):
    """Node without a translation.

    A PROVISIONER waits for resources, which Flyte provides itself. A SERVICE runs alongside all
    other nodes, and its result does not count.
    """

    message = "the {kind} node {name} was left out"
    help = "run it outside the workflow"
    example = "JOB A {\nexecutable = /bin/true\n}\nSERVICE B b.sub\n"
    kind: str
    name: str


class UntranslatedDescription(Finding, code="A713", level=Level.ERROR, of_action=True):
    """Submit description without a translation.

    The command of the job does not follow from the submit description.
    """

    message = "the submit description of {name} cannot be translated: {reason}"
    help = "replace the body of its task; its node fails until then"
    example = "JOB A {\nuniverse = grid\nexecutable = /bin/true\n}\n"
    name: str
    reason: str


class SubmitCommandIgnored(Finding, code="A714", level=Level.WARNING):
    """Submit command ignored.

    The command changes where a job runs, or how many jobs run at a time. Flyte has no equivalent.
    """

    message = "{key} is ignored: {value}"
    help = "check whether the job relies on it"
    example = "JOB A {\nexecutable = /bin/true\nconcurrency_limits = licence\n}\n"
    key: str
    value: str


class UndefinedMacro(Finding, code="A715", level=Level.NOTE):
    """Undefined macro.

    condor_submit replaces an undefined macro by an empty text.
    """

    message = "$({macro}) is not defined: it is an input of the workflow, empty by default"
    help = "pass a value, or define it with VARS"
    example = "JOB A {\nexecutable = /bin/true\narguments = $(who)\n}\n"
    macro: str


class UntranslatedSubDag(Finding, code="A716", level=Level.ERROR, of_action=True):
    """Sub-DAG without a translation.

    Either the file of the sub-DAG cannot be read, perhaps because the DAG writes it while it runs,
    or the node has scripts, an abort or retries that a sub-workflow cannot have.
    """

    message = "the sub-DAG {name} cannot be translated: {reason}"
    help = "replace the body of its task; its node fails until then"
    example = "JOB A {\nexecutable = /bin/true\n}\nSUBDAG EXTERNAL B nowhere.dag\n"
    name: str
    reason: str


class AbortOnSuccess(Finding, code="A717", level=Level.ERROR):
    """Abort on success.

    ABORT-DAG-ON with the code 0 ends the DAG when the node succeeds. The remaining nodes do not
    run.
    """

    message = "{name} aborts the DAG when it succeeds"
    help = "replace ABORT-DAG-ON by conditions of the nodes that follow; the node fails until then"
    example = "JOB A {\nexecutable = /bin/true\n}\nABORT-DAG-ON A 0\n"
    name: str


class SubDagRetriesIgnored(Finding, code="A718", level=Level.ERROR):
    """Retries of a sub-DAG ignored.

    DAGMan resumes a sub-DAG where it failed, so nodes that wait for one another share the attempts.
    A sub-workflow is not tried again.
    """

    message = "RETRY of the sub-DAG {name} is ignored: its first failure is final"
    help = "set RETRY for the nodes in the sub-DAG"
    name: str


class ClusterInSequence(Finding, code="A720", level=Level.WARNING):
    """Jobs of a cluster in sequence.

    HTCondor runs the jobs of a cluster in parallel; here one task runs them all. The results are
    the same.
    """

    message = "the {count} jobs of {name} run in sequence: this takes up to {count} times as long"
    help = "check that the jobs are short, or make each one a node"
    example = "JOB A {\nexecutable = /bin/true\nqueue 2\n}\n"
    count: int
    name: str


class FilesNotTransferred(Finding, code="A723", level=Level.WARNING):
    """Files that are not transferred.

    HTCondor copies files to the job and back to the folder of submission, where other nodes read
    them. The tasks of a workflow share no disk, unless the team mounts one.
    """

    message = "{key} is ignored, tasks transfer no files: {value}"
    help = (
        "put the files on storage that all tasks mount, such as a volume of [platform] "
        "pod_template"
    )
    example = "JOB A {\nexecutable = /bin/true\ntransfer_input_files = table.csv\n}\n"
    key: str
    value: str


class ClusterNumber(Finding, code="A724", level=Level.WARNING):
    """Number of a cluster.

    HTCondor numbers clusters. Flyte has no such number.
    """

    message = "{word} becomes a unique text: the id of the execution and the name of the node"
    help = "check that no command uses it as a number"
    example = "JOB A {\nexecutable = /bin/true\noutput = out.$(Cluster)\n}\n"
    word: str


class DecisiveCommandIgnored(Finding, code="A727", level=Level.ERROR, was="A872"):
    """Submit command that decides about the job.

    The command changes when the job starts, how often it runs, or whether its node succeeds.
    """

    message = "{key} is ignored: {value}"
    help = "move its effect into the executable or a script of the node, or use RETRY"
    example = "JOB A {\nexecutable = /bin/true\nmax_retries = 3\n}\n"
    key: str
    value: str
