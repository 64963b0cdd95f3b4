"""What operators of AutoSys do."""

from transpile.model.operations import Act, Operation

OPERATIONS = (
    Operation("`sendevent -E STARTJOB -J BOX`, `FORCE_STARTJOB` of a box", Act.START),
    Operation("`sendevent -E FORCE_STARTJOB -J JOB` of a member", Act.START_JOB),
    Operation("`JOB_ON_HOLD` of a top-level box or job", Act.HOLD),
    Operation("`JOB_ON_HOLD` of a member", Act.HOLD_JOB),
    Operation("`JOB_OFF_HOLD`, `JOB_OFF_ICE` of a top-level box or job", Act.RELEASE),
    Operation("`JOB_ON_ICE`, `JOB_ON_NOEXEC`", Act.SKIP_JOB),
    Operation("`KILLJOB` of a box", Act.KILL),
    Operation("`KILLJOB`, `SEND_SIGNAL` of a job", Act.KILL_JOB),
    Operation("`FORCE_STARTJOB` of a box that failed", Act.RERUN),
    Operation("`FORCE_STARTJOB` of a job that failed", Act.RERUN_JOB),
    Operation("`CHANGE_STATUS -s SUCCESS`", Act.SUCCEED_JOB),
    Operation("`CHANGE_STATUS -s FAILURE`, `-s TERMINATED`", Act.FAIL_JOB),
    Operation("`CHANGE_STATUS -s INACTIVE`", Act.RESET_JOB),
    Operation("`SET_GLOBAL -G NAME=VALUE`", Act.SET_VALUE),
    Operation("`CHANGE_PRIORITY`", Act.PRIORITY),
    Operation("`jil`: `update_job`, `override_job`", Act.CHANGE),
    Operation("`DELETEJOB`, `jil`: `delete_job`, `delete_box`", Act.REMOVE),
    Operation("`autorep -J BOX`", Act.SHOW),
    Operation("`autorep -J JOB`, `autostatus -J JOB`", Act.SHOW_JOB),
    Operation("`autosyslog -J JOB`", Act.SHOW_LOG),
    Operation("`job_depends -c -J JOB`", Act.SHOW_WHY),
)
"""The acts of an operator, in the words of the source."""
