"""A52x and A53x: clock changes, and starts that overlap."""

from transpile.findings.codes.examples import AT_EIGHT, DAILY
from transpile.findings.finding import Finding, Level, Starts


class SkippedHour(Finding, code="A521", level=Level.WARNING, starts=Starts.NOTED):
    """Start in a skipped hour.

    When clocks go forward, an hour does not occur. Whether the source makes up for its starts is
    documented only in some cases (A531); Flyte's scheduler (robfig/cron) waits for the next day.
    """

    message = (
        "in {timezone} the clock skips {time} on {day}: Flyte omits this start, the source may "
        "make up for it"
    )
    help = "start the workflow by hand on this day, or move the start out of this hour"
    example = f'{DAILY}start_times: "01:30"\ntimezone: Europe/London\n'
    timezone: str
    time: str
    day: str


class RepeatedHour(Finding, code="A522", level=Level.WARNING, starts=Starts.NOTED):
    """Start in a repeated hour.

    When clocks go back, an hour occurs twice. Whether the source starts twice is documented only
    in some cases (A532); Flyte's scheduler (robfig/cron) starts both times.
    """

    message = (
        "in {timezone} the clock shows {time} twice on {day}: Flyte starts the workflow twice, "
        "the source may start it once"
    )
    help = "cancel one of the two runs on this day, or move the start out of this hour"
    example = f'{DAILY}start_times: "02:30"\ntimezone: Europe/Berlin\n'
    timezone: str
    time: str
    day: str


class ConfusingClockChange(Finding, code="A528", level=Level.WARNING, starts=Starts.NOTED):
    """Clock change that confuses Flyte's scheduler.

    Flyte's scheduler (robfig/cron) steps through days from midnight to midnight and through hours
    in whole hours. A day without a midnight is skipped, or taken for the day before.
    """

    message = (
        "in {timezone} Flyte may start too few or too many runs on {day} and the day after: "
        "{why}"
    )
    help = "check the starts of this day"
    example = f'{DAILY.replace("all", "su")}{AT_EIGHT}timezone: Asia/Beirut\n'
    timezone: str
    day: str
    why: str


class StartLost(Finding, code="A531", level=Level.ERROR, starts=Starts.NOTED):
    """Start lost when clocks go forward.

    The source starts a job of the skipped hour right after it. Flyte's scheduler (robfig/cron)
    waits for the next day.
    """

    message = (
        "in {timezone} the clock skips {time} on {day}: the source starts the job at {then}, "
        "Flyte omits this start"
    )
    help = "move the start out of this hour, or start the workflow by hand on this day"
    example = f'{DAILY}start_times: "02:30"\ntimezone: America/New_York\n'
    timezone: str
    time: str
    day: str
    then: str


class StartRepeated(Finding, code="A532", level=Level.ERROR, starts=Starts.NOTED):
    """Start repeated when clocks go back.

    Of an hour that occurs twice some schedulers count the first one only, others the second one.
    Flyte's scheduler (robfig/cron) starts in both.
    """

    message = (
        "in {timezone} the clock shows {time} twice on {day}: Flyte starts the workflow twice, "
        "the source only the {which} time"
    )
    help = "move the start out of this hour, or cancel the other run on this day"
    example = f'{DAILY}start_times: "01:30"\ntimezone: America/New_York\n'
    timezone: str
    time: str
    day: str
    which: str


class SkippedWhileDownstreamRuns(Finding, code="A533", level=Level.WARNING, starts=Starts.NOTED):
    """Start skipped while downstream jobs run.

    The source loses the start of a job or box that is running, and of no other. The launch plan
    skips a start while an execution of the whole workflow runs: while jobs behind the first one
    run, or wait for another workflow.
    """

    message = (
        "{name} may start again while its downstream jobs still run ({reason}):"
        " the source starts it, the launch plan skips this start"
    )
    help = "leave more time between two starts, or check that each run ends before the next start"
    example = (
        f"{DAILY}start_mins: 0, 30\ntimezone: UTC\n\n"
        "insert_job: B\ncommand: true\ncondition: s(A)\n"
    )
    name: str
    reason: str


class LaunchPlansOverlap(Finding, code="A534", level=Level.WARNING, starts=Starts.NOTED):
    """Launch plans that overlap.

    The source loses a start while the job runs. A launch plan with the policy SKIP does the same,
    but counts only the executions that it started itself. One launch plan for all starts would need
    a cron expression that also fires right before a start, or much too often, or would lose more
    starts (A533).
    """

    message = (
        "{plans} launch plans start {name}, at least {gap} apart: each counts only its own "
        "executions, so overlapping starts of two plans are not skipped as in the source"
    )
    help = "leave more time between two starts, or use times that fit one cron expression"
    example = f'{DAILY}start_times: "08:00, 09:01"\ntimezone: UTC\n'
    plans: int
    name: str
    gap: str


class LongRunSkipsStart(Finding, code="A535", level=Level.NOTE):
    """Start skipped during a long run.

    Two starts are a day or more apart. A job that waits longer, such as for a missing file,
    blocks the next execution of the whole workflow.
    """

    message = (
        "the launch plan skips a start of {name} while its downstream jobs still run, the "
        "source does not: assumed that each run ends before the next start"
    )
    help = "give time limits to jobs that may wait for ever"
    example = (
        f'{DAILY}start_times: "08:00"\ntimezone: UTC\n\n'
        "insert_job: B\ncommand: true\ncondition: s(A)\n"
    )
    name: str
