"""Where the settings of a migration stand."""

import os
from collections.abc import Sequence
from pathlib import Path

from transpile.sources.text import STDIN

SETTINGS_FILE = "transpile.toml"


def find_settings(sources: Sequence[str]) -> Path | None:
    """The nearest transpile.toml at or above the sources, or the current folder for stdin."""
    folders = {_folder(source) for source in sources}
    shared = _shared(sorted(folders))
    for folder in (shared, *shared.parents):
        # False for folders that cannot be entered.
        if os.path.isfile(folder / SETTINGS_FILE):
            return folder / SETTINGS_FILE
    return None


def _folder(source: str) -> Path:
    if source == STDIN:
        return Path.cwd()
    path = Path(os.path.realpath(source))
    return path if path.is_dir() else path.parent


def _shared(folders: Sequence[Path]) -> Path:
    first, *others = folders
    return next(
        (f for f in (first, *first.parents) if all(f in (o, *o.parents) for o in others)),
        Path(first.anchor),
    )
