"""What operators do on Flyte, for each act of an operator."""

from collections.abc import Mapping

from transpile.model.operations import Act

_TERMINATE = "`flytectl delete execution EXECUTION`, or Terminate in the console"
_RESTART = "`pyflyte run --env RESUME=EXECUTION remote-launchplan PLAN`"

DONE_BY: Mapping[Act, str] = {
    Act.START: "`pyflyte run remote-launchplan PLAN`, with its inputs such as `--odate 2026-02-01`",
    Act.START_JOB: "not by itself: restart a run that holds it, with `--env RERUN=JOB`",
    Act.HOLD: "`pyflyte launchplan --deactivate PLAN`, for each launch plan of the workflow; "
    "runs that have begun go on",
    Act.HOLD_JOB: f"no counterpart in a run: {_TERMINATE}, and restart the run later",
    Act.RELEASE: "`pyflyte launchplan --activate PLAN`; starts that passed meanwhile do not "
    "come back",
    Act.RELEASE_JOB: "open the gate in front of the job, and answer yes",
    Act.SKIP_JOB: "start the workflow with `--env BYPASS=JOB`: the job counts as succeeded in that "
    "run. For all nights, change the source and convert again",
    Act.KILL: f"{_TERMINATE}: pods end at once, and no failure handler or alarm runs",
    Act.KILL_JOB: f"no counterpart: {_TERMINATE}, which ends all jobs, then restart the run. A pod "
    "that is deleted starts again",
    Act.RERUN: f"{_RESTART}: jobs that succeeded in EXECUTION are taken over",
    Act.RERUN_JOB: f"{_RESTART}; with `--env RERUN=JOB` also a job that succeeded",
    Act.SUCCEED_JOB: f"{_RESTART} with `--env BYPASS=JOB`: the job counts as succeeded",
    Act.FAIL_JOB: f"answer no at the gate in front of the job, or {_TERMINATE}",
    Act.RESET_JOB: "nothing to do: a run begins without statuses",
    Act.ANSWER: "open the gate in the console, and answer it",
    Act.SET_VALUE: "an input of the start: `--odate 2026-02-01`",
    Act.ADD_EVENT: "answer yes at the gates that wait for it",
    Act.REMOVE_EVENT: "no counterpart: conditions ask how jobs ended",
    Act.LIMIT: "`pyflyte run --max-parallelism N`, or `max_parallelism=` of the launch plan",
    Act.PRIORITY: "no counterpart: queues of the platform, such as those of Kueue",
    Act.CHANGE: "register the changed module; runs that have begun keep their version",
    Act.REMOVE: "deactivate its launch plans, and take it out of the modules",
    Act.SHOW: "the executions of the workflow in the console, or `flytectl get execution`",
    Act.SHOW_JOB: "the node with the job's name; a watched job's output is its status",
    Act.SHOW_LOG: "the log of the node's pod",
    Act.SHOW_WHY: "the node in front of it; a gate's name says what it waits for. `transpile "
    "dry-run OUT --fail JOB` says why a job would not run",
}
"""How each act is done, with code between backquotes. Commands also take `-p PROJECT -d DOMAIN`."""
