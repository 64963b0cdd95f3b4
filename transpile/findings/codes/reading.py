"""A10x to A13x: reading sources."""

from transpile.findings.finding import Finding, Level


class UnreadableSource(Finding, code="A101", level=Level.ERROR):
    """Unreadable source.

    The file or folder was named, or lies below a named folder, but the system refuses to open it.
    All other sources are converted.
    """

    message = "cannot read {path}: {reason}"
    help = "check that the file exists and that you may read it"
    path: str
    reason: str


class UnknownFormat(Finding, code="A102", level=Level.ERROR):
    """Named file in an unknown format.

    A file that you name must hold job definitions. Its suffix and the beginning of its text
    decide on its format.
    """

    message = "the format of {path} is unknown"
    help = "name the format with --from; `transpile dialects` lists the formats"
    path: str


class PassedOver(Finding, code="A103", level=Level.NOTE):
    """File passed over in a folder.

    Folders hold other files too. A file that is not recognised as job definitions is listed and
    not read.
    """

    message = "the format of {path} is unknown: the file was passed over"
    help = "to read it, name the file itself and its format with --from"
    path: str


class BinarySource(Finding, code="A104", level=Level.ERROR):
    """Binary file.

    The file holds NUL bytes where text is expected.
    """

    message = "{path} is binary, not text"
    help = "export the definitions as text"
    path: str


class EmptySource(Finding, code="A105", level=Level.WARNING):
    """Source without statements.

    The file is empty or holds only comments.
    """

    message = "no statement found"
    help = "check the export: an empty file often means that it failed"
    example = "/* nothing here */\n"


class Latin1Source(Finding, code="A106", level=Level.NOTE):
    """File read as Latin-1.

    The file holds bytes that are not UTF-8. Latin-1 maps every byte to a character; commands get
    these characters in UTF-8.
    """

    message = "not UTF-8: read as Latin-1; emitted commands are in UTF-8"
    help = "convert the file to UTF-8 if its letters look wrong"


class NoSource(Finding, code="A108", level=Level.ERROR):
    """No source.

    No named file could be read, or the named folders hold no file in a known format.
    """

    message = "no source was found"
    help = "name a file or a folder that holds job definitions; `transpile dialects` lists formats"


class StrayText(Finding, code="A110", level=Level.ERROR, of_action=True):
    """Text outside of a statement.

    The line is not `key: value`, and the attribute before it takes no continuation lines. If the
    line follows a command, the job becomes a node that fails, because its command is incomplete.
    """

    message = "this text belongs to no statement or attribute: {text}"
    help = "write `key: value` on one line; values do not continue on the next line"
    example = "insert_job: A\ncommand: echo one\n  two three\n"
    text: str


class WrongValue(Finding, code="A115", level=Level.ERROR, of_action=True):
    """Invalid value.

    The value does not have the form that the attribute requires, so its effect is unknown.
    """

    message = "{key} cannot be {value}: expected {expected}"
    help = "correct the value; the attribute was left out"
    example = "insert_job: A\ncommand: true\nn_retrys: often\n"
    key: str
    value: str
    expected: str


class OldPlatformObject(Finding, code="A124", level=Level.NOTE):
    """Definition without an equivalent on Flyte.

    Machines, resources, external instances and monitors describe the old platform.
    """

    message = "{verb} {name} has no equivalent on Flyte"
    help = "if a job needs this place or resource, set the image and resources of its task"
    example = "insert_machine: m1\ntype: a\n"
    verb: str
    name: str


class UnusedCalendar(Finding, code="A125", level=Level.NOTE):
    """Unused calendar.

    A calendar has an effect only through the jobs that name it.
    """

    message = "no job uses calendar {name}"
    help = "nothing to do"
    example = "calendar: HOLIDAYS\n12/25/2026\n"
    name: str


class NulCharacter(Finding, code="A126", level=Level.ERROR, of_action=True):
    """NUL character.

    No operating system can pass a NUL character to a program.
    """

    message = "{key} holds a NUL character"
    help = "repair the file; the job becomes a node that fails, or is not converted"
    example = "insert_job: A\ncommand: echo \0\n"
    key: str


class UnknownPlaceholder(Finding, code="A127", level=Level.ERROR, of_action=True):
    """Placeholder without a value.

    The site's deployment replaces such placeholders before it loads the definitions. Without the
    value the text is unknown, so a job that would use it becomes a node that fails.
    """

    message = "placeholder {text} has no value"
    help = "give it a value in the [templates] table of transpile.toml"
    example = "insert_job: A\ncommand: load ~{$REGION}~\n"
    text: str


class FolderPassedOver(Finding, code="A133", level=Level.NOTE):
    """Folder passed over.

    Hidden folders hold data of other programs. Each folder is read once: links to folders that
    are already read, or that contain the link, are not followed.
    """

    message = "{path} was passed over: {reason}"
    help = "to read the folder, name it"
    path: str
    reason: str


class HiddenSource(Finding, code="A134", level=Level.WARNING):
    """Hidden source passed over.

    Editors and version control keep copies of files under names that begin with a full stop.
    """

    message = "{path} holds job definitions, but is a hidden file: it was not read"
    help = "name the file to read it, or exclude it"
    path: str
