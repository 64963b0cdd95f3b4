"""The table of constructs: what lists can say, and the result."""

from transpile.dialects.joblist import actions, boxes, conditions
from transpile.dialects.joblist.keys import ENVIRONMENT, WORDS
from transpile.dialects.joblist.settings import UNITS, WHOLE
from transpile.dialects.joblist.tree_reader import CONTAINERS, FOR_READERS, TITLES
from transpile.dialects.kit.contract import SCHEDULER_CALLS, Construct


def _words(*meanings: str) -> tuple[str, ...]:
    return tuple(word for meaning in meanings for word in WORDS[meaning].split() if word != "#")


CONSTRUCTS = (
    Construct(
        "table (CSV, TSV): a header, and a row for each job",
        "a workflow with the name of the file. The delimiter, the header and the meaning of the "
        "columns are guessed (A731), or named by `[[list]]`",
        codes="A105 A110 A730 A732 A733 A734 A912",
    ),
    Construct(
        "YAML, JSON: a mapping or a list of jobs, alone or in `jobs`, `tasks`, `steps`, `stages`",
        "a workflow, named by `name` or by the file; one for each document. Texts are read as they "
        "are written: `no` and `08` are names. Aliases and merged keys are resolved; a repeated "
        "key is an error (A735)",
        words=(*CONTAINERS, *TITLES, *FOR_READERS),
        codes="A115 A730 A731",
    ),
    Construct(
        "dot: `digraph`, nodes, edges; `strict`, `node`, `edge`, `graph` defaults, `subgraph`",
        "a workflow for each graph: a node is a job, an edge says what comes first. A `graph` "
        "without directions is refused. Attributes of the layout change nothing; an invisible "
        "edge is no edge",
        codes="A730 A731",
    ),
    Construct(
        "pairs, as for tsort",
        "a workflow of jobs without commands (A741): the first name of a pair comes first, equal "
        "names are a job alone",
        codes="A730 A734",
    ),
    Construct(
        "name, number of a job",
        "name of the task; others may name a job by its number, too",
        words=_words("name", "number"),
        codes="A126 A739 A740",
    ),
    Construct(
        "command",
        "a `@task` that runs it as it is written. A job without one fails with A741 until "
        "`[[map]]` says what it runs",
        words=_words("command"),
        codes="A126 A209 A623 A742 A743",
    ),
    Construct(
        "`type`: noop, command; any other",
        "a task that does nothing, a task that runs the command; a node that fails (A201)",
        words=(*_words("type"), *actions.NOOP, *actions.COMMANDS),
        codes="A115",
    ),
    Construct(
        "after",
        "`>>`. Several names are split at `;` `,` `|`, line ends or blanks, whichever leaves the "
        "fewest names unknown. Lags and relations such as `3SS+1d` are reported",
        words=_words("after"),
        codes="A303 A401 A402 A744 A745",
    ),
    Construct(
        "`when`: a word about all that a job comes after, or, on an edge, about one job",
        "success (the default); failure: each has failed or was killed; done: each is over, "
        "whether it ran or not; nonzero, killed, ended",
        words=(
            *_words("when"),
            *(word for words in conditions.WORDS.values() for word in words.split()),
        ),
        codes="A302",
    ),
    Construct(
        "`when`: a condition such as `success(a) & (failure(b) | exit(c) >= 4)`",
        "the condition in the body of the task, looked at when all jobs that it names are over; "
        "`!` (not), `&` (and), `|` (or)",
        codes="A302 A312 A602",
    ),
    Construct(
        "trigger rules: all_failed, one_success, one_failed, none_failed",
        "the same, where all jobs before ask for successes only; elsewhere A302",
        words=conditions.RULES,
    ),
    Construct(
        "retries, timeout",
        "`retries`, `time_limit`. Time limits are minutes, or have a unit: 90m, 2h, 1d; seconds "
        "are rounded up (A746)",
        words=_words("retries", "timeout"),
        codes="A115 A641",
    ),
    Construct(
        "schedule, timezone",
        "a launch plan: a cron expression of five fields, as Flyte reads it (A748, A749). Jobs "
        "that hang together start as one (A747); if the parts of a list start at different times, "
        "each is a workflow",
        words=_words("schedule", "timezone"),
        codes="A506 A507",
    ),
    Construct(
        "box; headings in tables; jobs in jobs; clusters of dot",
        "a sub-workflow. It succeeds if each of its jobs has; a job that asks for more than "
        "successes, and those behind it, may also not have run",
        words=(*_words("box"), *boxes.TYPES),
        codes="A110 A405 A406 A601 A736 A737",
    ),
    Construct(
        "environment",
        "environment variables of the command",
        words=ENVIRONMENT,
        codes="A115",
    ),
    Construct(
        "machine, description, any other column or key",
        "lines of the docstring",
        words=_words("machine", "description"),
    ),
    Construct(
        "`[[list]]` of transpile.toml",
        "names of columns or keys, and what holds for a list: `title`, `cron`, `zone`, `unit` of "
        "time limits (seconds, minutes, hours), `separator` of names, `delimiter` of cells",
        words=(*WHOLE, *UNITS),
        codes="A912",
    ),
    Construct(
        "drawing of `transpile graph --format dot`",
        "the workflow that was drawn. What the drawing leaves out is reported, and its job fails",
        codes="A738",
    ),
    Construct(
        "the whole",
        "fails if a job failed; a job that did not have to run is no failure",
    ),
    SCHEDULER_CALLS,
)
