"""Extended calendars and cycles of AutoSys."""

from transpile.findings.finding import Finding, Level, Starts

_BY_RULES = (
    "insert_job: A\ncommand: true\ndate_conditions: 1\nrun_calendar: PAY\n"
    'start_times: "08:00"\n\nextended_calendar: PAY\n'
)


class UnusableCalendar(Finding, code="A880", level=Level.ERROR, was="A525"):
    """Calendar that cannot be used.

    A record of an extended calendar or a cycle contradicts itself, or names a calendar that is not
    in the sources. Without this part its days would be others.
    """

    message = "{verb} {name} cannot be used: {reason}"
    help = "correct the record; schedules that use the calendar are not converted"
    example = "extended_calendar: PAY\nholiday: W\ncondition: EOM\n"
    verb: str
    name: str
    reason: str


class RuleNotRead(Finding, code="A883", level=Level.ERROR):
    """Rule that cannot be read.

    The rules of an extended calendar are words such as WORKD#1, joined by & and |.
    """

    message = "{text} in the rules of calendar {calendar}: {reason}"
    help = "correct the rule; schedules that use the calendar are not converted"
    example = "extended_calendar: PAY\ncondition: MNTHD#32\n"
    text: str
    calendar: str
    reason: str


class UnsettledWord(Finding, code="A884", level=Level.ERROR):
    """Word without a settled meaning.

    AutoSys has this word, but its documents contradict themselves about it, or do not say which
    days it chooses.
    """

    message = "{text} in the rules of calendar {calendar} is not read: {reason}"
    help = "export the days as a standard calendar of the same name, or write the rule without it"
    example = "extended_calendar: PAY\ncondition: WORKDX1\n"
    text: str
    calendar: str
    reason: str


class CalendarReadings(Finding, code="A885", level=Level.WARNING, starts=Starts.NOTED):
    """Calendar that depends on open questions.

    The documents of AutoSys leave open what some rules mean. Another answer gives this calendar
    other days.
    """

    message = (
        "the days of calendar {calendar} depend on open questions: {questions}; taken: {taken}"
    )
    help = "compare its next days with autocal_asc, then set the answers in [readings]"
    example = f"{_BY_RULES}condition: MNTHD#15\n"
    calendar: str
    questions: str
    taken: str
