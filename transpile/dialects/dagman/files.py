"""Reads the files that a DAG names: submit descriptions, splices, sub-DAGs, includes."""

import os
import stat
from pathlib import Path, PurePosixPath

from transpile.sources.text import decode

LARGEST = 64 * 1024 * 1024
"""Maximum size of a file in bytes."""


class FileError(Exception):
    """The file cannot be read; the message says why."""


class Files:
    """Reads files beside a DAG; their names are relative to the folder of submission.

    `path` is the path of the DAG file, empty for standard input, and `label` its name in findings.
    """

    def __init__(self, path: str, label: str) -> None:
        self._base = Path(path).parent if path else None
        self._folder = os.path.dirname(label)
        self._known: dict[str, str | FileError] = {}

    def read(self, name: str) -> str:
        """The text of a file. Raises FileError."""
        if name not in self._known:
            try:
                self._known[name] = self._load(name)
            except OSError as error:
                self._known[name] = FileError(error.strerror or str(error))
        found = self._known[name]
        if isinstance(found, FileError):
            raise found
        return found

    def is_folder(self, name: str) -> bool:
        """True if the folder exists; always true for standard input, which has no folder."""
        return self._base is None or ("\0" not in name and (self._base / name).is_dir())

    def identity(self, name: str) -> str:
        """The real path of a file, the same for all its names."""
        return os.path.realpath(self._base / name) if self._base else name

    def label(self, name: str) -> str:
        """The name of a file in findings: relative to what the user named, as for the DAG."""
        return joined(self._folder, name)

    @property
    def used(self) -> frozenset[str]:
        """The real paths of all files that were read or looked for."""
        names = (name for name in self._known if "\0" not in name)
        return frozenset(map(self.identity, names)) if self._base else frozenset()

    @property
    def texts(self) -> dict[str, str]:
        """The texts of all files that were read, by label."""
        known = self._known.items()
        return {self.label(name): found for name, found in known if isinstance(found, str)}

    def _load(self, name: str) -> str:
        if self._base is None:
            raise FileNotFoundError(2, "standard input has no folder")
        if "\0" in name:
            raise FileNotFoundError(2, "a NUL character in its name")
        path = self._base / name
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise OSError(22, "not a regular file")
        if found.st_size > LARGEST:
            raise OSError(27, f"larger than {LARGEST // 1024**2} MiB")
        return decode(path.read_bytes())[0]


def joined(folder: str, name: str) -> str:
    """The normalised path of a name in a folder; an absolute name stays as it is."""
    if not folder or name.startswith("/"):
        return name
    return os.path.normpath(str(PurePosixPath(folder) / name)) if name else folder
