"""The text of exports."""

from transpile.findings.finding import Finding, Level


class BrokenXml(Finding, code="A042", level=Level.ERROR):
    """Broken XML.

    The folder around this place is left out; a plain folder keeps the jobs that are complete before
    it. Reading goes on at the next folder. Often a `<` in a command is not written as `&lt;`.
    """

    message = "the XML is broken here: {reason}"
    help = "export the folders again, or correct this place"
    example = '<DEFTABLE><FOLDER FOLDER_NAME="F"><JOB JOBNAME="A" CMDLINE="a < b"/></FOLDER>'
    reason: str


class BareAmpersand(Finding, code="A041", level=Level.WARNING):
    """Ampersand that begins no reference.

    In XML an `&` is written as `&amp;`. The file is read as if it were.
    """

    message = "an & is not written as &amp;: the file has {number} of them, read as they are"
    help = "correct the file, which Control-M does not import"
    example = (
        '<DEFTABLE><FOLDER FOLDER_NAME="F" FOLDER_ORDER_METHOD="SYSTEM">'
        '<JOB JOBNAME="A" CMDLINE="a && b"/></FOLDER></DEFTABLE>'
    )
    number: int


class EntityRefused(Finding, code="A043", level=Level.ERROR):
    """Entity refused.

    Exports have no entities of their own. Those of hostile files expand to gigabytes, or read other
    files.
    """

    message = "the file defines the entity {name}: the rest of it is not read"
    help = "delete the entity, and write its text where it is used"
    example = (
        '<!DOCTYPE DEFTABLE [<!ENTITY a "b">]><DEFTABLE><FOLDER FOLDER_NAME="&a;"/></DEFTABLE>'
    )
    name: str


class NestedTooDeep(Finding, code="A044", level=Level.ERROR):
    """Elements nested too deep.

    Folders of real exports have few levels.
    """

    message = "elements deeper than {most} levels are left out"
    help = "check the file: it may be damaged"
    example = "<DEFTABLE>" + "<SMART_FOLDER>" * 51 + "</SMART_FOLDER>" * 51 + "</DEFTABLE>"
    most: int


class UnknownElement(Finding, code="A045", level=Level.ERROR):
    """Unknown element.

    Exports hold folders, jobs and calendars.
    """

    message = "<{tag}> is neither a folder nor a calendar: it is left out"
    help = "correct its name, or delete it"
    example = '<DEFTABLE><FOLDR FOLDER_NAME="F"/></DEFTABLE>'
    tag: str


class NotTranslated(Finding, code="A046", level=Level.ERROR):
    """Not translated.

    This attribute or statement has no translation: transpile does not know its meaning.
    """

    message = "{text} of {name} is not translated"
    help = "decide by hand what it means for the workflow"
    example = (
        '<DEFTABLE><FOLDER FOLDER_NAME="F"><JOB JOBNAME="A" CMDLINE="true" FROBNICATE="1"/>'
        "</FOLDER></DEFTABLE>"
    )
    text: str
    name: str


class NamedAgain(Finding, code="A047", level=Level.NOTE):
    """Name used again.

    Control-M allows several jobs of one name in a folder, and folders of one name on several
    servers. Each gets a name of its own in the workflow.
    """

    message = "{name} is there twice: this one is called {renamed}"
    help = "nothing to do, unless it is there twice by mistake"
    example = (
        '<DEFTABLE><FOLDER FOLDER_NAME="F"><JOB JOBNAME="A" CMDLINE="true"/>'
        '<JOB JOBNAME="A" CMDLINE="false"/></FOLDER></DEFTABLE>'
    )
    name: str
    renamed: str
