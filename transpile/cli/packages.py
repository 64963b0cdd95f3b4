"""The Python package that `convert` writes."""

import os
from pathlib import Path

import click

from transpile.targets.flyte.package import objection, suggestion
from transpile.team import Settings


def use_package(settings: Settings, folder: Path, wanted: str | None) -> str:
    """Have the modules belong to the package that is wanted, or else to the output folder.

    Returns the folder in the output folder that they stand in, with a `/` behind it; nothing if
    the output folder is the package. Raises UsageError for a name that no package can have.
    """
    own = os.path.basename(os.path.realpath(folder))
    named = settings.options.get("package") if wanted is None else wanted
    name = own if named is None else named
    taken = {rule.call.entity.module.partition(".")[0] for rule in settings.rules.maps if rule.call}
    reason = objection(name, taken)
    if reason:
        better = suggestion(name, taken)
        what = f"the folder name {name!r}" if named is None else f"the package name {name!r}"
        raise click.UsageError(f"{what} {reason}; use --package {better}")
    settings.use_package(name)
    return "" if name == own else f"{name}/"
