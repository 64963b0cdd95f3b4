"""The table of constructs: what job files and flow files can say, and the result."""

from transpile.dialects.kit.contract import SCHEDULER_CALLS, Construct

CONSTRUCTS = (
    Construct(
        "job files that nobody depends on, or with `root.node=true`",
        "a workflow each, with the job and everything upstream of it",
        words=("dependencies",),
        codes="A401 A402 A802 A803 A804 A805 A821",
    ),
    Construct(
        "flow file",
        "a workflow",
        words="name nodes dependsOn config".split(),
        codes="A811 A817 A818 A819 A820",
    ),
    Construct(
        "`type=command` with `command`, `command.1` ...",
        "a `@task`: one command after another, until one fails. Azkaban starts programs "
        "without a shell: blanks separate words, quotes group them, and nothing else has a "
        "meaning (A837). Here the shell runs the same words; `exec` prevents that a word is "
        "read as a shell built-in",
        codes="A126 A623 A809 A810 A815",
    ),
    Construct(
        "`type=javaprocess`",
        "the same, with the command line that Azkaban makes: `java`, `jvm.args`, `Xms` (64M), "
        "`Xmx` (256M), `classpath` (default: all archives in the folder), `java.class`, "
        "`main.args`",
        words="global.classpaths global.jvm.args".split(),
        codes="A810",
    ),
    Construct(
        "`type=hive`, `pig`, `spark`",
        "the same, with the command line of the program: `hive -f`, `pig -f`, `spark-submit`; the "
        "plug-in adds settings of its own (A838)",
        words="""
            hive.script hive.query.file pig.script paramfile param execution-jar params conf master
            deploy-mode class name queue jars files archives packages py-files num-executors
            executor-cores executor-memory driver-memory driver-cores properties-file
            """.split(),
        codes="A810",
    ),
    Construct(
        "`job.succeed.on.failure`",
        "the task succeeds after one attempt, whatever its commands do",
    ),
    Construct(
        "`type=noop`",
        "a task that does nothing",
    ),
    Construct(
        "`type=flow`, nested nodes",
        "a sub-workflow, whose jobs see the properties of the outer flow",
        words=("flow.name",),
        codes="A405 A806 A807",
    ),
    Construct(
        "other types",
        "a node that fails with A813, properties in its docstring",
    ),
    Construct(
        "`.properties` files",
        "resolved: the files of a folder, the last one first, then those of the folders "
        "above. Values that an upstream job hands over take precedence if its command names "
        "`JOB_OUTPUT_PROP_FILE` (otherwise A839); the job's own file takes precedence over "
        "both",
        codes="A101 A801 A811",
    ),
    Construct(
        "`${x}`",
        "resolved; properties of the run (`azkaban.flow.execid`, `azkaban.job.attempt`, "
        "`working.dir`) are shell variables; an undefined property is a value that an "
        "upstream job hands over (A835), or else a workflow input (A208)",
        words=("azkaban.flow.uuid",),
        codes="A808 A836",
    ),
    Construct(
        "`azkaban.flow.start.year` ... `.timestamp`",
        "parts of a workflow input of type datetime: the launch plan fills in the scheduled "
        "time, `python FILE` the current time, `pyflyte run` its argument (such as `now`). "
        "All jobs see the same time, in the server's zone if `[timezones]` names it (A840)",
        words=[
            f"azkaban.flow.start.{part}"
            for part in "month day hour minute second milliseconds timestamp timezone".split()
        ],
    ),
    Construct(
        "`azkaban.flow.projectname`, other properties `azkaban...`",
        "workflow inputs; the default of the first one is the name of the folder (A841)",
        codes="A208",
    ),
    Construct(
        "`$(...)` (JEXL)",
        "the node fails with A809",
    ),
    Construct(
        "`working.dir`, `env.X`",
        "`cd`, environment. Without `working.dir` a job runs in its file's folder",
        codes="A809 A815",
    ),
    Construct(
        "`retries`",
        "`retries`; `retry.backoff` is reported (A814)",
        words="job.notification".split(),
        codes="A812",
    ),
    Construct(
        "`JOB_OUTPUT_PROP_FILE`",
        "the values that a job hands over are a second output of its task, as JSON; "
        "`/dev/null` if no job asks for them",
        codes="A832 A834",
    ),
    Construct(
        "`condition` with `${job:param}`, also in job files",
        "`compare_output(...)` in the body of the task, which compares like JavaScript",
        codes="A602 A822 A823 A824 A831",
    ),
    Construct(
        "`all_done`, `one_failed` ...",
        "the parents report a status, and the condition becomes Python, evaluated when all "
        "parents have ended (A321)",
        words="""
            all_success all_failed one_success one_success_all_done one_failed_all_done
            """.split(),
        codes="A321 A824",
    ),
    Construct(
        "condition false, parent failed",
        "SKIPPED, which counts as not succeeded for `one_failed` and `all_failed`",
    ),
    Construct(
        "`failure.action`",
        "`finish_all_possible` is kept. By default no job downstream of the failure starts, "
        "not even a handler (A825); jobs that do not wait for it go on (A826). `cancel_all`: "
        "A827",
        words=("finish_currently_running",),
    ),
    Construct(
        "the whole",
        "fails if a last job did not succeed, or if a job failed whose success another job "
        "needs",
        codes="A412 A601 A606",
    ),
    Construct(
        "`trigger` with a schedule",
        "a launch plan, if five fields can say it (A829, A830); with dependencies it is "
        "reported (A828). Executions run in parallel, as in Azkaban by default",
        words="schedule maxWaitMins triggerDependencies".split(),
        codes="A507 A521 A522",
    ),
    Construct(
        "`failure.emails`, `success.emails`, `notify.emails`",
        "`notifications` of the launch plan, and a failure handler: see Alarms and mail. "
        "Other properties for readers go to docstrings",
        codes="A814 A833",
    ),
    Construct(
        "text that cannot be read",
        "refused at its line",
        codes="A105 A801 A817",
    ),
    SCHEDULER_CALLS,
)
