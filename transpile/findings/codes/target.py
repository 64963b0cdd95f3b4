"""A5xx: schedules. A6xx: Flyte's limits. A9xx: output."""

from transpile.findings.codes.entry import Code, Level

CODES = {
    "A501": Code(
        Level.WARNING,
        "times without date_conditions",
        "AutoSys ignores {keys}: date_conditions is not set; no launch plan was made",
        "add date_conditions: 1 if the times are meant, or date_conditions: 0 if not",
        "AutoSys ignores every time attribute of a job whose date_conditions is not set.",
        'insert_job: A\ncommand: true\nstart_times: "08:00"\n',
    ),
    "A502": Code(
        Level.ERROR,
        "schedule left out",
        "run_calendar {calendar} decides when {name} runs; no launch plan was made",
        "make a launch plan by hand, or start the workflow from outside",
        "The days stand in a calendar, and Flyte's cron schedules know none.",
        "insert_job: A\ncommand: true\ndate_conditions: 1\nrun_calendar: WORKDAYS\n"
        'start_times: "08:00"\n',
    ),
    "A503": Code(
        Level.ERROR,
        "excluded days not kept",
        "{name} also runs on the days of exclude_calendar {calendar}: {reason}",
        "pass the calendar, too, as autocal_asc exports it; where the job has no start times, add "
        "them",
        "The source does not start the job on the days of this calendar. The launch plan keeps the "
        "calendar of the job whose start times it has, if the sources say which days these are.",
        "insert_job: A\ncommand: true\ndate_conditions: 1\ndays_of_week: all\n"
        'start_times: "08:00"\nexclude_calendar: HOLIDAYS\n',
    ),
    "A504": Code(
        Level.ERROR,
        "run window not kept",
        "run_window {window} of {name} is not kept: {reason}",
        "move the job to a schedule of its own inside the window, or remove the window",
        "A run window is looked at when a job would start. The launch plan keeps it where the "
        "clock alone starts the job: it starts at the opening, or not at all. Where a condition or "
        "a box starts the job, that moment is known at run time only.",
        "insert_job: A\ncommand: true\n\ninsert_job: B\ncommand: true\ncondition: s(A)\n"
        'date_conditions: 1\ndays_of_week: all\nstart_times: "08:00"\n'
        'run_window: "07:00-09:00"\n',
    ),
    "A505": Code(
        Level.ERROR,
        "start time of its own",
        "{name} waits for its own start time in the source ({schedule}); here it starts as soon as "
        "what it waits for is done",
        "give it the schedule of its workflow, or take it out of the box or condition",
        "A job inside a box, or behind a condition, that also has start times waits for both. A "
        "launch plan starts a whole workflow.",
        "insert_job: A\ncommand: true\n\ninsert_job: B\ncommand: true\ncondition: s(A)\n"
        'date_conditions: 1\ndays_of_week: all\nstart_times: "08:00"\n',
    ),
    "A506": Code(
        Level.ERROR,
        "unknown time zone",
        "{timezone} is no known time zone; no launch plan was made",
        "use a name such as Europe/London, or map this one in [timezones] of transpile.toml",
        "A schedule in the wrong time zone runs at the wrong time. Known are the names of IANA in "
        "any case, their older names, cities, and POSIX offsets such as IST-5:30 for which a zone "
        "exists.",
        "insert_job: A\ncommand: true\ndate_conditions: 1\ndays_of_week: all\n"
        'start_times: "08:00"\ntimezone: Middle/Earth\n',
    ),
    "A507": Code(
        Level.WARNING,
        "schedule without a time zone",
        "the schedule has no time zone: the source takes that of its server, the launch plan UTC",
        "name the server's zone in transpile.toml: default under [timezones]",
        "The sources do not say in which zone the scheduler's server runs.",
        "insert_job: A\ncommand: true\ndate_conditions: 1\ndays_of_week: all\n"
        'start_times: "08:00"\n',
    ),
    "A508": Code(
        Level.ERROR,
        "several schedules in one workflow",
        "the workflow starts by the schedule of {chosen} ({by}); that of {name} ({schedule}) is "
        "not kept",
        "give both the same schedule, or cut the dependency between them",
        "The jobs depend on one another and so are one workflow, but start at different times in "
        "the source. A launch plan for each would run everything several times. The schedule that "
        "most jobs start by is taken; of equal ones, that of the first job by name.",
        "insert_job: A\ncommand: true\ndate_conditions: 1\ndays_of_week: all\n"
        'start_times: "08:00"\n\n'
        "insert_job: B\ncommand: true\ndate_conditions: 1\ndays_of_week: all\n"
        'start_times: "09:00"\n\n'
        "insert_job: C\ncommand: true\ncondition: s(A) & s(B)\n",
    ),
    "A509": Code(
        Level.WARNING,
        "incomplete schedule",
        "{given} without {missing}: read as {reading}",
        "complete the schedule",
        "Days need times and times need days.",
        'insert_job: A\ncommand: true\ndate_conditions: 1\nstart_times: "08:00"\n',
    ),
    "A510": Code(
        Level.ERROR,
        "job without a start time of its own",
        "{name} has no start time in the source; here it starts with {chosen}",
        "give it the same schedule, or cut the dependency between them",
        "A launch plan starts a whole workflow. In the source only an operator, or another tool, "
        "starts this job.",
        "insert_job: A\ncommand: true\ndate_conditions: 1\ndays_of_week: all\n"
        'start_times: "08:00"\n\n'
        "insert_job: B\ncommand: true\n\n"
        "insert_job: C\ncommand: true\ncondition: s(A) & s(B)\n",
    ),
    "A601": Code(
        Level.WARNING,
        "more nodes than Flyte takes by default",
        "workflow {name} has {nodes} nodes; Flyte's default limit is 100",
        "convert with --max-nodes 100, raise registration.maxWorkflowNodes of flyteadmin, or split "
        "the workflow by boxes",
        "flyteadmin counts the nodes of a workflow (not those of its sub-workflows) and refuses "
        "more than 100 unless it is told otherwise.",
        "\n".join(
            (
                f"insert_job: J{i}\ncommand: true\ncondition: s(J{max(i - 1, 0)})\n"
                if i
                else "insert_job: J0\ncommand: true\n"
            )
            for i in range(102)
        ),
    ),
    "A602": Code(
        Level.NOTE,
        "condition not in a branch",
        "the condition of {name} stays in its task: {reason}",
        "nothing, unless the branch is wanted in the console: the job does the same",
        "With --branch native conditions become branches where Flyte can evaluate them itself and "
        "no other branch stands around them.",
    ),
    "A603": Code(
        Level.WARNING,
        "workflow that cannot be split",
        "workflow {name} keeps {nodes} nodes, more than {limit}: {reason}",
        "raise registration.maxWorkflowNodes of flyteadmin, or cut a dependency between these jobs",
        "With --max-nodes a part of a workflow becomes one of its own where it is waited for, and "
        "waits, as one: else a failure in it would keep jobs from running that run in the source.",
    ),
    "A606": Code(
        Level.NOTE,
        "names that other estates may have",
        "another estate may have the same names of workflows: {names}",
        "set prefix in [platform] of transpile.toml, or register each estate in its own project",
        "Names in Flyte are per project and domain. A second estate with a workflow of the same "
        "name replaces its latest version and its launch plans without a word.",
        "insert_job: NIGHT\ncommand: true\n",
    ),
    "A901": Code(
        Level.ERROR,
        "file not written by transpile",
        "{path} was not written by transpile; it was kept, and the new text was not written",
        "move it away, or convert into another folder",
        "The file was there before. Nobody's work is overwritten.",
    ),
    "A902": Code(
        Level.ERROR,
        "output cannot be written",
        "cannot write {path}: {reason}",
        "nothing was changed there; make room or choose another folder",
        "The system refuses to write. Files are written beside their place and moved there whole.",
    ),
    "A903": Code(
        Level.NOTE,
        "module of an earlier run",
        "{path} was written by an earlier run and belongs to no workflow of this one",
        "convert with --prune if its workflow is gone",
        "Nothing is deleted from the output folder unasked, and never what somebody has changed.",
    ),
    "A905": Code(
        Level.ERROR,
        "two conversions at a time",
        "another conversion is writing into {path}; nothing was written",
        "let it end, and convert again",
        "Two runs at a time would mix their files.",
    ),
    "A904": Code(
        Level.WARNING,
        "edited file",
        "{path} was changed since transpile wrote it; it was kept, the new text is in {beside}",
        "merge the two, or convert with --force to have the new text",
        "What a person has written stays. The new text is what the sources would give today.",
    ),
}
