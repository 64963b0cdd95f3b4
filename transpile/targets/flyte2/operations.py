"""What operators do on Flyte 2, for each act of an operator."""

from collections.abc import Mapping

from transpile.model.operations import Act

_ABORT = "`flyte abort run RUN`"

DONE_BY: Mapping[Act, str] = {
    Act.START: "`flyte run deployed-task TASK`, with its inputs such as `--odate 2026-02-01`",
    Act.START_JOB: "`flyte run deployed-task` with the task of the job: no other job learns of it",
    Act.HOLD: "`flyte update trigger TRIGGER TASK --deactivate`, for each trigger of the program; "
    "runs that have begun go on",
    Act.HOLD_JOB: f"no counterpart in a run: {_ABORT}",
    Act.RELEASE: "`flyte update trigger TRIGGER TASK --activate`; starts that passed do not "
    "come back",
    Act.RELEASE_JOB: "no counterpart: an approval is answered in the console, other waits look by "
    "themselves",
    Act.SKIP_JOB: "start the program with `--env BYPASS=JOB`: the job counts as succeeded",
    Act.KILL: f"{_ABORT}: pods end at once",
    Act.KILL_JOB: "`flyte abort action RUN ACTION`: the job counts as killed",
    Act.RERUN: "`flyte rerun RUN --recover`: actions that succeeded are taken over",
    Act.RERUN_JOB: "`flyte rerun RUN --recover --force-rerun-action ACTION`",
    Act.SUCCEED_JOB: "`flyte rerun RUN --recover --env BYPASS=JOB`: the job counts as succeeded",
    Act.FAIL_JOB: "`flyte abort action RUN ACTION`: the job counts as killed",
    Act.RESET_JOB: "nothing to do: a run begins without statuses",
    Act.ANSWER: "answer the condition in the console",
    Act.SET_VALUE: "an input of the start: `--odate 2026-02-01`",
    Act.ADD_EVENT: "no counterpart: waits look at how jobs ended",
    Act.REMOVE_EVENT: "no counterpart: conditions ask how jobs ended",
    Act.LIMIT: "`flyte run --max-action-concurrency N`",
    Act.PRIORITY: "no counterpart: queues of the platform",
    Act.CHANGE: "deploy the changed program; runs that have begun keep their version",
    Act.REMOVE: "deactivate its triggers, and delete its module",
    Act.SHOW: "the runs of the driver in the console, or `flyte get run`",
    Act.SHOW_JOB: "the action with the job's name; a row `JOB skipped` is a job that did not run",
    Act.SHOW_LOG: "`flyte get logs RUN ACTION`",
    Act.SHOW_WHY: "the row of the job in the driver's report says what it waits for",
}
"""How each act is done, with code between backquotes."""
