"""The Python package of the modules that `convert` writes."""

import os
from pathlib import Path

import click

from transpile.cli.options import Request
from transpile.targets.flyte.package import objection, suggestion
from transpile.team import Settings


def use_package(settings: Settings, folder: Path, wanted: str | None) -> str:
    """Choose the package of the modules: `wanted`, else that of the settings, else the folder.

    Returns the prefix of their paths in the folder: `NAME/`, or '' if the folder is the package.
    Raises UsageError for a name that no package can have.
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


def written_base(request: Request, folder: Path) -> Path:
    """The folder around the package that `convert` has written into a folder.

    Makes the package that of the settings. Raises UsageError.
    """
    within = use_package(request.settings, folder, None)
    real = Path(os.path.realpath(folder))
    return real if within else real.parent
