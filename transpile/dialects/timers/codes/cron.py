"""A080 to A087: crontabs and anacrontabs."""

from transpile.findings.finding import Finding, Level, Starts


class RefusedCronLine(Finding, code="A080", level=Level.ERROR):
    """Line that cron refuses.

    Debian's cron then ignores the whole file, cronie and anacron ignore the line. The other lines
    of the file are converted as if it were not there.
    """

    message = "{engine} refuses this line: {reason}; {effect}"
    help = "correct the line, or delete it"
    example = "0 5 * * * load.sh\n0 6 * * * check.sh\n0 25 * * * report.sh\n"
    engine: str
    reason: str
    effect: str


class IgnoredCrontab(Finding, code="A081", level=Level.ERROR):
    """Crontab that cron ignores.

    Cron reads nothing of a file without a newline at its end, or with too many lines, and starts
    none of its jobs. The converted jobs start.
    """

    message = "{engine} ignores {what}: {reason}"
    help = "correct the file, or do not convert it"
    example = "0 5 * * * /opt/app/load.sh"
    engine: str
    what: str
    reason: str


class IgnoredFileName(Finding, code="A082", level=Level.WARNING):
    """File name that cron ignores.

    Debian's cron reads files in cron.d only if their names consist of letters, digits, hyphens and
    underscores. cronie ignores names that begin with a full stop or #, and those of backups.
    """

    message = "{engine} ignores a file of the name {name} in cron.d; it is converted all the same"
    help = "check that it is installed under another name, or do not convert it"
    engine: str
    name: str


class CronReading(Finding, code="A083", level=Level.NOTE):
    """Text that cron reads in its own way.

    The conversion follows cron; the text may mean something else to a reader.
    """

    message = "cron reads {text} as {reading}"
    help = "check that this is meant"
    example = "0 22-4 * * * /opt/app/load.sh\n30 9 * * * /opt/app/report.sh\n"
    text: str
    reading: str


class CronVariable(Finding, code="A084", level=Level.WARNING):
    """Variable with a special effect.

    Cron mails what jobs print, expands no variables in the value of another one, and sets some
    variables itself.
    """

    message = "{name}: {effect}"
    help = "check the jobs below this line"
    example = "PATH=$HOME/bin:/usr/bin:/bin\n0 5 * * * load.sh\n"
    name: str
    effect: str


class CronIdiom(Finding, code="A085", level=Level.NOTE):
    """Idiom of crontabs.

    Such a part of a command says something about the job: its days, or that its runs do not
    overlap. If its meaning is certain, it is no part of the converted command.
    """

    message = "{text}: {reading}"
    help = "compare the start times of the job, and its command"
    example = '0 9 * * 1 [ "$(date +\\%d)" -le 7 ] && /opt/app/report.sh\n'
    text: str
    reading: str


class CronLock(Finding, code="A086", level=Level.ERROR):
    """Lock that is not kept.

    A lock is a file of one machine. Executions of a workflow run in containers of their own, and
    do not see it.
    """

    message = "{text} does not keep runs of {name} apart: {reason}"
    help = "put jobs that exclude one another into one workflow, or lock outside of the containers"
    example = "*/5 * * * * flock /run/app.lock /opt/app/load.sh\n"
    text: str
    name: str
    reason: str


class CronStart(Finding, code="A087", level=Level.ERROR, starts=Starts.UNKNOWN):
    """Start without an equivalent.

    A launch plan starts at times that are known beforehand. Cron starts lines of @reboot with the
    machine, and some lines at random times; anacron counts days from the last run.
    """

    message = "{text}: {reason}"
    help = "start the workflow by hand, or choose its start times"
    example = "@reboot /opt/app/warm_up.sh\n"
    text: str
    reason: str
