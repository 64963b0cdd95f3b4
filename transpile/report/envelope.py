"""The keys with which every JSON document begins: tool version, command, version of its shape."""

from collections.abc import Mapping
from typing import Any

from transpile import __version__
from transpile.sources.printable import to_json

VERSIONS = {
    "convert": 1,
    "check": 1,
    "dry-run": 1,
    "verify": 1,
    "inventory": 1,
    "graph": 1,
    "schedule": 1,
    "diff": 1,
}
"""The version of the shape of each command's document; `schemas/` describes the shapes.

A version rises when a key changes its meaning or goes; new keys leave it as it is.
"""


def envelope(command: str) -> dict[str, Any]:
    """The first keys of a command's document."""
    return {"transpile": __version__, "command": command, "version": VERSIONS[command]}


def document(command: str, data: Mapping[str, Any]) -> str:
    """The text of a command's document, without a newline at its end."""
    return to_json({**envelope(command), **data}, 1)
