"""Names of units, and specifiers such as `%i` that stand for parts of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_PART = re.compile(r"[\w:.\\-]+", re.A)
_TYPE = re.compile(r"[a-z]+")
_ESCAPE = re.compile(r"\\x([0-9a-fA-F]{2})|-")
_SPECIFIER = re.compile(r"%(.?)", re.S)
LONGEST = 255

SYSTEM = {
    "u": "root",
    "U": "0",
    "g": "root",
    "G": "0",
    "h": "/root",
    "t": "/run",
    "S": "/var/lib",
    "C": "/var/cache",
    "L": "/var/log",
    "E": "/etc",
    "T": "/tmp",
    "V": "/var/tmp",
}
"""Specifiers with the same value on every machine, in units of the system."""

IN_SHELL = {
    "H": "$(uname -n)",
    "l": "$(uname -n | cut -d. -f1)",
    "v": "$(uname -r)",
}
"""Specifiers about the machine, as shell text that gives the value."""

ON_MACHINE = {
    "a": "the architecture",
    "A": "the version of the image",
    "b": "the boot",
    "B": "the build of the system",
    "d": "the folder of credentials",
    "D": "the folder of shared data",
    "m": "the machine",
    "M": "the image",
    "o": "the operating system",
    "q": "the pretty name of the machine",
    "s": "the shell of the user",
    "w": "the version of the system",
    "W": "the variant of the system",
    "y": "the path of the unit",
    "Y": "the folder of the unit",
}
"""Specifiers about the machine that nothing else knows."""


class BadSpecifier(Exception):
    """A specifier has no value here; the message gives the reason."""


class FatalSpecifier(BadSpecifier):
    """systemd knows no such specifier, and refuses the text."""


@dataclass(frozen=True, slots=True)
class UnitName:
    """The name of a unit. `instance` is None without an @, and empty for a template."""

    prefix: str
    instance: str | None
    type: str

    @staticmethod
    def read(text: str) -> "UnitName | None":
        """The name; None for a text that is none."""
        stem, _, type_ = text.rpartition(".")
        prefix, at, instance = stem.partition("@")
        parts = (prefix, *filter(None, instance.split("@")))
        if (
            len(text) > LONGEST
            or not _TYPE.fullmatch(type_)
            or not all(map(_PART.fullmatch, parts))
        ):
            return None
        return UnitName(prefix, instance if at else None, type_)

    def __str__(self) -> str:
        return f"{self.stem}.{self.type}"

    @property
    def stem(self) -> str:
        """The name without its type."""
        return self.prefix if self.instance is None else f"{self.prefix}@{self.instance}"

    @property
    def template(self) -> "UnitName | None":
        """The name of the template that it is an instance of."""
        return UnitName(self.prefix, "", self.type) if self.instance else None

    def of_instance(self, instance: str) -> "UnitName":
        """The instance of that name of a template."""
        return UnitName(self.prefix, instance, self.type)

    def values(self) -> dict[str, str]:
        """The specifiers about the name."""
        last = self.prefix.rpartition("-")[2]
        instance = self.instance or ""
        return {
            "%": "%",
            "n": str(self),
            "N": self.stem,
            "p": self.prefix,
            "P": unescaped(self.prefix),
            "i": instance,
            "I": unescaped(instance),
            "j": last,
            "J": unescaped(last),
            "f": f"/{unescaped(instance or self.prefix).lstrip('/')}",
        }


def unescaped(text: str) -> str:
    """The text that an escaped part of a name stands for."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else "/", text)


def escaped(text: str) -> str:
    """The text as a part of a name, by systemd-escape."""
    return "".join(
        c if c.isascii() and (c.isalnum() or c in ":_.") and (c != "." or n) else _code(c)
        for n, c in enumerate(text)
    )


def _code(character: str) -> str:
    codes = (f"\\x{byte:02x}" for byte in character.encode())
    return "-" if character == "/" else "".join(codes)


def expand(
    text: str, name: UnitName, *, is_user: bool = False, hole: Callable[[str], str] | None = None
) -> str:
    """The text with the values of its specifiers. Raises BadSpecifier.

    `hole` gives the mark for shell text that knows a value. Units of a user have other folders.
    """
    if "%" not in text:
        return text
    values = name.values()

    def value(match: re.Match[str]) -> str:
        letter = match[1]
        if letter in values:
            return values[letter]
        if letter in SYSTEM and not is_user:
            return SYSTEM[letter]
        if letter in SYSTEM:
            raise BadSpecifier(f"%{letter} is a value of the user")
        if letter in IN_SHELL and hole is not None:
            return hole(IN_SHELL[letter])
        if letter in IN_SHELL or letter in ON_MACHINE:
            about = ON_MACHINE.get(letter, "the machine")
            raise BadSpecifier(f"%{letter} is a value of the machine ({about})")
        if letter.isascii() and letter.isalpha():
            raise FatalSpecifier(f"%{letter} is no specifier")
        return match[0]

    return _SPECIFIER.sub(value, text)
