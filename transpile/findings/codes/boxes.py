"""A4xx: boxes and order."""

from transpile.findings.finding import Finding, Level


class DependencyCycle(Finding, code="A401", level=Level.ERROR):
    """Dependency cycle.

    Each job of the cycle waits for the next one, so none can start first.
    """

    message = "these jobs wait for one another: {cycle}"
    help = "break the cycle; its jobs and their downstream jobs were left out"
    example = (
        "insert_job: A\ncommand: true\ncondition: s(B)\n\n"
        "insert_job: B\ncommand: true\ncondition: s(A)\n"
    )
    cycle: str


class JobBehindCycle(Finding, code="A402", level=Level.ERROR):
    """Job downstream of a cycle.

    A job that waits for a job on a cycle can never start.
    """

    message = "{name} was left out: it waits for {upstream}"
    help = "break the cycle"
    example = (
        "insert_job: A\ncommand: true\ncondition: s(A)\n\n"
        "insert_job: B\ncommand: true\ncondition: s(A)\n"
    )
    name: str
    upstream: str


class UndefinedBox(Finding, code="A403", level=Level.ERROR):
    """Undefined box.

    The job would start with its box. Without the box only its own condition and schedule count.
    """

    message = "box {box} is not defined: {name} was converted as a job without a box"
    help = "pass the file that defines the box"
    example = "insert_job: A\ncommand: true\nbox_name: NOWHERE\n"
    box: str
    name: str


class InvalidBox(Finding, code="A404", level=Level.ERROR):
    """Invalid box.

    Only a box holds jobs, and no box holds itself.
    """

    message = "{box} cannot hold {name}: {reason}"
    help = "correct the name of the box; the job was converted as a job without a box"
    example = "insert_job: A\ncommand: true\n\ninsert_job: B\ncommand: true\nbox_name: A\n"
    box: str
    name: str
    reason: str


class BoxFlattened(Finding, code="A405", level=Level.NOTE):
    """Box flattened.

    A Flyte edge cannot lead into a sub-workflow, so the members of the box are nodes of the
    workflow around it.
    """

    message = "box {name} was flattened: {upstream} -> {downstream} crosses its boundary"
    help = "nothing to do: order and results are the same"
    example = (
        "insert_job: A\njob_type: b\n\ninsert_job: B\ncommand: true\nbox_name: A\n\n"
        "insert_job: C\ncommand: true\ncondition: s(B)\n"
    )
    name: str
    upstream: str
    downstream: str


class EmptyBox(Finding, code="A406", level=Level.NOTE):
    """Empty box.

    A box completes when all its members have run.
    """

    message = "box {name} has no members: its node succeeds at once"
    help = "nothing to do"
    example = "insert_job: A\njob_type: b\n"
    name: str


class BoxNeverCompletes(Finding, code="A407", level=Level.ERROR):
    """Box that never completes.

    A box completes when all its members have run, and evaluates its rules when a member ends.
    """

    message = "box {name} never completes: {reason}"
    help = "break the cycle of its members, or delete the rule; a node that fails ends the box"
    example = (
        "insert_job: A\njob_type: b\n\ninsert_job: B\ncommand: true\nbox_name: A\n\n"
        "insert_job: C\ncommand: true\nbox_name: A\ncondition: s(C)\n"
    )
    name: str
    reason: str


class BoxNestedTooDeep(Finding, code="A408", level=Level.NOTE):
    """Box nested too deep.

    flytekit runs sub-workflows by recursion, which is limited by Python's stack.
    """

    message = "box {name} was flattened: it is nested more than {deepest} levels deep"
    help = "nothing to do: order and results are the same"
    example = "insert_job: B0\njob_type: b\n" + "".join(
        f"insert_job: B{n}\njob_type: b\nbox_name: B{n - 1}\n" for n in range(1, 60)
    )
    name: str
    deepest: int


class BoxEndsLate(Finding, code="A409", level=Level.WARNING):
    """Late end of a box.

    The source ends a box as soon as box_success or box_failure holds, while other members go on.
    The emitted box ends when all its members have ended. The same jobs run, with the same
    results.
    """

    message = (
        "box {name} may end late: it waits for the end of {others}, the source may end it before"
    )
    help = "check whether a later end does harm, or move these jobs out of the box"
    example = (
        "insert_job: A\njob_type: b\nbox_success: s(B)\n\n"
        "insert_job: B\ncommand: true\nbox_name: A\n\n"
        "insert_job: C\ncommand: true\nbox_name: A\n\n"
        "insert_job: D\ncommand: true\ncondition: s(A)\n"
    )
    name: str
    others: str


class TerminatorIgnored(Finding, code="A410", level=Level.ERROR):
    """box_terminator beside other jobs.

    When a terminator fails, its box starts no more members. How many have started by then depends
    on timing; Flyte cannot stop nodes that do not depend on the failed one.
    """

    message = (
        "the failure of {name} terminates {box} in the source; in the workflow these jobs may "
        "still start: {others}"
    )
    help = "let them wait for the terminator if they must not run after its failure"
    example = (
        "insert_job: A\njob_type: b\n\n"
        "insert_job: B\ncommand: true\nbox_name: A\nbox_terminator: 1\n\n"
        "insert_job: C\ncommand: true\nbox_name: A\n\n"
        "insert_job: D\ncommand: true\nbox_name: A\ncondition: s(C)\n"
    )
    name: str
    box: str
    others: str


class JobNotKilled(Finding, code="A411", level=Level.ERROR):
    """job_terminator ignored.

    A Flyte node cannot kill another node of the same workflow and let the rest continue.
    """

    message = "{name} runs to its end; the source kills it when {box} fails"
    help = "check whether it may run to its end"
    example = (
        "insert_job: A\njob_type: b\n\n"
        "insert_job: B\ncommand: true\nbox_name: A\nbox_terminator: 1\n\n"
        "insert_job: C\ncommand: true\nbox_name: A\njob_terminator: 1\n"
    )
    name: str
    box: str


class BoxEndsWithoutMember(Finding, code="A412", level=Level.NOTE):
    """Box flattened: it ends without one of its members.

    A node that fails represents a job that waits for ever. Inside a sub-workflow it would fail
    the box too.
    """

    message = "box {name} was flattened: it can end although {inside} never ends"
    help = "nothing to do: order and results are the same"
    example = (
        "insert_job: A\njob_type: b\nbox_success: s(B)\n\n"
        "insert_job: B\ncommand: true\nbox_name: A\n\n"
        "insert_job: C\ncommand: true\nbox_name: A\nstatus: on_hold\n\n"
        "insert_job: D\ncommand: true\ncondition: s(A)\n"
    )
    name: str
    inside: str


class AbortStopsOnlyDownstream(Finding, code="A413", level=Level.ERROR, was="A707"):
    """Abort that stops only downstream nodes.

    A Flyte node cannot stop nodes that do not depend on it and leave the rest alone.
    """

    message = (
        "the abort by {name} stops only its downstream nodes; in the source these are removed "
        "or not started either: {others}"
    )
    help = "check whether these may run to their end"
    example = (
        "JOB A {\nexecutable = /bin/true\n}\nJOB B {\nexecutable = /bin/true\n}\n"
        "ABORT-DAG-ON A 3\n"
    )
    name: str
    others: str


class BoxEndsEarly(Finding, code="A420", level=Level.ERROR):
    """Early end of a box.

    The source ends a box as soon as box_success or box_failure holds, even if members still run
    or have not started. The emitted box runs all its members and then evaluates its rules.
    """

    message = "box {name} ends early in the source: {reason}"
    help = "let the rule name only the last jobs of the box, or move the other jobs out of it"
    example = (
        "insert_job: A\njob_type: b\nbox_success: s(B) | s(D)\n\n"
        "insert_job: B\ncommand: true\nbox_name: A\n\n"
        "insert_job: C\ncommand: true\nbox_name: A\n\n"
        "insert_job: D\ncommand: true\nbox_name: A\ncondition: s(C)\n"
    )
    name: str
    reason: str


class CycleOfAlternatives(Finding, code="A421", level=Level.ERROR):
    """Cycle with alternatives.

    An alternative of a condition lets one of the jobs start before the others. Which one is
    first, and how often it runs, is decided at run time; a Flyte workflow has one order, in which
    each job runs once.
    """

    message = "these jobs wait for one another, but can start by another alternative: {cycle}"
    help = (
        "delete the alternative that closes the cycle; its jobs and their downstream jobs were "
        "left out"
    )
    example = (
        "insert_job: P\ncommand: true\n\n"
        "insert_job: A\ncommand: true\ncondition: s(P) | f(B)\n\n"
        "insert_job: B\ncommand: true\ncondition: s(A)\n"
    )
    cycle: str
