"""Zip archives, read in place: nothing is unpacked to disk."""

import errno
import lzma
import struct
import zipfile
import zlib

LARGEST_MEMBER, LARGEST_ARCHIVE, MOST_MEMBERS = 2**26, 2**29, 100_000
"""Limits of an archive: bytes per file, bytes in all, and files."""

SMALL_MEMBER, HIGHEST_RATIO = 2**20, 200
"""A larger file that unpacks to more than so many times its size is refused."""

_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, RuntimeError, KeyError, ValueError),
)
"""What zipfile raises for archives that are damaged, encrypted or malformed."""


class Archive:
    """A zip file. Raises OSError if it cannot be read or exceeds a limit."""

    def __init__(self, path: str) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except _BROKEN as error:
            raise OSError(errno.EINVAL, f"not a zip file: {error}") from error
        self.path = path
        self._left = LARGEST_ARCHIVE
        if len(self._zip.infolist()) > MOST_MEMBERS:
            raise OSError(errno.EFBIG, f"more than {MOST_MEMBERS} files")
        names = (info.filename for info in self._zip.infolist())
        self.members = tuple(name for name in names if not name.endswith("/"))
        self._folders: dict[str, list[str]] = {}
        for member in self.members:
            folder, _, name = member.rpartition("/")
            self._folders.setdefault(folder, []).append(name)

    def listed(self, folder: str) -> list[str]:
        """The names of the files in a folder; the name of the outermost folder is empty."""
        return self._folders.get(folder, [])

    def read(self, member: str, most: int = LARGEST_MEMBER) -> bytes:
        """The bytes of a file, at most `most`."""
        try:
            size, packed = (info := self._zip.getinfo(member)).file_size, info.compress_size
            if size > SMALL_MEMBER and size > HIGHEST_RATIO * packed:
                raise OSError(errno.EFBIG, f"{packed:,} bytes unpack to {size:,}")
            with self._zip.open(member) as file:
                data = file.read(min(most, LARGEST_MEMBER) + 1)
        except _BROKEN as error:
            raise OSError(errno.EINVAL, f"it cannot be unpacked: {error}") from error
        self._left -= len(data)
        if self._left < 0 or len(data) > LARGEST_MEMBER:
            raise OSError(errno.EFBIG, "it is too large")
        return data[:most]
