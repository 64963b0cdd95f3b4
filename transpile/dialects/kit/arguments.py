"""Options in the arguments of a program."""

import re
from collections.abc import Mapping


def options_of(
    arguments: tuple[str, ...], flags: str = ""
) -> tuple[dict[str, list[str]], list[str]]:
    """The words of each option, by its lower-case name without dashes, and the other words.

    Each option takes the next word, apart from `flags`.
    """
    found: dict[str, list[str]] = {}
    others: list[str] = []
    name = ""
    for word in arguments:
        if re.match(r"-{1,2}[A-Za-z]", word):
            name = word.lstrip("-").lower()
            found.setdefault(name, [])
            name = "" if name in flags.split() else name
        elif name:
            found[name].append(word)
            name = ""
        else:
            others.append(word)
    return found, others


def named(options: Mapping[str, list[str]], *names: str) -> tuple[str, ...]:
    """The words of these options."""
    return tuple(word for name in names for word in options.get(name, ()))
