"""Names of the Python package in an output folder."""

import keyword
import re
import sys
from collections.abc import Collection

from transpile.targets.flyte.names import RUNTIME, ascii_text
from transpile.targets.flyte.reserved import MODULES, TOOLS, WINDOWS

FALLBACK = "flows"
"""The default package name."""

_IMPORTED = MODULES | TOOLS | sys.stdlib_module_names


def objection(name: str, taken: Collection[str] = ()) -> str:
    """The reason why no package can have this name, or ''; `taken` are packages of entities."""
    if not (name.isidentifier() and name.isascii()):
        return "is not a Python identifier"
    if keyword.iskeyword(name) or name.startswith("__"):
        return "is a reserved word of Python"
    if name.lower() in WINDOWS:
        return "is a device on Windows"
    if name == RUNTIME:
        return "is the module of run-time helpers"
    if name in _IMPORTED or name in taken:
        return "is another package that the modules import"
    return ""


def suggestion(name: str, taken: Collection[str] = ()) -> str:
    """A valid package name that resembles this one."""
    words = re.sub(r"\W+", "_", ascii_text(name), flags=re.ASCII).strip("_")
    candidates = (words, f"{words}_{FALLBACK}", f"{FALLBACK}_{words}", FALLBACK)
    return next((each for each in candidates if words and not objection(each, taken)), FALLBACK)
