"""Attributes of statements: which of them count, and which say nothing.

Everything else that a statement has is reported.
"""

from collections.abc import Iterator, Mapping

from transpile.dialects.controlm.elements import Element

_MESSAGE = frozenset("DEST SUBJECT SUBJ MESSAGE URGENCY CC_DEST ATTACH_SYSOUT".split())

_KNOWN: Mapping[str, frozenset[str]] = {
    "INCOND": frozenset(("NAME", "ODATE", "AND_OR", "OP")),
    "OUTCOND": frozenset(("NAME", "ODATE", "SIGN")),
    "DOCOND": frozenset(("NAME", "ODATE", "SIGN")),
    "ON": frozenset(("STMT", "CODE")),
    "DOACTION": frozenset(("ACTION",)),
    "DOFORCEJOB": frozenset(("FOLDER_NAME", "TABLE_NAME", "NAME")),
    "DOMAIL": _MESSAGE,
    "DOSHOUT": _MESSAGE,
    "SHOUT": _MESSAGE | {"WHEN"},
    "VARIABLE": frozenset(("NAME", "VALUE")),
}
"""The attributes that are translated, or that only say how a message is shown."""

_NEUTRAL: Mapping[str, frozenset[str]] = {
    "AND_OR": frozenset(("A", "AND")),
    "FROM_COL": frozenset(("000", "001", "1")),
    "ODATE": frozenset(("ODAT", "ODATE")),
    "PGMS": frozenset(("ANYSTEP", "+EVERY", "*")),
    "TO_COL": frozenset(("000", "132")),
}
"""Values that leave everything as it is, besides those of all attributes."""

NEUTRAL = frozenset(("", "0", "N", "NO", "NONE", "FALSE"))
"""Values of attributes that ask for nothing."""


def unknown_attributes(element: Element) -> Iterator[tuple[Element, str]]:
    """The attributes without a meaning here of a statement and of those in it."""
    known = _KNOWN.get(element.tag)
    if known is None:
        return
    for name in (each for each in element.attributes if each not in known):
        value = element.get(name).upper()
        if value not in NEUTRAL and value not in _NEUTRAL.get(name, ()):
            yield element, name
    if element.tag == "ON":
        for child in element.children:
            yield from unknown_attributes(child)
