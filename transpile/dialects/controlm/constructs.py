"""The table of constructs: every construct of Control-M and its translation."""

from transpile.dialects.kit.contract import SCHEDULER_CALLS, STAND_INS, Construct

CONSTRUCTS = (
    Construct(
        "SMART_FOLDER, SUB_FOLDER; JSON Folder, SubFolder",
        "a workflow, a sub-workflow; it ends when all its members have ended",
        words="SMART_TABLE SCHED_GROUP GROUP SUB_TABLE FOLDER_NAME JOBNAME".split(),
        codes="A047 A401 A402 A403 A404 A405 A407 A601 A602 A606",
    ),
    Construct(
        "FOLDER; JSON SimpleFolder",
        "its jobs are ordered one by one: those that wait for one another on the same days share a "
        "workflow",
        words="TABLE SCHED_TABLE".split(),
    ),
    Construct(
        "member of a folder with days of its own",
        "a workflow of its own, which also waits for what the folder waits for: A067",
    ),
    Construct(
        "JOB with CMDLINE; Job:Command",
        "`@task` with `run(...)`",
        words=("APPL_TYPE", "DESCRIPTION", "Description"),
        codes="A202 A209 A623",
    ),
    Construct(
        "MEMLIB and MEMNAME, `%%PARM1` ...; Job:Script",
        "`run(...)` of the script with its arguments; without a library A062",
        words="OVERLIB OVERRIDE_PATH OverridePath PARAM".split(),
    ),
    Construct(
        "INSTREAM_JCL; Job:EmbeddedScript",
        "`run(...)` of the script's text",
        words=("USE_INSTREAM_JCL",),
    ),
    Construct(
        "TASKTYPE Dummy; Job:Dummy; RunAsDummy",
        "a node that succeeds without running",
        words=("RUN_AS_DUMMY",),
    ),
    Construct(
        "file watcher",
        "a task that waits for the file; ages and times of the watcher: A063",
    ),
    Construct("other job types, with their parameters", "A061 until `[[map]]` says what runs"),
    Construct(
        "INCOND, OUTCOND `+`; WaitForEvents, AddEvents; Flow",
        "`>>` from each job that adds the event; the condition stands in the task if there are "
        "alternatives. An event that no job adds: A050 until `[[external]]` binds it",
        words="NAME SIGN".split(),
        codes="A033 A320 A321 A546",
    ),
    Construct(
        "ODAT, `+nnn`, `-nnn`, PREV, NEXT of an event",
        "the run of that day: in the same workflow, or by a wait. PREV and NEXT if orders are "
        "always equally far apart, else A051; fixed dates A051",
        codes="A115",
    ),
    Construct("STAT, any date", "the last run of the job that adds the event: A052"),
    Construct(
        "AND_OR, OP",
        "`and`, `or` and brackets; both without brackets: A048, a loose bracket A049",
    ),
    Construct(
        "OUTCOND `-`, DO COND `-`; DeleteEvents",
        "nothing: each day has its own run. Where a job may be too late for the event: A053, A054",
    ),
    Construct(
        "ON CODE: OK, NOTOK, COMPSTAT, condition codes",
        "decides which exit codes are a success and what follows, in the order of the source: "
        "codes before OK and NOTOK. RUNCOUNT, FAILCOUNT: A056",
        words=(
            "ON_STMT ONSTMT STMT NOT EVEN ODD EXERR FLUSH FORCE JFAIL JLOST JNRUN JNSUB JOBNOTSUB "
            "JSECU NOTRUN SNRUN UNKW"
        ).split(),
    ),
    Construct(
        "DO OK, NOTOK",
        "`success_codes`",
        words="ACTION Action:SetToOK Action:SetToNotOK".split(),
    ),
    Construct(
        "DO RERUN with MAXRERUN",
        "`retries`, if each failure does it; otherwise A057. The interval before a rerun: A058. "
        "MAXRERUN alone runs nothing again",
        words=("Action:Rerun",),
    ),
    Construct(
        "DO COND `+`",
        "the event, at the exit codes that add it",
        words="DOCOND DOCONDITION".split(),
    ),
    Construct(
        "DO FORCEJOB",
        "the job waits for the end that forces it. If it also starts by the clock A059, if it is "
        "not in the sources A060",
        words=("DOFORCEJOB", "Action:Run"),
    ),
    Construct(
        "DO MAIL, DO SHOUT, SHOUT WHEN OK, NOTOK",
        "a line in the log: see Alarms and mail. SHOUT at times: A055",
        words="MESSAGE SUBJECT SUBJ Action:Mail Action:Notify".split(),
        codes="A217 A218",
    ),
    Construct(
        "DO VARIABLE, IFRERUN, REMEDY, SPCYC, CAPTURE",
        "A055",
        words=(
            "DOAUTOEDIT DOAUTOEDIT2 DOVARIABLE Action:Set Action:SetVariable Action:Set:Variable "
            "Action:Remedy Action:StopCyclicRun Action:CaptureOutput"
        ).split(),
    ),
    Construct(
        "DO SYSOUT, DO OUTPUT",
        "nothing: Flyte keeps the log. Copies of it: A055",
        words="DOSYSOUT DOOUTPUT OPTION PAR Action:Output".split(),
    ),
    Construct(
        "DAYS, WEEKDAYS, months, DATE, DAYS_AND_OR, ACTIVE_FROM, ACTIVE_TILL",
        "cron expressions, or a first node that looks the day up: see Schedules. What is not "
        "settled: A014, A015; without any days A016",
        words=("MonthDays WeekDays SpecificDates DaysRelation Schedule StartDate EndDate".split()),
        codes="A524",
    ),
    Construct(
        "DAYSCAL, WEEKSCAL, CONFCAL, SHIFT; rule-based calendars; DEFCAL",
        "dates that the first node looks up, or rules; calendars outside of the sources A010",
        words=(
            "MonthDaysCalendar WeekDaysCalendar SHIFTNUM YEAR RULE_BASED_CAL RULE_BASED_CALENDAR "
            "RULE_BASED_CALENDARS RULE_BASED_CALS"
        ).split(),
        codes="A011 A012 A013 A125",
    ),
    Construct(
        "FOLDER_ORDER_METHOD",
        "SYSTEM: a launch plan at New Day or TIMEFROM. Manual: none, A073 behind jobs that have "
        "one. Without a method A071, of a user daily A072",
        codes="A070",
    ),
    Construct(
        "TIMEFROM",
        "the time of the launch plan; of a member of a folder a task that waits for it",
        words="FromTime TIMEZONE TimeZone".split(),
        codes="A018 A075 A506 A507 A521 A522 A528 A543",
    ),
    Construct("TIMETO", "A066, unless nothing can start the job later", words=("ToTime",)),
    Construct(
        "MAXWAIT, New Day",
        "a wait for another workflow ends then; inside a workflow A076",
        words="DaysKeepActive DAYSKEEPINNOTOK".split(),
    ),
    Construct(
        "CYCLIC with an interval, a sequence of intervals or times",
        "a launch plan for all starts of a day, if nothing else starts the job: A065. Otherwise it "
        "runs once: A064",
        words="CYCLIC_TYPE CYCLIC_TOLERANCE INTERVAL".split(),
        codes="A017 A077 A533 A534 A535",
    ),
    Construct("CONFIRM", "a node that waits until a person says yes", words=("Confirm",)),
    Construct("RETRO", "A074", words="Retroactive RetroactiveOrder".split()),
    Construct(
        "ADJUST_COND",
        "A068 where jobs have other days than those that they wait for",
        words=("AdjustEvents",),
    ),
    Construct("END_FOLDER", "A069", words=("EndFolder",)),
    Construct(
        "QUANTITATIVE, CONTROL",
        "a note; nothing holds a job back: A204",
        words=("TYPE",),
    ),
    Construct(
        "`%%X`, `%%\\X`, pools",
        "their value, or a workflow input: A022, A026; circles A021",
        words="AUTOEDIT AUTOEDIT2 VALUE".split(),
        codes="A208 A215",
    ),
    Construct(
        "`%%ODATE`, `%%$ODATE` and parts of them, with `%%CALCDATE`",
        "the date at which the run starts",
        codes="A024",
    ),
    Construct(
        "`%%DATE`, `%%TIME`, `%%ORDERID`, `%%RUNCOUNT`",
        "shell text in the command; A025",
    ),
    Construct(
        "`%%SUBSTR`, `%%CALCDATE`, `%%PLUS` and other functions",
        "their value if it is known before a run, otherwise A020",
    ),
    Construct(
        "APPLICATION, SUB_APPLICATION, NODEID, RUN_AS, PRIORITY, CRITICAL",
        "notes in the docstring, and traits for rules and folders",
        words=(
            "NODEGRP APPL_FORM APPL_VER CM_VER DOCLIB DOCMEM DOCPATH DOCFILE BUSINESSFIELDS "
            "SITESTANDARD Application SubApplication Host RunAs Priority Critical"
        ).split(),
    ),
    Construct("Defaults", "inherited; A035 where an object replaces one", codes="A034"),
    Construct(
        "about the definition, its history and its output: CREATED_BY, VERSION, MAXDAYS, ...",
        "nothing",
        words=(
            "ActiveRetentionPolicy ControlmServer CreatedBy DaysKeepActiveIfNotOk FolderLibrary "
            "RunOnAllAgentsInGroup SiteStandard StatisticsCalendar"
        ).split(),
        codes="A124",
    ),
    Construct("any other attribute or statement", "reported: A046", codes="A045"),
    Construct(
        "text that is no XML or JSON",
        "refused at its place, XML with A042, JSON with A031; the rest is converted. Comments and "
        "trailing commas: A030",
        codes="A032 A041 A043 A044 A105 A110",
    ),
    STAND_INS,
    SCHEDULER_CALLS,
)
