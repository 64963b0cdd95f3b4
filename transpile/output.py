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


@dataclass(slots=True)
class Written:
    """What became of the files: the names of those written, and of those kept."""

    written: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def write_files(
    folder: Path, files: Iterable[tuple[str, str]], diagnostics: Diagnostics
) -> Written:
    """Write (name, text) pairs into `folder`, made if need be; what fails is reported.

    Each file is written beside its place and moved there, so that no file is ever half there. A
    file that is not as an earlier run wrote it is kept.
    """
    result = Written()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        known = _manifest(folder)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".transpile-") as stage:
            hashes = _stage(Path(stage), folder, files, known, result, diagnostics)
            stale = sorted(n for n in known.keys() - hashes.keys() if (folder / n).is_file())
            for name in stale:
                diagnostics.add("A903", Span(name, 1), path=name)
            hashes.update({name: known[name] for name in stale})
            manifest = json.dumps({"files": hashes}, indent=1, sort_keys=True) + "\n"
            (Path(stage) / MANIFEST).write_bytes(manifest.encode("utf-8"))
            # Nothing is moved before all of it is there.
            for name in (*result.written, MANIFEST):
                os.replace(Path(stage) / name, folder / name)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        diagnostics.add("A902", Span(folder.name, 1), path=folder.name, reason=reason)
        result.written.clear()
    return result


def _stage(
    stage: Path,
    folder: Path,
    files: Iterable[tuple[str, str]],
    known: dict[str, str],
    result: Written,
    diagnostics: Diagnostics,
) -> dict[str, str]:
    """Write every file that may be written into `stage`; return the hashes of all of them."""
    hashes: dict[str, str] = {}
    for name, text in files:
        data = text.encode("utf-8")
        digest = hashlib.sha256(data).hexdigest()
        there = _digest(folder / name)
        if there not in (None, digest, known.get(name)):
            diagnostics.add("A901", Span(name, 1), path=name)
            result.kept.append(name)
            if name in known:
                hashes[name] = known[name]
            continue
        (stage / name).write_bytes(data)
        hashes[name] = digest
        result.written.append(name)
    return hashes


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
        return "no file"
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
