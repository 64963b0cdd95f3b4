"""What becomes of all that composer text can say."""

from transpile.dialects.kit.contract import SCHEDULER_CALLS, Construct

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
        codes="A202 A209 A210 A623 A754",
    ),
    Construct(
        "TASK",
        "`run(...)` for an executable that is a script, or a path with arguments; others are a "
        "node that fails with A201",
    ),
    Construct(
        "`^NAME^`",
        "a workflow input; `$PARM`, or the VARTABLE of the run cycle or stream, gives its default. "
        "A table that is not in the sources, that of a workstation, or of one of several run "
        "cycles: A778",
        codes="A208",
    ),
    Construct(
        "words that are no keyword and no job",
        "A781: the node of the job before them fails",
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
        codes="A320 A321 A602 A767 A768",
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
        codes="A754 A786",
    ),
    Construct(
        "ABENDPROMPT",
        "the job fails: A764; with RECOVERY STOP as Flyte has it",
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
        "RUNCYCLEGROUP, `$RCG`",
        "the run cycles of the group, where the stream has no others",
        words=("RCG",),
        codes="A770 A777",
    ),
    Construct(
        "SUBSET",
        "with AND: A770; with OR the union, unless EXCEPT is about one of several: A771",
    ),
    Construct(
        "EVERY, EVERYENDTIME of a run cycle",
        "one launch plan for all starts of a day, as many as cron needs; without an end, or over "
        "more than a day: A761",
    ),
    Construct(
        "calendars that are not in the sources, EXCEPT a rule of the month",
        "A770: no launch plan for that item; A771",
    ),
    Construct(
        "VALIDFROM, VALIDTO",
        "the first node keeps them; where a free-day rule may move days over their ends: A773",
    ),
    Construct(
        "AT, TIMEZONE of a stream",
        "the launch plan's; SCHEDTIME alone holds nothing back: A511",
        words=("TZ",),
        codes="A506 A507 A509 A115 A521 A522 A528",
    ),
    Construct(
        "AT of a job",
        "kept where its stream starts no earlier, else A779; UNTIL: A762; EVERY: A761; "
        "DEADLINE, ONLATE: A784",
        words="ONUNTIL SUPPR CONT CANC".split(),
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
        "PARALLEL, the default: executions run side by side; DONOTSTART: the launch plan skips "
        "(A780, A533, A534, A535); ENQUEUE: A775",
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
        "`time_limit` of `run(...)`; percentages, and MINDUR with an action: A786",
        words="MINDUR ONMINDUR".split(),
    ),
    Construct(
        "DRAFT, STARTCOND",
        "no launch plan: A753, A776",
    ),
    Construct(
        "STREAMLOGON, TASKTYPE, CARRYFORWARD, KEYJOB, CRITICAL, PRIORITY ...",
        "notes in the docstring",
        words=(
            "DESCRIPTION KEYSCHED INTERACTIVE ISUSERJOB HI GO STATISTICSTYPE ISSERVICE SERVICENAME "
            "SERVICEDESCRIPTION SERVICETAGS SERVICEVARIABLES"
        ).split(),
    ),
    Construct(
        "event rules",
        "A783",
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
    SCHEDULER_CALLS,
)
