"""A2xx: jobs and their commands."""

from transpile.findings.finding import Finding, Level
from transpile.findings.need import Need


class UntranslatedType(Finding, code="A201", level=Level.ERROR, of_action=True):
    """Job type without a translation.

    The job does not run a command. Its node fails, so that no downstream job runs by accident.
    """

    message = "job type {type} has no translation: its node fails"
    help = "write the body of the task; its docstring holds the attributes"
    example = "insert_job: A\njob_type: SQL\nsql_command: select 1\n"
    type: str


class NothingToRun(Finding, code="A202", level=Level.ERROR, of_action=True):
    """Job without a command.

    The definition is incomplete: there is nothing to run.
    """

    message = "a job of type {type} needs {key}: its node fails"
    help = "add it, or delete the job"
    example = "insert_job: A\njob_type: c\n"
    type: str
    key: str


class ResourceIgnored(Finding, code="A204", level=Level.WARNING, need=(Need.RESOURCE, "value")):
    """Resource ignored.

    A virtual resource limits how many jobs of the estate run at the same time. Flyte has no
    semaphores between nodes.
    """

    message = "resources are ignored: {value}"
    help = "limit the launch plan's concurrency, or use the platform's queues"
    example = "insert_job: A\ncommand: true\nresources: (DB,QUANTITY=1)\n"
    value: str


class JobOnHold(Finding, code="A206", level=Level.WARNING):
    """Job on hold.

    A job on hold starts when an operator releases it. Until then no job that waits for it starts.
    """

    message = "{name} is on hold: its node fails, and no downstream job runs"
    help = "to release it, delete the hold from the source or replace the body of the task"
    example = "insert_job: A\ncommand: true\nstatus: on_hold\n"
    name: str


class CommandSkipped(Finding, code="A207", level=Level.NOTE):
    """Command that does not run.

    A job on noexec succeeds at once. A job on ice does not run; conditions on its success or end
    are true, those on its failure or exit code false (A311).
    """

    message = "{name} is {status}: its command does not run, its downstream jobs do"
    help = "nothing to do: the node succeeds without running the command"
    example = "insert_job: A\ncommand: true\nstatus: on_ice\n"
    name: str
    status: str


class UnsetGlobal(Finding, code="A208", level=Level.WARNING):
    """Global without a value.

    An operator or a job sets the value at run time. The input's default is the reference itself,
    and a command that gets this default refuses to run.
    """

    message = "global {name} has no value in the estate: the workflow needs it as an input"
    help = "pass the input, or set the global in the sources"
    example = "insert_job: A\ncommand: echo $$DATE\n"
    name: str


class WindowsCommand(Finding, code="A209", level=Level.ERROR):
    """Command for Windows.

    /bin/sh does not understand drive letters, shares, programs such as .bat, .cmd, .exe or .ps1,
    and variables such as %TEMP%.
    """

    message = "this looks like a Windows command; Flyte runs it in a Linux container"
    help = "port the command"
    example = "insert_job: A\ncommand: C:\\jobs\\run.bat\n"


class AgentVariable(Finding, code="A210", level=Level.WARNING):
    """Variable of the old agent.

    The agent passes run numbers and paths to each job as variables. AUTO_JOB_NAME is kept, the
    others have no equivalent.
    """

    message = "{name} is set by the old agent, and not on Flyte"
    help = "replace it in the command, or set this environment variable in the task"
    example = "insert_job: A\ncommand: echo $AUTORUN\n"
    name: str


class ShellInGlobal(Finding, code="A215", level=Level.WARNING):
    """Global with shell syntax.

    The source inserts the value into the command before a shell reads it, so that $, quotes, |, *
    and the like take effect. In the emitted task the value is an environment variable.
    """

    message = "the value of global {name} holds shell syntax: commands get it as plain text"
    help = "move the syntax into the commands that use the global"
    example = "insert_global: DIR\nvalue: $HOME/data\n\ninsert_job: A\ncommand: ls $$DIR\n"
    name: str


class MailNotSent(Finding, code="A217", level=Level.WARNING):
    """Mail that is not sent.

    A launch plan notifies at the end of a whole workflow; Flyte sends nothing at the end of a
    single job. The line in the log begins with ALARM or NOTIFICATION.
    """

    message = "mail{what} about {name} is not sent: {reason}"
    help = "let a log watcher send it: the task's log has a line with the recipients"
    example = (
        "insert_job: A\ncommand: true\nsend_notification: y\n"
        "notification_emailaddress: a@example.com\n\n"
        "insert_job: B\ncommand: true\ncondition: s(A)\n"
    )
    what: str
    name: str
    reason: str


class AlarmLost(Finding, code="A218", level=Level.WARNING):
    """Lost alarm.

    The alarm of a job is a line in the log of its task, that of a box a line in the log of a
    failure handler. Here neither exists.
    """

    message = "an alarm of {name} may be lost ({what}): {reason}"
    help = "raise it in the node that replaces the job, or watch the whole workflow"
    example = (
        "insert_job: BOX\njob_type: b\nalarm_if_fail: 1\n\n"
        "insert_job: A\nbox_name: BOX\ncommand: true\n\n"
        "insert_job: B\nbox_name: BOX\ncommand: true\n\n"
        "insert_job: C\ncommand: true\ncondition: s(A)\n"
    )
    name: str
    what: str
    reason: str


class CommandDrivesScheduler(Finding, code="A220", level=Level.ERROR):
    """Command that drives a scheduler.

    The command starts, stops or changes jobs: an edge that no condition shows. The jobs that it
    names are now nodes of workflows, which the command does not reach.
    """

    message = "the command drives a scheduler: {program} {event} of {target}"
    help = "replace it by a condition between the jobs, a launch plan or an input of the workflow"
    example = "insert_job: A\ncommand: run.sh && sendevent -E FORCE_STARTJOB -J NEXT_JOB\n"
    program: str
    event: str
    target: str


class CommandAsksScheduler(Finding, code="A221", level=Level.ERROR):
    """Command that queries a scheduler.

    The old scheduler no longer runs these jobs. The command fails in the task's container or gets
    an outdated answer, so the job does not behave as in the source.
    """

    message = "the command queries a scheduler: {program} {event} of {target}"
    help = "replace it by a condition on the job, or by a query to Flyte"
    example = "insert_job: A\ncommand: autorep -J B | grep -q SU\n"
    program: str
    event: str
    target: str
