"""Values of the model in words, without their places: equal when they mean the same."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum

from transpile.model.days import ranged
from transpile.sources.text import Span

NOTHING = "none"
"""The words for no parts: of a list, or of an object whose fields have their defaults."""

_NO_VALUE = "no value"


def in_words(value: object, but: Iterable[str] = ()) -> str:
    """The value in words; of an object its fields that differ from their defaults.

    Fields whose names are in `but` are left out, and so are places. Sets are sorted.
    """
    if value is None:
        return _NO_VALUE
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return in_words(value.value)
    if is_dataclass(value) and not isinstance(value, type):
        return _all(_fields(value, frozenset(but)))
    if isinstance(value, Mapping):
        return _all(f"{in_words(key)}: {in_words(value[key])}" for key in sorted(value, key=str))
    if isinstance(value, Set):
        return _set(value)
    if isinstance(value, tuple | list):
        return _all(_grouped(in_words(each)) for each in value)
    return str(value)


def details_of(value: object, but: Iterable[str] = ()) -> dict[str, str]:
    """The fields of an object that differ from their defaults, in words by name.

    Fields whose names are in `but` are left out, and so are places.
    """
    left_out = frozenset(but)
    return {
        label: in_words(found)
        for label, found in _told(value)
        if label.replace(" ", "_") not in left_out
    }


def _fields(value: object, but: frozenset[str]) -> Iterator[str]:
    for label, found in _told(value):
        if label.replace(" ", "_") in but:
            continue
        if isinstance(found, bool):
            yield label if found else f"not {label}"
        else:
            yield f"{label} {_grouped(in_words(found))}"


def _told(value: object) -> Iterator[tuple[str, object]]:
    """The fields that a reader wants to know, by their names in words."""
    for field in fields(value) if is_dataclass(value) else ():
        found = getattr(value, field.name)
        if field.compare and not isinstance(found, Span) and found != _default(field):
            yield field.name.replace("_", " "), found


def _default(field: "Field[object]") -> object:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else MISSING


def _set(values: Set[object]) -> str:
    numbers = [each for each in values if isinstance(each, int) and not isinstance(each, bool)]
    others = sorted(in_words(each) for each in values if not isinstance(each, int))
    return _all([*([ranged(numbers)] if numbers else []), *others])


def _all(parts: Iterable[str]) -> str:
    return ", ".join(filter(None, parts)) or NOTHING


def _grouped(text: str) -> str:
    return f"({text})" if "," in text else text
