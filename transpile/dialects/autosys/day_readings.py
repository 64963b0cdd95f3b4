"""What the documents of AutoSys leave open about several days."""

from transpile.model.readings import Reading

WAKERS = Reading(
    "wakers",
    "Which status changes make AutoSys look at the jobs whose conditions name a job: the ends of "
    "its runs only, or every change, also to RUNNING or ACTIVATED?",
    ("ended", "all"),
)
MEMBER_TICK = Reading(
    "member_tick",
    "A member of a box has a start time that comes while the box does not run, or after the member "
    "ran in this run of the box. Does the next run of the box start the member at once (latch), or "
    "is the start time lost (drop)?",
    ("latch", "drop"),
)
ARM_AT_BOX_END = Reading(
    "arm_at_box_end",
    "A start time of a member came, its condition stayed false, and the box ends. Does the start "
    "time count in the next run of the box (keep), or is it lost (drop)?",
    ("keep", "drop"),
)
EXCLUDED_DAY = Reading(
    "excluded_day",
    "On a day of its exclude_calendar, does a job become INACTIVE (inactive), or is only its start "
    "time left out (skip)?",
    ("inactive", "skip"),
)
MISSED_WINDOW = Reading(
    "missed_window",
    "A job still waits when its run_window closes. Does it become INACTIVE (inactive), or may it "
    "start in a later window (wait)?",
    ("inactive", "wait"),
)
WINDOW_TIE = Reading(
    "window_tie",
    "A job would start half way between the close of its run_window and the next opening. Does it "
    "start at the opening (opening), or not at all (close)?",
    ("opening", "close"),
)
CLOCK_CHANGE = Reading(
    "clock_change",
    "The documents describe clock changes that skip 02:00 and repeat 01:00. Do the same rules hold "
    "for other changes (documented), or does a skipped time count from before the change and a "
    "repeated one the first time (plain)?",
    ("documented", "plain"),
)
RETRY_WAIT = Reading(
    "retry_wait",
    "How long does AutoSys wait before it restarts a job with n_retrys: 10 s, and 5 s more with "
    "each try (growing), or not at all (none)?",
    ("growing", "none"),
)
EXIT_CODE = Reading(
    "exit_code",
    "While a job runs again, does e() still see the exit code of its last run (kept) or none "
    "(cleared)?",
    ("kept", "cleared"),
)
LOOKBACK_OF_N = Reading(
    "lookback_of_n",
    "Does a look-back in n() ask for a job that has ended within it (kept), or does n() ask only "
    "whether the job runs (ignored)?",
    ("ignored", "kept"),
)

READINGS = (
    *(WAKERS, MEMBER_TICK, ARM_AT_BOX_END, EXCLUDED_DAY, MISSED_WINDOW, WINDOW_TIE),
    *(CLOCK_CHANGE, RETRY_WAIT, EXIT_CODE, LOOKBACK_OF_N),
)
