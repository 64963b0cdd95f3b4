"""A3xx: conditions."""

from transpile.findings.finding import Finding, Level


class UnreadableCondition(Finding, code="A302", level=Level.ERROR):
    """Unreadable condition.

    The text is not a valid condition. A job whose condition is unknown must not run.
    """

    message = "the condition cannot be read: {reason}"
    help = "correct it; the job's node fails until then"
    example = "insert_job: A\ncommand: true\ncondition: s(A\n"
    reason: str


class UndefinedJob(Finding, code="A303", level=Level.ERROR):
    """Condition on an undefined job.

    In the source the condition stays false. If the job cannot start without it, a placeholder
    node that fails represents the undefined job.
    """

    message = "job {upstream} is not defined: this condition of {name} never holds"
    help = "pass the file that defines it, or implement its placeholder node"
    example = "insert_job: B\ncommand: true\ncondition: s(NOWHERE)\n"
    upstream: str
    name: str


class OtherInstance(Finding, code="A304", level=Level.ERROR):
    """Condition on another instance.

    The job belongs to another scheduler. If the condition needs it, a placeholder node that fails
    represents it.
    """

    message = "{upstream} runs in another instance, {instance}"
    help = "implement its placeholder node: query that job there"
    example = "insert_job: B\ncommand: true\ncondition: s(A^PRD)\n"
    upstream: str
    instance: str


class LookBackIgnored(Finding, code="A305", level=Level.WARNING):
    """Look-back window ignored.

    The source asks whether any run reached the status within a time window. In the workflow the
    status is always that of the same run.
    """

    message = "look-back window of {name} on {atom} ignored: {atom} runs in the same workflow run"
    help = "check that the window is longer than the workflow takes"
    example = (
        "insert_job: A\ncommand: true\n\ninsert_job: B\ncommand: true\ncondition: s(A, 12.00)\n"
    )
    name: str
    atom: str


class ExclusionByOrder(Finding, code="A308", level=Level.NOTE):
    """Mutual exclusion replaced by an order.

    n() holds a job back while the other one runs, whichever starts first. Flyte has no such lock,
    so the two jobs get an order.
    """

    message = "{first} and {second} must not run at the same time: {second} waits for {first}"
    help = "nothing to do, unless the opposite order is needed"
    example = (
        "insert_job: A\ncommand: true\n\ninsert_job: B\ncommand: true\n\n"
        "insert_job: C\ncommand: true\ncondition: s(A) & s(B)\n\n"
        "insert_job: D\ncommand: true\ncondition: s(A) & n(C)\n"
    )
    first: str
    second: str


class ExclusionLost(Finding, code="A309", level=Level.WARNING):
    """Mutual exclusion lost.

    n() holds a job back while the other one runs. The other one is not defined, or is in another
    workflow and tasks cannot ask Flyte Admin about it.
    """

    message = "{name} and {upstream} may run at the same time"
    help = "run the launch plans at different times, or connect the two by a condition"
    example = "insert_job: A\ncommand: true\ncondition: n(NOWHERE)\n"
    name: str
    upstream: str


class EarlierRunIgnored(Finding, code="A310", level=Level.NOTE):
    """Status of an earlier run ignored.

    The source remembers the last status of a job, of any age. A job that waits for several jobs
    outside its box, or also for a start time, may start there on a status of the day before.
    """

    message = (
        "{name} waits for statuses of the same run; in the source one of an earlier run counts "
        "too"
    )
    help = "nothing to do if all these jobs run each time"
    example = (
        "insert_job: A\ncommand: true\n\ninsert_job: B\ncommand: true\n\n"
        "insert_job: C\ncommand: true\ncondition: s(A) & s(B)\n"
    )
    name: str


class FailureOfJobOnIce(Finding, code="A311", level=Level.WARNING):
    """Condition on the failure of a job on ice.

    A job on ice holds nobody up: a condition on its success or end is true. It has no status and no
    exit code, so a condition on its failure, its termination or its exit code is false.
    """

    message = "{upstream} is on ice: this condition of {name} is false"
    help = "delete the condition, or take the job off ice"
    example = (
        "insert_job: A\ncommand: true\nstatus: on_ice\n\n"
        "insert_job: B\ncommand: true\ncondition: f(A)\n"
    )
    upstream: str
    name: str


class ExitCodeOfBox(Finding, code="A312", level=Level.WARNING):
    """Condition on the exit code of a box.

    Only a job that runs a command has an exit code.
    """

    message = "{upstream} is a box and has no exit code: this condition of {name} can never hold"
    help = "use the status of the box"
    example = (
        "insert_job: A\njob_type: b\n\ninsert_job: C\ncommand: true\nbox_name: A\n\n"
        "insert_job: B\ncommand: true\ncondition: e(A) = 0\n"
    )
    upstream: str
    name: str


class BoxMayNeverComplete(Finding, code="A313", level=Level.ERROR):
    """Condition on a box that may never complete.

    A box whose members cannot all run stays RUNNING, and n() of it stays false. An example is a
    box that waits for the job which its n() holds back.
    """

    message = (
        "box {upstream} may never complete: the source then holds {name} back, the workflow "
        "runs it"
    )
    help = "use a condition on the end of the box"
    example = (
        "insert_job: A\njob_type: b\n\ninsert_job: B\ncommand: true\nbox_name: A\n\n"
        "insert_job: C\ncommand: true\nbox_name: A\ncondition: f(B)\n\n"
        "insert_job: D\ncommand: true\ncondition: s(B) & n(A)\n"
    )
    upstream: str
    name: str


class EndlessAlternative(Finding, code="A320", level=Level.ERROR):
    """Alternative that may never end.

    A Flyte node starts when all its upstream nodes have ended. The source starts the job as soon
    as one alternative of its condition holds.
    """

    message = (
        "{name} waits for {others}, which may never end; in the source another alternative "
        "suffices"
    )
    help = (
        "give the wait a time limit, or remove it from the condition; in a box, "
        "[platform] endpoint in transpile.toml lets the first alternative start the job"
    )
    example = (
        "insert_job: A\ncommand: true\n\ninsert_job: F\njob_type: fw\nwatch_file: /tmp/f\n\n"
        "insert_job: B\ncommand: true\ncondition: s(A) | s(F)\n"
    )
    name: str
    others: str


class LateStart(Finding, code="A321", level=Level.WARNING):
    """Late start.

    A Flyte node starts when all its upstream nodes have ended. The source starts the job as soon
    as one alternative of its condition holds. The same jobs run.
    """

    message = (
        "{name} may start late: it waits for the end of {others}, the source may start it before"
    )
    help = "check whether a later start does harm"
    example = (
        "insert_job: A\ncommand: true\n\ninsert_job: B\ncommand: true\n\n"
        "insert_job: C\ncommand: true\ncondition: s(A) | s(B)\n"
    )
    name: str
    others: str


class ExclusionMayHang(Finding, code="A322", level=Level.ERROR):
    """Mutual exclusion with a job that may never end.

    n() holds a job back only while the other one runs. In the workflow the two get an order, and
    the first one may wait for ever.
    """

    message = "{second} must not run beside {first} and waits for it; {first} may never end"
    help = "give the wait a time limit, or remove n() from the condition"
    example = (
        "insert_job: F\njob_type: fw\nwatch_file: /tmp/f\n\n"
        "insert_job: A\ncommand: true\ncondition: s(F)\n\n"
        "insert_job: B\njob_type: fw\nwatch_file: /tmp/g\ncondition: n(F)\n\n"
        "insert_job: C\ncommand: true\ncondition: s(A) & s(B)\n"
    )
    second: str
    first: str
