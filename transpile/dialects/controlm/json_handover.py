"""Edits JSON of the Automation API; a source that is not edited stays to the character."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from transpile.dialects.controlm.elements import Element, Origin
from transpile.dialects.controlm.json_defaults import Defaults
from transpile.dialects.controlm.json_parts import kind_of
from transpile.dialects.controlm.json_text import Items, Object, Text, Value, read_objects
from transpile.dialects.controlm.json_words import name_of
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Source

_MEMBER_KEY = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w$%.+-]+)\s*:\s*""")
_BARE = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false")
_LIMITS = ("Rerun", "RerunLimit", "RerunIntervals", "RerunSpecificTimes", "Confirm")
_WAITS = "WaitForEvents"
_NO_WAIT = {"Type": _WAITS, "Events": []}
_GONE = object()
"""Stands in the place of what is left out, until the text is written."""


@dataclass(slots=True)
class _Place:
    """An object of the text: where it stands in what is written, and the folder or document around.

    `members` are the offsets of objects in it by their names. `is_dummy`: it stands in for a job.
    """

    holder: Any
    key: Any
    object: Object
    defaults: Defaults
    around: "_Place | None" = None
    members: dict[str, "_Place"] = field(default_factory=dict)
    is_dummy: bool = False

    @property
    def written(self) -> Any:
        """The object as it will be written."""
        return self.holder[self.key]

    @property
    def is_gone(self) -> bool:
        """True if it is left out, or what it stands in."""
        return self.written is _GONE or (self.around is not None and self.around.is_gone)

    def find(self, step: str) -> "_Place | None":
        """What a step of a flow names: a member, or a path of members."""
        if step in self.members:
            return self.members[step]
        head, _, rest = step.partition("/")
        return self.members[head].find(rest) if rest and head in self.members else None


@dataclass(slots=True)
class JsonEditor:
    """Edits one source. `kept` are members that defaults give a dummy back."""

    source: Source
    kept: list[tuple[Element, str]] = field(default_factory=list)
    _documents: list[Any] = field(default_factory=list)
    _places: dict[int, _Place] = field(default_factory=dict)
    _flows: list[tuple[_Place, _Place]] = field(default_factory=list)
    _is_edited: bool = False

    def __post_init__(self) -> None:
        for found in read_objects(self.source, Origin(self.source), Diagnostics()):
            self._documents.append({})
            place = _Place(self._documents, len(self._documents) - 1, found, Defaults(), None)
            self._fill(place, place)

    # ---------------------------------------------------------------- text to objects

    def _fill(self, place: _Place, root: _Place) -> None:
        """Write the members of an object as they are."""
        inside = place.defaults.inside(place.object.members.get("Defaults"))
        for word, value in place.object.members.items():
            place.written[word] = self._made(place.written, word, value, place, inside, root)

    def _made(
        self, holder: Any, key: Any, value: Value, around: _Place, inside: Defaults, root: _Place
    ) -> Any:
        if isinstance(value, Text):
            return self._scalar(value, is_member=isinstance(key, str))
        if isinstance(value, Items):
            found: list[Any] = [None] * len(value.items)
            for number, item in enumerate(value.items):
                found[number] = self._made(found, number, item, around, inside, root)
            return found
        holder[key] = {}
        place = self._places[value.at] = _Place(holder, key, value, inside, around)
        own = value.members.get("Name")
        title = own.text if isinstance(key, int) and isinstance(own, Text) else str(key)
        around.members.setdefault(name_of(title), place)
        if kind_of(value) == "Flow":
            self._flows.append((place, root))
        self._fill(place, root)
        return holder[key]

    def _scalar(self, value: Text, *, is_member: bool) -> Any:
        """A text, a number or a truth value, as the source has it."""
        match = _MEMBER_KEY.match(self.source.text, value.at) if is_member else None
        at = match.end() if match else value.at
        is_quoted = self.source.text[at : at + 1] in ('"', "'")
        is_bare = not is_quoted and _BARE.fullmatch(value.text)
        return json.loads(value.text) if is_bare else value.text

    # ---------------------------------------------------------------- edits

    def _place(self, element: Element) -> _Place | None:
        return self._places.get(element.origin.offset(element.line, element.column))

    def _known(self, element: Element) -> _Place:
        place = self._place(element)
        assert place is not None
        self._is_edited = True
        return place

    def remove(self, element: Element) -> None:
        """Leave a job, a folder or a statement out."""
        if place := self._place(element):
            self._is_edited = True
            place.holder[place.key] = _GONE

    def clear(self, element: Element, statements: Iterable[Element]) -> None:
        """Leave out these statements of a job or folder, and what limits or repeats its runs."""
        place = self._known(element)
        place.is_dummy = True
        for statement in statements:
            if statement.tag != "INCOND":
                self.remove(statement)
        written = place.written
        for word, value in place.defaults.merged(place.object, kind_of(place.object)).items():
            is_own = word in written
            if kind_of(value) == _WAITS or _is_wait(kind_of(value)):
                written[word] = _GONE if is_own and word not in self._given(place) else _NO_WAIT
            elif word == "Confirm":
                written[word] = False
            elif word == "When" and isinstance(value, Object) and "ToTime" in value.members:
                own = written[word] if is_own else _plain(value)
                written[word] = {k: v for k, v in own.items() if k != "ToTime"}
            elif word in _LIMITS or kind_of(value).partition(":")[0] in ("Resource", "Notify"):
                if word in self._given(place):
                    self.kept.append((element, word))
                if is_own:
                    written[word] = _GONE

    def _given(self, place: _Place) -> frozenset[str]:
        """The members that an object has from defaults if it has none of its own."""
        empty = Object(place.object.at, {})
        return frozenset(place.defaults.merged(empty, kind_of(place.object)))

    def idle(self, element: Element) -> None:
        """Make a job a dummy."""
        place = self._known(element)
        place.is_dummy = True
        place.written["RunAsDummy"] = True

    def hold(self, element: Element) -> None:
        """Have nothing order a folder."""
        if element.tag != "JOB":
            self._known(element).written["OrderMethod"] = "Manual"

    def wait(self, element: Element, event: str) -> None:
        """Have a dummy wait for an event, and delete it at its end."""
        self._known(element).written.update(_events(event))

    def add(self, element: Element, title: str, event: str) -> None:
        """Add a dummy to a folder that waits for an event."""
        days = {"RuleBasedCalendars": {"Included": ["USE PARENT"]}}
        job = {"Type": "Job:Dummy", "When": days, **_events(event)}
        self._known(element).written[title] = job

    # ---------------------------------------------------------------- objects to text

    def text(self, folders: Sequence[Element], heading: str) -> str:
        """The text of the source, in which some folders are edited."""
        if not self._is_edited:
            return self.source.text
        for flow, root in self._flows:
            if not flow.is_gone and flow.around is not None:
                self._cut(flow, flow.around, root)
        shown = (json.dumps(_kept(d), indent=2, ensure_ascii=False) for d in self._documents)
        return "\n".join((*shown, ""))

    def _cut(self, flow: _Place, around: _Place, root: _Place) -> None:
        """Keep those steps of a flow that wait for the one before, or that others wait for."""
        pieces: list[list[Any]] = [[]]
        sequence = flow.written.get("Sequence")
        for step in sequence if isinstance(sequence, list) else ():
            name = name_of(str(step))
            found = around.find(name) or root.find(name)
            if found is not None and (found.is_gone or found.is_dummy):
                pieces.append([])
            if found is None or not found.is_gone:
                pieces[-1].append(step)
        if len(pieces) == 1:
            return
        written, holder, number = flow.written, flow.holder, 0
        flow.holder[flow.key] = _GONE
        for piece in (piece for piece in pieces if len(piece) > 1):
            key = flow.key
            while holder.get(key, _GONE) is not _GONE:
                number += 1
                key = f"{flow.key}-{number}"
            holder[key] = {**written, "Sequence": piece}


def _is_wait(kind: str) -> bool:
    head, _, verb = kind.partition(":")
    return head in ("Event", "Condition") and verb.rpartition(":")[2] in ("In", "Wait")


def _events(event: str) -> dict[str, Any]:
    """The members of a dummy that waits for an event."""
    events = [{"Event": event}]
    return {
        "FlyteWaits": {"Type": _WAITS, "Events": events},
        "FlyteDone": {"Type": "DeleteEvents", "Events": events},
    }


def _plain(value: Object) -> dict[str, Any]:
    """The members of defaults, with all scalars as texts."""

    def plain(part: Value) -> Any:
        if isinstance(part, Text):
            return part.text
        return [plain(i) for i in part.items] if isinstance(part, Items) else _plain(part)

    return {word: plain(part) for word, part in value.members.items()}


def _kept(value: Any) -> Any:
    """A value without what is left out."""
    if isinstance(value, dict):
        return {key: _kept(part) for key, part in value.items() if part is not _GONE}
    return [_kept(part) for part in _present(value)] if isinstance(value, list) else value


def _present(values: Iterable[Any]) -> Iterator[Any]:
    return (value for value in values if value is not _GONE)
