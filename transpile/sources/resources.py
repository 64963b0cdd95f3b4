"""Reads grammars, templates and modules of this package, also from a checkout or a zip file."""

import functools
import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.resources import files
from typing import Any


def read_resource(folder: str, name: str) -> str:
    """The text of a file in a folder such as `grammars`. Raises FileNotFoundError."""
    text: str = (_home(folder) / name).read_text(encoding="utf-8")
    return text


def _home(folder: str) -> Any:
    # pathlib.Path and zipfile.Path both have `parent`; the Traversable protocol does not say so.
    package: Any = files("transpile")
    inside = package / folder
    return inside if inside.is_dir() else package.parent / folder


@functools.cache
def tool_digest() -> str:
    """A hash of this program and its libraries: equal hashes and inputs give equal output."""
    folders = (files("transpile"), _home("grammars"), _home("templates"))
    libraries = (version(library).encode() for library in ("black", "jinja2", "lark"))
    return digest_of((*(data for folder in folders for data in _contents(folder)), *libraries))


def digest_of(parts: Iterable[bytes]) -> str:
    """A hash of the parts and of the borders between them."""
    whole = hashlib.sha256()
    for data in parts:
        whole.update(b"%d:" % len(data))
        whole.update(data)
    return whole.hexdigest()


def _contents(folder: Any) -> Iterator[bytes]:
    for entry in sorted(folder.iterdir(), key=lambda entry: str(entry.name)):
        if entry.is_dir():
            yield from _contents(entry)
        elif entry.name.endswith((".py", ".lark", ".jinja", ".css", ".js")):
            yield entry.read_bytes()
