"""Text of JIL: comments, statements and attributes."""

from transpile.findings.finding import Finding, Level, Starts


class UnclosedComment(Finding, code="A850", level=Level.ERROR, was="A107"):
    """Unclosed comment.

    AutoSys reads the rest of the file as a comment. Here the statements behind the first line are
    read, so that none is lost.
    """

    message = "this comment is never closed"
    help = "close it with */; only its first line was read as a comment"
    example = "/* begins here\ninsert_job: A\ncommand: true\n"


class UnknownStatement(Finding, code="A851", level=Level.ERROR, was="A111"):
    """Unknown statement.

    The line looks like the beginning of a statement, but no statement has this name.
    """

    message = "unknown statement {verb}"
    help = "check its spelling; the statement and its attributes were left out"
    example = "insert_jib: A\ncommand: true\n"
    verb: str


class UnnamedStatement(Finding, code="A852", level=Level.ERROR, was="A112"):
    """Statement without a name.

    A statement consists of a verb, a colon and the name of the object that it defines.
    """

    message = "{verb} has no name"
    help = "write the name behind the colon; the statement was left out"
    example = "insert_job:\ncommand: true\n"
    verb: str


class UnknownAttribute(Finding, code="A853", level=Level.ERROR, was="A113"):
    """Unknown attribute.

    AutoSys documents no such attribute, and it has no effect on the output. If it looks like a
    misspelled condition, box, command or success rule, the job's node fails: without this
    attribute the job would run at the wrong time, or differently.
    """

    message = "unknown attribute {key}"
    help = "check its spelling; it was left out"
    example = "insert_job: A\ncommand: true\ncolour: blue\n"
    key: str


class RepeatedAttribute(Finding, code="A854", level=Level.WARNING, was="A114"):
    """Repeated attribute.

    One statement sets the same attribute to two values.
    """

    message = "{key} is set twice, to different values: the last one counts"
    help = "delete the wrong one"
    example = "insert_job: A\ncommand: true\nmachine: m1\nmachine: m2\n"
    key: str


class AttributeInLine(Finding, code="A855", level=Level.WARNING, was="A116"):
    """Attribute inside the line of another.

    One line may hold several attributes, so a known key and a colon inside a command or a
    description begin the next attribute.
    """

    message = "{key} was read as an attribute, inside the line of {outer}"
    help = "if the text belongs to the value, escape the colon (\\:) or quote it"
    example = "insert_job: A\ncommand: echo done machine: m1\n"
    key: str
    outer: str


class CommentRemoved(Finding, code="A856", level=Level.WARNING, was="A117"):
    """Comment removed from a command.

    `/* ... */` at the end of a line is a comment in JIL; in a shell it would be a file pattern.
    """

    message = "comment behind the command removed: {text}"
    help = "if it is part of the command, quote it"
    example = "insert_job: A\ncommand: echo done /* twice a day */\n"
    text: str


class ContinuedCondition(Finding, code="A857", level=Level.WARNING, was="A118"):
    """Condition on several lines.

    JIL has no continuation lines for conditions, but estates contain them.
    """

    message = "{key} continues on the next lines: they were joined"
    help = "write the condition on one line"
    example = (
        "insert_job: A\ncommand: true\n\ninsert_job: B\ncommand: true\n"
        "condition: s(A) &\n  s(A)\n"
    )
    key: str


class JobRedefined(Finding, code="A858", level=Level.WARNING, was="A120"):
    """Job defined twice.

    The estate inserts the same job twice. The later definition counts.
    """

    message = "{name} is defined again: its definition at {earlier} is dropped"
    help = "delete the wrong definition"
    example = "insert_job: A\ncommand: one\n\ninsert_job: A\ncommand: two\n"
    name: str
    earlier: str


class NotYetDefined(Finding, code="A859", level=Level.ERROR, was="A121"):
    """Statement about an undefined job.

    Statements take effect in the order in which they are read, so the job must be defined first.
    """

    message = "{verb} names {name}, which is not defined before it"
    help = "pass the file that defines the job, before this one"
    example = "update_job: A\ncommand: true\n"
    verb: str
    name: str


class OneTimeOverride(Finding, code="A860", level=Level.WARNING, was="A122"):
    """One-time override.

    An override is for one run. A workflow is for all runs.
    """

    message = "override_job changes only the next run of {name}: it was not applied"
    help = "apply it by hand if the next run is still to come"
    example = "insert_job: A\ncommand: true\n\noverride_job: A\ncommand: false\n"
    name: str


class JobDeleted(Finding, code="A861", level=Level.NOTE, was="A123"):
    """Deleted job.

    The estate itself deletes the job, so it gets no node.
    """

    message = "{name} is deleted here"
    help = "nothing to do: the job is reported as left out"
    example = "insert_job: A\ncommand: true\n\ndelete_job: A\n"
    name: str


class PlaceholderWithLines(Finding, code="A862", level=Level.ERROR, was="A128"):
    """Placeholder whose value has several lines.

    A value is part of one line of a definition. A value with several lines would change the
    meaning of the following lines.
    """

    message = "the value of placeholder {text} holds a line break or a NUL character"
    help = "in [templates] of transpile.toml, write the value on one line"
    text: str


class TimesWithoutDateConditions(
    Finding, code="A875", level=Level.WARNING, was="A501", starts=Starts.NOTED
):
    """Times without date_conditions.

    Without date_conditions, AutoSys ignores all time attributes of a job.
    """

    message = "AutoSys ignores {keys} because date_conditions is not set: no launch plan was made"
    help = "set date_conditions: 1 if the times are meant, or date_conditions: 0 if not"
    example = 'insert_job: A\ncommand: true\nstart_times: "08:00"\n'
    keys: str
