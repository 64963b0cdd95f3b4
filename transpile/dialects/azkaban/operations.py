"""What operators of Azkaban do."""

from transpile.model.operations import Act, Operation

OPERATIONS = (
    Operation("Execute Flow, `ajax=executeFlow`", Act.START),
    Operation("Execute Flow with one job enabled", Act.START_JOB),
    Operation("Remove Schedule, `ajax=removeSched`", Act.HOLD),
    Operation("Pause, `ajax=pauseFlow`", Act.HOLD_JOB),
    Operation("Schedule, `ajax=scheduleCronFlow`", Act.RELEASE),
    Operation("a job that is disabled for one execution", Act.SKIP_JOB),
    Operation("Kill, `ajax=cancelFlow`", Act.KILL),
    Operation("Resume, `ajax=resumeFlow`", Act.RERUN),
    Operation("Retry Failed, Prepare Execution after a failure", Act.RERUN),
    Operation("flow parameters, `flowOverride[NAME]`", Act.SET_VALUE),
    Operation("`flow.num.job.threads` of the executor", Act.LIMIT),
    Operation("Upload of a project", Act.CHANGE),
    Operation("Executing, `ajax=fetchexecflow`", Act.SHOW),
    Operation("the jobs of an execution", Act.SHOW_JOB),
    Operation("Job Logs, `ajax=fetchExecJobLogs`", Act.SHOW_LOG),
)
"""The acts of an operator, in the words of the source."""
