"""Lists as a whole: what cannot be read, and what was guessed."""

from transpile.findings.finding import Finding, Level


class ListRefused(Finding, code="A730", level=Level.ERROR):
    """Unreadable list.

    The file is not in the language that its beginning or its name promises: YAML, JSON, DOT, or a
    table with a header. A part of it would be a graph without some of its edges.
    """

    message = "the list cannot be read: {reason}"
    help = "correct it; nothing in the file was converted"
    example = "digraph {\n  a -> b -> ;\n}\n"
    reason: str


class ListGuessed(Finding, code="A731", level=Level.NOTE):
    """Meaning of columns or keys.

    No standard says how the columns of a run book or the keys of a YAML list are called. The
    meaning is guessed from their names.
    """

    message = "read as a list of jobs: {guesses}"
    help = "if a guess is wrong, name the columns in [[list]] of transpile.toml"
    example = "job,command\nload,./load.sh\n"
    guesses: str


class AmbiguousColumns(Finding, code="A732", level=Level.ERROR):
    """Several columns for what decides the graph.

    Two columns or keys have names with the same meaning. Which one counts decides what runs, or
    what waits for what.
    """

    message = "{others} may be the {meaning}, too: {first} counts"
    help = "name the right one in [[list]] of transpile.toml, or rename the other one"
    example = "job,command,after,needs\nload,./load.sh,,\nsum,./sum.sh,load,\n"
    meaning: str
    first: str
    others: str


class SpareColumns(Finding, code="A733", level=Level.WARNING):
    """Several columns with the same meaning.

    Two columns or keys have names with the same meaning. The other one is kept for readers only.
    """

    message = "{others} may be the {meaning}, too: {first} counts"
    help = "name the right one in [[list]] of transpile.toml, or rename the other one"
    example = "job,command,timeout,time limit\nload,./load.sh,5,9\n"
    meaning: str
    first: str
    others: str


class ListCut(Finding, code="A734", level=Level.ERROR):
    """List that is too long.

    A list is kept in memory as a whole, because any of its jobs can wait for any other.
    """

    message = "the list has more than {most}: the rest was not read"
    help = "divide the list into several files, one for each workflow"
    most: str


class KeyGivenTwice(Finding, code="A735", level=Level.ERROR):
    """Key that occurs twice.

    Readers of YAML and JSON take the last value of a repeated key, and say nothing.
    """

    message = "{key} occurs before, at {earlier}: this one was left out"
    help = "delete the wrong one, or rename one of them"
    example = "jobs:\n  load: {command: ./load.sh}\n  load: {command: ./reload.sh}\n"
    key: str
    earlier: str


class SectionRead(Finding, code="A736", level=Level.NOTE):
    """Heading in a table.

    The row has one cell, and rows with jobs follow.
    """

    message = "{name} is read as a heading: {jobs} below it are in a box of that name"
    help = "give the row a command, or a name in `after` of these rows, if it is a job"
    example = "job,command\nMorning,\nload,./load.sh\n"
    name: str
    jobs: str


class BoxRenamed(Finding, code="A737", level=Level.WARNING):
    """Box with the name of a job.

    A name after which jobs come means the job.
    """

    message = "box {name} is called like a job: it was renamed to {renamed}"
    help = "rename one of them"
    example = "job,command,box\nload,./load.sh,load\n"
    name: str
    renamed: str


class DrawingLeavesOut(Finding, code="A738", level=Level.ERROR):
    """Drawing without all that its workflow does.

    `transpile graph --format dot` marks jobs of which a drawing cannot carry everything.
    """

    message = "the drawing leaves out what {name} needs: {what}"
    help = "convert the files that it was drawn from"
    example = 'digraph {\n  a[command="true", left_out="its file to wait for"];\n}\n'
    name: str
    what: str
