"""What operators of IBM Workload Scheduler do."""

from transpile.model.operations import Act, Operation

OPERATIONS = (
    Operation("`conman submit sched` (`sbs`)", Act.START),
    Operation("`conman submit job` (`sbj`)", Act.START_JOB),
    Operation("`conman limit sched STREAM;0`, `altpri STREAM;0`", Act.HOLD),
    Operation("`conman cancel sched` (`cs`) before the stream starts", Act.HOLD),
    Operation("`conman altpri STREAM.JOB;0`", Act.HOLD_JOB),
    Operation("`conman limit sched STREAM;N`, `altpri STREAM;N` with N above 0", Act.RELEASE),
    Operation("`conman release job` (`rj`), `release sched` (`rs`), `deldep`", Act.RELEASE_JOB),
    Operation("`conman cancel job` (`cj`)", Act.SKIP_JOB),
    Operation("`conman kill` (`k`)", Act.KILL_JOB),
    Operation("`conman rerun` (`rr`)", Act.RERUN_JOB),
    Operation("`conman confirm JOB;SUCC`", Act.SUCCEED_JOB),
    Operation("`conman confirm JOB;ABEND`", Act.FAIL_JOB),
    Operation("`conman reply PROMPT;YES`", Act.ANSWER),
    Operation("`conman altpri`", Act.PRIORITY),
    Operation("`conman limit cpu`, `fence`", Act.LIMIT),
    Operation("`composer modify`, `composer replace`", Act.CHANGE),
    Operation("`composer delete`", Act.REMOVE),
    Operation("`conman showschedules` (`ss`)", Act.SHOW),
    Operation("`conman showjobs` (`sj`)", Act.SHOW_JOB),
    Operation("`conman showjobs JOB;stdlist`", Act.SHOW_LOG),
    Operation("`conman showjobs JOB;deps`", Act.SHOW_WHY),
)
"""The acts of an operator, in the words of the source."""
