"""Places in source files, and the reading of what the user named."""

import codecs
import errno
import os
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, NamedTuple

HEAD = 64 * 1024

LARGEST = 512 * 1024 * 1024
"""No source is larger: a million jobs are less than that."""

STDIN = "-"
ARCHIVE = ".zip"
LARGEST_MEMBER, LARGEST_ARCHIVE, MOST_MEMBERS = 2**26, 2**29, 100_000
"""Of an archive no more is read than so many bytes a file, bytes in all, and files."""


class Span(NamedTuple):
    """A place in a source file; line and column count from 1."""

    file: str
    line: int
    column: int = 1


class Archive:
    """A zip file, read where it lies; nothing of it is written anywhere. Raises OSError."""

    def __init__(self, path: str) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise OSError(errno.EINVAL, f"it is no zip file: {error}") from error
        self.path = path
        self._left = LARGEST_ARCHIVE
        if len(self._zip.infolist()) > MOST_MEMBERS:
            raise OSError(errno.EFBIG, f"it holds more than {MOST_MEMBERS} files")
        self.members = tuple(info.filename for info in self._zip.infolist() if not info.is_dir())
        self._folders: dict[str, list[str]] = {}
        for member in self.members:
            folder, _, name = member.rpartition("/")
            self._folders.setdefault(folder, []).append(name)

    def listed(self, folder: str) -> list[str]:
        """The names of the files in one of its folders; the outermost one is empty."""
        return self._folders.get(folder, [])

    def read(self, member: str, most: int = LARGEST_MEMBER) -> bytes:
        """The bytes of a file, `most` of them."""
        try:
            with self._zip.open(member) as file:
                data = file.read(min(most, LARGEST_MEMBER) + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, KeyError) as error:
            raise OSError(errno.EINVAL, f"it cannot be unpacked: {error}") from error
        self._left -= len(data)
        if self._left < 0 or len(data) > LARGEST_MEMBER:
            raise OSError(errno.EFBIG, "it is too large")
        return data[:most]


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded source file. `label` is relative to what the user named.

    `path` is where it is, empty for standard input; `named` when the user asked for this very file.
    One of an `archive` is its `member`.
    """

    label: str
    text: str
    encoding: str = "utf-8"
    path: str = ""
    named: bool = True
    archive: Archive | None = None
    member: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be a source; `named` when the user asked for this very file."""

    label: str
    path: str
    named: bool
    archive: Archive | None = None
    member: str = ""

    @property
    def is_stream(self) -> bool:
        """True for what can be read only once."""
        return self.path == STDIN or (os.path.exists(self.path) and not os.path.isfile(self.path))

    def head(self) -> bytes:
        """The first 64 KiB; OSError when it cannot be read."""
        if self.path == STDIN:
            return b""
        if self.archive is not None:
            return self.archive.read(self.member, HEAD)
        with open(self.path, "rb") as file:
            return file.read(HEAD)

    def load(self) -> Source:
        """The whole file, decoded; OSError when it cannot be read, or is too large."""
        if self.archive is not None:
            data = self.archive.read(self.member)
        else:
            data = _standard_input() if self.path == STDIN else _bytes(self.path)
        text, encoding = decode(data)
        path = "" if self.path == STDIN else self.path
        return Source(self.label, text, encoding, path, self.named, self.archive, self.member)


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        if os.path.getsize(path) <= LARGEST and len(data := file.read(LARGEST + 1)) <= LARGEST:
            return data
    raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))


def _standard_input() -> bytes:
    stream: Any = sys.stdin
    if stream is None:
        raise OSError(errno.EBADF, "standard input is closed")
    data: bytes = stream.buffer.read()
    return data


def decode(data: bytes) -> tuple[str, str]:
    """The text, newlines as `\\n`, and its encoding: a BOM decides, then UTF-8, then Latin-1."""
    for bom, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(bom):
            return _newlines(data.decode(encoding, errors="replace")), encoding
    try:
        return _newlines(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        return _newlines(data.decode("latin-1")), "latin-1"


def _newlines(text: str) -> str:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if "\ufeff" in text:
        # Files with a mark of their own were joined.
        text = text.replace("\n\ufeff", "\n")
    # Old Mac files have no other line end; beside `\n` a lone `\r` is data.
    return text if "\n" in text else text.replace("\r", "\n")


def candidates(
    arguments: Iterable[str],
    apart_from: str | None = None,
    chosen: Callable[[str], bool] = lambda _: True,
) -> Iterator[Candidate | OSError]:
    """Every file below the arguments, folders in sorted order, each file once.

    A folder `apart_from` is not walked; below folders only files that are `chosen` by their path
    there count. What cannot be listed comes as the OSError that says so.
    """
    skipped = os.path.realpath(apart_from) if apart_from else None
    seen: set[str] = set()
    found: list[Candidate] = []
    for argument in arguments:
        for item in _below(argument, skipped):
            if isinstance(item, OSError):
                yield item
                continue
            if not item.named and not chosen(item.label):
                continue
            identity = os.path.realpath(item.path)
            if identity not in seen:
                seen.add(identity)
                found.append(item)
    yield from _distinct(found)


def _below(argument: str, skipped: str | None) -> Iterator[Candidate | OSError]:
    if argument == STDIN:
        yield Candidate("stdin", STDIN, named=True)
    elif argument.lower().endswith(ARCHIVE) and os.path.isfile(argument):
        yield from _unpacked(argument)
    elif not os.path.isdir(argument):
        yield Candidate(PurePath(argument).name, argument, named=True)
    else:
        errors: list[OSError] = []
        for folder, folders, names in os.walk(argument, onerror=errors.append):
            if os.path.realpath(folder) == skipped:
                folders.clear()
                continue
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                path = os.path.join(folder, name)
                if not name.startswith(".") and os.path.isfile(path):
                    label = PurePath(os.path.relpath(path, argument)).as_posix()
                    yield Candidate(label, path, named=False)
        for error in errors:
            error.filename = PurePath(os.path.relpath(error.filename, argument)).as_posix()
            yield error


def _unpacked(path: str) -> Iterator[Candidate | OSError]:
    """The files of an archive, as those of a folder."""
    try:
        archive = Archive(path)
    except OSError as error:
        error.filename = PurePath(path).name
        yield error
        return
    for member in sorted(archive.members):
        parts = member.split("/")
        if "" in parts or ".." in parts or "\\" in member:
            reason = "its name leads out of the archive"
            yield OSError(errno.EINVAL, reason, _printable(member))
        elif not any(part.startswith(".") for part in parts):
            yield Candidate(member, os.path.join(path, member), False, archive, member)


def _distinct(found: list[Candidate]) -> Iterator[Candidate]:
    """Labels made unique by as many leading folders as it takes."""
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
    """File names may hold bytes that are no text; they end up in reports and emitted modules."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
