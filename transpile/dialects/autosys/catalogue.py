"""The documented job attributes, by what becomes of them."""

NOTED = frozenset("""
    application auto_delete avg_runtime elevated group
    heartbeat_interval interactive job_class job_load machine max_run_alarm min_run_alarm
    must_complete_times must_start_times notification_alarm_types notification_emailaddress
    notification_emailaddress_on_alarm notification_emailaddress_on_failure
    notification_emailaddress_on_success notification_emailaddress_on_terminated notification_id
    notification_msg notification_template owner permission priority service_desk
    svcdesk_attr svcdesk_desc svcdesk_imp svcdesk_pri svcdesk_sev
    """.split())
"""They do not change what runs on Flyte: kept in the task's docstring."""

UNSUPPORTED = frozenset("chk_files ulimit".split())
"""They change how a job runs and have no equivalent on Flyte."""

FILE_KEYS = frozenset("""
    continuous watch_file watch_file_change_type watch_file_change_value watch_file_groupname
    watch_file_min_size watch_file_owner watch_file_recursive watch_file_type watch_file_win_user
    watch_interval watch_no_change
    """.split())
COMMAND_KEYS = frozenset("""
    command envvars fail_codes max_exit_success profile shell std_err_file std_in_file std_out_file
    success_codes
    """.split())
BOX_KEYS = frozenset("box_failure box_success".split())
SCHEDULE_KEYS = frozenset("""
    date_conditions days_of_week exclude_calendar run_calendar run_window start_mins start_times
    timezone
    """.split())
COMMON_KEYS = frozenset("""
    alarm_if_fail alarm_if_terminated auto_hold box_name box_terminator condition description
    job_terminator job_type n_retrys resources send_notification status term_run_time
    """.split())
WITHOUT_EFFECT = frozenset(
    {("f", "profile"), ("fw", "profile"), ("ft", "watch_file_win_user"), ("ft", "watch_interval")}
)
"""Job types with attributes that do not change what is emitted: these become notes."""

FOR_ANY_TYPE = NOTED | COMMON_KEYS | SCHEDULE_KEYS
KNOWN = NOTED | UNSUPPORTED | FILE_KEYS | COMMAND_KEYS | BOX_KEYS | SCHEDULE_KEYS | COMMON_KEYS
"""The attributes that may follow another one on its line, according to the grammar."""

PASSED_ON = COMMAND_KEYS | FILE_KEYS
"""Attributes whose values are passed to the operating system."""

DECISIVE = COMMAND_KEYS | BOX_KEYS | {"box_name", "condition", "job_type", "status", "watch_file"}
"""Attributes without which a job would run at the wrong time, or differently."""

OTHER_STATUSES = frozenset(
    "ACTIVATED FAILURE INACTIVE QUE_WAIT RESTART RUNNING STARTING SUCCESS TERMINATED".split()
)
"""Initial statuses that do not affect the next run."""

LISTS = frozenset("""
    days_of_week envvars exclude_calendar fail_codes must_complete_times must_start_times
    notification_emailaddress resources run_calendar start_mins start_times success_codes
    """.split())
"""Attributes whose values may continue on the next lines."""

EXPRESSIONS = frozenset("box_failure box_success condition".split())

FREE_TEXT = frozenset("command description notification_msg svcdesk_desc".split())

AGENT_VARIABLES = ("AUTORUN", "AUTOPID", "AUTOSERV", "AUTOTESTMODE", "AUTOUSER", "AUTO_JOB_PID")
"""Variables that the agent sets for each job, apart from AUTO_JOB_NAME, which is kept."""

PLATFORM_VERBS = frozenset(
    f"{action}_{noun}" for action in ("insert", "update", "delete") for noun in """
    blob connectionprofile glob job_type machine monbro resource user xinst
    """.split()
)
"""Verbs about objects of the scheduler other than jobs."""
