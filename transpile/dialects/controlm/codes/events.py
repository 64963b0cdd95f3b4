"""Events, what a job waits for, and what follows from its end."""

from transpile.dialects.controlm.codes.examples import folder, job
from transpile.findings.finding import Finding, Level


class MixedConditions(Finding, code="A048", level=Level.WARNING):
    """AND and OR mixed without brackets.

    The manuals say that these are not Boolean operators, and advise brackets. The reading
    `controlm_mixed` selects one of two meanings.
    """

    message = "{name} waits for {text}: read as {reading}, it may mean {other}"
    help = "put brackets around the terms, or set controlm_mixed in [readings] of transpile.toml"
    example = folder(
        job(
            '<INCOND NAME="X" ODATE="ODAT" AND_OR="A"/><INCOND NAME="Y" ODATE="ODAT" AND_OR="A"/>'
            '<INCOND NAME="Z" ODATE="ODAT" AND_OR="O"/>'
        )
    )
    name: str
    text: str
    reading: str
    other: str


class LooseBracket(Finding, code="A049", level=Level.ERROR):
    """Unmatched bracket.

    The meaning of the conditions is not known, so the job does not run.
    """

    message = (
        "the brackets in the IN conditions of {name} do not match, or are too deep: its node fails"
    )
    help = "correct the OP attributes of its IN conditions"
    example = folder(job('<INCOND NAME="X" ODATE="ODAT" AND_OR="A" OP="("/>'))
    name: str


class EventNeverAdded(Finding, code="A050", level=Level.ERROR):
    """Event that no job adds.

    A person, a command or a job outside of the sources adds it. A placeholder node that fails
    stands for it.
    """

    message = "nothing in the sources adds {event} {date}: {name} waits for it"
    help = "pass the folder that adds it, or say with [[external]] what stands for the event"
    example = folder(job('<INCOND NAME="X" ODATE="ODAT" AND_OR="A"/>'))
    event: str
    date: str
    name: str


class OtherDate(Finding, code="A051", level=Level.ERROR):
    """Event of another day.

    Waits across workflows find the run of another day if it is always the same number of days away.
    Otherwise a placeholder node that fails stands for the event.
    """

    message = "{name} waits for {event} {date}: {reason}"
    help = "say with [[external]] what stands for the event"
    example = folder(
        job('<INCOND NAME="X" ODATE="PREV" AND_OR="A"/><OUTCOND NAME="X" ODATE="ODAT" SIGN="+"/>')
    )
    event: str
    date: str
    name: str
    reason: str


class UndatedEvent(Finding, code="A052", level=Level.ERROR):
    """Event without a date.

    Such an event exists from the day on which a job adds it until one deletes it. The workflow
    looks at the last run of the job that adds it.
    """

    message = "{event} {date} stays over days: {name} also starts after an earlier day has added it"
    help = "check that a job deletes it on each day, or give it the order date"
    example = folder(
        job('<OUTCOND NAME="X" ODATE="STAT" SIGN="+"/>'),
        job('<INCOND NAME="X" ODATE="STAT" AND_OR="A"/>', name="B"),
    )
    event: str
    date: str
    name: str


class EventRace(Finding, code="A053", level=Level.WARNING):
    """Race for an event.

    Both jobs wait for the event, and one of them deletes it when it ends. If the other one has not
    started by then, it waits on. In the workflow each of them starts.
    """

    message = (
        "{deleter} deletes {event}, which {name} waits for: whether {name} starts depends on timing"
    )
    help = "delete the event after all that wait for it, or give each of them an event of its own"
    example = folder(
        job('<OUTCOND NAME="X" ODATE="ODAT" SIGN="+"/>'),
        job(
            '<INCOND NAME="X" ODATE="ODAT" AND_OR="A"/><OUTCOND NAME="X" ODATE="ODAT" SIGN="-"/>',
            name="B",
        ),
        job('<INCOND NAME="X" ODATE="ODAT" AND_OR="A"/>', name="C", more='TIMEFROM="0900"'),
    )
    deleter: str
    event: str
    name: str


class EventDeleted(Finding, code="A054", level=Level.ERROR):
    """Event deleted before another job needs it.

    The job starts behind the one that deletes the event, so the source never starts it, unless
    somebody adds the event again. The workflow starts it.
    """

    message = "{deleter} deletes {event} before {name}, which waits for it, can start"
    help = "keep the event, or delete the condition"
    example = folder(
        job('<OUTCOND NAME="X" ODATE="ODAT" SIGN="+"/>'),
        job(
            '<INCOND NAME="X" ODATE="ODAT" AND_OR="A"/><OUTCOND NAME="X" ODATE="ODAT" SIGN="-"/>'
            '<OUTCOND NAME="Y" ODATE="ODAT" SIGN="+"/>',
            name="B",
        ),
        job(
            '<INCOND NAME="X" ODATE="ODAT" AND_OR="A"/><INCOND NAME="Y" ODATE="ODAT" AND_OR="A"/>',
            name="C",
        ),
    )
    deleter: str
    event: str
    name: str


class ActionLost(Finding, code="A055", level=Level.ERROR):
    """Action without a translation.

    ON and DO say what follows from the end of a job. This action changes nothing in the workflow.
    """

    message = "{action} of {name} is ignored: {reason}"
    help = "decide by hand what replaces it"
    example = folder(job('<ON STMT="*" CODE="NOTOK"><DOREMEDY URGENCY="H"/></ON>'))
    action: str
    name: str
    reason: str


class ResultLost(Finding, code="A056", level=Level.ERROR):
    """Result without a translation.

    Exit codes and the ends OK and NOTOK are translated. So are patterns for the output if their
    only action is OK or NOTOK, STMT is `*`, and the job asks for no exit codes. Numbers of runs and
    other uses of the output are not. The node of the job fails if the ignored actions set its end
    or change an event.
    """

    message = "what follows in {name} from {result} is ignored: {reason}"
    help = "let the command check its output or count its runs, and exit accordingly"
    example = folder(job('<ON STMT="*" CODE="RUNCOUNT EQ 2"><DOACTION ACTION="NOTOK"/></ON>'))
    name: str
    result: str
    reason: str


class RerunLost(Finding, code="A057", level=Level.ERROR):
    """Rerun without a translation.

    A task is tried again after each failure, up to a number of times. The source reruns this job
    after some failures only, after a success, or without a limit.
    """

    message = "{name} is not run again: {reason}"
    help = "give it retries in transpile.toml, or let the command try again"
    example = folder(job('<ON STMT="*" CODE="NOTOK"><DOACTION ACTION="RERUN"/></ON>'))
    name: str
    reason: str


class WaitBeforeRerun(Finding, code="A058", level=Level.WARNING):
    """Wait before a rerun ignored.

    The source waits for the interval of the job before it runs the job again. Flyte retries a task
    without that interval.
    """

    message = "{name} runs again at once, not after {interval}"
    help = "check that an immediate retry can succeed"
    example = folder(
        job(
            '<ON STMT="*" CODE="NOTOK"><DOACTION ACTION="RERUN"/></ON>',
            more='MAXRERUN="2" INTERVAL="00010M"',
        )
    )
    name: str
    interval: str


class EventOfCycle(Finding, code="A077", level=Level.WARNING):
    """Event that a cyclic job adds.

    In the source the event exists as soon as one run of the cyclic job has added it. The workflow
    looks at the last run of that job; if that is still running, it waits for its end.
    """

    message = (
        "each run of {producer} adds {event}, which {name} waits for: the workflow looks at the "
        "last run"
    )
    help = "check what {name} reads, and whether it may start later"
    example = folder(
        job('<OUTCOND NAME="X" ODATE="ODAT" SIGN="+"/>', more='CYCLIC="1" INTERVAL="00060M"'),
        job('<INCOND NAME="X" ODATE="ODAT" AND_OR="A"/>', name="B", more='TIMEFROM="0900"'),
    )
    producer: str
    event: str
    name: str


class ForcedTwice(Finding, code="A059", level=Level.ERROR):
    """Job that is ordered and also forced.

    DO FORCEJOB orders a job once more, on any day. In the workflow a job that starts by the clock
    has no second start.
    """

    message = "{name} forces {target}, which also starts by the clock: the forced start is lost"
    help = "let a task start the launch plan of that job"
    example = folder(
        job('<ON STMT="*" CODE="NOTOK"><DOFORCEJOB FOLDER_NAME="F" NAME="B"/></ON>'),
        job(name="B"),
    )
    name: str
    target: str


class ForcedUnknown(Finding, code="A060", level=Level.ERROR):
    """Forced job that is not defined.

    DO FORCEJOB names a job or folder that is not in the sources.
    """

    message = "{name} forces {target}, which is not in the sources"
    help = "pass the folder that defines it"
    example = folder(job('<ON STMT="*" CODE="NOTOK"><DOFORCEJOB FOLDER_NAME="G" NAME="B"/></ON>'))
    name: str
    target: str
