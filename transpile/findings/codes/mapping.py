"""95x: the rules of transpile.toml that map jobs."""

from transpile.findings.codes.entry import Code, Level

CODES: dict[str, Code] = {
    "A951": Code(
        Level.ERROR,
        "no such entity",
        "{entity} is nowhere: {reason}",
        "name it module:name, seen from the folder of transpile.toml or from Python's path",
        "A rule maps jobs to a task, workflow or launch plan that exists. Modules are looked "
        "through, not imported: reading a migration's settings runs nobody's code.",
    ),
    "A952": Code(
        Level.ERROR,
        "rule that cannot be followed",
        "{text}: {reason}",
        "mend the rule; it does not count",
        "The README has what [[map]] and [[workflow]] may hold.",
    ),
    "A953": Code(
        Level.WARNING,
        "rule that matches nothing",
        "no job matches this rule, or an earlier one matches all that do: {text}",
        "remove the rule, mend its pattern, or move it up; `transpile explain-map JOB` says why",
        "The first rule that matches a job is the one that counts.",
    ),
    "A954": Code(
        Level.ERROR,
        "job that cannot be mapped to an entity",
        "{name} is not mapped to {entity}: {reason}",
        "map it to settings only, or let an entity stand for the jobs that look at it, too",
        "An entity succeeds or fails, as Flyte has it: it can neither report its failure to a "
        "condition nor skip itself. The job is emitted as if there were no rule.",
    ),
    "A956": Code(
        Level.WARNING,
        "job that cannot be a task of this kind",
        "{name} is no {kind} task: {reason}",
        "choose python for it in transpile.toml, or mend the template",
        "A shell task or a container runs one command and fails or does not; a template prints a "
        "function with the same parameters and result as ours, or a task that returns nothing. "
        "The job is emitted as a function in Python.",
    ),
    "A957": Code(
        Level.WARNING,
        "retries of a shell task or container",
        "{name} may be run again also when it was killed",
        "leave the retries out, or choose python for it in transpile.toml",
        "In the source a job that was killed is not run again. A function in Python says so to "
        "Flyte; a ShellTask or a ContainerTask cannot.",
    ),
    "A961": Code(
        Level.NOTE,
        "dependency on a job elsewhere",
        "{name} is nowhere in the estate: {how}",
        "check that the rule of transpile.toml says what the job did",
        "[[external]] binds a job that runs elsewhere to a run on the platform, to a file, or "
        "takes it to have succeeded. In a dry-run it ends as told; where there is no platform, as "
        "in a local run, a run on it is taken to have succeeded.",
    ),
    "A962": Code(
        Level.WARNING,
        "approval that is asked for in any case",
        "{name} waits for an answer also when its box does not start",
        "answer it all the same, or bind the job to something else",
        "Whether the box starts is decided in a node, and what is asked does not wait for that "
        "decision to be yes. The answer counts only if the box has started; without one the "
        "workflow fails.",
    ),
    "A955": Code(
        Level.ERROR,
        "value that cannot be bound",
        "{text}: {reason}",
        "mend the rule, or the dependency that it needs in the source",
        "A value is handed to a job that runs later, in the same workflow, and is of the type that "
        "the job takes.",
    ),
}
