"""The JSON of jobs as code."""

from transpile.findings.finding import Finding, Level


def _file(inside: str) -> str:
    return '{"F": {"Type": "Folder", "A": {"Type": "Job:Command", "Command": "true"}' + inside


class LooseJson(Finding, code="A030", level=Level.WARNING):
    """Text that is nearly JSON.

    The meaning is plain, so the file is read as meant. The Automation API refuses it, so it may not
    be what runs in production.
    """

    message = "this is not JSON: {reason}"
    help = "compare with the definitions in Control-M: the API refuses such a file"
    example = _file("}} // the end")
    reason: str


class BrokenJson(Finding, code="A031", level=Level.ERROR):
    """Broken JSON.

    Where the meaning is plain, the text is read as meant. Otherwise the folder around the place is
    left out; reading goes on at the next one.
    """

    message = "the JSON is broken here: {reason}"
    help = "correct this place: the Automation API refuses the file"
    example = _file(' "Host": "h"}}')
    reason: str


class KeyRepeated(Finding, code="A032", level=Level.ERROR):
    """Key used twice.

    An object has one member of each name. Readers of JSON keep the last one and say nothing about
    the others, so a job is lost where another one has its name.
    """

    message = "{key} is already defined at {earlier}: only this definition counts"
    help = "rename one of them, or delete the one that is not in use"
    example = _file(', "A": {"Type": "Job:Dummy"}}}')
    key: str
    earlier: str


class UnknownStep(Finding, code="A033", level=Level.ERROR):
    """Unknown step of a flow.

    A flow names jobs and folders in the folder that it stands in. The steps around an unknown one
    follow each other.
    """

    message = "step {step} of flow {flow} is {reason}"
    help = "correct the name; a step in a folder inside of this one is FOLDER/JOB"
    example = _file(', "Run": {"Type": "Flow", "Sequence": ["A", "B"]}}}')
    step: str
    flow: str
    reason: str


class MisplacedObject(Finding, code="A034", level=Level.ERROR):
    """Object in a place where it has no meaning.

    A file of jobs holds folders, calendars and defaults. Folders hold jobs, flows and folders.
    """

    message = "{name} ({kind}) has no meaning here: it is {outcome}"
    help = "correct its Type, or move it to its place"
    example = _file('}, "G": {"Type": "Foldr"}}')
    name: str
    kind: str
    outcome: str


class DefaultsReplaced(Finding, code="A035", level=Level.WARNING):
    """Object that replaces one of the defaults.

    The manual says that a value of the job overrides that of the defaults. It does not say whether
    the other members of the object are still inherited; here they are not.
    """

    message = "{key} of {name} replaces that of Defaults, without its {lost}"
    help = "write the members that count into {key} of {name}"
    example = (
        '{"Defaults": {"When": {"FromTime": "0300"}}, "F": {"Type": "Folder", "A": {"Type": '
        '"Job:Command", "Command": "true", "When": {"WeekDays": ["MON"]}}}}'
    )
    key: str
    name: str
    lost: str
