"""94x: `transpile package`."""

from transpile.findings.codes.entry import Code, Level

CODES: dict[str, Code] = {
    "A940": Code(
        Level.ERROR,
        "nothing to package",
        "no module in {path} builds a workflow; nothing was written",
        "name the folder that `transpile convert -o` has written",
        "A package without workflows would register nothing.",
    ),
    "A941": Code(
        Level.ERROR,
        "module that cannot be packaged",
        "{path} cannot be packaged: {reason}",
        "mend the module, or convert again; nothing was written",
        "Flyte gets what a module builds when it is imported. A package without the module would "
        "be an estate without its jobs.",
    ),
    "A942": Code(
        Level.ERROR,
        "two of one name",
        "{number} {kind}s are called {name}; nothing was written",
        "rename all but one, or package them into projects of their own",
        "Of two that have one name and one version Flyte keeps the first; it refuses the other, or "
        "takes the two for the same.",
    ),
    "A943": Code(
        Level.WARNING,
        "module outside of a package",
        "{path} builds workflows, but its folder is no Python package; it was left out",
        "add an __init__.py to each folder above it, or move it",
        "flytekit gives the tasks in such a module the names of modules that are not there: they "
        "would register, and fail when they run.",
    ),
}
