"""Jobs and folders: what they run, and when."""

from transpile.dialects.controlm.codes.examples import folder, job, smart
from transpile.findings.finding import Finding, Level, Starts


class JobTypeLost(Finding, code="A061", level=Level.ERROR, of_action=True):
    """Job type without a translation.

    A plug-in of the agent runs the job with these parameters. No shell command replaces it.
    """

    message = "{name} is a job of type {type}: its node fails. Its parameters: {parameters}"
    help = "say with [[map]] which task or workflow does this"
    example = folder('<JOB JOBNAME="A" APPL_TYPE="DATABASE" DAYS="ALL" TIMEZONE="UTC"/>')
    name: str
    type: str
    parameters: str


class NoLibrary(Finding, code="A062", level=Level.ERROR, of_action=True):
    """Script without a library.

    The job runs a member of a library, or a script in a folder. Without MEMLIB its place is not
    known.
    """

    message = "{name} runs the script {script}, and nothing says where that is: its node fails"
    help = "add MEMLIB, or say with [[map]] what runs instead"
    example = folder('<JOB JOBNAME="A" TASKTYPE="Job" MEMNAME="a.sh" DAYS="ALL" TIMEZONE="UTC"/>')
    name: str
    script: str


class FileRuleLost(Finding, code="A063", level=Level.ERROR, of_action=True):
    """Rule of a file watcher without a translation.

    A task waits until a file is there, or gone, with a minimum size that no longer
    changes.
    """

    message = "{rule} of {name} is ignored"
    help = "write the task that waits by hand"
    example = folder(
        '<JOB JOBNAME="A" APPL_TYPE="FileWatch" DAYS="ALL" TIMEZONE="UTC">'
        '<VARIABLE NAME="%%FileWatch-FILE_PATH" VALUE="/in"/>'
        '<VARIABLE NAME="%%FileWatch-MIN_AGE" VALUE="1H"/></JOB>'
    )
    name: str
    rule: str


class RepetitionLost(Finding, code="A064", level=Level.ERROR):
    """Repetition ignored.

    A cyclic job runs repeatedly on its order date. A launch plan repeats a job of a plain folder
    that waits for no event and whose interval counts from the start of a run. This job runs once.
    """

    message = "{name} is cyclic: it runs once, because {reason}"
    help = "give the job its own launch plan, or repeat inside its command"
    example = folder(job(more='CYCLIC="1" INTERVAL="00030M" IND_CYCLIC="E"'))
    name: str
    reason: str


class RepetitionSkips(Finding, code="A065", level=Level.WARNING, starts=Starts.NOTED):
    """Runs of a cyclic job that take longer than its interval.

    The source then starts the next run when the one before ends. The launch plan leaves it out.
    """

    message = "a run of {name} that takes longer than its interval leaves out the next one"
    help = "check that the interval is longer than a run"
    example = folder(job(more='CYCLIC="1" INTERVAL="00030M" IND_CYCLIC="S"'))
    name: str


class LatestStart(Finding, code="A066", level=Level.ERROR):
    """Latest start time ignored.

    After TIMETO the source does not start a job on that day. In the workflow a job starts as soon
    as what it waits for has come.
    """

    message = "{value} of {name} is ignored: it may start later"
    help = "check whether it may start late"
    example = folder(job('<INCOND NAME="X" ODATE="ODAT" AND_OR="A"/>', more='TIMETO="0900"'))
    name: str
    value: str


class MemberApart(Finding, code="A067", level=Level.WARNING):
    """Member of a folder with days of its own.

    The source orders the job on some days of its folder, or on none. It becomes a workflow of its
    own, which waits for what the folder waits for. The end of the folder does not wait for it.
    """

    message = "{name} has other days than {folder}: it starts by itself, outside of the folder"
    help = "check the jobs that wait for the end of the folder"
    example = smart(job(days='WEEKDAYS="MON"'))
    name: str
    folder: str


class AdjustLost(Finding, code="A068", level=Level.ERROR):
    """Events of jobs that are not ordered.

    With ADJUST_COND a job does not wait for events of jobs that are not ordered on that day. In the
    workflow it waits on those days.
    """

    message = "on days without {producer} the source lets {name} start; here it waits for {event}"
    help = "give both jobs the same days, or split the folder"
    example = smart(
        job('<OUTCOND NAME="X" ODATE="ODAT" SIGN="+"/>', days='WEEKDAYS="MON"'),
        job('<INCOND NAME="X" ODATE="ODAT" AND_OR="A"/>', name="B", days=""),
        more='ADJUST_COND="Y"',
    )
    name: str
    producer: str
    event: str


class EndFolderLost(Finding, code="A069", level=Level.ERROR):
    """End point of a folder ignored.

    When a job with END_FOLDER ends, the source submits nothing more of the folder. In the workflow
    the other jobs run as well.
    """

    message = "{name} ends its folder {folder}: in the workflow its other jobs still run"
    help = "check whether the jobs that have not started by then may run"
    example = smart(job(more='END_FOLDER="Y"'))
    name: str
    folder: str


class NewDayAssumed(Finding, code="A070", level=Level.WARNING, starts=Starts.NOTED):
    """New Day assumed.

    Order dates begin at New Day, and jobs without TIMEFROM start then. Its time is a setting of the
    server, by default 07:00.
    """

    message = "the sources do not say when New Day is: taken as {time}"
    help = "set controlm_new_day in [readings] of transpile.toml"
    example = folder(job())
    time: str


class OrderAssumed(Finding, code="A071", level=Level.WARNING, starts=Starts.NOTED):
    """Order method assumed.

    A folder with an order method is ordered at New Day, one without is ordered by hand. Many
    exports leave the method out.
    """

    message = "{name} names no order method: taken as ordered {reading}"
    help = "set controlm_order in [readings] of transpile.toml"
    example = '<DEFTABLE><FOLDER FOLDER_NAME="F">' + job() + "</FOLDER></DEFTABLE>"
    name: str
    reading: str


class OtherOrder(Finding, code="A072", level=Level.ERROR, starts=Starts.NOTED):
    """Order at another time.

    A user daily job orders the folder, at a time that the sources do not show.
    """

    message = "{name} is ordered by the user daily {method}: taken as ordered at New Day"
    help = "set the time of the launch plan"
    example = (
        f'<DEFTABLE><FOLDER FOLDER_NAME="F" FOLDER_ORDER_METHOD="NIGHT">{job()}</FOLDER></DEFTABLE>'
    )
    name: str
    method: str


class OrderedByHand(Finding, code="A073", level=Level.ERROR):
    """Job ordered by hand, downstream of scheduled jobs.

    The source starts the job only after a person has ordered it. The workflow starts it whenever
    its events are there.
    """

    message = "{name} is ordered by hand: the workflow starts it whenever {upstream} ends"
    help = "order its folder automatically, or delete its IN conditions"
    example = (
        "<DEFTABLE>\n"
        '<FOLDER FOLDER_NAME="F" FOLDER_ORDER_METHOD="SYSTEM">'
        + job('<OUTCOND NAME="X" ODATE="ODAT" SIGN="+"/>')
        + '</FOLDER>\n<FOLDER FOLDER_NAME="G" FOLDER_ORDER_METHOD="MANUAL">'
        + job('<INCOND NAME="X" ODATE="ODAT" AND_OR="A"/>')
        + "</FOLDER>\n</DEFTABLE>\n"
    )
    name: str
    upstream: str


class RetroLost(Finding, code="A074", level=Level.WARNING, starts=Starts.NOTED):
    """Retroactive orders ignored.

    After an outage of the server the source orders the job for each day that it missed. Flyte's
    scheduler fires what it missed itself, once it is back.
    """

    message = "{name} is ordered for missed days: Flyte starts what its own scheduler missed"
    help = "check what happens after an outage"
    example = folder(job(more='RETRO="1"'))
    name: str


class DependentTimes(Finding, code="A075", level=Level.ERROR, starts=Starts.NOTED):
    """Start time in another time zone than the folder.

    In the source, times of a member are in its own zone. Here they are read in that of its folder.
    """

    message = "{name} has another time zone than {folder}: its times are taken in that of {folder}"
    help = "give both the same time zone"
    example = smart(
        job(days="", more='TIMEFROM="0900" TIMEZONE="Europe/London"'),
    )
    name: str
    folder: str


class NewDayRemoves(Finding, code="A076", level=Level.WARNING):
    """Jobs that still wait at New Day.

    New Day removes jobs that still wait and are older than MAXWAIT allows. A wait for another
    workflow ends then, too. Inside a workflow a job runs whenever what it waits for has come.
    """

    message = "a run that goes on past New Day starts jobs that the source removes, such as {name}"
    help = "check that runs end before New Day, or set MAXWAIT in the source"
    example = folder(
        job('<OUTCOND NAME="X" ODATE="ODAT" SIGN="+"/>'),
        job('<INCOND NAME="X" ODATE="ODAT" AND_OR="A"/>', name="B"),
    )
    name: str
