"""Finds the files in the folders and archives that the user named."""

import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from transpile.sources.archive import Archive
from transpile.sources.text import STDIN, Candidate


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that is not read, and why; `is_error` if it may hold sources."""

    label: str
    reason: str
    is_error: bool = True


def candidates(
    arguments: Iterable[str],
    apart_from: str | None = None,
    chosen: Callable[[str], bool] = lambda _: True,
) -> Iterator[Candidate | Skipped]:
    """Every file below the arguments once, folders in sorted order.

    The folder `apart_from` is skipped. Files below folders count only if their path there is
    `chosen`. Links to folders are followed, and each folder is walked once.
    """
    skipped = os.path.realpath(apart_from) if apart_from else None
    seen: set[str] = set()
    found: list[Candidate] = []
    for argument in arguments:
        for item in _below(argument, skipped):
            if isinstance(item, Skipped):
                yield replace(item, label=_printable(item.label))
                continue
            if not item.named and not chosen(item.label):
                continue
            identity = os.path.realpath(item.path)
            if identity not in seen:
                seen.add(identity)
                found.append(item)
    yield from _distinct(found)


def _below(argument: str, apart_from: str | None) -> Iterator[Candidate | Skipped]:
    if argument == STDIN:
        yield Candidate("stdin", STDIN, named=True)
    elif argument.lower().endswith(".zip") and os.path.isfile(argument):
        yield from _unpacked(argument)
    elif not os.path.isdir(argument):
        yield Candidate(PurePath(argument).name, argument, named=True)
    else:
        yield from _Walk(argument, apart_from).items()


class _Walk:
    """Lists the files below a folder: first its own, then those of inner folders, then of links.

    A file that can be reached with and without a link therefore has the path without it.
    """

    def __init__(self, top: str, apart_from: str | None) -> None:
        self._top = top
        self._apart_from = apart_from
        self._entered: set[str] = set()
        self._links: deque[str] = deque()

    def items(self) -> Iterator[Candidate | Skipped]:
        """The files, and whatever cannot be read."""
        yield from self._tree(self._top)
        while self._links:
            link = self._links.popleft()
            target = os.path.realpath(link)
            if target in self._entered:
                yield self._skipped(link, f"it links to {target}, which is already read", False)
            elif target == os.sep or os.path.realpath(self._top).startswith(f"{target}{os.sep}"):
                yield self._skipped(link, f"it links to {target}, which is above it", False)
            else:
                yield from self._tree(link)

    def _tree(self, folder: str) -> Iterator[Candidate | Skipped]:
        folders = [folder]
        while folders:
            path = folders.pop()
            identity = os.path.realpath(path)
            if identity != self._apart_from and identity not in self._entered:
                self._entered.add(identity)
                inner: list[str] = []
                yield from self._folder(path, inner)
                folders += reversed(inner)

    def _folder(self, folder: str, inner: list[str]) -> Iterator[Candidate | Skipped]:
        """The files of a folder; inner folders are added to `inner`."""
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield self._skipped(folder, _reason(error))
            return
        for entry in entries:
            try:
                is_folder, is_file = entry.is_dir(), entry.is_file()
            except OSError as error:
                yield self._skipped(entry.path, _reason(error))
                continue
            if is_file:
                label, hidden = self._label(entry.path), entry.name.startswith(".")
                yield Candidate(label, entry.path, named=False, hidden=hidden)
            elif not is_folder:
                yield self._skipped(entry.path, _odd_file(entry))
            elif entry.name.startswith("."):
                yield self._skipped(entry.path, "it is a hidden folder", False)
            elif entry.is_symlink():
                self._links.append(entry.path)
            else:
                inner.append(entry.path)

    def _skipped(self, path: str, reason: str, is_error: bool = True) -> Skipped:
        return Skipped(self._label(path), reason, is_error)

    def _label(self, path: str) -> str:
        return PurePath(os.path.relpath(path, self._top)).as_posix()


def _odd_file(entry: "os.DirEntry[str]") -> str:
    """Why an entry that is neither a file nor a folder is skipped."""
    if entry.is_symlink():
        return f"it links to {os.readlink(entry.path)}, which does not exist"
    return "it is a pipe, socket or device; pass it by name to read it"


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _unpacked(path: str) -> Iterator[Candidate | Skipped]:
    """The files of an archive."""
    try:
        archive = Archive(path)
    except OSError as error:
        yield Skipped(PurePath(path).name, _reason(error))
        return
    for member, number in sorted(Counter(archive.members).items()):
        parts = member.split("/")
        if number > 1:
            yield Skipped(member, f"the archive has {number} files of this name; the last is read")
        if not {"", ".", ".."}.isdisjoint(parts) or "\\" in member:
            yield Skipped(member, "its path leads out of the archive")
        else:
            hidden = any(part.startswith(".") for part in parts)
            place = os.path.join(path, member)
            yield Candidate(member, place, False, archive, member, hidden=hidden)


def _distinct(found: list[Candidate]) -> Iterator[Candidate]:
    """The candidates, with enough leading folders in the labels to make them unique."""
    same: dict[str, list[Candidate]] = {}
    for candidate in found:
        same.setdefault(candidate.label, []).append(candidate)
    for candidate in found:
        rivals = same[candidate.label]
        label = candidate.label if len(rivals) == 1 else _longer(candidate, rivals)
        yield replace(candidate, label=_printable(label))


def _longer(candidate: Candidate, same: list[Candidate]) -> str:
    parts = PurePath(candidate.path).parts
    rivals = [PurePath(other.path).parts for other in same if other is not candidate]
    count = len(PurePath(candidate.label).parts)
    while count < len(parts) and any(rival[-count:] == parts[-count:] for rival in rivals):
        count += 1
    return PurePath(*parts[-count:]).as_posix()


def _printable(name: str) -> str:
    """A file name without undecodable bytes, which reports and modules cannot hold."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
