"""Suggestions for mistyped names, and completions for the shell."""

import difflib
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from os.path import commonprefix

import click

Completer = Callable[[click.Context, click.Parameter, str], list[str]]

MOST = 20
"""Number of close names that are compared."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` (did you mean X?)` with the known name that is closest to a word; else an empty text.

    Case does not matter. Of names that are equally close, one that begins like the word is taken.
    """
    names: dict[str, str] = {}
    for name in sorted(known):
        names.setdefault(name.casefold(), name)
    typed = word.casefold()
    close = difflib.get_close_matches(typed, names, MOST)

    def likeness(name: str) -> tuple[float, int]:
        return SequenceMatcher(None, name, typed).ratio(), len(commonprefix((name, typed)))

    return f" (did you mean {names[max(close, key=likeness)]}?)" if close else ""


def starting_with(known: Callable[[], Iterable[str]]) -> Completer:
    """A function for click that completes a word to known names; case does not matter."""

    def complete(_: click.Context, __: click.Parameter, word: str) -> list[str]:
        return [name for name in known() if name.casefold().startswith(word.casefold())]

    return complete
