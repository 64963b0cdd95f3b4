"""The files that a DAG names: submit descriptions, splices, sub-DAGs, includes."""

import os
import stat
from pathlib import Path, PurePosixPath

from transpile.sources.text import decode

LARGEST = 64 * 1024 * 1024
"""No file of a DAG is larger; what is, is something else."""


class Files:
    """Reads files beside a DAG; names are relative to the folder that it is submitted from.

    `path` is where the DAG is, `label` what findings call it.
    """

    def __init__(self, path: str, label: str) -> None:
        self._base = Path(path).parent if path else None
        self._folder = os.path.dirname(label)
        self._known: dict[str, str | OSError] = {}

    def read(self, name: str) -> str:
        """The text of a file; raises OSError where there is none that can be read."""
        if name not in self._known:
            try:
                self._known[name] = self._load(name)
            except OSError as error:
                self._known[name] = error
        found = self._known[name]
        if isinstance(found, OSError):
            raise found
        return found

    def is_folder(self, name: str) -> bool:
        """True for a folder, and for any name where there is none to look in."""
        return self._base is None or ("\0" not in name and (self._base / name).is_dir())

    def identity(self, name: str) -> str:
        """The same for the same file, however it is named."""
        return os.path.realpath(self._base / name) if self._base else name

    def label(self, name: str) -> str:
        """What findings call the file: as the DAG, seen from what the user named."""
        return joined(self._folder, name)

    @property
    def used(self) -> frozenset[str]:
        """The real paths of the files that were read, or looked for."""
        names = (name for name in self._known if "\0" not in name)
        return frozenset(map(self.identity, names)) if self._base else frozenset()

    @property
    def texts(self) -> dict[str, str]:
        """What the files hold that were read, by their labels."""
        known = self._known.items()
        return {self.label(name): found for name, found in known if isinstance(found, str)}

    def _load(self, name: str) -> str:
        if self._base is None:
            raise FileNotFoundError(2, "standard input has no folder to look in")
        if "\0" in name:
            raise FileNotFoundError(2, "no file has such a name")
        path = self._base / name
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise OSError(22, "it is no file")
        if found.st_size > LARGEST:
            raise OSError(27, "it is too large")
        return decode(path.read_bytes())[0]


def joined(folder: str, name: str) -> str:
    """A path in a folder, as short as it gets; absolute ones stay."""
    if not folder or name.startswith("/"):
        return name
    return os.path.normpath(str(PurePosixPath(folder) / name)) if name else folder
