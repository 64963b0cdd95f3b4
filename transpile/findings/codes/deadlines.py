"""A64x: time limits, and containers that the platform loses."""

from transpile.findings.codes.entry import Code, Level

CODES = {
    "A640": Code(
        Level.ERROR,
        "time limit of a mapped job",
        "{name} is killed after {limit} in the source; nothing limits {entity} here",
        "let the entity limit its own run time, or map the job to settings only",
        "Our own tasks kill their command themselves. Flyte's timeout would be no equal: its clock "
        "starts when the task is queued, what it ends is retried, and the node fails at twice the "
        "timeout whatever `retries` is.",
    ),
    "A641": Code(
        Level.ERROR,
        "time limit of a box",
        "box {name} is terminated after {limit} in the source; nothing limits it here",
        "give the jobs in it time limits of their own",
        "At its limit a box of AutoSys is terminated: members that run go on unless they have "
        "job_terminator, the others no longer start. Flyte's timeout would be no equal: it kills "
        "all members, and the box then fails without a status that conditions could look at.",
        "insert_job: NIGHT\njob_type: BOX\nterm_run_time: 90\n\n"
        "insert_job: A\nbox_name: NIGHT\ncommand: true\n",
    ),
    "A642": Code(
        Level.NOTE,
        "container that is lost",
        "a job whose container is lost starts again, up to {times}, whatever its retries are",
        "set flytepropeller's node-config.max-node-retries-system-failures, and record it in "
        "transpile.toml: [platform] system_retries; `dry-run --lose JOB` shows what happens",
        "A container that dies without a report - out of memory, killed, its machine lost - is a "
        "system failure. Flyte starts it again on top of `retries`, also where the command must "
        "not run twice, and fails the node when it gives up. A job that reports its status reports "
        "none then: conditions on its failure or termination are not reached. It is a note because "
        "no job definition says what the source does when a machine is lost: there is nothing to "
        "compare. With the setting at 0, and system_retries = 0, each job starts once.",
    ),
}
