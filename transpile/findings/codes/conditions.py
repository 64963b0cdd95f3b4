"""A3xx: conditions. A4xx: boxes and order."""

from transpile.findings.codes.entry import Code, Level

CODES = {
    "A302": Code(
        Level.ERROR,
        "condition cannot be read",
        "the condition cannot be read: {reason}",
        "correct it; its node fails until then",
        "The text is no condition of the format. A job whose condition is unknown must not run.",
        "insert_job: A\ncommand: true\ncondition: s(A\n",
    ),
    "A303": Code(
        Level.ERROR,
        "condition on a job that is not defined",
        "{upstream} is not defined: a condition of {name} on it never holds",
        "pass the file that defines it, or implement its placeholder node",
        "In the source such a condition stays false. Where the job cannot start without it, a node "
        "that fails stands for the missing job.",
        "insert_job: B\ncommand: true\ncondition: s(NOWHERE)\n",
    ),
    "A304": Code(
        Level.ERROR,
        "condition on another instance",
        "{upstream} runs in another instance, {instance}",
        "replace the body of its placeholder node by a look at that job",
        "The job belongs to another scheduler. Where the condition needs it, a node that fails "
        "stands for it.",
        "insert_job: B\ncommand: true\ncondition: s(A^PRD)\n",
    ),
    "A305": Code(
        Level.WARNING,
        "look-back window",
        "look-back window of {name} on {atom} ignored: {atom} runs in the same workflow run",
        "check that the window is longer than the workflow takes",
        "The source asks whether the status was reached within a window of time, by whichever run. "
        "Here it is always the status of the same run.",
        "insert_job: A\ncommand: true\n\ninsert_job: B\ncommand: true\ncondition: s(A, 12.00)\n",
    ),
    "A306": Code(
        Level.WARNING,
        "& and | side by side",
        "& and | stand side by side without parentheses: read from left to right",
        "add parentheses",
        "AutoSys knows no precedence. A person may have meant that & binds tighter; here the two "
        "readings differ.",
        "insert_job: A\ncommand: true\n\n"
        "insert_job: B\ncommand: true\ncondition: s(A) | s(A) & s(A)\n",
    ),
    "A308": Code(
        Level.NOTE,
        "jobs kept apart by their order",
        "{first} and {second} must not run at the same time: {second} waits for {first}",
        "nothing to do, unless the other order is needed",
        "n() holds a job back while the other one runs, whichever comes first. Flyte knows no such "
        "lock, so the two get an order.",
        "insert_job: A\ncommand: true\n\ninsert_job: B\ncommand: true\n\n"
        "insert_job: C\ncommand: true\ncondition: s(A) & s(B)\n\n"
        "insert_job: D\ncommand: true\ncondition: s(A) & n(C)\n",
    ),
    "A309": Code(
        Level.WARNING,
        "jobs that nothing keeps apart",
        "nothing keeps {name} from running at the same time as {upstream}",
        "let the launch plans run at different times, or join the two by a condition",
        "n() holds a job back while the other one runs. The two are in different workflows, or the "
        "other one is nowhere in the estate.",
        "insert_job: A\ncommand: true\n\ninsert_job: B\ncommand: true\ncondition: n(A)\n",
    ),
    "A310": Code(
        Level.NOTE,
        "statuses of earlier runs",
        "{name} looks at statuses of the same run; in the source one of an earlier run counts too",
        "nothing to do where all of them run each time",
        "AutoSys remembers the last status of a job, however old. A job that waits for several "
        "jobs outside its box, or also for the clock, may start there on yesterday's.",
        "insert_job: A\ncommand: true\n\ninsert_job: B\ncommand: true\n\n"
        "insert_job: C\ncommand: true\ncondition: s(A) & s(B)\n",
    ),
    "A311": Code(
        Level.WARNING,
        "failure of a job on ice",
        "{upstream} is on ice, so this condition of {name} counts as satisfied",
        "delete the condition, or take the job off ice",
        "AutoSys takes a condition on a job on ice as satisfied. For a failure, a termination or "
        "an exit code that is hardly meant.",
        "insert_job: A\ncommand: true\nstatus: on_ice\n\n"
        "insert_job: B\ncommand: true\ncondition: f(A)\n",
    ),
    "A312": Code(
        Level.WARNING,
        "exit code of a box",
        "{upstream} is a box and has no exit code: this condition of {name} is never true",
        "ask for its status",
        "Only a job that runs a command has an exit code.",
        "insert_job: A\njob_type: b\n\ninsert_job: C\ncommand: true\nbox_name: A\n\n"
        "insert_job: B\ncommand: true\ncondition: e(A) = 0\n",
    ),
    "A313": Code(
        Level.ERROR,
        "box that may run on for ever",
        "box {upstream} may never complete: {name} then runs here, where the source holds it back",
        "let it depend on the end of the box instead",
        "A box whose members cannot all run stays RUNNING, and n() of it stays false. A box that "
        "waits for the job which n() holds back is one of these.",
        "insert_job: A\njob_type: b\n\ninsert_job: B\ncommand: true\nbox_name: A\n\n"
        "insert_job: C\ncommand: true\nbox_name: A\ncondition: f(B)\n\n"
        "insert_job: D\ncommand: true\ncondition: s(B) & n(A)\n",
    ),
    "A320": Code(
        Level.ERROR,
        "alternative that may never end",
        "{name} waits for {others}, which may never end; in the source another alternative of its "
        "condition is enough",
        "give the wait a time limit, or take it out of the condition",
        "A Flyte node starts when every node above it has ended. The source starts the job at the "
        "end of the first alternative that meets its condition.",
        "insert_job: A\ncommand: true\n\ninsert_job: F\njob_type: fw\nwatch_file: /tmp/f\n\n"
        "insert_job: B\ncommand: true\ncondition: s(A) | s(F)\n",
    ),
    "A321": Code(
        Level.WARNING,
        "job that starts late",
        "{name} may start late: it waits for the end of {others}, the source may start it before",
        "check whether a later start does any harm",
        "A Flyte node starts when every node above it has ended. The source starts the job at the "
        "end of the first alternative that meets its condition. The same jobs run.",
        "insert_job: A\ncommand: true\n\ninsert_job: B\ncommand: true\n\n"
        "insert_job: C\ncommand: true\ncondition: s(A) | s(B)\n",
    ),
    "A322": Code(
        Level.ERROR,
        "job kept apart from one that may never end",
        "{second} waits for {first}, which may never end, so as not to run beside it",
        "give the wait a time limit, or take n() out of the condition",
        "n() holds a job back only while the other one runs. Here the two get an order, and the "
        "first of them may wait for ever.",
        "insert_job: F\njob_type: fw\nwatch_file: /tmp/f\n\n"
        "insert_job: A\ncommand: true\ncondition: s(F)\n\n"
        "insert_job: B\njob_type: fw\nwatch_file: /tmp/g\ncondition: n(F)\n\n"
        "insert_job: C\ncommand: true\ncondition: s(A) & s(B)\n",
    ),
    "A401": Code(
        Level.ERROR,
        "cycle",
        "these jobs wait for one another: {cycle}",
        "break the cycle; its jobs and all behind them were left out",
        "Each job of the cycle waits for the next, so none can be the first.",
        "insert_job: A\ncommand: true\ncondition: s(B)\n\n"
        "insert_job: B\ncommand: true\ncondition: s(A)\n",
    ),
    "A402": Code(
        Level.ERROR,
        "job behind a cycle",
        "{name} was left out: it waits for {upstream}",
        "break the cycle",
        "A job that waits for a job on a cycle can never start.",
        "insert_job: A\ncommand: true\ncondition: s(A)\n\n"
        "insert_job: B\ncommand: true\ncondition: s(A)\n",
    ),
    "A403": Code(
        Level.ERROR,
        "box that is nowhere",
        "box {box} is nowhere in the estate; {name} was converted as a job without a box",
        "name the file that defines the box too",
        "The job would start with its box. Without it, only its own condition and schedule count.",
        "insert_job: A\ncommand: true\nbox_name: NOWHERE\n",
    ),
    "A404": Code(
        Level.ERROR,
        "box that is no box",
        "{box} cannot hold {name}: {reason}",
        "correct box_name; the job was converted as a job without a box",
        "Only a box holds jobs, and no box holds itself.",
        "insert_job: A\ncommand: true\n\ninsert_job: B\ncommand: true\nbox_name: A\n",
    ),
    "A405": Code(
        Level.NOTE,
        "box flattened",
        "box {name} was flattened: {upstream} -> {downstream} crosses its wall",
        "nothing to do: order and results are the same",
        "Flyte cannot point at a node inside a sub-workflow, so the members of the box stand in "
        "the workflow around it.",
        "insert_job: A\njob_type: b\n\ninsert_job: B\ncommand: true\nbox_name: A\n\n"
        "insert_job: C\ncommand: true\ncondition: s(B)\n",
    ),
    "A407": Code(
        Level.ERROR,
        "box that never completes",
        "box {name} never completes: {reason}",
        "break the cycle that they are on or behind, or take off the rule",
        "A box completes when all its members have run, and looks at its rules when one of them "
        "ends. A node that fails stands at its end.",
        "insert_job: A\njob_type: b\n\ninsert_job: B\ncommand: true\nbox_name: A\n\n"
        "insert_job: C\ncommand: true\nbox_name: A\ncondition: s(C)\n",
    ),
    "A408": Code(
        Level.NOTE,
        "box nested too deep",
        "box {name} was flattened: it is nested more than {deepest} deep",
        "nothing to do: order and results are the same",
        "flytekit runs sub-workflows by recursion, and Python's stack ends.",
        "insert_job: B0\njob_type: b\n"
        + "".join(f"insert_job: B{n}\njob_type: b\nbox_name: B{n - 1}\n" for n in range(1, 60)),
    ),
    "A406": Code(
        Level.NOTE,
        "box without members",
        "box {name} has no members; its node succeeds at once",
        "nothing to do",
        "A box completes when all its members have run.",
        "insert_job: A\njob_type: b\n",
    ),
    "A409": Code(
        Level.WARNING,
        "box that ends late",
        "box {name} may end late: it waits for the end of {others}, the source may end it before",
        "check whether a later end does any harm, or move these jobs out of the box",
        "The source ends a box as soon as box_success or box_failure holds, and lets the members "
        "that run go on. The emitted box ends when all its members have. The same jobs run, with "
        "the same results.",
        "insert_job: A\njob_type: b\nbox_success: s(B)\n\n"
        "insert_job: B\ncommand: true\nbox_name: A\n\n"
        "insert_job: C\ncommand: true\nbox_name: A\n\n"
        "insert_job: D\ncommand: true\ncondition: s(A)\n",
    ),
    "A410": Code(
        Level.ERROR,
        "box_terminator beside other jobs",
        "the failure of {name} terminates {box}; in the source these may not start any more, here "
        "they do: {others}",
        "let them wait for it if they must not run without it",
        "When a terminator fails, its box starts no more members. Which ones have started by then "
        "depends on which job is faster; Flyte cannot stop what does not depend on the failure.",
        "insert_job: A\njob_type: b\n\n"
        "insert_job: B\ncommand: true\nbox_name: A\nbox_terminator: 1\n\n"
        "insert_job: C\ncommand: true\nbox_name: A\n\n"
        "insert_job: D\ncommand: true\nbox_name: A\ncondition: s(C)\n",
    ),
    "A411": Code(
        Level.ERROR,
        "job_terminator",
        "{name} runs to its end; in the source it is killed when {box} fails while it runs",
        "check whether it may run to its end",
        "A node cannot kill another node of the same workflow and let the rest go on.",
        "insert_job: A\njob_type: b\n\n"
        "insert_job: B\ncommand: true\nbox_name: A\nbox_terminator: 1\n\n"
        "insert_job: C\ncommand: true\nbox_name: A\njob_terminator: 1\n",
    ),
    "A421": Code(
        Level.ERROR,
        "circle of alternatives",
        "these jobs name one another, and can start all the same: {cycle}",
        "take the alternative that closes the circle out of the condition; its jobs and all behind "
        "them were left out",
        "An alternative of a condition lets one of the jobs start before the others. Which one is "
        "the first, or how often it runs again, is decided while they run; a workflow of Flyte has "
        "one order, in which each job runs once.",
        "insert_job: P\ncommand: true\n\n"
        "insert_job: A\ncommand: true\ncondition: s(P) | f(B)\n\n"
        "insert_job: B\ncommand: true\ncondition: s(A)\n",
    ),
    "A420": Code(
        Level.ERROR,
        "box that ends early",
        "box {name} ends early in the source: {reason}",
        "let the rule name only what ends last in the box, or move the other jobs out of it",
        "The source ends a box as soon as box_success or box_failure holds, whatever of it still "
        "runs or has not started. The emitted box runs all its members and looks at its rules "
        "then.",
        "insert_job: A\njob_type: b\nbox_success: s(B) | s(D)\n\n"
        "insert_job: B\ncommand: true\nbox_name: A\n\n"
        "insert_job: C\ncommand: true\nbox_name: A\n\n"
        "insert_job: D\ncommand: true\nbox_name: A\ncondition: s(C)\n",
    ),
    "A412": Code(
        Level.NOTE,
        "box that ends without one of its jobs",
        "box {name} was flattened: it can end although {inside} never does",
        "nothing to do: order and results are the same",
        "A node that fails stands for a job that waits for ever. Inside a sub-workflow it would "
        "fail the box too.",
        "insert_job: A\njob_type: b\nbox_success: s(B)\n\n"
        "insert_job: B\ncommand: true\nbox_name: A\n\n"
        "insert_job: C\ncommand: true\nbox_name: A\nstatus: on_hold\n\n"
        "insert_job: D\ncommand: true\ncondition: s(A)\n",
    ),
}
