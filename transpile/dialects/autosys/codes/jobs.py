"""Jobs, conditions and schedules of AutoSys."""

from transpile.findings.codes.examples import AT_EIGHT, BY_CALENDAR, DAILY
from transpile.findings.finding import Finding, Level, Starts
from transpile.findings.need import Need


class UntranslatedTrigger(Finding, code="A863", level=Level.ERROR, was="A203", of_action=True):
    """File trigger without a translation.

    Waiting until a file exists, is complete or is gone is translated. Triggers that fire
    repeatedly, or on changes of a file, are events and not steps of a workflow.
    """

    message = "a file trigger with {reason} has no translation: its node fails"
    help = "write the body of the task, or use watch_file_type EXIST, GENERATE or NOTEXIST"
    example = "insert_job: A\njob_type: FT\nwatch_file: /tmp/a\nwatch_file_type: SHRINK\n"
    reason: str


class AttributeIgnored(Finding, code="A864", level=Level.WARNING, was="A205"):
    """Attribute without an equivalent.

    The attribute changes how the job runs. Nothing in the emitted workflow has this effect.
    """

    message = "{key} has no equivalent on Flyte and was left out: {value}"
    help = "check whether the job depends on it"
    example = "insert_job: A\ncommand: true\nulimit: n=1024\n"
    key: str
    value: str


class QuotedCommand(Finding, code="A865", level=Level.WARNING, was="A211"):
    """Command in quotes.

    The quotes are kept, because commands are emitted byte for byte.
    """

    message = "the whole command is in quotes: the shell takes it as the name of one program"
    help = "remove the quotes if they only protect blanks or colons"
    example = 'insert_job: A\ncommand: "echo done"\n'


class OutputAppended(Finding, code="A866", level=Level.NOTE, was="A213"):
    """Output without a sign.

    Without a sign the default of the instance decides, which is to append.
    """

    message = "{key} has no > or >>: the output is appended"
    help = "write > if each run should start a new file"
    example = "insert_job: A\ncommand: true\nstd_out_file: /tmp/a\n"
    key: str


class AttributeOfOtherType(Finding, code="A867", level=Level.WARNING, was="A214"):
    """Attribute of another job type.

    The attribute belongs to another job type.
    """

    message = "{key} has no effect on a job of type {type}"
    help = "delete it, or correct job_type"
    example = "insert_job: A\njob_type: b\ncommand: true\n"
    key: str
    type: str


class VariableInEnvironment(Finding, code="A868", level=Level.WARNING, was="A216"):
    """Variable in an environment value.

    Emitted tasks do not expand shell variables in envvars.
    """

    message = "envvars sets {name} to {value}, which is passed on literally"
    help = "write out the value, or set it in the command"
    example = "insert_job: A\ncommand: true\nenvvars: LIB=$HOME/lib\n"
    name: str
    value: str


class TriggerChecksOnce(Finding, code="A869", level=Level.WARNING, was="A219"):
    """File trigger that checks once.

    The documentation behind this reading is not conclusive: a file trigger of type EXIST or
    NOTEXIST checks the file when it starts, ends at once, and fails if the check fails. The other
    types wait.
    """

    message = "watch_file_type {type} is read as a single check: {name} fails if the file {wanted}"
    help = "check one run of it in AutoSys; define a file watcher (FW) if the job is to wait"
    example = "insert_job: A\njob_type: FT\nwatch_file: /tmp/a\nwatch_file_type: EXIST\n"
    type: str
    name: str
    wanted: str


class AlarmNotWatched(Finding, code="A873", level=Level.WARNING, was="A230"):
    """Alarm about the time of a job.

    AutoSys raises these alarms while a job runs, or at a time of day; they do not change what
    runs. A task can report how it ended, but not that it takes too long.
    """

    message = "{key} of {name} is ignored: nothing on Flyte raises {alarm}"
    help = "watch the duration of the executions from outside"
    example = "insert_job: A\ncommand: true\nmax_run_alarm: 60\n"
    key: str
    name: str
    alarm: str


class MixedOperators(Finding, code="A874", level=Level.WARNING, was="A306"):
    """& and | without parentheses.

    In AutoSys neither operator takes precedence. The author may have meant that & binds tighter,
    which here gives another result.
    """

    message = "& and | are mixed without parentheses: read from left to right"
    help = "add parentheses"
    example = (
        "insert_job: A\ncommand: true\n\n"
        "insert_job: B\ncommand: true\ncondition: s(A) | s(A) & s(A)\n"
    )


class CalendarDecides(
    Finding,
    code="A876",
    level=Level.ERROR,
    was="A502",
    starts=Starts.NOT_PLANNED,
    need=(Need.CALENDAR, "calendar"),
):
    """Days decided by an unknown calendar.

    The calendar is not in the sources, so the days are not known.
    """

    message = "run_calendar {calendar} decides when {name} runs: no launch plan was made"
    help = "pass the calendar as autocal_asc exports it, or make a launch plan by hand"
    example = (
        "insert_job: A\ncommand: true\ndate_conditions: 1\nrun_calendar: WORKDAYS\n"
        'start_times: "08:00"\n'
    )
    calendar: str
    name: str


class ExcludedDaysIgnored(
    Finding,
    code="A877",
    level=Level.ERROR,
    was="A503",
    starts=Starts.UNKNOWN,
    need=(Need.CALENDAR, "calendar"),
):
    """Excluded days ignored.

    The source does not start the job on the days of this calendar. The launch plan excludes the
    days of the calendar of the job whose start times it has, if the sources define them.
    """

    message = "{name} also runs on the days of exclude_calendar {calendar}: {reason}"
    help = "pass the calendar as autocal_asc exports it; if the job has no start times, add them"
    example = (
        "insert_job: A\ncommand: true\ndate_conditions: 1\ndays_of_week: all\n"
        'start_times: "08:00"\nexclude_calendar: HOLIDAYS\n'
    )
    name: str
    calendar: str
    reason: str


class RunWindowIgnored(Finding, code="A878", level=Level.ERROR, was="A504", starts=Starts.UNKNOWN):
    """Run window ignored.

    AutoSys checks the run window when a job would start. The launch plan keeps the window if only
    the clock starts the job: it starts at the opening, or not at all. If a condition or a box
    starts the job, that moment is known only at run time.
    """

    message = "run_window {window} of {name} is ignored: {reason}"
    help = "move the job to a schedule of its own inside the window, or remove the window"
    example = (
        "insert_job: A\ncommand: true\n\ninsert_job: B\ncommand: true\ncondition: s(A)\n"
        'date_conditions: 1\ndays_of_week: all\nstart_times: "08:00"\n'
        'run_window: "07:00-09:00"\n'
    )
    window: str
    name: str
    reason: str


class ContradictoryDays(
    Finding, code="A879", level=Level.ERROR, was="A520", starts=Starts.NOT_PLANNED
):
    """Schedule with two readings.

    AutoSys takes either days of the week or a run calendar; choosing one of several times of day
    would be a guess.
    """

    message = "{reason}: no launch plan was made"
    help = "keep one of the two, or add what is missing"
    example = f"{BY_CALENDAR}days_of_week: mo\n{AT_EIGHT}\ncalendar: WORKDAYS\n01/04/2027\n"
    reason: str


class CalendarRedefined(Finding, code="A881", level=Level.WARNING, was="A527"):
    """Calendar defined twice.

    An export defines a calendar once.
    """

    message = "calendar {name} is defined again (before at {earlier}): the last definition counts"
    help = "delete one of the two"
    example = "calendar: HOLIDAYS\n12/25/2026\n\ncalendar: HOLIDAYS\n12/26/2026\n"
    name: str
    earlier: str


class ZoneByOffset(Finding, code="A882", level=Level.NOTE, was="A530"):
    """Time zone given by its offset.

    POSIX counts offsets to the west of Greenwich, and a name without a second one has no summer
    time. Flyte's scheduler accepts only names of zones.
    """

    message = (
        "{timezone} is {offset} in POSIX notation: the launch plan uses {zone}, which has this "
        "offset all year"
    )
    help = "map the name in [timezones] of transpile.toml if another zone is meant"
    example = f"{DAILY}{AT_EIGHT}timezone: IST-5:30\n"
    timezone: str
    offset: str
    zone: str
