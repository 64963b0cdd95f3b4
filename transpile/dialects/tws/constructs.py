"""What becomes of all that composer text can say."""

from transpile.dialects.contract import Construct

CONSTRUCTS = (
    Construct(
        "job stream",
        "a workflow; its jobs are `@task`s of their names",
        words="SCHEDULE END".split(),
        codes="A401 A402 A405 A406 A407 A408 A601 A603 A606 A752 A760",
    ),
    Construct(
        "SCRIPTNAME, DOCOMMAND",
        "`run(...)`",
        words=("AS",),
        codes="A202 A205 A209 A210 A754",
    ),
    Construct(
        "TASK",
        "a node that fails with A201",
    ),
    Construct(
        "`^NAME^`",
        "a workflow input; `$PARM` gives its default. VARTABLE: A778",
        codes="A208",
    ),
    Construct(
        "RCCONDSUCC, SUCCOUTPUTCOND",
        "`success_codes`",
        words="RC AND OR NOT".split(),
        codes="A115",
    ),
    Construct(
        "FOLLOWS a job, a stream, `stream.@`",
        "`>>`; streams that start together, or later on the same days (A505), and follow one "
        "another are one workflow, a sub-workflow each",
        words="MATCHING SAMEDAY RELATIVE FROM TO".split(),
        codes="A303",
    ),
    Construct(
        "FOLLOWS a stream that starts at other times",
        "a node that fails with A755 until `[[external]]` in transpile.toml binds it; another "
        "network: A756; its own earlier instance: A757",
        words=("PREVIOUS",),
    ),
    Construct(
        "FOLLOWS ... IF SUCC, ABEND, SUPPR, RC, output conditions; JOIN",
        "the condition as Python in the body of the job, which returns SKIPPED where it is "
        "false. What follows a suppressed job is suppressed, and the stream does not wait for "
        "it; what follows a failure is on hold, and the stream fails",
        words="OUTPUTCOND OF ALL ENDJOIN".split(),
        codes="A602 A767 A768",
    ),
    Construct(
        "IF EXEC, IF FAIL",
        "A765, A766",
    ),
    Construct(
        "RECOVERY STOP",
        "as Flyte has it",
    ),
    Construct(
        "RECOVERY CONTINUE",
        "every exit code is a success, or where a condition asks for the failure, its status",
    ),
    Construct(
        "RECOVERY RERUN",
        "`retries`; with AFTER a task for the recovery job and one for the second run",
        words="FOR ATTEMPTS REPEATEVERY SAME_WORKSTATION".split(),
        codes="A205 A754",
    ),
    Construct(
        "ABENDPROMPT",
        "the job fails: A764",
    ),
    Construct(
        "ON, RUNCYCLE: days of the week, dates, iCalendar rules",
        "launch plans with cron schedules, as many as it takes; run cycles that meet start it once",
        codes="A526 A774",
    ),
    Construct(
        "`$CALENDAR`, also with `+n DAYS`, `WEEKDAYS`, `WORKDAYS`; WORKDAYS; FREEDAYS with "
        "FDIGNORE, FDNEXT, FDPREV; EXCEPT",
        "the first node looks the day up: see Schedules. Without FREEDAYS the calendar HOLIDAYS "
        "counts",
        words="SA SU".split(),
        codes="A523 A524 A752",
    ),
    Construct(
        "INTERVAL",
        "counted from the run cycle's VALIDFROM, where all readings agree: on which day a week "
        "begins is not documented",
        codes="A770",
    ),
    Construct(
        "calendars that are not in the sources, run cycle groups, EXCEPT a rule of the month",
        "A770: no launch plan for that item; A771",
        words=("RCG",),
    ),
    Construct(
        "VALIDFROM, VALIDTO",
        "lists of dates are cut; a rule is taken to have begun, and does not end (A773)",
    ),
    Construct(
        "AT, TIMEZONE of a stream",
        "the launch plan's; SCHEDTIME alone: A772",
        words=("TZ",),
        codes="A506 A507 A509 A115 A521 A522 A528",
    ),
    Construct(
        "AT of a job",
        "A505; UNTIL: A762; EVERY: A761; DEADLINE: a note",
        words="ONUNTIL SUPPR CONT CANC EVERYENDTIME".split(),
    ),
    Construct(
        "OPENS",
        "a task that waits for the file; other tests than `-e`, `-f`, `-s`, notempty: A763",
    ),
    Construct(
        "PROMPT, CONFIRMED",
        "nodes that fail with A758 until `[[external]]` binds the prompt, with A759",
    ),
    Construct(
        "ONOVERLAP",
        "DONOTSTART: the launch plan skips (A780); ENQUEUE: A775",
    ),
    Construct(
        "NEEDS, LIMIT",
        "reported: A204, A769",
    ),
    Construct(
        "PRIORITY 0, LIMIT 0",
        "on hold: a node that fails with A206",
    ),
    Construct(
        "NOP",
        "a node that succeeds without running",
        codes="A207",
    ),
    Construct(
        "MAXDUR ... ONMAXDUR KILL",
        "`timeout`",
        words="MINDUR ONMINDUR".split(),
        codes="A205",
    ),
    Construct(
        "DRAFT, STARTCOND",
        "no launch plan: A753, A776",
    ),
    Construct(
        "STREAMLOGON, TASKTYPE, CARRYFORWARD, KEYJOB, CRITICAL, PRIORITY ...",
        "notes in the docstring",
        words="DESCRIPTION KEYSCHED INTERACTIVE ISUSERJOB HI GO".split(),
    ),
    Construct(
        "resources, workstations, users, calendars that nothing names ...",
        "noted: A124, A125",
        codes="A777",
    ),
    Construct(
        "what composer could not read",
        "refused at its line with A751; the rest of the file is converted",
        codes="A105 A106 A110 A115",
    ),
)
