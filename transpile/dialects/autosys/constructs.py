"""The table of what becomes of each construct of JIL."""

from transpile.dialects.autosys.calendar_records import CYCLE_KEYS, EXTENDED_KEYS
from transpile.dialects.autosys.catalogue import FILE_KEYS, NOTED, PLATFORM_VERBS
from transpile.dialects.autosys.rule_words import WORDS
from transpile.dialects.kit.contract import SCHEDULER_CALLS, Construct

CONSTRUCTS = (
    Construct(
        "job with a `command`",
        "a `@task` with the job's name; `/bin/sh` gets the command unchanged",
        words="insert_job job_type description".split(),
        codes="A856 A126 A202 A209 A210 A865 A601 A606",
    ),
    Construct(
        "`$$NAME`, `$${NAME}`",
        "a workflow input, passed to the command in its environment; `insert_global` gives "
        "the default. Without a value the default is `$$NAME`, with which the command refuses "
        "to run",
        words="insert_global update_global delete_global".split(),
        codes="A126 A208 A215",
    ),
    Construct(
        "`std_in_file`, `std_out_file`, `std_err_file`",
        "redirections; `>` overwrites, `>>` or no sign appends",
        codes="A115 A126 A866 A623",
    ),
    Construct(
        "`envvars`, `profile`, `shell`",
        "environment, a file sourced before the command, the shell. A file that cannot be "
        "opened fails the job, whatever its success rule",
        codes="A115 A864 A868",
    ),
    Construct(
        "`max_exit_success`, `success_codes`, `fail_codes`",
        "the success rule of `run(...)`; `fail_codes` decides alone, then `success_codes`",
        codes="A115",
    ),
    Construct(
        "`n_retrys`, `term_run_time`",
        "`retries`; `time_limit` of `run(...)`, for each attempt. A time limit of a box: A641",
        codes="A115 A867",
    ),
    Construct(
        "`condition` of `s()` joined by `&`",
        "`>>` between nodes, across boxes and files",
        words=("success",),
        codes="A857 A302 A874",
    ),
    Construct(
        "`f()`, `d()`, `t()`, `e()`, OR and parentheses",
        "the jobs named there are *watched*: they return a status. The condition becomes "
        "Python in the body of its job, which returns SKIPPED if it is false, or a branch. A "
        "last node fails if the source counts the whole as failed",
        words="failure done terminated exitcode".split(),
        codes="A311 A312 A320 A321 A602",
    ),
    Construct(
        "`v(G) = x`",
        "a comparison with the workflow input",
        words=("value",),
        codes="A208",
    ),
    Construct(
        "`n(X)`",
        "the two jobs run one after the other (A308); in different workflows they may overlap "
        "(A309)",
        words=("notrunning",),
        codes="A313 A322",
    ),
    Construct(
        "`box_success`, `box_failure`, `box_terminator`",
        "a node at the end of the box computes its status when all members have ended. If the "
        "source ends the box earlier: A409 where only the time differs, A420 or A410 where "
        "results differ",
        codes="A867 A302 A407 A411 A412",
    ),
    Construct(
        "condition on a job that is not defined",
        "false; if its job cannot start otherwise, a node that fails with A303 takes the "
        "place of the missing job",
        codes="A304",
    ),
    Construct(
        "look-back window",
        "on a job of another workflow, the age of its last end; in the same workflow the status "
        "of the same run, which A305 reports as not proven",
    ),
    Construct(
        "box",
        "a sub-workflow, nested to any depth; flattened (A405) if a dependency crosses its wall",
        words=("box_name",),
        codes="A403 A404 A406 A407 A408 A601",
    ),
    Construct(
        "jobs that depend on one another",
        "one workflow, if they have the same start times or only the others start them; "
        "otherwise several. `[[workflow]]` and `[[cut]]` of transpile.toml change this",
        codes="A401 A402 A421 A958",
    ),
    Construct(
        "`condition` on jobs of another workflow, of any kind and with OR",
        "a gate in front of the job or box, which tasks answer by the last statuses on the "
        "platform. Not kept: parts about globals in the same alternative (A541), rules of boxes "
        "(A542), circles (A547)",
        codes="A546 A548",
    ),
    Construct(
        "job or box without start times, after jobs of several workflows",
        "a workflow that their ends start, unless transpile.toml allows no starts (A545); what "
        "only n() starts in the source is an error (A544)",
    ),
    Construct(
        "`start_times`, `start_mins`, `days_of_week`, `timezone`",
        "launch plans with cron schedules and time zone, as many as cron needs. AutoSys loses "
        "a start while the job still runs, and the launch plans skip it; differences: A533, "
        "A534, A535",
        codes="A115 A506 A507 A509 A521 A522 A528 A882 A531 A532",
    ),
    Construct(
        "without `date_conditions: 1`",
        "the times have no effect and are kept as notes; A875 if the attribute is missing",
    ),
    Construct(
        "`run_calendar`, `exclude_calendar` with a `calendar:` of dates in the sources",
        "a launch plan that fires every day, and a workflow in front that looks the day up: "
        "see Schedules. Without `start_times`, the times in the calendar's rows count. A calendar "
        "that is not in the sources: A876, A877",
        codes="A125 A879 A523 A524 A526 A881",
    ),
    Construct(
        "`extended_calendar`: `condition` with the words of "
        "[Calendars of rules](#calendars-of-rules)",
        "cron expressions where they can say the days; else the rules stand in the module as "
        "`RuleCalendar(...)`, in which the day of a run is looked up. What the documents leave "
        "open is read as `[readings]` says (A885)",
        words=(*WORDS, *EXTENDED_KEYS, "ext_calendar"),
        codes="A125 A115 A880 A883 A524 A526",
    ),
    Construct(
        "`cycle` with `start_date`, `end_date`",
        "the periods stand in the module; they end (A524)",
        words=CYCLE_KEYS,
        codes="A125 A523 A880",
    ),
    Construct(
        "words of rules whose meaning is not settled: WORKDX, CWEK, DAY#, MONTH#, YEAR#, masks "
        "of dates",
        "the calendar cannot be used (A884), and schedules that name it are not converted",
    ),
    Construct(
        "`run_window`",
        "kept if only the clock starts the job: a start outside moves to the opening or is "
        "dropped, whichever edge is nearer. Otherwise A878",
        codes="A115 A526",
    ),
    Construct(
        "start times of a job in a box",
        "a task in front of the job that waits for the first of them; several in one run of the "
        "box are not proven: A543",
    ),
    Construct(
        "file watcher, file trigger GENERATE",
        "a task that waits until the file has its minimum size and is unchanged between two "
        "checks, `watch_interval` (FW) or `watch_no_change` (FT) apart; a watcher's `profile` "
        "sets variables of its path",
        words=FILE_KEYS,
        codes="A115 A202",
    ),
    Construct(
        "file trigger EXIST, NOTEXIST",
        "a task that checks once, and fails if the file is missing, or present: a reading "
        "(A869)",
        codes="A115 A202",
    ),
    Construct(
        "file trigger of another type, `continuous`, `watch_file_recursive`, by owner or group",
        "a node that fails with A863",
        codes="A115 A202",
    ),
    Construct(
        "other job types",
        "a node that fails with A201, attributes in its docstring",
    ),
    Construct(
        "`status: on_ice`, `on_noexec`",
        "a node that succeeds without running; for a box, so do its members. A job on ice starts "
        "nothing: a unit on ice has no launch plan, nor has one whose condition names jobs on ice "
        "only. Of a job on ice s(), d() and n() are true, f(), t() and e() are false",
        codes="A115 A207 A310 A311",
    ),
    Construct(
        "`status: on_hold`, `auto_hold`",
        "a node that fails with A206: downstream jobs do not start in the source either",
        codes="A115 A867",
    ),
    Construct(
        "`resources`, `ulimit`, `chk_files`, `job_terminator`",
        "reported: A204, A864, A411",
        codes="A867",
    ),
    Construct(
        "`alarm_if_fail`, `alarm_if_terminated`",
        "a line in the log of the job's task, or of the failure handler of its box: see Alarms and "
        "mail",
        codes="A115 A218",
    ),
    Construct(
        "`send_notification`, `notification_emailaddress`, also with `_on_success`, `_on_failure`, "
        "`_on_terminated`, `notification_msg`",
        "also a log line; the launch plan sends mail if the job is the whole workflow, "
        "otherwise no mail is sent: A217",
        codes="A115",
    ),
    Construct(
        "`max_run_alarm`, `min_run_alarm`, `must_start_times`, `must_complete_times`, "
        "`heartbeat_interval`",
        "notes in the task's docstring, and reported: A873",
    ),
    Construct(
        "machine, owner, permission ...",
        "notes in the task's docstring",
        words=NOTED,
    ),
    Construct(
        "an unknown attribute",
        "reported: A853; if it looks like a misspelled condition, box or command, the node "
        "fails",
        codes="A854 A855 A867",
    ),
    Construct(
        "`~{$NAME}~` placeholders",
        "the value of `[templates]` in transpile.toml, anywhere in the text. Without a value "
        "the placeholder is reported (A127), and a job that depends on it becomes a node that "
        "fails",
        codes="A862",
    ),
    Construct(
        "`update_job`, `delete_job`, `delete_box`",
        "applied in order; `override_job` is reported (A860)",
        codes="A858 A859 A861",
    ),
    Construct(
        "`insert_machine`, `update_resource`, `delete_user` and the like",
        "noted: A124",
        words=PLATFORM_VERBS,
    ),
    Construct(
        "text outside of statements, and text that cannot be read",
        "reported at its line; the rest of the file is converted",
        codes="A105 A106 A850 A110 A851 A852",
    ),
    SCHEDULER_CALLS,
)
