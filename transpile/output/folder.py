"""Writes an output folder: complete files, without touching those of others."""

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
"""Prefix of the temporary folders from which files are moved to their places."""


def _main(path: str) -> str:
    """The path of the module that a side module stands beside; other paths unchanged."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}{name.removesuffix('.py').partition('__')[0]}.py"


@dataclass(slots=True)
class Written:
    """The names of files written, unchanged, kept because others wrote them, and removed.

    Those of `stale` stay from earlier runs, and the whole of this one does not make them.
    """

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)


@contextmanager
def hold(folder: Path, diagnostics: Diagnostics) -> "Iterator[OutputFolder | None]":
    """Create and lock the folder; gives None, with a finding, if that fails."""
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
    """Lock the folder. Raises BlockingIOError if another process holds it."""
    if sys.platform == "win32":
        # Windows cannot lock a folder.
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _clear(folder: Path) -> None:
    """Remove the temporary folders of killed runs."""
    for path in folder.glob(f"{STAGE}????????"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)


class OutputFolder:
    """A locked folder with the manifest of earlier runs."""

    def __init__(self, folder: Path, known: Manifest, diagnostics: Diagnostics) -> None:
        self._folder = folder
        self._known = known
        self._diagnostics = diagnostics
        self._modules: dict[str, list[str]] = {}

    def is_current(self, inputs: str) -> bool:
        """True if the folder is what a complete run made from these inputs."""
        basis = self._known.basis
        if basis is None or basis.inputs != inputs:
            return False
        beside = all(
            digest_of_file(self._folder / name) == digest for name, digest in basis.beside.items()
        )
        return beside and all(map(self._stands, self._known.files))

    def planned(self, name: str) -> list[str]:
        """The module of this path and its side modules, as far as plans are known of them."""
        if not self._modules:
            for known in self._known.plans:
                self._modules.setdefault(_main(known), []).append(known)
        return self._modules.get(name, [])

    def plan(self, name: str) -> str | None:
        """The hash of the plan that a file was made from; None if it was changed since."""
        return self._known.plans.get(name) if self._stands(name) else None

    def _stands(self, name: str) -> bool:
        return self._known.files.get(name) == [digest_below(self._folder, name)]

    def text(self, name: str) -> str:
        """The text of a file in the folder."""
        return (self._folder / name).read_text(encoding="utf-8")

    def written(self, name: str) -> str | None:
        """The text of a file that an earlier run wrote; None if it was changed since."""
        return self.text(name) if self._stands(name) else None

    def others(
        self, below: str, made: Collection[str] = (), *, force: bool = False, prune: bool = False
    ) -> Iterator[str]:
        """The texts of Python files below a folder that remain when `made` is written."""
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
        """The texts of Python files below a folder that others wrote or edited."""
        return self.others(below, prune=True)

    def write(
        self,
        files: Iterable[tuple[str, str | bytes | Iterable[str] | None]],
        basis: Basis,
        *,
        force: bool = False,
        prune: bool = False,
        whole: bool = True,
    ) -> Written:
        """Write files, given as names and texts; failures are reported.

        A name is a path with `/` as separator. A text may be in parts, or bytes as they are; None
        leaves a file as it is.
        Files are written to a temporary folder and then moved, so that each is old or new. An
        edited file is kept, with the new version beside it as `.new`, unless `force`. Files of
        others are never touched. Files that are no longer made stay, unless `prune`; they are
        reported, unless the files are a part of the `whole`.
        """
        try:
            with tempfile.TemporaryDirectory(dir=self._folder, prefix=STAGE) as place:
                stage = _Stage(
                    Path(place), self._folder, self._known.files, self._diagnostics, force=force
                )
                for name, text in files:
                    stage.add(name, text)
                if not whole:
                    basis = replace(basis, plans={**self._known.plans, **basis.plans})
                gone = stage.gone(prune=prune, whole=whole)
                stage.move(gone, basis)
            stale = stage.stale if whole else []
            return Written(stage.ready, stage.unchanged, stage.kept, gone, stale)
        except OSError as error:
            _report(self._folder, error, self._diagnostics)
            return Written()


class _Stage:
    """Files about to be moved into a folder; `hashes` go into the manifest.

    `known` holds the hashes of the files of earlier runs: two of them if a run was killed.
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
        self.unchanged: list[str] = []
        self.kept: list[str] = []
        self.stale: list[str] = []
        self.hashes: dict[str, str] = {}

    def add(self, name: str, text: str | bytes | Iterable[str] | None) -> None:
        """Stage a file, or its new version beside an edited one."""
        if text is None:
            self.unchanged.append(name)
            self.hashes[name] = self._known[name][0]
            return
        digest = self._write(name, (text,) if isinstance(text, str | bytes) else text)
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
        """True if nothing is there, or a file of ours that may be overwritten."""
        ours = name in self._known and (self._force or there in self._known[name])
        return there is None or (ours and there != NO_FILE)

    def _write(self, name: str, parts: Iterable[str | bytes]) -> str:
        """Write a file into the temporary folder and return its SHA-256."""
        path, digest = self._place / name, hashlib.sha256()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for part in parts:
                data = part if isinstance(part, bytes) else part.encode("utf-8")
                digest.update(data)
                file.write(data)
        return digest.hexdigest()

    def _keep(self, name: str, digest: str) -> None:
        """Mark a staged file to be moved."""
        self.hashes[name] = digest
        self.ready.append(name)

    def gone(self, *, prune: bool, whole: bool) -> list[str]:
        """The files of earlier runs to remove; those that stay are reported.

        They are as they should be if a part of the `whole` was made.
        """
        found: list[str] = []
        for name in sorted(self._known.keys() - self.hashes.keys()):
            there = digest_below(self._folder, name)
            if there is None:
                continue
            if prune and there in self._known[name]:
                found.append(name)
                continue
            if whole:
                self._diagnostics.add(StaleModule(path=name), Span(name, 1))
            self.hashes[name] = self._known[name][0]
            self.stale.append(name)
        return found

    def move(self, gone: Iterable[str], basis: Basis) -> None:
        """Move the staged files and remove those that are `gone`.

        The manifest is written first, with old and new hashes: after an interruption the next run
        recognises both versions of a file.
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
        text = manifest_text(files, pending, basis, whole=not (self.kept or self.stale))
        (self._place / MANIFEST).write_bytes(text.encode("utf-8"))
        os.replace(self._place / MANIFEST, self._folder / MANIFEST)
