"""Schedules: run cycles, validity, start times."""

from transpile.dialects.tws.codes.examples import stream
from transpile.findings.finding import Finding, Level, Starts


class RunCycleLeftOut(Finding, code="A770", level=Level.ERROR, starts=Starts.NOT_PLANNED):
    """Run cycle left out.

    These days are translated: days of the week and of the month, dates, every other week from a
    VALIDFROM, workdays, free days, and calendars in the sources. Run cycle groups that are combined
    with other run cycles are not, nor rules whose days are not documented.
    """

    message = "the days of {value} of {name} are not known: no launch plan was made for it"
    help = "pass the file with its calendars, or make a launch plan by hand"
    example = stream(rule="PAYDAYS")
    value: str
    name: str


class ExclusionIgnored(Finding, code="A771", level=Level.ERROR, starts=Starts.UNKNOWN):
    """Excluded days ignored.

    Free days are those of the calendar that FREEDAYS names, or else of HOLIDAYS. The calendar is
    not in the sources, or the rule cannot be subtracted.
    """

    message = "{value} of {name} is ignored: the launch plan also runs on these days"
    help = "pass the file with its calendars, or check those days before activating the launch plan"
    example = stream("EXCEPT HOLIDAYS")
    value: str
    name: str


class ValidityIgnored(Finding, code="A773", level=Level.ERROR, starts=Starts.UNKNOWN):
    """Validity ignored.

    The first node keeps the validity of a run cycle, unless a free-day rule moves days: a day
    outside of the validity could be moved into it. The validity of a whole stream is ignored.
    """

    message = "{value} of {name} is ignored: the launch plan also runs on other days"
    help = "activate and deactivate the launch plan on these days"
    example = (
        "SCHEDULE S ON RUNCYCLE R VALIDTO 12/31/2030 EVERYDAY FDNEXT ( AT 0600 TZ UTC ) :\n"
        'A DOCOMMAND "true"\nEND\n'
    )
    value: str
    name: str


class OverlappingRuns(Finding, code="A775", level=Level.WARNING, starts=Starts.NOTED):
    """Overlapping runs.

    With ENQUEUE an instance waits for the previous one. A launch plan could only skip a start and
    would lose it, so it has no limit: executions run in parallel.
    """

    message = "{value} of {name} is ignored: an execution starts while another one runs"
    help = "leave more time between two starts"
    example = stream("ONOVERLAP ENQUEUE")
    value: str
    name: str


class StartCondition(Finding, code="A776", level=Level.ERROR):
    """Start condition.

    An event starts the stream. Flyte's launch plans start by the clock.
    """

    message = "{value} starts {name}: no launch plan was made"
    help = "start the workflow from outside when the event occurs"
    example = 'SCHEDULE S STARTCOND FILECREATED "/a" :\nA DOCOMMAND "true"\nEND\n'
    value: str
    name: str


class OwnTimeInStream(Finding, code="A779", level=Level.ERROR):
    """Start time inside a stream.

    AT holds a job back until a time of day, even when all its predecessors have ended. The
    workflow keeps this time only if the stream itself starts no earlier. A stream without a run
    cycle starts when somebody submits it, and waits for its AT.
    """

    message = "{value} of {name} is ignored: in the workflow it does not wait for this time"
    help = "give it its own stream that starts then"
    example = stream(job="AT 0700 TZ UTC")
    name: str
    value: str


class OverlapSkipped(Finding, code="A780", level=Level.WARNING, starts=Starts.NOTED):
    """Overlapping start skipped.

    The launch plan allows one execution at a time. Flyte refuses another start at once, and it is
    lost. With DONOTSTART the source still starts it if the previous run ends within four minutes.
    Each launch plan counts only its own executions: those of other launch plans and those started
    by hand do not hold it back, those of days without a run do.
    """

    message = "overlapping starts of {name}: Flyte and the source may skip different ones"
    help = "leave more time between two starts"
    example = stream("ONOVERLAP DONOTSTART")
    name: str
