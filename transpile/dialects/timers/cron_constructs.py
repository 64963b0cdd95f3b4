"""The rows about crontabs and anacrontabs in the table of constructs."""

from transpile.dialects.kit.contract import Construct

CRON = (
    Construct(
        "crontab, file in `cron.d`, `crontab -l`",
        "a workflow for each line, named after the program that it runs; a comment right above "
        "the line is its description. `[[workflow]]` puts several lines into one",
        codes="A081 A082 A105 A126 A912",
    ),
    Construct(
        "five time fields: numbers, names, ranges, lists, steps",
        "a launch plan that starts at the same minutes. Days of the month and of the week: either "
        "kind if both are restricted, and both kinds if one of them begins with `*`, also as "
        "`*/2`. Flyte reads `*/2` otherwise, so such days are looked up in a first node",
        codes="A083 A507 A526 A531 A532",
    ),
    Construct(
        "`@yearly`, `@annually`, `@monthly`, `@weekly`, `@daily`, `@midnight`, `@hourly`",
        "the time fields that they stand for",
    ),
    Construct("`@reboot`", "a workflow without a launch plan: A087"),
    Construct(
        "a line that cron refuses",
        "reported: A080. Debian's cron then ignores the whole file, cronie only the line",
    ),
    Construct(
        "`0~30` of cronie",
        "its lowest number; cronie chooses one at random, Debian's cron reads `0`",
        codes="A087",
    ),
    Construct(
        "user field",
        "a comment; the path of the file, `user_field` or the text says that there is one",
        codes="A083",
    ),
    Construct("command", "a `@task` that runs it, byte for byte", codes="A083 A623"),
    Construct(
        "`%` in a command",
        "what is behind the first one becomes a here document; `\\%` becomes `%`",
    ),
    Construct(
        "`NAME=value`",
        "a variable of the jobs below; cron expands nothing in the value (A084)",
        codes="A083",
    ),
    Construct("`SHELL`", "the shell of the jobs below"),
    Construct("`HOME`", "the folder of the jobs below, and their variable"),
    Construct(
        "`CRON_TZ` of cronie",
        "the time zone of the launch plans below; for Debian's cron a variable of the jobs",
        codes="A083 A506",
    ),
    Construct(
        "`MAILTO`, `MAILFROM`, `CONTENT_TYPE`, `CONTENT_TRANSFER_ENCODING`, `NO_MAIL_OUTPUT`",
        "mail when the workflow fails, to addresses with an `@`; cron mails all output (A084). "
        "Users without one are a comment",
        codes="A217",
    ),
    Construct("`RANDOM_DELAY` of cronie and of anacron", "no delay: A087"),
    Construct(
        '`[ "$(date +\\%d)" -le 7 ] &&` and other tests of the date',
        "part of the start times, if their meaning is certain (A085); else of the command",
    ),
    Construct(
        "`flock -n FILE`, `run-one`",
        "a launch plan that skips a start while the run before goes on (A085); a lock of several "
        "lines, or one that waits, stays in the command (A086)",
    ),
    Construct("`chronic`, `cronic`", "left out: the output is in the log of the task (A085)"),
    Construct("`run-parts`", "stays in the command: its scripts are not part of the estate (A085)"),
    Construct(
        "anacrontab: `period delay identifier command`",
        "a workflow with a launch plan, so many minutes after `anacron` of transpile.toml: daily, "
        "or, of a period of several days, from the day in `since` on. Without that day, and for "
        "`@monthly` and `@yearly`, which drift: A087",
        codes="A080 A083 A105",
    ),
    Construct(
        "`START_HOURS_RANGE`, `PREFERRED_HOUR` of cronie's anacron",
        "checked; a job outside of it does not start: A087",
    ),
)
