"""A506 to A526: schedules."""

from transpile.findings.codes.examples import AT_EIGHT, BY_CALENDAR
from transpile.findings.finding import Finding, Level, Starts


class UnknownTimeZone(Finding, code="A506", level=Level.ERROR, starts=Starts.NOT_PLANNED):
    """Unknown time zone.

    A schedule in the wrong time zone runs at the wrong time. Known names are IANA names in any
    case, their older names, cities, and POSIX offsets such as IST-5:30 for which a zone exists.
    """

    message = "time zone {timezone} is unknown: no launch plan was made"
    help = "use a name such as Europe/London, or map the name in [timezones] of transpile.toml"
    example = (
        "insert_job: A\ncommand: true\ndate_conditions: 1\ndays_of_week: all\n"
        'start_times: "08:00"\ntimezone: Middle/Earth\n'
    )
    timezone: str


class NoTimeZone(Finding, code="A507", level=Level.WARNING, starts=Starts.NOTED):
    """Schedule without a time zone.

    The sources do not name the time zone of the scheduler's server.
    """

    message = (
        "the schedule has no time zone: the source uses that of its server, the launch plan UTC"
    )
    help = "set the server's zone in transpile.toml: default under [timezones]"
    example = (
        "insert_job: A\ncommand: true\ndate_conditions: 1\ndays_of_week: all\n"
        'start_times: "08:00"\n'
    )


class IncompleteSchedule(Finding, code="A509", level=Level.WARNING, starts=Starts.NOTED):
    """Incomplete schedule.

    Days need times, and times need days.
    """

    message = "{given} without {missing}: read as {reading}"
    help = "complete the schedule"
    example = 'insert_job: A\ncommand: true\ndate_conditions: 1\nstart_times: "08:00"\n'
    given: str
    missing: str
    reading: str


class PlannedTimeAsStart(Finding, code="A511", level=Level.ERROR, was="A772", starts=Starts.NOTED):
    """Planned time used as a start time.

    SCHEDTIME places an instance in the plan and is not a dependency: the instance may start
    earlier. If it follows another stream, this makes no difference.
    """

    message = (
        "{schedule} is only the planned time of {name}, which may start earlier in the source; "
        "the launch plan starts it then"
    )
    help = "write AT in place of SCHEDTIME if it must not start earlier"
    example = 'SCHEDULE S ON EVERYDAY SCHEDTIME 0600 TZ UTC :\nA DOCOMMAND "true"\nEND\n'
    schedule: str
    name: str


class InvalidDate(Finding, code="A523", level=Level.ERROR):
    """Invalid date in a calendar.

    A calendar without one of its dates is a different calendar.
    """

    message = "{value} in calendar {name} is not a date such as 12/31/2026"
    help = "repair the row; schedules that use the calendar are not converted"
    example = "calendar: HOLIDAYS\n12/25/2026\n25/12/2026\n"
    value: str
    name: str


class CalendarEnds(Finding, code="A524", level=Level.NOTE):
    """Calendar that ends.

    A list of dates ends. The emitted module holds the dates of the source; later dates need
    another conversion.
    """

    message = "calendar {calendar} ends on {last}; after that {then}"
    help = "export the calendar and convert again before that day"
    example = f"{BY_CALENDAR}{AT_EIGHT}\ncalendar: WORKDAYS\n01/04/2027\n"
    calendar: str
    last: str
    then: str


class NoDays(Finding, code="A526", level=Level.WARNING, starts=Starts.NOT_PLANNED):
    """Schedule without days.

    The calendar is empty, or all its days are excluded.
    """

    message = "{calendar} leaves no day to run on: no launch plan was made"
    help = "check its days and its excluded days"
    example = f"{BY_CALENDAR}{AT_EIGHT}\ncalendar: WORKDAYS\ndescription: none yet\n"
    calendar: str
