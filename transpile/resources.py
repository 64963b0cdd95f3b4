"""Grammars and templates, wherever the package stands: wheel, editable install, checkout or zip."""

from importlib.resources import files
from typing import Any


def read_resource(folder: str, name: str) -> str:
    """The text of `name` in `grammars` or `templates`; FileNotFoundError when there is none."""
    # pathlib.Path and zipfile.Path both have `parent`; the Traversable protocol does not say so.
    package: Any = files("transpile")
    inside = package / folder
    home = inside if inside.is_dir() else package.parent / folder
    text: str = (home / name).read_text(encoding="utf-8")
    return text
