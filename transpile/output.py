"""Writing the output folder: whole files or none, and nobody else's."""

import errno
import hashlib
import json
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from transpile.diagnostics import Diagnostics
from transpile.source import Span

if sys.platform != "win32":
    import fcntl

STAGE = ".transpile-"
"""Folders in which files stand until all of them are there begin so."""

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

    A name is a path below the folder, with `/` between its parts.

    Each file is written beside its place and moved there, so that no file is ever half there. A
    file that somebody has changed since an earlier run wrote it is kept, the new version beside it
    as `.new`, unless `force`; one that no run wrote is never touched. What no source makes any more
    stays, unless `prune`.
    """
    result = Written()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            _clear(folder)
            known = _manifest(folder)
            with tempfile.TemporaryDirectory(dir=folder, prefix=STAGE) as place:
                stage = _Stage(Path(place), folder, known, diagnostics, force=force)
                for name, text in files:
                    stage.add(name, text)
                gone = stage.gone(prune=prune)
                stage.move(gone)
        result = Written(stage.ready, stage.kept, gone)
    except BlockingIOError:
        diagnostics.add("A905", Span(folder.name, 1), path=folder.name)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        diagnostics.add("A902", Span(folder.name, 1), path=folder.name, reason=reason)
    return result


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder for this process; raises BlockingIOError when another one does."""
    if sys.platform == "win32":
        # It has no way to hold a folder.
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _clear(folder: Path) -> None:
    """Remove what a run left that was killed before it had moved its files."""
    for path in folder.glob(f"{STAGE}????????"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)


class _Stage:
    """Files that are to be moved into a folder; `hashes` are those that the manifest will have.

    `known` has for each file of earlier runs its hashes: more than one when a run was killed.
    """

    def __init__(
        self,
        place: Path,
        folder: Path,
        known: dict[str, list[str]],
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
            self.hashes[name] = self._known[name][0]
            self._write(beside, data)
            return
        self._diagnostics.add("A901", Span(name, 1), path=name)
        if name in self._known:
            self.hashes[name] = self._known[name][0]

    def _is_free(self, name: str, data: bytes) -> bool:
        there = _digest(self._folder, name)
        ours = name in self._known and (self._force or there in self._known[name])
        return there in (None, hashlib.sha256(data).hexdigest()) or (ours and there != NO_FILE)

    def _write(self, name: str, data: bytes) -> None:
        (self._place / name).parent.mkdir(parents=True, exist_ok=True)
        (self._place / name).write_bytes(data)
        self.hashes[name] = hashlib.sha256(data).hexdigest()
        self.ready.append(name)

    def gone(self, *, prune: bool) -> list[str]:
        """The files of earlier runs that are to be removed; those that stay are reported."""
        found: list[str] = []
        for name in sorted(self._known.keys() - self.hashes.keys()):
            there = _digest(self._folder, name)
            if there is None:
                continue
            if prune and there in self._known[name]:
                found.append(name)
                continue
            self._diagnostics.add("A903", Span(name, 1), path=name)
            self.hashes[name] = self._known[name][0]
        return found

    def move(self, gone: Iterable[str]) -> None:
        """Move all of it to where it belongs, and remove what is gone.

        The manifest comes first, with the old hashes and the new: whenever this is cut short, each
        file is one of the two, and the next run knows both as its own.
        """
        before = {name: digests[0] for name, digests in self._known.items()}
        self._move_manifest(before, self.hashes)
        for name in self.ready:
            (self._folder / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(self._place / name, self._folder / name)
        for name in gone:
            (self._folder / name).unlink()
            self._remove_empty((self._folder / name).parent)
        self._move_manifest(self.hashes, {})

    def _remove_empty(self, folder: Path) -> None:
        while folder != self._folder and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    def _move_manifest(self, files: dict[str, str], pending: dict[str, str]) -> None:
        data = {"files": files, **({"pending": pending} if pending else {})}
        text = json.dumps(data, indent=1, sort_keys=True) + "\n"
        (self._place / MANIFEST).write_bytes(text.encode("utf-8"))
        os.replace(self._place / MANIFEST, self._folder / MANIFEST)


def _manifest(folder: Path) -> dict[str, list[str]]:
    """The hashes of each file of an earlier run; OSError when none could be kept here."""
    if (folder / MANIFEST).is_dir():
        raise IsADirectoryError(errno.EISDIR, f"{MANIFEST} is a directory")
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        known: dict[str, list[str]] = {}
        for key in ("files", "pending"):
            for name, digest in data.get(key, {}).items():
                if _is_below(name):
                    known.setdefault(name, []).append(str(digest))
        return known
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _is_below(name: str) -> bool:
    """False for what cannot have come from here: a name that leads out of the folder."""
    parts = name.split("/")
    return all(part not in ("", ".", "..") and os.path.basename(part) == part for part in parts)


def _digest(folder: Path, name: str) -> str | None:
    """The SHA-256 of what stands there; None for nothing, and no hash for what is no file.

    What stands behind a link is no file of the folder.
    """
    path = folder
    for part in name.split("/"):
        if not os.path.lexists(path):
            return None
        if (path.is_symlink() and path != folder) or not path.is_dir():
            return NO_FILE
        path /= part
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
