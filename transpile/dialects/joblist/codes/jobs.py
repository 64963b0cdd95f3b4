"""Jobs of a list: their names, commands, predecessors and schedules."""

from transpile.findings.finding import Finding, Level, Starts


class JobWithoutName(Finding, code="A739", level=Level.ERROR):
    """Job without a name.

    No other job can come after it, and nobody would find it again.
    """

    message = "a job without a name was left out: {text}"
    help = "give it a name"
    example = "job,command\nload,./load.sh\n,./sum.sh\n"
    text: str


class JobListedTwice(Finding, code="A740", level=Level.ERROR):
    """Job that is listed twice.

    Which of the two is meant where other jobs name it is unknown.
    """

    message = "{name} is already listed at {earlier}: this one was left out"
    help = "rename one of them, or delete the wrong one"
    example = "job,command\nload,./load.sh\nload,./reload.sh\n"
    name: str
    earlier: str


class JobWithoutCommand(Finding, code="A741", level=Level.ERROR, of_action=True):
    """Job without a command.

    The list says when the job runs, but not what it does. A job that does nothing has the type
    noop.
    """

    message = "{name} has no command: its node fails"
    help = "give it a command, or a task by a [[map]] in transpile.toml"
    example = "job,command,after\nload,./load.sh,\nsum,,load\n"
    name: str


class FormulaCommand(Finding, code="A742", level=Level.WARNING):
    """Command like a formula.

    Spreadsheets show the result of a cell that begins with `=`. The text in the file may be a
    formula that somebody did not mean as a command; it is never evaluated.
    """

    message = "the command of {name} begins like a formula of a spreadsheet"
    help = "check the command; it runs as it is written"
    example = "job,command\nload,=cmd|'/C calc'!A0\n"
    name: str


class SpreadsheetError(Finding, code="A743", level=Level.ERROR, of_action=True):
    """Error of a spreadsheet.

    The cell held a formula that failed when the table was saved. A shell takes the text for a
    comment and succeeds.
    """

    message = "the command of {name} is an error of a spreadsheet: {text}"
    help = "correct the formula and save the table again; the job's node fails until then"
    example = "job,command\nload,#NAME?\n"
    name: str
    text: str


class UnknownNumber(Finding, code="A744", level=Level.ERROR):
    """Number that belongs to no job.

    Spreadsheets read 1,2,3 as the number 123, and 1.2 as a date or a fraction.
    """

    message = "{text} is the number of no job"
    help = "write the numbers as text, with ; between them; the job's node fails until then"
    example = "id,job,command,after\n1,load,./load.sh,\n2,clean,./clean.sh,\n3,sum,./sum.sh,12\n"
    text: str


class RelationIgnored(Finding, code="A745", level=Level.ERROR):
    """Relation other than from finish to start.

    Plans of projects let a task start or end together with another one (SS, FF, SF), or some days
    later. Here a job starts when the other one has succeeded.
    """

    message = "{relation} of {upstream} is ignored: {name} starts when {upstream} has succeeded"
    help = "check that this order is meant"
    example = "id,job,command,after\n1,load,./load.sh,\n2,sum,./sum.sh,1FS+2 days\n"
    relation: str
    upstream: str
    name: str


class TimeoutRounded(Finding, code="A746", level=Level.ERROR):
    """Time limit with seconds.

    Time limits count minutes.
    """

    message = "{name} may run for {minutes} min, not {text}"
    help = "nothing to do, if it may run a little longer"
    example = "job,command,timeout\nload,./load.sh,90s\n"
    name: str
    minutes: int
    text: str


class ScheduleIgnored(Finding, code="A747", level=Level.ERROR, starts=Starts.NOTED):
    """Schedule of a job that others start.

    Jobs that come after one another are one workflow, and a workflow starts as a whole.
    """

    message = "the schedule of {name} is ignored: {reason}"
    help = "give the schedule to the first jobs, or divide the list"
    example = (
        "job,command,after,schedule,timezone\nload,./load.sh,,0 2 * * *,UTC\n"
        "sum,./sum.sh,load,0 5 * * *,UTC\n"
    )
    name: str
    reason: str


class CronRefused(Finding, code="A748", level=Level.ERROR, starts=Starts.NOT_PLANNED):
    """Schedule that Flyte does not know.

    A schedule is a cron expression of five fields, as Flyte reads it.
    """

    message = "{cron} is no schedule: {reason}; no launch plan was made"
    help = "write minute, hour, day of the month, month and day of the week"
    example = "job,command,schedule\nload,./load.sh,every night\n"
    cron: str
    reason: str


class CronRead(Finding, code="A749", level=Level.NOTE, starts=Starts.NOTED):
    """Reading of a schedule.

    Dialects of cron differ in some details.
    """

    message = "{cron} is read as {reading}: {reason}"
    help = "check the start times with `transpile schedule`"
    example = "job,command,schedule,timezone\nload,./load.sh,0 2 * * 7,UTC\n"
    cron: str
    reading: str
    reason: str
