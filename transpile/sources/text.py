"""Places in source files, and the reading and decoding of files."""

import codecs
import errno
import lzma
import os
import struct
import sys
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any, NamedTuple

HEAD = 64 * 1024

LARGEST = 512 * 1024 * 1024
"""No source is larger: a million jobs are less than that."""

STDIN = "-"
ARCHIVE = ".zip"
LARGEST_MEMBER, LARGEST_ARCHIVE, MOST_MEMBERS = 2**26, 2**29, 100_000
"""Of an archive no more is read than so many bytes a file, bytes in all, and files."""

SMALL_MEMBER, HIGHEST_RATIO = 2**20, 200
"""A larger file of an archive that unpacks to so many times its size is refused."""


_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, RuntimeError, KeyError, ValueError),
)
"""What zipfile raises for archives that are damaged, encrypted or odd."""


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
        except _BROKEN as error:
            raise OSError(errno.EINVAL, f"it is no zip file: {error}") from error
        self.path = path
        self._left = LARGEST_ARCHIVE
        if len(self._zip.infolist()) > MOST_MEMBERS:
            raise OSError(errno.EFBIG, f"it holds more than {MOST_MEMBERS} files")
        names = (info.filename for info in self._zip.infolist())
        self.members = tuple(name for name in names if not name.endswith("/"))
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
            size, packed = (info := self._zip.getinfo(member)).file_size, info.compress_size
            if size > SMALL_MEMBER and size > HIGHEST_RATIO * packed:
                raise OSError(errno.EFBIG, f"it unpacks to {size:,} bytes from {packed:,}")
            with self._zip.open(member) as file:
                data = file.read(min(most, LARGEST_MEMBER) + 1)
        except _BROKEN as error:
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
    """A file that may be a source; `named` when the user asked for this very file.

    A `hidden` one has a name, or stands in a folder of an archive, that begins with a full stop.
    """

    label: str
    path: str
    named: bool
    archive: Archive | None = None
    member: str = ""
    hidden: bool = False

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
