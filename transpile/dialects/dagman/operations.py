"""What operators of HTCondor do with DAGs."""

from transpile.model.operations import Act, Operation

OPERATIONS = (
    Operation("`condor_submit_dag FILE`", Act.START),
    Operation("`condor_hold` of the DAG, a halt file", Act.HOLD_JOB),
    Operation("`condor_release` of the DAG, removal of the halt file", Act.RERUN),
    Operation("DONE, NOOP of a node in the file", Act.SKIP_JOB),
    Operation("`condor_rm` of the DAG", Act.KILL),
    Operation("`condor_rm` of a node's job", Act.KILL_JOB),
    Operation("`condor_submit_dag` again, which reads the rescue DAG", Act.RERUN),
    Operation("DONE of a node in a rescue DAG", Act.SUCCEED_JOB),
    Operation("VARS in the file", Act.SET_VALUE),
    Operation("`-maxjobs`, `-maxidle`, MAXJOBS", Act.LIMIT),
    Operation("`condor_prio`, PRIORITY", Act.PRIORITY),
    Operation("a change of the file", Act.CHANGE),
    Operation("`condor_q -dag`", Act.SHOW),
    Operation("`condor_q -nobatch`, the node status file", Act.SHOW_JOB),
    Operation("the log of the job, `condor_tail`", Act.SHOW_LOG),
    Operation("`condor_q -better-analyze`, dagman.out", Act.SHOW_WHY),
)
"""The acts of an operator, in the words of the source."""
