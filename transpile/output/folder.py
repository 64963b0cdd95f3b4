"""An output folder: whole files or none, and nobody else's."""

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from transpile.findings.codes.output import (
    ConcurrentConversion,
    EditedFile,
    ForeignFile,
    OutputNotWritten,
    StaleModule,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.output.manifest import (
    MANIFEST,
    NO_FILE,
    Basis,
    Manifest,
    digest_below,
    digest_of_file,
    manifest_text,
    read_manifest,
)
from transpile.sources.text import Span

if sys.platform != "win32":
    import fcntl

STAGE = ".transpile-"
"""Folders in which files stand until all of them are there begin so."""


@dataclass(slots=True)
class Written:
    """What became of the files: names of those written, left as they were, kept and removed.

    `kept` are those that somebody else has written or changed.
    """

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


@contextmanager
def hold(folder: Path, diagnostics: Diagnostics) -> "Iterator[OutputFolder | None]":
    """The folder, made if need be, for this process alone; None, and reported, if it cannot be."""
    output = None
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(_alone(folder))
            _clear(folder)
            output = OutputFolder(folder, read_manifest(folder), diagnostics)
        except BlockingIOError:
            diagnostics.add(ConcurrentConversion(path=folder.name), Span(folder.name, 1))
        except OSError as error:
            _report(folder, error, diagnostics)
        yield output


def _report(folder: Path, error: OSError, diagnostics: Diagnostics) -> None:
    reason = error.strerror or type(error).__name__
    diagnostics.add(OutputNotWritten(path=folder.name, reason=reason), Span(folder.name, 1))


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


class OutputFolder:
    """A folder that this process holds, and what earlier runs have written there."""

    def __init__(self, folder: Path, known: Manifest, diagnostics: Diagnostics) -> None:
        self._folder = folder
        self._known = known
        self._diagnostics = diagnostics

    def is_current(self, inputs: str) -> bool:
        """True when everything stands there as a run has made it from these inputs."""
        basis = self._known.basis
        if basis is None or basis.inputs != inputs:
            return False
        beside = all(
            digest_of_file(self._folder / name) == digest for name, digest in basis.beside.items()
        )
        return beside and all(map(self._stands, self._known.files))

    def has(self, name: str, plan: str) -> bool:
        """True when the file stands there as it was made from a plan of that hash."""
        return self._known.plans.get(name) == plan and self._stands(name)

    def _stands(self, name: str) -> bool:
        return self._known.files.get(name) == [digest_below(self._folder, name)]

    def text(self, name: str) -> str:
        """The text of a file in there."""
        return (self._folder / name).read_text(encoding="utf-8")

    def others(
        self, below: str, made: Collection[str] = (), *, force: bool = False, prune: bool = False
    ) -> Iterator[str]:
        """The texts of Python files below a folder that stay as they are when `made` is written."""
        folder = self._folder / below
        for path in sorted(folder.rglob("*.py")):
            name = path.relative_to(self._folder).as_posix()
            hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
            if not hidden and path.is_file() and self._stays(name, made, force=force, prune=prune):
                try:
                    yield path.read_text(encoding="utf-8")
                except (OSError, UnicodeDecodeError):
                    continue

    def _stays(self, name: str, made: Collection[str], *, force: bool, prune: bool) -> bool:
        known = self._known.files.get(name, [])
        ours = digest_below(self._folder, name) in known
        if name in made:
            return not (ours or (force and known))
        return not (prune and ours)

    def written_by_others(self, below: str) -> Iterator[str]:
        """The texts of Python files below a folder that no run has written as they are."""
        return self.others(below, prune=True)

    def write(
        self,
        files: Iterable[tuple[str, str | Iterable[str] | None]],
        basis: Basis,
        *,
        force: bool = False,
        prune: bool = False,
    ) -> Written:
        """Write (name, text) pairs, a text of None for what is to stay; what fails is reported.

        A long text may come in parts. A name is a path below the folder, with `/` between its
        parts. Each file is written beside its place and moved there, so that no file is ever half
        there. A file that somebody has changed since an earlier run wrote it is kept, the new
        version beside it as `.new`, unless `force`; one that no run wrote is never touched. What no
        source makes any more stays, unless `prune`.
        """
        try:
            with tempfile.TemporaryDirectory(dir=self._folder, prefix=STAGE) as place:
                stage = _Stage(
                    Path(place), self._folder, self._known.files, self._diagnostics, force=force
                )
                for name, text in files:
                    stage.add(name, text)
                gone = stage.gone(prune=prune)
                stage.move(gone, basis)
            return Written(stage.ready, stage.unchanged, stage.kept, gone)
        except OSError as error:
            _report(self._folder, error, self._diagnostics)
            return Written()


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
        self._stale = False
        self.ready: list[str] = []
        self.unchanged: list[str] = []
        self.kept: list[str] = []
        self.hashes: dict[str, str] = {}

    def add(self, name: str, text: str | Iterable[str] | None) -> None:
        """Stage a file, or its new version beside it, if it may be written."""
        if text is None:
            self.unchanged.append(name)
            self.hashes[name] = self._known[name][0]
            return
        digest = self._write(name, (text,) if isinstance(text, str) else text)
        there = digest_below(self._folder, name)
        if there == digest:
            self.unchanged.append(name)
            self.hashes[name] = digest
            return
        if self._is_free(name, there):
            self._keep(name, digest)
            return
        self.kept.append(name)
        beside = f"{name}.new"
        beside_there = digest_below(self._folder, beside)
        may_stand = beside_there == digest or self._is_free(beside, beside_there)
        if name in self._known and may_stand:
            self._diagnostics.add(EditedFile(path=name, beside=beside), Span(name, 1))
            self.hashes[name] = self._known[name][0]
            os.replace(self._place / name, self._place / beside)
            self._keep(beside, digest)
            return
        self._diagnostics.add(ForeignFile(path=name), Span(name, 1))
        if name in self._known:
            self.hashes[name] = self._known[name][0]

    def _is_free(self, name: str, there: str | None) -> bool:
        """True when what stands there is nothing, or ours to write over."""
        ours = name in self._known and (self._force or there in self._known[name])
        return there is None or (ours and there != NO_FILE)

    def _write(self, name: str, parts: Iterable[str]) -> str:
        """Write a file into the stage; its SHA-256."""
        path, digest = self._place / name, hashlib.sha256()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for part in parts:
                data = part.encode("utf-8")
                digest.update(data)
                file.write(data)
        return digest.hexdigest()

    def _keep(self, name: str, digest: str) -> None:
        """Have a staged file moved to its place."""
        self.hashes[name] = digest
        self.ready.append(name)

    def gone(self, *, prune: bool) -> list[str]:
        """The files of earlier runs that are to be removed; those that stay are reported."""
        found: list[str] = []
        for name in sorted(self._known.keys() - self.hashes.keys()):
            there = digest_below(self._folder, name)
            if there is None:
                continue
            if prune and there in self._known[name]:
                found.append(name)
                continue
            self._diagnostics.add(StaleModule(path=name), Span(name, 1))
            self.hashes[name] = self._known[name][0]
            self._stale = True
        return found

    def move(self, gone: Iterable[str], basis: Basis) -> None:
        """Move all of it to where it belongs, and remove what is gone.

        The manifest comes first, with the old hashes and the new: whenever this is cut short, each
        file is one of the two, and the next run knows both as its own.
        """
        before = {name: digests[0] for name, digests in self._known.items()}
        self._move_manifest(before, self.hashes, basis)
        for name in self.ready:
            (self._folder / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(self._place / name, self._folder / name)
        for name in gone:
            (self._folder / name).unlink()
            self._remove_empty((self._folder / name).parent)
        self._move_manifest(self.hashes, {}, basis)

    def _remove_empty(self, folder: Path) -> None:
        while folder != self._folder and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    def _move_manifest(self, files: dict[str, str], pending: dict[str, str], basis: Basis) -> None:
        plans = {name: plan for name, plan in basis.plans.items() if name not in self.kept}
        basis = replace(basis, plans=plans)
        text = manifest_text(files, pending, basis, whole=not (self.kept or self._stale))
        (self._place / MANIFEST).write_bytes(text.encode("utf-8"))
        os.replace(self._place / MANIFEST, self._folder / MANIFEST)
