"""Paths of files as the user can open them, in place of the labels that findings have.

Reports in OUT name a source by its label, its path in the folder that the user passed: they do not
depend on the current folder. What is printed names it by its path from the current folder.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from transpile.cli.colours import is_terminal
from transpile.findings.diagnostics import Diagnostic
from transpile.sources.printable import printable
from transpile.sources.text import Source

LINKING = (
    *("DOMTERM", "GHOSTTY_RESOURCES_DIR", "ITERM_SESSION_ID", "KITTY_WINDOW_ID", "KONSOLE_VERSION"),
    *("VTE_VERSION", "WEZTERM_PANE", "WT_SESSION"),
)
"""Variables that terminals with hyperlinks set."""


@dataclass(slots=True)
class Places:
    """Paths of sources by label, and of files in or beside what the user named.

    The `output` is the folder that a conversion writes.
    """

    arguments: tuple[str, ...] = ()
    settings: Path | None = None
    output: Path | None = None
    _known: dict[str, str] = field(default_factory=dict)

    def add(self, sources: Iterable[Source]) -> None:
        """Learn where the sources are."""
        self._known.update((source.label, source.path) for source in sources if source.path)

    def path(self, label: str) -> str:
        """The path of a file from the current folder; the label itself if there is no such file."""
        if label not in self._known:
            found = next(self._candidates(label), None)
            if found is None:
                return label
            self._known[label] = found
        return from_here(self._known[label])

    def shown(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The findings with paths from the current folder."""
        return [
            replace(found, span=found.span._replace(file=self.path(found.span.file)))
            for found in diagnostics
        ]

    def _candidates(self, label: str) -> Iterator[str]:
        """The paths that the label of a file may stand for, if something is there."""
        if os.path.normpath(label) != label or label.startswith(os.pardir):
            # The name of an archive's member, which may lead anywhere.
            return
        if self.settings is not None and label == self.settings.name:
            yield str(self.settings)
        named = self.arguments if self.output is None else (*self.arguments, str(self.output))
        for argument in named:
            if PurePath(argument).name == label:
                yield argument
            folder = argument if os.path.isdir(argument) else os.path.dirname(argument)
            path = os.path.join(folder, label)
            if os.path.lexists(path):
                yield path


def from_here(path: str | Path) -> str:
    """The path without detours, and from the current folder if it is below that.

    Control characters are escaped.
    """
    short = os.path.normpath(path)
    if os.path.isabs(short):
        try:
            below = os.path.relpath(short)
        except (OSError, ValueError):
            # The current folder is gone, or on another drive.
            below = os.pardir
        short = short if below.split(os.sep)[0] == os.pardir else below
    return printable(short.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def linked(text: str, path: str) -> str:
    """The text as a hyperlink to the file, if standard output is a terminal that shows such links.

    Variables that terminals set tell them apart; FORCE_HYPERLINK set to 0 or 1 decides, too.
    """
    wish = os.environ.get("FORCE_HYPERLINK", "")
    able = wish != "0" if wish else any(name in os.environ for name in LINKING)
    if not (able and is_terminal() and os.path.exists(path)):
        return text
    return f"\x1b]8;;{Path(os.path.abspath(path)).as_uri()}\x1b\\{text}\x1b]8;;\x1b\\"
