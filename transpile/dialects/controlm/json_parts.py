"""Parts of JSON to elements and attributes, each with its place and the name that the JSON has."""

from collections.abc import Iterator, Mapping

from transpile.dialects.controlm.elements import Element, Origin
from transpile.dialects.controlm.json_text import Items, Object, Text, Value
from transpile.dialects.controlm.json_words import Word


def kind_of(value: Value) -> str:
    """The type of an object; empty without one."""
    kind = value.members.get("Type") if isinstance(value, Object) else None
    return kind.text.strip() if isinstance(kind, Text) else ""


def made(origin: Origin, tag: str, at: int, **attributes: str) -> Element:
    """An element that begins at an offset."""
    span = origin.span(at)
    return Element(tag, origin, span.line, span.column, attributes, places={}, words={})


def put(element: Element, word: Word, text: str, at: int, spelling: str) -> None:
    """Set an attribute. A second member of the same meaning keeps the name that the JSON has."""
    name = word.name
    if element.places is None or element.words is None or name in element.places:
        name = spelling
    element.attributes[name] = word.values.get(text, text)
    if element.places is not None:
        element.places[name] = at
    if element.words is not None and name != spelling:
        element.words[name] = spelling


def spread(element: Element, word: str, value: Value) -> None:
    """Keep a member under the name that the JSON has, and what is in it as `Outer.Inner`."""
    if isinstance(value, Text):
        put(element, Word(word), value.text, value.at, word)
    elif isinstance(value, Object):
        for inner, part in value.members.items():
            spread(element, f"{word}.{inner}", part)
    elif (text := joined(value)) is not None:
        if text:
            put(element, Word(word), text, value.at, word)
    else:
        for number, part in enumerate(value.items, 1):
            spread(element, f"{word}[{number}]", part)


def joined(value: Value) -> str | None:
    """A text, or texts with commas between them; None for anything else."""
    if isinstance(value, Text):
        return value.text
    if isinstance(value, Items) and all(isinstance(item, Text) for item in value.items):
        return ",".join(item.text.strip() for item in value.items if isinstance(item, Text))
    return None


def settle(element: Element, word: Word, value: Value, spelling: str) -> None:
    """Set an attribute from a text or a list of texts; anything else is spread."""
    text = joined(value)
    if text is None:
        spread(element, spelling, value)
    elif text or isinstance(value, Text):
        put(element, word, text, value.at, spelling)


def settle_all(element: Element, spelling: str, value: Value, words: Mapping[str, Word]) -> None:
    """Set attributes from the members of an object; those without a word are spread."""
    for inner, part in members_of(element, spelling, value):
        if inner in words:
            settle(element, words[inner], part, f"{spelling}.{inner}")
        else:
            spread(element, f"{spelling}.{inner}", part)


def members_of(element: Element, spelling: str, value: Value) -> Iterator[tuple[str, Value]]:
    """The members of an object; anything else is spread."""
    if isinstance(value, Object):
        yield from value.members.items()
    else:
        spread(element, spelling, value)
