"""A3xx: conditions. A4xx: boxes and order."""

from transpile.codes.entry import Code, Level

CODES = {
    "A301": Code(
        Level.ERROR,
        "condition is not a conjunction of successes",
        "the condition cannot be emitted yet, so its node fails: {condition}",
        "replace the node by hand, or rewrite the condition with s() and & alone",
        "An edge of a workflow means: the job above succeeded. Failure, end, exit codes, globals "
        "and OR mean something else, and an edge in their place would run the wrong jobs.",
        "insert_job: A\ncommand: true\n\ninsert_job: B\ncommand: true\ncondition: f(A)\n",
    ),
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
        "condition on a job that is nowhere",
        "{upstream} is nowhere in the estate, so {name} never starts",
        "name the file that defines it too, or replace the body of its placeholder node",
        "In the source such a condition stays false, and the job never starts. A node that fails "
        "stands for the missing job.",
        "insert_job: B\ncommand: true\ncondition: s(NOWHERE)\n",
    ),
    "A304": Code(
        Level.ERROR,
        "condition on another instance",
        "{upstream} runs in another instance, {instance}",
        "replace the body of its placeholder node by a look at that job",
        "The job belongs to another scheduler. A node that fails stands for it.",
        "insert_job: B\ncommand: true\ncondition: s(A^PRD)\n",
    ),
    "A305": Code(
        Level.WARNING,
        "look-back window",
        "the look-back window of {atom} is not kept: the job above runs in the same workflow run",
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
    "A307": Code(
        Level.ERROR,
        "box with a result of its own",
        "{key} cannot be emitted yet, so a node that fails ends the box: {condition}",
        "delete it where the default means the same: all members succeed",
        "The box would succeed or fail by a condition and not by its members. What depends on the "
        "box must not run by accident.",
        "insert_job: A\njob_type: b\nbox_success: s(B)\n\n"
        "insert_job: B\ncommand: true\nbox_name: A\n",
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
        "box {name} never completes, because members were left out: {members}",
        "break the cycle that they are on or behind",
        "A box completes when all its members have run. A node that fails stands at its end.",
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
}
