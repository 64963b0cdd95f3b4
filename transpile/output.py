"""Writing the output folder: whole files or none, and nobody else's."""

import errno
import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from transpile.diagnostics import Diagnostics
from transpile.source import Span

MANIFEST = ".transpile.json"
"""Beside the emitted files: the SHA-256 of each as it was written."""


NO_FILE = "no file"
"""In the place of a hash: a folder, a link or the like."""


@dataclass(slots=True)
class Written:
    """What became of the files: the names of those written, of those kept, and of those removed."""

    written: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def write_files(
    folder: Path,
    files: Iterable[tuple[str, str]],
    diagnostics: Diagnostics,
    *,
    force: bool = False,
    prune: bool = False,
) -> Written:
    """Write (name, text) pairs into `folder`, made if need be; what fails is reported.

    Each file is written beside its place and moved there, so that no file is ever half there. A
    file that somebody has changed since an earlier run wrote it is kept, the new version beside it
    as `.new`, unless `force`; one that no run wrote is never touched. What no source makes any more
    stays, unless `prune`.
    """
    result = Written()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        known = _manifest(folder)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".transpile-") as place:
            stage = _Stage(Path(place), folder, known, diagnostics, force=force)
            for name, text in files:
                stage.add(name, text)
            gone = stage.gone(prune=prune)
            manifest = json.dumps({"files": stage.hashes}, indent=1, sort_keys=True) + "\n"
            (Path(place) / MANIFEST).write_bytes(manifest.encode("utf-8"))
            # Nothing is moved before all of it is there.
            for name in (*stage.ready, MANIFEST):
                os.replace(Path(place) / name, folder / name)
            for name in gone:
                (folder / name).unlink()
        result = Written(stage.ready, stage.kept, gone)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        diagnostics.add("A902", Span(folder.name, 1), path=folder.name, reason=reason)
    return result


class _Stage:
    """Files that are to be moved into a folder; `hashes` are those that the manifest will have."""

    def __init__(
        self,
        place: Path,
        folder: Path,
        known: dict[str, str],
        diagnostics: Diagnostics,
        *,
        force: bool,
    ) -> None:
        self._place = place
        self._folder = folder
        self._known = known
        self._diagnostics = diagnostics
        self._force = force
        self.ready: list[str] = []
        self.kept: list[str] = []
        self.hashes: dict[str, str] = {}

    def add(self, name: str, text: str) -> None:
        """Stage a file, or its new version beside it, if it may be written."""
        data = text.encode("utf-8")
        if self._is_free(name, data):
            self._write(name, data)
            return
        self.kept.append(name)
        beside = f"{name}.new"
        if name in self._known and self._is_free(beside, data):
            self._diagnostics.add("A904", Span(name, 1), path=name, beside=beside)
            self.hashes[name] = self._known[name]
            self._write(beside, data)
            return
        self._diagnostics.add("A901", Span(name, 1), path=name)
        if name in self._known:
            self.hashes[name] = self._known[name]

    def _is_free(self, name: str, data: bytes) -> bool:
        there = _digest(self._folder / name)
        ours = name in self._known and (self._force or there == self._known[name])
        return there in (None, hashlib.sha256(data).hexdigest()) or (ours and there != NO_FILE)

    def _write(self, name: str, data: bytes) -> None:
        (self._place / name).write_bytes(data)
        self.hashes[name] = hashlib.sha256(data).hexdigest()
        self.ready.append(name)

    def gone(self, *, prune: bool) -> list[str]:
        """The files of earlier runs that are to be removed; those that stay are reported."""
        found: list[str] = []
        for name in sorted(self._known.keys() - self.hashes.keys()):
            there = _digest(self._folder / name)
            if there is None:
                continue
            if prune and there == self._known[name]:
                found.append(name)
                continue
            self._diagnostics.add("A903", Span(name, 1), path=name)
            self.hashes[name] = self._known[name]
        return found


def _manifest(folder: Path) -> dict[str, str]:
    """Name and hash of each file of an earlier run; OSError when none could be kept here."""
    if (folder / MANIFEST).is_dir():
        raise IsADirectoryError(errno.EISDIR, f"{MANIFEST} is a directory")
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        return {str(name): str(digest) for name, digest in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _digest(path: Path) -> str | None:
    """The SHA-256 of what stands there; None for nothing, and no hash for what is no file."""
    if not os.path.lexists(path):
        return None
    if path.is_symlink() or not path.is_file():
        return NO_FILE
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_text(path: Path, text: str) -> None:
    """Write one file as a whole, in the place of the one that may be there. Raises OSError.

    A link is followed, and what is no plain file, such as a device, is written into.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8")
        return
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        try:
            file.write(text)
            file.close()
            os.chmod(file.name, mode)
            os.replace(file.name, path)
        except OSError:
            os.unlink(file.name)
            raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
