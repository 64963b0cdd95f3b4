"""Grammars, templates and the text of modules, in a wheel, editable install, checkout or zip."""

import functools
import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from typing import Any


def read_resource(folder: str, name: str) -> str:
    """The text of `name` in a folder, such as `grammars`. Raises FileNotFoundError."""
    text: str = (_home(folder) / name).read_text(encoding="utf-8")
    return text


def _home(folder: str) -> Any:
    # pathlib.Path and zipfile.Path both have `parent`; the Traversable protocol does not say so.
    package: Any = files("transpile")
    inside = package / folder
    return inside if inside.is_dir() else package.parent / folder


@functools.cache
def tool_digest() -> str:
    """The same for the same program: what it emits depends on nothing else but its input."""
    whole = hashlib.sha256()
    for part in (files("transpile"), _home("grammars"), _home("templates")):
        for data in _contents(part):
            whole.update(b"%d:" % len(data))
            whole.update(data)
    for library in ("black", "jinja2", "lark"):
        whole.update(version(library).encode())
    return whole.hexdigest()


def _contents(folder: Any) -> Iterator[bytes]:
    for entry in sorted(folder.iterdir(), key=lambda entry: str(entry.name)):
        if entry.is_dir():
            yield from _contents(entry)
        elif entry.name.endswith((".py", ".lark", ".jinja", ".css", ".js")):
            yield entry.read_bytes()
