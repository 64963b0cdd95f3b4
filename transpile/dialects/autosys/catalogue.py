"""What becomes of each documented job attribute that no builder takes."""

NOTED = frozenset("""
    application auto_delete avg_runtime elevated group
    heartbeat_interval interactive job_class job_load machine max_run_alarm min_run_alarm
    must_complete_times must_start_times notification_alarm_types notification_emailaddress
    notification_emailaddress_on_alarm notification_emailaddress_on_failure
    notification_emailaddress_on_success notification_emailaddress_on_terminated notification_id
    notification_msg notification_template owner permission priority service_desk
    svcdesk_attr svcdesk_desc svcdesk_imp svcdesk_pri svcdesk_sev
    """.split())
"""No meaning on Flyte, or none that changes what runs: kept in the task's docstring."""

UNSUPPORTED = frozenset("chk_files ulimit".split())
"""They change how a job runs, and nothing on Flyte does the same."""

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
"""Attributes that a type of job may have and that change nothing of what is emitted: notes."""

FOR_ANY_TYPE = NOTED | COMMON_KEYS | SCHEDULE_KEYS
KNOWN = NOTED | UNSUPPORTED | FILE_KEYS | COMMAND_KEYS | BOX_KEYS | SCHEDULE_KEYS | COMMON_KEYS
"""Every attribute that the grammar lets follow another one on its line."""

PASSED_ON = COMMAND_KEYS | FILE_KEYS
"""Values that end up in front of the operating system."""

DECISIVE = COMMAND_KEYS | BOX_KEYS | {"box_name", "condition", "job_type", "status", "watch_file"}
"""Without one of these a job would run at the wrong time, or not as meant."""

OTHER_STATUSES = frozenset(
    "ACTIVATED FAILURE INACTIVE QUE_WAIT RESTART RUNNING STARTING SUCCESS TERMINATED".split()
)
"""Statuses that a definition may give and that say nothing about the next run."""

LISTS = frozenset("""
    days_of_week envvars exclude_calendar fail_codes must_complete_times must_start_times
    notification_emailaddress resources run_calendar start_mins start_times success_codes
    """.split())
"""Values that may go on over several lines without a sign of it."""

EXPRESSIONS = frozenset("box_failure box_success condition".split())

FREE_TEXT = frozenset("command description notification_msg svcdesk_desc".split())

AGENT_VARIABLES = ("AUTORUN", "AUTOPID", "AUTOSERV", "AUTOTESTMODE", "AUTOUSER", "AUTO_JOB_PID")
"""Set by the agent for each job. AUTO_JOB_NAME is not among them: it is kept."""

PLATFORM_VERBS = frozenset(
    f"{action}_{noun}" for action in ("insert", "update", "delete") for noun in """
    blob connectionprofile glob job_type machine monbro resource user xinst
    """.split()
)
"""Verbs about the scheduler itself."""
