"""Members of folders and jobs to attributes and statements.

What has no word in the XML keeps that of the JSON.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from transpile.dialects.controlm.elements import Element, Origin
from transpile.dialects.controlm.json_days import read_rerun, read_sequence, read_when
from transpile.dialects.controlm.json_defaults import Defaults
from transpile.dialects.controlm.json_parts import (
    kind_of,
    made,
    members_of,
    put,
    settle,
    settle_all,
    spread,
)
from transpile.dialects.controlm.json_text import Items, Object, Text, Value
from transpile.dialects.controlm.json_waits import Waits
from transpile.dialects.controlm.json_words import (
    ACTIONS,
    COUNTS,
    CRITERIA,
    DOCUMENT,
    OCCASIONS,
    PLAIN,
    RESOURCES,
    RESULTS,
    SHOUT,
    SIGNS,
    Word,
    compared,
    name_of,
)
from transpile.findings.diagnostics import Diagnostics

_Handler: TypeAlias = Callable[[Element, str, Value], None]


class Members:
    """Turns members of one source. `defaults` are those of the folder that is read."""

    def __init__(self, origin: Origin, diagnostics: Diagnostics) -> None:
        self.origin = origin
        self.defaults = Defaults()
        self.waits = Waits(origin, diagnostics)

    def take(self, element: Element, word: str, value: Value) -> None:
        """Turn a member of a folder or job."""
        if isinstance(value, Text):
            plain = PLAIN.get(word)
            if plain is not None:
                put(element, plain, value.text, value.at, word)
                return
        elif isinstance(value, Object) and (kind := kind_of(value)):
            self._typed(element, word, value, kind)
            return
        handler = _HANDLERS.get(word)
        if handler is not None:
            handler(element, word, value)
        elif word == "Variables":
            self.variables(element, word, value)
        elif word in PLAIN:
            settle(element, PLAIN[word], value, word)
        else:
            spread(element, word, value)

    # --------------------------------------------------------- members by name

    def variables(self, element: Element, word: str, value: Value) -> None:
        """A list of objects with one member each, or one object."""
        parts = value.items if isinstance(value, Items) else [value]
        for number, part in enumerate(parts, 1):
            if not isinstance(part, Object):
                spread(element, f"{word}[{number}]", part)
                continue
            for name, text in part.members.items():
                if isinstance(text, Text):
                    self._variable(element, name, text)
                else:
                    spread(element, f"{word}.{name}", text)

    def arguments(self, element: Element, word: str, value: Value) -> None:
        """Arguments of a script are the variables %%PARM1, %%PARM2 and so on."""
        parts = value.items if isinstance(value, Items) else [value]
        for number, part in enumerate(parts, 1):
            if isinstance(part, Text):
                self._variable(element, f"PARM{number}", part)
            else:
                spread(element, f"{word}[{number}]", part)

    def _variable(self, element: Element, name: str, value: Text) -> None:
        variable = made(self.origin, "VARIABLE", value.at)
        put(variable, Word("NAME"), _prefixed(name), value.at, "NAME")
        put(variable, Word("VALUE"), value.text, value.at, "VALUE")
        element.children.append(variable)

    # --------------------------------------------------------- members by type

    def _typed(self, element: Element, word: str, value: Object, kind: str) -> None:
        members = self.defaults.merged(value, kind)
        head, _, rest = kind.partition(":")
        if kind == "WaitForEvents":
            self.waits.wait_all(element, word, members)
        elif kind in ("AddEvents", "DeleteEvents"):
            self.waits.change_all(element, word, members, SIGNS[kind.removesuffix("Events")])
        elif head in ("Event", "Condition"):
            self._event(element, word, value, members, rest.rpartition(":")[2])
        elif kind in RESOURCES:
            tag, words = RESOURCES[kind]
            self._child(element, tag, value, members, words, NAME=name_of(word))
        elif head == "Notify":
            self._notify(element, value, members, rest)
        elif head in ("If", "IfBase", "IfCollection"):
            self._if(element, value, members, kind)
        elif kind == "Action:CaptureOutput":
            self._child(element, "CAPTURE", value, members, {})
        else:
            self._child(element, kind, value, members, {}, NAME=name_of(word))

    def _event(
        self, element: Element, word: str, value: Object, members: Mapping[str, Value], verb: str
    ) -> None:
        """An event that stands in a job itself; without a name it has that of its member."""
        name = members.get("Event", Text(word, value.at))
        event = Object(value.at, {**members, "Event": name})
        if verb in ("In", "Wait"):
            self.waits.wait_all(element, word, {"Events": Items(value.at, [event])})
        elif verb in SIGNS:
            self.waits.change_all(element, word, {"Events": Items(value.at, [event])}, SIGNS[verb])
        else:
            self._child(element, f"Event:{verb}", value, members, {}, NAME=name_of(word))

    def _notify(
        self, element: Element, value: Object, members: Mapping[str, Value], occasion: str
    ) -> None:
        """What is said when a job ends, or is late; the time of EXECTIME has its comparison."""
        criteria, limit = members.get("Criteria"), members.get("Value")
        if isinstance(criteria, Text) and isinstance(limit, Text) and criteria.text in CRITERIA:
            time = Text(f"{CRITERIA[criteria.text]}{limit.text}", limit.at)
            members = {**members, "By": time}
            members = {k: v for k, v in members.items() if k not in ("Criteria", "Value")}
        when = OCCASIONS.get(occasion, occasion)
        self._child(element, "SHOUT", value, members, SHOUT, WHEN=when)

    def _if(self, element: Element, value: Object, members: Mapping[str, Value], kind: str) -> None:
        on = self._child(element, "ON", value, {}, {}, STMT="*", CODE=RESULTS.get(kind, kind))
        for word, part in members.items():
            if isinstance(part, Object) and (action := kind_of(part)):
                self._action(on, part, action)
            elif word in COUNTS and isinstance(part, Text):
                put(on, Word("CODE"), compared(word, part.text), part.at, word)
            elif word in ("Code", "Statement"):
                settle(on, Word("CODE" if word == "Code" else "STMT"), part, word)
            elif word != "Type":
                spread(on, word, part)

    def _action(self, on: Element, value: Object, kind: str) -> None:
        members = self.defaults.merged(value, kind)
        head, _, verb = kind.removeprefix("Action:").rpartition(":")
        if head.partition(":")[0] in ("Event", "Condition") and verb in SIGNS:
            self.waits.change(on, "DOCOND", Object(value.at, dict(members)), SIGNS[verb])
            return
        known = ACTIONS.get(kind.removeprefix("Action:"))
        tag, words, fixed = known or ("DO", {}, {"ACTION": kind})
        action = self._child(on, tag, value, members, words, **fixed)
        if tag == "DOVARIABLE":
            action.attributes["NAME"] = _prefixed(action.get("NAME"))

    def _child(
        self,
        parent: Element,
        tag: str,
        value: Object,
        members: Mapping[str, Value],
        words: Mapping[str, Word],
        **fixed: str,
    ) -> Element:
        child = made(self.origin, tag, value.at, **fixed)
        parent.children.append(child)
        for word, part in members.items():
            if word in words:
                settle(child, words[word], part, word)
            elif word != "Type":
                spread(child, word, part)
        return child


def _prefixed(name: str) -> str:
    return name if name.startswith("%%") else f"%%{name}"


def _document(element: Element, word: str, value: Value) -> None:
    settle_all(element, word, value, DOCUMENT)


def _business(element: Element, word: str, value: Value) -> None:
    parts = value.items if isinstance(value, Items) else [value]
    pairs = [pair for part in parts for pair in members_of(element, word, part)]
    texts = [f"{name}={text.text}" for name, text in pairs if isinstance(text, Text)]
    put(element, Word("BUSINESSFIELDS"), ",".join(texts), value.at, word)


_HANDLERS: dict[str, _Handler] = {
    "BusinessFields": _business,
    "DocumentationFile": _document,
    "DocumentationUrl": _document,
    "Rerun": read_rerun,
    "RerunIntervals": read_sequence,
    "RerunLimit": read_rerun,
    "RerunSpecificTimes": read_sequence,
    "When": read_when,
}
