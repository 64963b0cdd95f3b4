"""Events in JSON: what jobs and folders wait for, add and delete."""

from collections.abc import Mapping, Sequence

from transpile.dialects.controlm.elements import Element, Origin
from transpile.dialects.controlm.json_parts import made, put, settle, spread
from transpile.dialects.controlm.json_text import Items, Object, Text, Value
from transpile.dialects.controlm.json_words import EVENT, SIGNS
from transpile.findings.codes.reading import WrongValue
from transpile.findings.diagnostics import Diagnostics

_OPERATORS = {"AND": "A", "OR": "O"}
_EVENT = "an event, AND, OR or a bracket"
_TERM = "an event on both sides"


class Waits:
    """Makes IN and OUT conditions of one source."""

    def __init__(self, origin: Origin, diagnostics: Diagnostics) -> None:
        self._origin = origin
        self._diagnostics = diagnostics
        self._terms: dict[int, list[Element]] = {}
        self._closed: set[int] = set()

    def wait_all(self, element: Element, word: str, members: Mapping[str, Value]) -> None:
        """What a WaitForEvents says."""
        events = members.get("Events")
        if isinstance(events, Items):
            terms = _Terms(self, events.items)
            terms.read()
            self.wait(element, terms.found)
        self._rest(element, word, members)

    def change_all(
        self, element: Element, word: str, members: Mapping[str, Value], sign: str
    ) -> None:
        """What an AddEvents or DeleteEvents says."""
        events = members.get("Events")
        for item in events.items if isinstance(events, Items) else ():
            if isinstance(item, Object):
                self.change(element, "OUTCOND", item, sign)
            else:
                self.refuse(item, "an event")
        self._rest(element, word, members)

    def _rest(self, element: Element, word: str, members: Mapping[str, Value]) -> None:
        for inner, part in members.items():
            if inner != "Type" and not (inner == "Events" and isinstance(part, Items)):
                spread(element, f"{word}.{inner}", part)

    def change(self, element: Element, tag: str, event: Object, sign: str) -> None:
        """Add a statement that adds or deletes an event."""
        found = self.event(tag, event, SIGN=sign)
        if found is not None:
            element.children.append(found)

    def event(self, tag: str, event: Object, **fixed: str) -> Element | None:
        """A statement about an event; one without a name is refused."""
        if not isinstance(event.members.get("Event"), Text):
            self.refuse(event, "an object with an Event")
            return None
        found = made(self._origin, tag, event.at, ODATE="ODAT", **fixed)
        for word, part in event.members.items():
            if word in EVENT:
                settle(found, EVENT[word], part, word)
            elif word != "Type":
                spread(found, word, part)
        return found

    def flow(self, before: Element, after: Element, name: str, places: tuple[int, int]) -> None:
        """One job or folder waits for another one, and deletes the event when it has ended."""
        for element, tag, at, fixed in (
            (before, "OUTCOND", places[0], {"SIGN": SIGNS["Add"]}),
            (after, "INCOND", places[1], {"AND_OR": "A"}),
            (after, "OUTCOND", places[1], {"SIGN": SIGNS["Delete"]}),
        ):
            found = made(self._origin, tag, at, ODATE="ODAT", **fixed)
            put(found, EVENT["Event"], name, at, "NAME")
            if tag == "INCOND":
                self.wait(element, [found])
            else:
                element.children.append(found)

    def wait(self, element: Element, terms: Sequence[Element]) -> None:
        """Add terms for which something waits, besides those that it has.

        Terms with an OR get brackets: both groups must hold.
        """
        if not terms:
            return
        known = self._terms.setdefault(id(element), [])
        if known and id(element) not in self._closed:
            _close(known)
        if known:
            self._closed.add(id(element))
            _close(terms)
        known += terms
        element.children += terms

    def refuse(self, value: Value, expected: str) -> None:
        """Report a value in a list of events."""
        text = value.text if isinstance(value, Text) else "this"
        finding = WrongValue(key="Events", value=text[:60], expected=expected)
        self._diagnostics.add(finding, self._origin.span(value.at), text=text[:60])


class _Terms:
    """Reads a list of events with operators and brackets between them."""

    def __init__(self, waits: Waits, items: Sequence[Value]) -> None:
        self.found: list[Element] = []
        self._waits = waits
        self._items = items
        self._opening: list[str] = []
        self._closing: list[str] = []
        self._operator: Value | None = None
        self._joins = "A"

    def read(self) -> None:
        for item in self._items:
            if isinstance(item, Text):
                self._word(item, item.text.strip().upper())
            elif isinstance(item, Object):
                self._event(item)
            else:
                self._waits.refuse(item, _EVENT)
        self._close_last()
        if self._operator is not None:
            self._waits.refuse(self._operator, _TERM)

    def _word(self, item: Text, word: str) -> None:
        opens = bool(word) and not word.strip("(")
        if not (opens or word in _OPERATORS or (word and not word.strip(")"))):
            self._waits.refuse(item, _EVENT)
        elif opens:
            self._opening.append(word)
            self._operator = item
        elif not self.found or self._operator is not None:
            self._waits.refuse(item, _TERM)
        elif word in _OPERATORS:
            self._joins = _OPERATORS[word]
            self._operator = item
        else:
            self._closing.append(word)

    def _event(self, item: Object) -> None:
        self._close_last()
        fixed = {"OP": "".join(self._opening)} if self._opening else {}
        term = self._waits.event("INCOND", item, AND_OR=self._joins, **fixed)
        if term is not None:
            self.found.append(term)
            self._opening, self._operator, self._joins = [], None, "A"

    def _close_last(self) -> None:
        """Put the closing brackets behind the last event."""
        if self._closing:
            attributes = self.found[-1].attributes
            attributes["OP"] = attributes.get("OP", "") + "".join(self._closing)
            self._closing = []


def _close(terms: Sequence[Element]) -> None:
    """Put brackets around terms that an OR joins."""
    depth = 0
    has_or = False
    for number, term in enumerate(terms):
        brackets = term.attributes.get("OP", "")
        has_or |= number > 0 and depth == 0 and term.attributes.get("AND_OR") == "O"
        depth += brackets.count("(") - brackets.count(")")
    if has_or:
        first, last = terms[0].attributes, terms[-1].attributes
        first["OP"] = "(" + first.get("OP", "")
        last["OP"] = last.get("OP", "") + ")"
