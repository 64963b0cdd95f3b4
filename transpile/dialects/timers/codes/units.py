"""systemd units: A088 to A099."""

from transpile.findings.finding import Finding, Level, Starts

_TIMER = "# /etc/systemd/system/a.timer\n[Timer]\n"
_SERVICE = "# /etc/systemd/system/a.service\n[Service]\nType=oneshot\n"
_RUNS = f"{_SERVICE}ExecStart=/bin/true\n"
_DAILY = f"{_TIMER}OnCalendar=03:00 UTC\n"


class UnitRefused(Finding, code="A088", level=Level.ERROR, of_action=True):
    """Unit that systemd does not start.

    systemd loads a unit as a whole: some errors stop the whole unit, others only a line (A089).
    """

    message = "systemd does not start {name}: {reason}"
    help = "correct the unit, or pass the file that is missing; its node fails until then"
    example = f"{_SERVICE}ExecStart=bin/load\n"
    name: str
    reason: str


class LineIgnored(Finding, code="A089", level=Level.WARNING):
    """Line or file that systemd ignores.

    systemd warns about such a line and goes on without it. So does the conversion. A key that a
    later version of systemd knows counts as unknown, too.
    """

    message = "systemd ignores this: {reason}"
    help = "correct or delete it, and check what it was meant to do"
    example = f"{_RUNS}Nise=10\n"
    reason: str


class UntranslatedSetting(Finding, code="A090", level=Level.ERROR):
    """Setting without an equivalent.

    The setting changes what a run does, and neither Flyte nor a shell can do the same.
    """

    message = "{key} of {name} is not kept: {reason}"
    help = "decide what the workflow needs, and change the unit or the emitted task"
    example = f"{_RUNS}RemainAfterExit=yes\n{_DAILY}"
    key: str
    name: str
    reason: str


class SettingApproximated(Finding, code="A091", level=Level.WARNING):
    """Setting that is kept in part.

    The workflow may differ from the unit in the way that the message says.
    """

    message = "{key} of {name}: {reason}"
    help = "check whether the job relies on the difference"
    example = f"{_RUNS}StateDirectory=load\n"
    key: str
    name: str
    reason: str


class UntranslatedCommand(Finding, code="A092", level=Level.ERROR, of_action=True):
    """Command line without a translation.

    systemd reads command lines without a shell. Their words are translated to shell text that
    passes exactly these words, unless the text cannot know them.
    """

    message = "this command line of {name} has no translation: {reason}"
    help = "rewrite the command line; its node fails until then"
    example = f"{_SERVICE}ExecStart=/bin/echo %m\n"
    name: str
    reason: str


class TimerWithoutStarts(Finding, code="A093", level=Level.ERROR, starts=Starts.NOT_PLANNED):
    """Start without a schedule.

    Flyte's schedules are five cron fields. Paths and sockets start services when something happens
    on their machine.
    """

    message = "{trigger} starts {name} {how}: no launch plan was made"
    help = "start the workflow from outside, or write a calendar event in minutes"
    example = f"{_RUNS}{_TIMER}OnCalendar=*:*:0/10 UTC\n"
    trigger: str
    name: str
    how: str


class ApproximateStart(Finding, code="A094", level=Level.WARNING, starts=Starts.NOTED):
    """Start at another time.

    Launch plans start at whole minutes. systemd puts off a start that comes while the service runs
    until the end of that run, once; a launch plan skips it. systemd 252 goes on beyond the end of
    an hour, day or month where a repetition without an end does not divide it: of `*:0/7` it loses
    the start at midnight.
    """

    message = "{trigger} starts {name} {how}"
    help = "check whether the job relies on the difference"
    example = f"{_RUNS}{_DAILY}RandomizedDelaySec=1h\n"
    trigger: str
    name: str
    how: str


class ExtraStart(Finding, code="A095", level=Level.ERROR, starts=Starts.NOTED):
    """Start that has no time.

    A platform does not boot, and its clock does not jump. The launch plan makes only the starts
    that the calendar gives.
    """

    message = "{trigger} also starts {name} {how}: the launch plan does not"
    help = "start the workflow by hand where this is needed"
    example = f"{_RUNS}{_DAILY}OnBootSec=5min\n"
    trigger: str
    name: str
    how: str


class IntervalFromLastRun(Finding, code="A096", level=Level.ERROR, starts=Starts.NOTED):
    """Interval that counts from the last run.

    The first of these starts depends on when the machine booted, or when the service last ended.
    """

    message = "{trigger} starts {name} {interval} after its last {event}, the launch plan {plan}"
    help = "write the times as OnCalendar"
    example = f"{_RUNS}{_TIMER}OnBootSec=10min\nOnUnitActiveSec=6h\n"
    trigger: str
    name: str
    interval: str
    event: str
    plan: str


class UntranslatedDependency(Finding, code="A097", level=Level.ERROR):
    """Dependency without an equivalent.

    A workflow runs each of its jobs once, and keeps nothing active between two runs.
    """

    message = "{key}={value} of {name} is not kept: {reason}"
    help = "decide what the workflow needs, and change the units"
    example = f"{_RUNS}[Unit]\nConflicts=b.service\n{_RUNS.replace('a.s', 'b.s')}"
    key: str
    value: str
    name: str
    reason: str


class NotABatchJob(Finding, code="A098", level=Level.NOTE):
    """Service that is no batch job.

    A service that no timer starts, and that does not end by itself, belongs to its machine.
    """

    message = "{name} is no batch job ({reason}): it was not converted"
    help = "nothing to do; deploy it elsewhere"
    example = f"{_SERVICE}Type=notify\nExecStart=/usr/sbin/server\n"
    name: str
    reason: str


class NothingStartsUnit(Finding, code="A099", level=Level.NOTE):
    """Unit that nothing starts.

    The estate has no timer for it and no unit that needs it. Somebody may start it by hand.
    """

    message = "nothing in the estate starts {name}: {consequence}"
    help = "nothing to do, or pass the unit that starts it"
    example = _RUNS
    name: str
    consequence: str
