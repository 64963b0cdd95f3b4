"""A90x to A94x: output, settings and packages."""

from transpile.findings.finding import Finding, Level


class ForeignFile(Finding, code="A901", level=Level.ERROR):
    """File not written by transpile.

    The file existed before. transpile does not overwrite files that it did not write.
    """

    message = "{path} was not written by transpile: it was kept, and the new text was not written"
    help = "move the file away, or convert into another folder"
    path: str


class OutputNotWritten(Finding, code="A902", level=Level.ERROR):
    """Output that cannot be written.

    The system refuses to write. transpile writes files next to their place and then moves them,
    so none is half written.
    """

    message = "cannot write {path}: {reason}"
    help = "make room, or choose another folder; nothing was changed there"
    path: str
    reason: str


class StaleModule(Finding, code="A903", level=Level.NOTE):
    """Module of an earlier run.

    transpile deletes files only with --prune, and never edited ones.
    """

    message = "{path} was written by an earlier run and belongs to no workflow of this one"
    help = "delete it with --prune if its workflow no longer exists"
    path: str


class EditedFile(Finding, code="A904", level=Level.WARNING):
    """Edited file.

    transpile keeps manual edits. The new text is the conversion of the current sources.
    """

    message = (
        "{path} was changed since transpile wrote it: it was kept, and the new text is in "
        "{beside}"
    )
    help = "merge the two, or convert with --force to replace the file"
    path: str
    beside: str


class ConcurrentConversion(Finding, code="A905", level=Level.ERROR):
    """Concurrent conversion.

    Two conversions at a time would mix their files.
    """

    message = "another conversion is writing into {path}: nothing was written"
    help = "wait until it ends, and convert again"
    path: str


class UnreadableSettings(Finding, code="A911", level=Level.ERROR):
    """Unreadable file of settings.

    transpile.toml is TOML; a baseline is the output of `check --write-baseline`.
    """

    message = "{path} cannot be read: {reason}"
    help = "correct the file; all of it was ignored"
    path: str
    reason: str


class UnknownSetting(Finding, code="A912", level=Level.ERROR):
    """Invalid setting.

    A misspelled setting would silently have no effect. The README lists the settings of
    transpile.toml.
    """

    message = "{text}: {reason}"
    help = "correct the setting; it was ignored"
    text: str
    reason: str


class UnusedSuppression(Finding, code="A913", level=Level.WARNING):
    """Unused suppression.

    Its finding no longer exists. The suppression could hide a new one.
    """

    message = "no finding has {text}"
    help = "remove the suppression, or correct its pattern"
    text: str


class SettingsBelowSources(Finding, code="A914", level=Level.WARNING):
    """Settings below the sources.

    One transpile.toml applies to one estate: the nearest one in or above the folder of all
    sources.
    """

    message = "{path} is ignored: it is not in or above the common folder of all sources"
    help = "convert its folder separately, or move it up"
    path: str


class NoFolderName(Finding, code="A915", level=Level.NOTE):
    """Value that names no folder.

    [layout] places workflows in folders that are named by properties of their jobs. A folder of a
    Python package has a name of ASCII letters, digits and underscores.
    """

    message = "{value} of {name} gives no name of a folder: this level is left out"
    help = "correct the value in the source, or choose another property"
    value: str
    name: str


class NothingToPackage(Finding, code="A940", level=Level.ERROR):
    """Nothing to package.

    Registering a package without workflows has no effect.
    """

    message = "no module in {path} builds a workflow: nothing was written"
    help = "name the folder that `transpile convert -o` wrote"
    path: str


class UnpackagedModule(Finding, code="A941", level=Level.ERROR):
    """Module that cannot be packaged.

    A package holds the workflows that a module builds when it is imported. Without this module
    its jobs would be missing.
    """

    message = "{path} cannot be packaged: {reason}"
    help = "correct the module, or convert again; nothing was written"
    path: str
    reason: str


class DuplicateName(Finding, code="A942", level=Level.ERROR):
    """Duplicate name in a package.

    Flyte rejects a second object of the same name and version, or treats it as the first one.
    """

    message = "{number} {kind}s are called {name}: nothing was written"
    help = "rename all but one, or package them for separate projects"
    number: int
    kind: str
    name: str


class ModuleOutsidePackage(Finding, code="A943", level=Level.WARNING):
    """Module outside of a Python package.

    flytekit names tasks after their module. The tasks of this module would register, but fail at
    run time because the module cannot be imported by that name.
    """

    message = "{path} builds workflows, but its folder is not a Python package: it was left out"
    help = "add an __init__.py to each folder above it, or move it"
    path: str
