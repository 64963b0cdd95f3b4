"""A75x to A77x: composer text of IBM Workload Scheduler."""

from transpile.findings.codes.entry import Code, Level

_S = 'SCHEDULE S ON RUNCYCLE R {rule} ( AT 0600 TZ UTC ){more}\n:\nA DOCOMMAND "true"{job}\nEND\n'


def _example(more: str = "", job: str = "", rule: str = '"FREQ=DAILY"') -> str:
    return _S.format(rule=rule, more=f"\n{more}" if more else "", job=f"\n{job}" if job else "")


_OTHER = 'SCHEDULE T ON RUNCYCLE R "FREQ=DAILY" ( AT 0900 TZ UTC ) : B DOCOMMAND "true" END\n'

CODES = {
    "A751": Code(
        Level.ERROR,
        "object that cannot be read",
        "the {kind} {name} cannot be read: {reason}",
        "correct it; nothing of it was converted",
        "The text is not as composer has it. What stands before and behind it was read.",
        "SCHEDULE S ON REQUEST :\nA FOLLOWS\nEND\n",
    ),
    "A752": Code(
        Level.WARNING,
        "defined twice",
        "{name} is defined twice, before at {earlier}; one definition counts",
        "name only the files that are in use",
        "Of two job streams the one that is valid from a later date counts, of other objects the "
        "later one.",
        _example() + _example(),
    ),
    "A753": Code(
        Level.WARNING,
        "draft",
        "{name} is a draft: it was converted without a launch plan",
        "take DRAFT out when it is to run",
        "A draft is never in the plan, so that what waits for it waits for ever.",
        'SCHEDULE S DRAFT ON EVERYDAY :\nA DOCOMMAND "true"\nEND\n',
    ),
    "A754": Code(
        Level.ERROR,
        "job without a definition",
        "{name} runs {definition}, and the definition of that is nowhere",
        "name the file with the job definitions, too; its node fails until then",
        "A stream only names its jobs. What they run stands in their definitions, which composer "
        "exports separately.",
        "SCHEDULE S ON REQUEST :\nA\nEND\n",
    ),
    "A755": Code(
        Level.ERROR,
        "dependency on another schedule",
        "{name} waits for {upstream}, which does not start with it: its node fails",
        "bind it with [[external]] in transpile.toml, or replace the body of its placeholder node",
        "Streams that start together are one workflow where they depend on one another. The "
        "instance that is meant here is that of another run.",
        _OTHER + _example("FOLLOWS T"),
    ),
    "A756": Code(
        Level.ERROR,
        "dependency on another network",
        "{name} waits for {upstream}, which runs on another network: its node fails",
        "bind it with [[external]] in transpile.toml, or replace the body of its placeholder node",
        "A network agent asks another scheduler about the job.",
        _example("FOLLOWS NET::CPU#T.B"),
    ),
    "A757": Code(
        Level.ERROR,
        "dependency on an earlier run",
        "{name} waits for its own earlier instance, {upstream}: that is not kept",
        "limit the launch plan's concurrency, and check what a failed run means for the next one",
        "The source does not start an instance before the one before it has succeeded. Flyte's "
        "executions know nothing of one another.",
        _example("FOLLOWS S.@ PREVIOUS"),
    ),
    "A758": Code(
        Level.ERROR,
        "prompt",
        "{name} waits for an answer to a prompt: {prompt}",
        "bind it with [[external]] in transpile.toml, or run the workflow in two parts",
        "An operator has to answer before the job or stream starts. The placeholder fails, so that "
        "nothing runs that nobody has approved.",
        _example('PROMPT "go on?"'),
    ),
    "A759": Code(
        Level.ERROR,
        "job to be confirmed",
        "an operator has to confirm how {name} ended; its node fails",
        "replace the body of the task",
        "With CONFIRMED a job has neither succeeded nor failed until somebody says so.",
        _example(job="CONFIRMED"),
    ),
    "A760": Code(
        Level.ERROR,
        "job twice in a stream",
        "{name} stands twice in its stream, before at {earlier}: this one was left out",
        "give it a name of its own with AS",
        "Composer refuses such a stream: a dependency would not say which of the two it means.",
        _example(job='A DOCOMMAND "true"'),
    ),
    "A761": Code(
        Level.ERROR,
        "repeated start",
        "{value} of {name} is not kept: it runs once",
        "give the job a launch plan of its own",
        "With EVERY a job starts again and again in one instance of its stream. A workflow runs "
        "each of its nodes once.",
        _example(job="EVERY 0030"),
    ),
    "A762": Code(
        Level.ERROR,
        "latest start time not kept",
        "{value} of {name} is not kept: it starts however late it is",
        "check whether it may start late",
        "After UNTIL a job or stream does not start any more, unless ONUNTIL says so.",
        _example("UNTIL 0900"),
    ),
    "A763": Code(
        Level.ERROR,
        "file test without a translation",
        "{name} waits for {path} with a test that has no translation: {test}; its node fails",
        "write the body of the task that waits",
        "That a file is there, or is not empty, is translated. Other tests are not.",
        _example('OPENS "/data" (-d %p/in)'),
    ),
    "A764": Code(
        Level.ERROR,
        "recovery that asks an operator",
        "when {name} fails an operator is asked; here it just fails: {value}",
        "take ABENDPROMPT out of the source where no answer is needed",
        "The recovery prompt comes before the recovery job, before CONTINUE and before RERUN. "
        "Without an answer none of them takes place.",
        _example(job='RECOVERY CONTINUE ABENDPROMPT "go on?"'),
    ),
    "A765": Code(
        Level.ERROR,
        "condition on a start",
        "{name} may start when {upstream} has started; here it waits for its end",
        "check that the two need not run side by side",
        "A node of Flyte's starts when others have ended, never while they run.",
        _example(job='B DOCOMMAND "true" FOLLOWS A IF EXEC'),
    ),
    "A766": Code(
        Level.ERROR,
        "condition on a job that could not be launched",
        "{text} of {upstream} is never true: what cannot be launched here has failed",
        "ask for ABEND",
        "FAIL and ERROR are states of jobs that the agent could not start. A command that cannot "
        "be started ends with an exit code, as after any failure.",
        _example(job='B DOCOMMAND "true" FOLLOWS A IF FAIL'),
    ),
    "A767": Code(
        Level.WARNING,
        "failure that is handled",
        "{name} handles a failure of {upstream}; the workflow fails with it all the same",
        "give the job RECOVERY CONTINUE, or an RCCONDSUCC, if the whole is to succeed",
        "The documentation does not say whether a stream counts as successful when a job in it has "
        "abended and a conditional dependency on that was met.",
        _example(job='B DOCOMMAND "true" FOLLOWS A IF ABEND'),
    ),
    "A768": Code(
        Level.ERROR,
        "condition without a translation",
        "{name} asks for something that has no translation: {upstream}; its node fails",
        "correct it, or replace the body of the task",
        "Conditions on states, on return codes and on output conditions that compare RC are "
        "translated. This is another one, or the output condition is defined nowhere.",
        _example(job='B DOCOMMAND "true" FOLLOWS A IF UNHEARD_OF'),
    ),
    "A769": Code(
        Level.ERROR,
        "limit not kept",
        "{value} of {name} is not kept: all that can run does",
        "limit the parallelism of the launch plan",
        "LIMIT says how many jobs of a stream run at a time. The results are the same.",
        _example("LIMIT 1", job='B DOCOMMAND "true"'),
    ),
    "A770": Code(
        Level.ERROR,
        "run cycle left out",
        "the days of {value} of {name} are not known: no launch plan was made for it",
        "name the file with its calendars, too, or make a launch plan by hand",
        "Days of the week and of the month, dates, every other week from a VALIDFROM, workdays, "
        "free days and calendars that the sources define are known. Run cycle groups are not, nor "
        "rules of which the documentation does not say on which days they run.",
        _example(rule="PAYDAYS"),
    ),
    "A771": Code(
        Level.ERROR,
        "excluded days not kept",
        "{value} of {name} is not kept: the launch plan also runs on these days",
        "name the file with its calendars, too, or look at those days before it is activated",
        "Free days are those of the calendar that FREEDAYS names, else those of HOLIDAYS. The "
        "calendar is not in the sources, or a rule is one that cannot be subtracted.",
        _example("EXCEPT HOLIDAYS"),
    ),
    "A772": Code(
        Level.ERROR,
        "SCHEDTIME as start time",
        "nothing holds {name} back until {schedule} in the source, which is its place in the plan; "
        "the launch plan starts it then",
        "write AT in the place of SCHEDTIME if it may not start earlier",
        "SCHEDTIME places an instance in the plan, and is no dependency: the instance may start "
        "before that time. Where it follows another stream that does not matter.",
        'SCHEDULE S ON EVERYDAY SCHEDTIME 0600 TZ UTC :\nA DOCOMMAND "true"\nEND\n',
    ),
    "A773": Code(
        Level.ERROR,
        "validity not kept",
        "{value} of {name} is not kept: the launch plan also runs on other days",
        "activate and deactivate the launch plan on these days",
        "The first node keeps the validity of a run cycle, unless a free-day rule moves days: a "
        "day outside of it could be moved into it. That of a whole stream is not kept.",
        "SCHEDULE S ON RUNCYCLE R VALIDTO 12/31/2030 EVERYDAY FDNEXT ( AT 0600 TZ UTC ) :\n"
        'A DOCOMMAND "true"\nEND\n',
    ),
    "A774": Code(
        Level.WARNING,
        "streams that nothing starts",
        "nothing starts {name} or {upstream} by itself: here they start together",
        "check that they belong to one run",
        "Streams without a run cycle are submitted by hand or by an event, each on its own.",
        'SCHEDULE T ON REQUEST : B DOCOMMAND "true" END\n'
        'SCHEDULE S ON REQUEST FOLLOWS T : A DOCOMMAND "true" END\n',
    ),
    "A775": Code(
        Level.WARNING,
        "overlapping runs",
        "{value} of {name} is not kept: an execution starts while another one runs",
        "leave more time between two starts",
        "ENQUEUE lets an instance wait for the one before. A launch plan can only skip a start, "
        "which would then be lost, so that it has no limit: executions run side by side.",
        _example("ONOVERLAP ENQUEUE"),
    ),
    "A776": Code(
        Level.ERROR,
        "start condition",
        "{value} starts {name}: no launch plan was made",
        "start the workflow from outside when that happens",
        "The stream starts when an event takes place. Flyte's launch plans start by the clock.",
        'SCHEDULE S STARTCOND FILECREATED "/a" :\nA DOCOMMAND "true"\nEND\n',
    ),
    "A777": Code(
        Level.NOTE,
        "definition that no stream uses",
        "no stream runs {name}: it was not converted",
        "nothing to do, unless the stream is missing",
        "A job definition runs only as part of a job stream.",
        '$JOBS\nA DOCOMMAND "true"\n',
    ),
    "A778": Code(
        Level.ERROR,
        "variable table",
        "{value} of {name} is not kept: parameters have the values of the default table",
        "pass the values as inputs of the workflow",
        "A variable table gives parameters other values for one stream or run cycle.",
        _example("VARTABLE OTHER"),
    ),
    "A779": Code(
        Level.ERROR,
        "start time inside a stream",
        "{name} starts at its own time in the source ({value}); here it starts without waiting for "
        "it",
        "give it a stream of its own that starts then",
        "AT holds a job back until a time of day, also when all that it follows has ended. It is "
        "kept only where the stream itself starts no earlier. A stream without a run cycle starts "
        "when somebody submits it, and waits for its AT.",
        _example(job="AT 0700 TZ UTC"),
    ),
    "A780": Code(
        Level.WARNING,
        "overlapping start left out",
        "{name} does not start while it still runs: Flyte may lose a start that the source does "
        "not lose, or start where the source does not",
        "leave more time between two starts",
        "The launch plan takes one execution at a time. Flyte refuses another start at once, and "
        "that start is lost. Under DONOTSTART the source still starts it if the run before ends "
        "within four minutes. Each launch plan counts its own executions only: those of other "
        "launch plans and those started by hand do not hold it back, those of days without a run "
        "do.",
        _example("ONOVERLAP DONOTSTART"),
    ),
    "A781": Code(
        Level.ERROR,
        "word that is no keyword and no job",
        "{text} behind {name} is no known keyword, and no job has that name: the node of {name} "
        "fails",
        "correct the word, or name the file that defines the job",
        "In the place of a job stands a word that no definition explains. It may be a keyword of a "
        "later version, about the job before it, whose meaning is unknown then. A job is defined, "
        "or names its workstation, or begins a line where the jobs before it begin.",
        _example(job="PAINTED BLUE"),
    ),
    "A783": Code(
        Level.ERROR,
        "event rule",
        "event rule {name} has no translation",
        "start the workflow from outside when the event takes place",
        "An event rule watches files, jobs or messages, and submits streams or tells somebody.",
        '$EVENTRULE\n<eventRuleSet>\n<eventRule name="ON_FILE" ruleType="filter">\n'
        "</eventRule>\n</eventRuleSet>\n",
    ),
    "A784": Code(
        Level.ERROR,
        "deadline not watched",
        "{value} of {name} is not kept: nobody is told that it is late, and it is not ended",
        "watch the duration of the workflow, or limit that of the job with MAXDUR",
        "DEADLINE marks what has not ended by a time of day as late. With ONLATE KILL a job is "
        "killed then, and does not start after it.",
        _example(job="DEADLINE 0900 ONLATE KILL"),
    ),
    "A786": Code(
        Level.ERROR,
        "clause without a translation",
        "{value} of {name} is not kept",
        "write what it does into the body of the task",
        "Percentages of an estimated duration, least durations with an action, pauses between two "
        "attempts, more than one attempt behind a recovery job, and values that another job passes "
        "have no equal here. A job in a stream runs as its definition says, so that clauses of a "
        "definition have no place there.",
        _example(job="MINDUR 0010 ONMINDUR ABEND"),
    ),
}
