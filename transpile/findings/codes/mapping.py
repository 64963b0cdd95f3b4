"""A95x and A96x: rules of transpile.toml that map and bind jobs."""

from transpile.findings.finding import Finding, Level


class UnknownEntity(Finding, code="A951", level=Level.ERROR):
    """Unknown entity.

    A rule maps jobs to an existing task, workflow or launch plan. Modules are parsed, not
    imported, so reading settings runs no code.
    """

    message = "entity {entity} is not found: {reason}"
    help = "write module:name, relative to the folder of transpile.toml or to Python's path"
    entity: str
    reason: str


class InvalidRule(Finding, code="A952", level=Level.ERROR):
    """Invalid rule.

    The README lists the keys of [[map]] and [[workflow]].
    """

    message = "{text}: {reason}"
    help = "correct the rule; it was ignored"
    text: str
    reason: str


class UnusedRule(Finding, code="A953", level=Level.WARNING):
    """Rule that matches no job.

    The first rule that matches a job counts.
    """

    message = "this rule matches no job, or only jobs that an earlier rule matches: {text}"
    help = (
        "remove the rule, correct its pattern, or move it up; `transpile explain-map JOB` shows"
        " the reason"
    )
    text: str


class NotMapped(Finding, code="A954", level=Level.ERROR):
    """Job that cannot be mapped to an entity.

    An entity succeeds or fails: it can neither report its failure to a condition nor skip itself.
    The job is emitted as if there were no rule.
    """

    message = "{name} is not mapped to {entity}: {reason}"
    help = "map it to settings only, or map the jobs that depend on its status too"
    name: str
    entity: str
    reason: str


class UnboundValue(Finding, code="A955", level=Level.ERROR):
    """Value that cannot be bound.

    A value is passed to a job that runs later in the same workflow, and has the type of the job's
    input.
    """

    message = "{text}: {reason}"
    help = "correct the rule, or add the missing dependency to the source"
    text: str
    reason: str


class WrongTaskKind(Finding, code="A956", level=Level.WARNING):
    """Job that cannot be a task of this kind.

    A shell or container task runs one command and either succeeds or fails; a template prints a
    function with the parameters and result of the emitted ones, or a task without a result. The
    job is emitted as a Python function.
    """

    message = "{name} cannot be a {kind} task: {reason}"
    help = "choose python for it in transpile.toml, or correct the template"
    name: str
    kind: str
    reason: str


class RetriedAfterKill(Finding, code="A957", level=Level.WARNING):
    """Retries of a shell task or container.

    The source does not retry a job that was killed. A Python function can tell this to Flyte; a
    ShellTask or a ContainerTask cannot.
    """

    message = "{name} may be retried even after it was killed"
    help = "remove the retries, or choose python for it in transpile.toml"
    name: str


class InvalidPlacement(Finding, code="A958", level=Level.ERROR):
    """Wish for the placement of jobs that cannot be met.

    [[workflow]] with jobs puts top-level jobs and boxes into one workflow, [[cut]] takes them
    apart. A box starts as one, and a workflow has one clock.
    """

    message = "{text}: {reason}"
    help = "correct the rule; it was ignored"
    text: str
    reason: str


class BoundElsewhere(Finding, code="A961", level=Level.NOTE):
    """Dependency on a job elsewhere.

    [[external]] binds a job that runs elsewhere to a run on the platform or to a file, or assumes
    that it succeeded. In a dry-run it ends as specified; without a platform, as in a local run, a
    run on it is assumed to have succeeded.
    """

    message = "{name} is not defined in the estate: {how}"
    help = "check that the rule of transpile.toml matches the job"
    name: str
    how: str


class UnconditionalApproval(Finding, code="A962", level=Level.WARNING):
    """Approval requested in any case.

    A node decides whether the box starts, and the approval does not wait for it. The answer
    counts only if the box started; without an answer the workflow fails.
    """

    message = "{name} waits for an answer even if its box does not start"
    help = "answer it in any case, or bind the job to something else"
    name: str
