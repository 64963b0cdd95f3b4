"""Source files: their text, and positions in it."""

import codecs
import errno
import os
import sys
from dataclasses import dataclass
from typing import Any, NamedTuple

from transpile.sources.archive import Archive

HEAD = 64 * 1024
"""The number of bytes by which a format is recognised."""

LARGEST = 512 * 1024 * 1024
"""Maximum size of a source in bytes, enough for a million jobs."""

STDIN = "-"


class Span(NamedTuple):
    """A position in a source file; line and column start at 1."""

    file: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded source file. `label` is its path relative to what the user named.

    `path` is empty for standard input. `named` is true if the user named the file itself. A file in
    an `archive` is its `member`.
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
    """A file that may be a source. `named` is true if the user named the file itself.

    The name of a `hidden` file, or of its folder in an archive, begins with a full stop.
    """

    label: str
    path: str
    named: bool
    archive: Archive | None = None
    member: str = ""
    hidden: bool = False

    @property
    def is_stream(self) -> bool:
        """True for a file that can be read only once, such as a pipe."""
        return self.path == STDIN or (os.path.exists(self.path) and not os.path.isfile(self.path))

    def head(self) -> bytes:
        """The first 64 KiB. Raises OSError."""
        if self.path == STDIN:
            return b""
        if self.archive is not None:
            return self.archive.read(self.member, HEAD)
        with open(self.path, "rb") as file:
            return file.read(HEAD)

    def load(self) -> Source:
        """The whole file, decoded. Raises OSError, also for a file that is too large."""
        if self.archive is not None:
            data = self.archive.read(self.member)
        else:
            data = _standard_input() if self.path == STDIN else _bytes(self.path)
        text, encoding = decode(data)
        path = "" if self.path == STDIN else self.path
        return Source(self.label, text, encoding, path, self.named, self.archive, self.member)


def original(source: Source) -> bytes:
    """The bytes of a source; of one that cannot be read again, its text in its encoding."""
    data = None
    try:
        if source.archive is not None:
            data = source.archive.read(source.member)
        elif os.path.isfile(source.path):
            data = _bytes(source.path)
    except OSError:
        pass
    if data is not None and decode(data) == (source.text, source.encoding):
        return data
    return source.text.encode(source.encoding, errors="replace")


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
    """The text, with `\\n` as line end, and its encoding: by BOM, else UTF-8, else Latin-1."""
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
        # Joined files keep their byte order marks.
        text = text.replace("\n\ufeff", "\n")
    # A lone `\r` is a line end in old Mac files only; with `\n` in the file it is data.
    return text if "\n" in text else text.replace("\r", "\n")
