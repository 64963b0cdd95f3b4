"""Dependencies, recovery and limits of jobs and streams."""

from transpile.dialects.tws.codes.examples import OTHER, stream
from transpile.findings.finding import Finding, Level


class OtherSchedule(Finding, code="A755", level=Level.ERROR):
    """Dependency on another schedule.

    Streams that start together and depend on one another are one workflow; a stream waits for an
    instance of another one if both start times say which one it means. Jobs, conditions and JOIN
    wait only for what starts at the same times.
    """

    message = "{name} waits for {upstream}, which does not start with it: its node fails"
    help = "bind it with [[external]] in transpile.toml, or implement its placeholder node"
    example = OTHER + stream(job="FOLLOWS T.B")
    name: str
    upstream: str


class OtherNetwork(Finding, code="A756", level=Level.ERROR):
    """Dependency on another network.

    A network agent queries the job on another scheduler.
    """

    message = "{name} waits for {upstream}, which runs on another network: its node fails"
    help = "bind it with [[external]] in transpile.toml, or implement its placeholder node"
    example = stream("FOLLOWS NET::CPU#T.B")
    name: str
    upstream: str


class EarlierInstance(Finding, code="A757", level=Level.ERROR):
    """Dependency on an earlier run.

    The source starts an instance only after the previous one succeeded. Executions on Flyte are
    independent of one another.
    """

    message = "the dependency of {name} on an earlier instance, {upstream}, is ignored"
    help = "limit the launch plan's concurrency, and check what a failed run means for the next one"
    example = stream("FOLLOWS S.@ PREVIOUS")
    name: str
    upstream: str


class Prompted(Finding, code="A758", level=Level.ERROR):
    """Prompt.

    An operator has to answer before the job or stream starts. The placeholder node fails, so that
    nothing runs without approval.
    """

    message = "{name} waits for an answer to a prompt: {prompt}"
    help = "bind it with [[external]] in transpile.toml, or run the workflow in two parts"
    example = stream('PROMPT "go on?"')
    name: str
    prompt: str


class NeedsConfirmation(Finding, code="A759", level=Level.ERROR):
    """Job that needs confirmation.

    With CONFIRMED a job has neither succeeded nor failed until an operator confirms its result.
    """

    message = "an operator has to confirm the result of {name}: its node fails"
    help = "replace the body of the task"
    example = stream(job="CONFIRMED")
    name: str


class RepetitionIgnored(Finding, code="A761", level=Level.ERROR):
    """Repetition ignored.

    With EVERY a job starts repeatedly in one instance of its stream. A workflow runs each of its
    nodes once.
    """

    message = "{value} of {name} is ignored: it runs once"
    help = "give the job its own launch plan"
    example = stream(job="EVERY 0030")
    value: str
    name: str


class LatestStartIgnored(Finding, code="A762", level=Level.ERROR):
    """Latest start time ignored.

    After UNTIL a job or stream does not start any more, unless ONUNTIL specifies otherwise.
    """

    message = "{value} of {name} is ignored: it may start later"
    help = "check whether it may start late"
    example = stream("UNTIL 0900")
    value: str
    name: str


class UntranslatedFileTest(Finding, code="A763", level=Level.ERROR, of_action=True):
    """File test without a translation.

    Only two tests are translated: the file exists, and the file is not empty.
    """

    message = "{name} waits for {path} with a test that has no translation: {test}; its node fails"
    help = "write the body of the task that waits"
    example = stream('OPENS "/data" (-d %p/in)')
    name: str
    path: str
    test: str


class OperatorRecovery(Finding, code="A764", level=Level.ERROR):
    """Recovery that asks an operator.

    The recovery job, CONTINUE and RERUN take place only after an operator has answered the recovery
    prompt.
    """

    message = "when {name} fails, the source asks an operator; in the workflow it fails: {value}"
    help = "delete ABENDPROMPT from the source if no answer is needed"
    example = stream(job='RECOVERY CONTINUE ABENDPROMPT "go on?"')
    name: str
    value: str


class ConditionOnStart(Finding, code="A765", level=Level.ERROR):
    """Condition on a start.

    A Flyte node starts when its upstream nodes have ended, never while they run.
    """

    message = "{name} may start when {upstream} has started; in the workflow it waits for its end"
    help = "check that the two need not run in parallel"
    example = stream(job='B DOCOMMAND "true" FOLLOWS A IF EXEC')
    name: str
    upstream: str


class ConditionOnLaunchFailure(Finding, code="A766", level=Level.ERROR):
    """Condition on a job that could not be launched.

    FAIL and ERROR are states of jobs that the agent could not start. In the workflow such a
    command ends with an exit code, as after any failure.
    """

    message = "{text} of {upstream} can never hold: jobs that cannot be launched fail in a workflow"
    help = "use ABEND"
    example = stream(job='B DOCOMMAND "true" FOLLOWS A IF FAIL')
    text: str
    upstream: str


class HandledFailure(Finding, code="A767", level=Level.WARNING):
    """Handled failure.

    The documentation does not say whether a stream succeeds when one of its jobs has abended and
    a conditional dependency on that was met.
    """

    message = "{name} handles a failure of {upstream}; the workflow fails nevertheless"
    help = "give the job RECOVERY CONTINUE, or an RCCONDSUCC, if the whole is to succeed"
    example = stream(job='B DOCOMMAND "true" FOLLOWS A IF ABEND')
    name: str
    upstream: str


class UntranslatedCondition(Finding, code="A768", level=Level.ERROR):
    """Condition without a translation.

    Only conditions on states, on return codes and on output conditions that compare RC are
    translated. The output condition may also be undefined.
    """

    message = "{name} has a condition without a translation: {upstream}; its node fails"
    help = "correct it, or replace the body of the task"
    example = stream(job='B DOCOMMAND "true" FOLLOWS A IF UNHEARD_OF')
    name: str
    upstream: str


class LimitIgnored(Finding, code="A769", level=Level.ERROR):
    """Limit ignored.

    LIMIT is the number of jobs of a stream that run at a time. The results are the same.
    """

    message = "{value} of {name} is ignored: its jobs may all run in parallel"
    help = "limit the parallelism of the launch plan"
    example = stream("LIMIT 1", job='B DOCOMMAND "true"')
    value: str
    name: str


class DeadlineIgnored(Finding, code="A784", level=Level.ERROR):
    """Deadline ignored.

    DEADLINE marks a job or stream that has not ended by a time of day as late. ONLATE KILL kills
    the job then, and keeps it from starting later.
    """

    message = "{value} of {name} is ignored: a late run is neither reported nor ended"
    help = "watch the duration of the workflow, or limit that of the job with MAXDUR"
    example = stream(job="DEADLINE 0900 ONLATE KILL")
    value: str
    name: str


class UntranslatedClause(Finding, code="A786", level=Level.ERROR):
    """Clause without a translation.

    No translation exists for percentages of an estimated duration, minimum durations with an
    action, pauses between two attempts, more than one attempt after a recovery job, and values
    that another job passes. Clauses that belong in a job definition have no effect in a stream: a
    job runs as its definition says.
    """

    message = "{value} of {name} is ignored"
    help = "implement its effect in the body of the task"
    example = stream(job="MINDUR 0010 ONMINDUR ABEND")
    value: str
    name: str
