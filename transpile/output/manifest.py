"""What an output folder knows of the run that wrote it."""

import errno
import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MANIFEST = ".transpile.json"
"""Beside the emitted files."""

NO_FILE = "no file"
"""In the place of a hash: a folder, a link or the like."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What emitted files were made from.

    `inputs` is the hash of all that was read, `beside` has the hash of each file that the sources
    name, seen from the output folder, or None where there is none. `plans` has for each module the
    hash of its plan.
    """

    inputs: str
    beside: dict[str, str | None]
    plans: dict[str, str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The SHA-256 of each file as it was written: more than one when a run was cut short.

    `basis` is None when the files are not all that the sources make.
    """

    files: dict[str, list[str]] = field(default_factory=dict)
    plans: dict[str, str] = field(default_factory=dict)
    basis: Basis | None = None


def manifest_text(
    files: dict[str, str], pending: dict[str, str], basis: Basis, *, whole: bool
) -> str:
    """A manifest as text; `pending` are the hashes that files are to have soon."""
    data: dict[str, Any] = {"files": files, "plans": basis.plans}
    if pending:
        data["pending"] = pending
    elif whole:
        data |= {"inputs": basis.inputs, "beside": basis.beside}
    return json.dumps(data, indent=1, sort_keys=True) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """The manifest in a folder; OSError when none could be kept there."""
    if (folder / MANIFEST).is_dir():
        raise IsADirectoryError(errno.EISDIR, f"{MANIFEST} is a directory")
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files: dict[str, list[str]] = {}
        for key in ("files", "pending"):
            for name, digest in data.get(key, {}).items():
                if _is_below(name):
                    files.setdefault(name, []).append(str(digest))
        plans = dict(data.get("plans", {}))
        is_whole = "inputs" in data and "pending" not in data
        basis = Basis(data["inputs"], dict(data["beside"]), plans) if is_whole else None
        return Manifest(files, plans, basis)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Manifest()


def _is_below(name: str) -> bool:
    """False for what cannot have come from here: a name that leads out of the folder."""
    parts = name.split("/")
    return all(part not in ("", ".", "..") and os.path.basename(part) == part for part in parts)


def digest_below(folder: Path, name: str) -> str | None:
    """The SHA-256 of a file in a folder; None for nothing, NO_FILE for what is none.

    What stands behind a link is no file of the folder.
    """
    path = folder
    for part in name.split("/"):
        if not os.path.lexists(path):
            return None
        if (path.is_symlink() and path != folder) or not path.is_dir():
            return NO_FILE
        path /= part
    return NO_FILE if path.is_symlink() else digest_of_file(path)


def digest_of_file(path: Path) -> str | None:
    """The SHA-256 of a file; None for nothing, NO_FILE for what is none. Raises OSError."""
    if not os.path.lexists(path):
        return None
    if not path.is_file():
        return NO_FILE
    return hashlib.sha256(path.read_bytes()).hexdigest()
