"""The table of the README: what becomes of each construct."""

from transpile.dialects.dagman.remarks import DECISIVE, NOT_KEPT, TRANSFERS
from transpile.dialects.kit.contract import SCHEDULER_CALLS, Construct

CONSTRUCTS = (
    Construct(
        "JOB with a submit description, a file or inline",
        "a `@task` with the node's name: `run(...)`, or `run_node(...)` with scripts, retries "
        "or several jobs",
        words="NODE SUBMIT_DESCRIPTION DIR executable cmd universe".split(),
        codes="A606 A704 A713",
    ),
    Construct(
        "`arguments`, `environment`, `initialdir`, `input`, `output`, `error`",
        "a shell command with the same words, quoted; redirections overwrite",
        words="args arguments1 env iwd initial_dir stdin stdout stderr".split(),
        codes="A623 A713",
    ),
    Construct(
        "`$(X)`, VARS, `queue` in all forms but `matching`",
        "resolved; an undefined macro is a workflow input, empty by default (A715); "
        "`$(Cluster)` is a text that differs between nodes (A724)",
        words="PREPEND APPEND".split(),
        codes="A713",
    ),
    Construct(
        "`transfer_input_files`, `transfer_output_files`, `should_transfer_files`",
        "reported: A723. Tasks share no disk, unless `[platform] pod_template` gives them one",
        words=TRANSFERS,
    ),
    Construct(
        "`request_*`, `container_image`, `docker_image`",
        "`requests=Resources(...)`, `container_image`",
        words="""
            request_cpus request_memory request_disk request_gpus requestcpus requestmemory
            requestdisk requestgpus
            """.split(),
        codes="A714",
    ),
    Construct(
        "`notification`, `notify_user`",
        "a line in the log of the node's task: see Alarms and mail; no mail is sent: A217",
    ),
    Construct(
        "several jobs in a cluster, TOLERANCE",
        "one task that runs them in sequence, which takes longer (A720)",
        words="FAIL_FAST WAIT".split(),
    ),
    Construct(
        "SCRIPT PRE, POST, PRE_SKIP",
        "parts of the node's task; the last part that ran decides",
        words="DEBUG STDOUT STDERR ALL".split(),
        codes="A713",
    ),
    Construct(
        "RETRY, UNLESS-EXIT",
        "`retries`, and an error that Flyte does not retry; the exit code of a job that a "
        "signal kills is the negative number of the signal, such as -9",
    ),
    Construct(
        "PARENT CHILD",
        "`>>`; between many parents and many children a join node, as in DAGMan",
        codes="A401 A702",
    ),
    Construct(
        "WEAK", "the parent reports a status; the child waits for its end, successful or not"
    ),
    Construct(
        "SPLICE, CONNECT",
        "a sub-workflow; flattened if the DAG has a FINAL node or WEAK edges (A712), or pins "
        "cross its wall (A405)",
        words="PIN_IN PIN_OUT".split(),
        codes="A704 A719",
    ),
    Construct(
        "SUBDAG EXTERNAL",
        "a sub-workflow that is versioned, runs and fails with the DAG; a very large one has an "
        "execution of its own. RETRY of the sub-DAG: A718; scripts around it: A716",
        codes="A704",
    ),
    Construct(
        "FINAL",
        "runs last with every status, DAG_STATUS and FAILED_COUNT; its result is that of the "
        "workflow",
        codes="A412",
    ),
    Construct(
        "ABORT-DAG-ON",
        "the node fails without retries; with RETURN 0 the workflow succeeds. Nodes that run "
        "at that time are not stopped (A413)",
        words=("RETURN",),
        codes="A717",
    ),
    Construct(
        "NOOP, DONE",
        "NOOP: a node that runs only its scripts; DONE: a node that succeeds at once",
        codes="A207",
    ),
    Construct("PRIORITY, CATEGORY, MAXJOBS, HOLD, DEFER", "reported: A705, A706"),
    Construct("PROVISIONER, SERVICE", "left out: A708"),
    Construct(
        "input that DAGMan's parser refuses",
        "refused with a code at its line; the DAG is not converted",
        words=("REJECT",),
        codes="A105 A126 A701 A702 A703 A704",
    ),
    Construct(
        "input that only DAGMan after 23.9 accepts: WEAK, TOLERANCE, NODE, quoted names, "
        "options in any order",
        "converted with an error: A721; words that DAGMan ignores: A722",
    ),
    Construct(
        "`hold`, `max_retries`, `periodic_*`, `concurrency_limits` and other submit commands "
        "that change whether or when a job runs",
        "reported: A727, or A714 if only the time or place of the job differs",
        words=DECISIVE | NOT_KEPT,
    ),
    Construct("INCLUDE", "the commands of that file", codes="A704"),
    Construct("ENV, CONFIG", "reported: A725, A726. Their values are not read"),
    Construct(
        "DOT, JOBSTATE_LOG, NODE_STATUS_FILE, SAVE_POINT_FILE, SET_JOB_ATTR",
        "noted: A709",
        words=("ALWAYS_UPDATE",),
    ),
    Construct("a rescue file, a PMC file of Pegasus", "refused: A710, A711"),
    SCHEDULER_CALLS,
)
