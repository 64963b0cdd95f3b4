"""Neutral names for the files and folders of an estate."""

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

_SUFFIXES = frozenset(
    ".cfg .conf .csv .dot .gv .json .properties .tsv .txt .xml .yaml .yml".split()
)
"""Suffixes that stay: formats are recognised by some of them."""


def numbered(labels: Iterable[str], suffixes: Iterable[str]) -> dict[str, str]:
    """New paths: folders d1, d2 and files a1, a2, in the order of the labels.

    Suffixes stay if they are common or among `suffixes`. Numbers have equal length, so that names
    sort as before.
    """
    known = [PurePosixPath(label) for label in labels]
    kept = _SUFFIXES | set(suffixes)
    folders: dict[PurePosixPath, str] = {}
    parents = {folder for path in known for folder in path.parents}
    width = len(str(len(known)))
    folder_width = len(str(len(parents)))
    found = {}
    for number, path in enumerate(known, 1):
        parts = []
        for folder in reversed(path.parents[:-1]):
            parts.append(folders.setdefault(folder, f"d{len(folders) + 1:0{folder_width}}"))
        suffix = path.suffix.lower() if path.suffix.lower() in kept else ""
        found[str(path)] = "/".join((*parts, f"a{number:0{width}}{suffix}"))
    return found


def renamed(
    labels: Iterable[str], suffixes: Iterable[str], rename: Callable[[str], str]
) -> dict[str, str]:
    """New paths: each replaced word by word, as in the texts that name these files.

    Suffixes stay as for `numbered`.
    """
    kept = _SUFFIXES | set(suffixes)
    found = {}
    for label in labels:
        suffix = PurePosixPath(label).suffix
        suffix = suffix if suffix.lower() in kept else ""
        found[label] = f"{rename(label.removesuffix(suffix))}{suffix}"
    return found
