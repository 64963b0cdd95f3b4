"""The manifest of an output folder: hashes that tell what the last run wrote."""

import errno
import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MANIFEST = ".transpile.json"
"""The name of the manifest in the output folder."""

NO_FILE = "no file"
"""Stands for the hash of a folder, a link or the like."""


@dataclass(frozen=True, slots=True)
class Basis:
    """The hashes of the inputs of emitted files.

    `inputs` is the hash of sources and settings. `beside` holds the hash of each file that sources
    refer to, relative to the output folder; None for a missing file. `plans` holds the hash of the
    plan of each module.
    """

    inputs: str
    beside: dict[str, str | None]
    plans: dict[str, str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The SHA-256 of each file as it was written: two of them if a run was interrupted.

    `basis` is None unless the folder holds all files of its sources, as they were written.
    """

    files: dict[str, list[str]] = field(default_factory=dict)
    plans: dict[str, str] = field(default_factory=dict)
    basis: Basis | None = None


def manifest_text(
    files: dict[str, str], pending: dict[str, str], basis: Basis, *, whole: bool
) -> str:
    """A manifest as text; `pending` are the hashes of files about to be moved."""
    data: dict[str, Any] = {"files": files, "plans": basis.plans}
    if pending:
        data["pending"] = pending
    elif whole:
        data |= {"inputs": basis.inputs, "beside": basis.beside}
    return json.dumps(data, indent=1, sort_keys=True) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """The manifest in a folder. Raises OSError if a folder has its name."""
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
    """True if the path stays in the folder."""
    parts = name.split("/")
    return all(part not in ("", ".", "..") and os.path.basename(part) == part for part in parts)


def digest_below(folder: Path, name: str) -> str | None:
    """The `digest_of_file` of a path in a folder; NO_FILE if it leads through a link."""
    path = folder
    for part in name.split("/"):
        if not os.path.lexists(path):
            return None
        if (path.is_symlink() and path != folder) or not path.is_dir():
            return NO_FILE
        path /= part
    return NO_FILE if path.is_symlink() else digest_of_file(path)


def digest_of_file(path: Path) -> str | None:
    """The SHA-256 of a file; None if nothing is there, NO_FILE for a folder. Raises OSError."""
    if not os.path.lexists(path):
        return None
    if not path.is_file():
        return NO_FILE
    return hashlib.sha256(path.read_bytes()).hexdigest()
