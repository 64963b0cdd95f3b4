"""Texts without what differs between versions that mean the same: places, and names of jobs."""

import re
from collections.abc import Iterable, Mapping

FILE = "FILE"
"""Stands for the name of any source."""

_TOKEN = re.compile(r"[^\s\"'(),;:|&=<>·]+")
_PLACE = re.compile(rf"({_TOKEN.pattern})((?::\d+)*)")


class Places:
    """The names of the sources of one version."""

    def __init__(self, labels: Iterable[str]) -> None:
        self._labels = frozenset(labels)
        self._odd = sorted(label for label in self._labels if not _TOKEN.fullmatch(label))

    def without(self, text: str) -> str:
        """The text without names of sources, and without lines and columns behind them."""
        for label in self._odd:
            text = text.replace(label, FILE)
        return _PLACE.sub(self._replaced, text)

    def _replaced(self, found: re.Match[str]) -> str:
        word, stop = (found[1][:-1], ".") if found[1].endswith(".") else (found[1], "")
        is_label = word in self._labels or word == FILE
        return f"{FILE}{stop}" if is_label else found[0]


def renamed_in(text: str, names: Mapping[str, str]) -> str:
    """The text with other names of jobs."""
    if not names:
        return text
    return _TOKEN.sub(lambda found: names.get(found[0], found[0]), text)


def squeezed(text: str) -> str:
    """The text without blanks, but for one between two words."""
    return re.sub(r"\s*(\W)\s*", r"\1", " ".join(text.split()))
