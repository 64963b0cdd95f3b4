"""Days on which jobs are ordered, calendars, and times."""

from transpile.dialects.controlm.codes.examples import folder, job
from transpile.findings.finding import Finding, Level, Starts
from transpile.findings.need import Need


def _calendar(year: str, more: str = 'TYPE="Regular"') -> str:
    """An export with one calendar of one year, and a job of each day."""
    calendar = f'<DEFCAL>\n<CALENDAR NAME="WORK" {more}>\n{year}\n</CALENDAR>\n</DEFCAL>\n'
    return f"{calendar}{folder(job())}"


class UnknownCalendar(
    Finding,
    code="A010",
    level=Level.ERROR,
    starts=Starts.NOT_PLANNED,
    need=(Need.CALENDAR, "calendar"),
):
    """Calendar whose days are not known.

    DEFCAL exports hold calendars. Those with dates are translated, and those with rules where a job
    or folder names them as a rule-based calendar.
    """

    message = "the days of {calendar}, which {name} uses, are not known: {reason}"
    help = "export the calendar as a list of dates, and pass the file"
    example = folder(job(days='DAYSCAL="WORK" TIMEFROM="0600" TIMEZONE="UTC"'))
    calendar: str
    name: str
    reason: str


class CalendarUnusable(Finding, code="A011", level=Level.ERROR):
    """Calendar that cannot be used.

    A calendar with a wrong year is a different calendar. DAYS of a year has a letter for each day
    of it, or for 31 days of each month.
    """

    message = "calendar {name} cannot be used: {reason}"
    help = "export the calendar again; jobs that use it get no launch plan"
    example = _calendar('<YEAR NAME="2026" DAYS="NYY"/>')
    name: str
    reason: str


class PeriodicCalendar(Finding, code="A012", level=Level.WARNING):
    """Calendar of periods.

    A letter other than Y and N is the name of a period. Periods, and days that are counted in them,
    are not translated.
    """

    message = "calendar {name} has periods: it is not translated"
    help = "export the days of each period as a calendar of its own"
    example = _calendar('<YEAR NAME="2026" DAYS="AAB"/>', 'TYPE="Periodic"')
    name: str


class CalendarDefinedTwice(Finding, code="A013", level=Level.WARNING):
    """Calendar defined twice.

    The later definition counts, also for jobs of another server.
    """

    message = "calendar {name} is defined again: its definition at {earlier} is dropped"
    help = "delete the wrong definition, or give the calendars of each server names of their own"
    example = (
        f'<DEFCAL>\n<CALENDAR NAME="WORK"><YEAR NAME="2026" DAYS="{"Y" * 365}"/></CALENDAR>\n'
        f'<CALENDAR NAME="WORK"><YEAR NAME="2026" DAYS="{"N" * 365}"/></CALENDAR>\n</DEFCAL>\n'
        f"{folder(job())}"
    )
    name: str
    earlier: str


class UnsettledDays(Finding, code="A014", level=Level.ERROR, starts=Starts.NOT_PLANNED):
    """Days that are not translated.

    Numbers and names of days, ALL, and the forms +n, -n, >n, <n, Dn, Ln, -Dn, -Ln and DnWm are
    translated where the documents define them. Days of periods are not translated.
    """

    message = "{value} of {name} is not translated: {reason}"
    help = "write the days as a calendar of dates, or make a launch plan by hand"
    example = folder(job(days='DAYS="SA" TIMEFROM="0600" TIMEZONE="UTC"'))
    value: str
    name: str
    reason: str


class DaysByReading(Finding, code="A015", level=Level.WARNING, starts=Starts.NOTED):
    """Days that depend on an open question.

    The documents of Control-M contradict themselves about this form of days, or leave its meaning
    open.
    """

    message = "{value} of {name} depends on an open question: {question} Taken: {taken}"
    help = "compare the next days with those of Control-M, then set the answer in [readings]"
    example = folder(job(days='DAYS="L1" TIMEFROM="0600" TIMEZONE="UTC"'))
    value: str
    name: str
    question: str
    taken: str


class NoCriteria(Finding, code="A016", level=Level.WARNING, starts=Starts.NOTED):
    """Job or folder without days.

    Its definition names no days. The reading `controlm_no_criteria` decides on which days it is
    ordered.
    """

    message = "{name} names no days: taken as ordered on {taken}"
    help = "give it days, or set controlm_no_criteria in [readings] of transpile.toml"
    example = folder(job(days=""))
    name: str
    taken: str


class CycleNotRead(Finding, code="A017", level=Level.ERROR, starts=Starts.UNKNOWN):
    """Repetition that is not translated.

    Intervals are whole minutes, hours or days, and times are hours and minutes.
    """

    message = "{value} of {name} is not translated: the job runs once on each of its days"
    help = "write the interval in minutes such as 00030M, and times such as 0930"
    example = folder(job(more='CYCLIC="1" INTERVAL="00030Q"'))
    value: str
    name: str


class TimeNotRead(Finding, code="A018", level=Level.ERROR, starts=Starts.UNKNOWN):
    """Time that cannot be read.

    Times have hours and minutes. Hours from 24 on are those of the next day.
    """

    message = "{value} of {name} is no time: it is ignored"
    help = "write a time such as 0930"
    example = folder(job(more='TIMEFROM="9 o\'clock"'))
    value: str
    name: str
