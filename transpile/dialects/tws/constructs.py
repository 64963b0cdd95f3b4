"""The table of constructs: every construct of composer text and its translation."""

from transpile.dialects.kit.contract import SCHEDULER_CALLS, STAND_INS, Construct

CONSTRUCTS = (
    Construct(
        "job stream",
        "a workflow; each job is a `@task` with its name",
        words="SCHEDULE END".split(),
        codes="A401 A402 A405 A406 A407 A408 A601 A606 A752 A760",
    ),
    Construct(
        "SCRIPTNAME, DOCOMMAND", "`run(...)`", words=("AS",), codes="A202 A209 A210 A623 A754"
    ),
    Construct(
        "TASK",
        "`run(...)` for an executable that is a script or a path with arguments; otherwise a "
        "node that fails with A201",
    ),
    Construct(
        "`^NAME^`",
        "a workflow input; `$PARM`, or the VARTABLE of the run cycle or stream, gives its "
        "default. A table outside of the sources, of a workstation, or of one of several run "
        "cycles: A778",
        codes="A208",
    ),
    Construct(
        "words that are neither keyword nor job", "the node of the job before them fails with A781"
    ),
    Construct(
        "RCCONDSUCC, SUCCOUTPUTCOND", "`success_codes`", words="RC AND OR NOT".split(), codes="A115"
    ),
    Construct(
        "FOLLOWS a job, a stream, `stream.@`",
        "`>>`; streams that follow one another and start at the same time share a workflow, "
        "with a sub-workflow each; a stream waits for the instance of one that starts at other "
        "times",
        words="MATCHING PREVIOUS SAMEDAY RELATIVE FROM TO".split(),
        codes="A303 A546",
    ),
    Construct(
        "FOLLOWS of a job, IF, JOIN: a stream that starts at other times; FOLLOWS an instance "
        "that the start times leave open",
        "a node that fails with A755 until `[[external]]` in transpile.toml binds it; a "
        "stream in another network: A756; an earlier instance of the same stream: A757",
    ),
    Construct(
        "FOLLOWS ... IF SUCC, ABEND, SUPPR, RC, output conditions; JOIN",
        "Python in the body of the job, which returns SKIPPED if the condition is false. Jobs "
        "behind a suppressed job are suppressed, and the stream does not wait for them; jobs "
        "behind a failure are held, and the stream fails",
        words="OUTPUTCOND OF ALL ENDJOIN".split(),
        codes="A320 A321 A602 A767 A768",
    ),
    Construct("IF EXEC, IF FAIL", "A765, A766"),
    Construct("RECOVERY STOP", "as on Flyte"),
    Construct(
        "RECOVERY CONTINUE",
        "every exit code counts as success; if a condition asks for the failure, the job "
        "reports its status",
    ),
    Construct(
        "RECOVERY RERUN",
        "`retries`; with AFTER a task for the recovery job and one for the second run",
        words="FOR ATTEMPTS REPEATEVERY SAME_WORKSTATION".split(),
        codes="A754 A786",
    ),
    Construct("ABENDPROMPT", "the job fails: A764; with RECOVERY STOP as on Flyte"),
    Construct(
        "ON, RUNCYCLE: days of the week, dates, iCalendar rules",
        "launch plans with cron schedules, as many as needed; run cycles with the same start "
        "start the stream once",
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
        "the run cycles of the group; beside others, if the group has no subsets and neither "
        "has EXCEPT or FREEDAYS",
        words=("RCG",),
        codes="A770 A777",
    ),
    Construct(
        "SUBSET",
        "run cycles with AND start on the days that all of them have, if their times are the same "
        "(A770); the others, and all subsets, are united. EXCEPT is about its own subset, with "
        "AND on the days that all of them have; A771 if only some run cycles name a subset",
    ),
    Construct(
        "EVERY, EVERYENDTIME of a run cycle",
        "launch plans for all starts of a day, as many as cron needs; without an end, or over "
        "more than a day: A761",
    ),
    Construct(
        "calendars outside of the sources, EXCEPT a rule of the month",
        "A770: no launch plan for that item; A771",
    ),
    Construct(
        "VALIDFROM, VALIDTO",
        "the first node keeps them; A773 if a free-day rule may move days across their limits",
    ),
    Construct(
        "AT, TIMEZONE of a stream",
        "those of the launch plan; SCHEDTIME alone delays nothing: A511",
        words=("TZ",),
        codes="A506 A507 A509 A115 A521 A522 A528",
    ),
    Construct(
        "AT of a job",
        "kept if its stream starts no earlier, otherwise A779; UNTIL: A762; EVERY: A761; "
        "DEADLINE, ONLATE: A784",
        words="ONUNTIL SUPPR CONT CANC".split(),
    ),
    Construct(
        "OPENS", "a task that waits for the file; tests other than `-e`, `-f`, `-s`, notempty: A763"
    ),
    Construct(
        "PROMPT, CONFIRMED",
        "PROMPT: a node that fails with A758 until `[[external]]` binds the prompt; "
        "CONFIRMED: a node that fails with A759",
    ),
    Construct(
        "ONOVERLAP",
        "PARALLEL, the default: executions run in parallel; DONOTSTART: the launch plan skips "
        "(A780, A533, A534, A535); ENQUEUE: A775",
    ),
    Construct("NEEDS, LIMIT", "reported: A204, A769"),
    Construct("PRIORITY 0, LIMIT 0", "on hold: a node that fails with A206"),
    Construct("NOP", "a node that succeeds without running", codes="A207"),
    Construct(
        "MAXDUR ... ONMAXDUR KILL",
        "`time_limit` of `run(...)`; percentages, and MINDUR with an action: A786",
        words="MINDUR ONMINDUR".split(),
    ),
    Construct("DRAFT, STARTCOND", "no launch plan: A753, A776"),
    Construct(
        "STREAMLOGON, TASKTYPE, CARRYFORWARD, KEYJOB, CRITICAL, PRIORITY ...",
        "notes in the docstring",
        words=(
            "DESCRIPTION KEYSCHED INTERACTIVE ISUSERJOB HI GO STATISTICSTYPE ISSERVICE SERVICENAME "
            "SERVICEDESCRIPTION SERVICETAGS SERVICEVARIABLES"
        ).split(),
    ),
    Construct("event rules", "A783"),
    Construct(
        "resources, workstations, users, unused calendars ...", "noted: A124, A125", codes="A777"
    ),
    Construct(
        "text that composer cannot read",
        "refused at its line with A751; the rest of the file is converted",
        codes="A105 A106 A110 A115",
    ),
    STAND_INS,
    SCHEDULER_CALLS,
)
