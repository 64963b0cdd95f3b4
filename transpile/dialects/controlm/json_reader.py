"""Reads jobs as code, the JSON of the Automation API, into the words of XML exports."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from transpile.dialects.controlm.codes.json import (
    DefaultsReplaced,
    MisplacedObject,
    UnknownStep,
)
from transpile.dialects.controlm.elements import Element, Origin
from transpile.dialects.controlm.json_days import calendar, set_default_days
from transpile.dialects.controlm.json_defaults import Defaults
from transpile.dialects.controlm.json_members import Members
from transpile.dialects.controlm.json_parts import kind_of, made, put, spread
from transpile.dialects.controlm.json_text import Items, Object, Text, Value, read_objects
from transpile.dialects.controlm.json_words import (
    COMMANDS,
    FILE_WATCHER,
    SKIPPED,
    TASKTYPES,
    Word,
    name_of,
)
from transpile.findings.codes.reading import OldPlatformObject, WrongValue
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Source

_FOLDERS = {"Folder": "SMART_FOLDER", "SimpleFolder": "FOLDER", "SubFolder": "SUB_FOLDER"}
_PLATFORM = (
    *("ConnectionProfile", "Driver", "Endpoint", "SiteStandard", "SiteStandardPolicy"),
    "WorkloadPolicy",
)
"""Types of objects that describe the old platform."""

_LISTS = ("Jobs", "SubFolders", "Folders")
"""Members that list objects which have a Name, in place of members of that name."""

_AUTOMATIC = {"Automatic": "SYSTEM"}
_LEFT_OUT = "left out"


def read_json(source: Source, diagnostics: Diagnostics) -> list[Element]:
    """The folders and calendars of a source, in order. It may hold several documents."""
    origin = Origin(source)
    reader = _Reader(origin, diagnostics)
    found: list[Element] = []
    for document in read_objects(source, origin, diagnostics):
        found += reader.read(document)
    return found


@dataclass(slots=True)
class _Place:
    """A folder or job, and what is in it by name; `path` is that of the folder in its document."""

    path: str
    element: Element | None = None
    inner: dict[str, list["_Place"]] = field(default_factory=dict)

    def find(self, step: str) -> list["_Place"]:
        """What a step of a flow names: something in this folder, or in one inside of it."""
        places, rest = [self], step
        while places:
            if found := [each for place in places for each in place.inner.get(rest, ())]:
                return found
            head, slash, rest = rest.partition("/")
            places = [each for place in places for each in place.inner.get(head, ())]
            if not slash:
                break
        return []


class _Reader:
    """Reads the documents of one source."""

    def __init__(self, origin: Origin, diagnostics: Diagnostics) -> None:
        self._origin = origin
        self._diagnostics = diagnostics
        self._members = Members(origin, diagnostics)
        self._defaults = Defaults()
        self._flows: list[tuple[str, Object, _Place]] = []
        self._events: set[str] = set()
        self._joined: set[tuple[int, int]] = set()

    def read(self, document: Object) -> list[Element]:
        """The folders and calendars of one document."""
        root = _Place("")
        found: list[Element] = []
        self._enter(Defaults().inside(document.members.get("Defaults")))
        for name, value, at in self._objects(document.members, is_top=True):
            found += self._top(name, value, at, root)
        for name, flow, place in self._flows:
            self._flow(name, flow, place, root)
        self._flows.clear()
        return found

    def _enter(self, defaults: Defaults) -> None:
        self._defaults = self._members.defaults = defaults

    def _objects(
        self, members: Mapping[str, Value], *, is_top: bool = False
    ) -> Iterator[tuple[str, Object, int]]:
        """The objects with a type among these members; at the top anything else is reported."""
        for word, value in members.items():
            if isinstance(value, Items) and word in _LISTS:
                yield from self._listed(word, value)
            elif isinstance(value, Object) and kind_of(value):
                yield word, value, value.at
            elif is_top and not (word == "Comment" or _is_defaults(word, value)):
                self._misplaced(word, "without a Type", value.at, _LEFT_OUT)

    def _listed(self, word: str, value: Items) -> Iterator[tuple[str, Object, int]]:
        for item in value.items:
            name = item.members.get("Name") if isinstance(item, Object) else None
            if isinstance(item, Object) and isinstance(name, Text) and _is_inside("", item):
                yield name.text, item, item.at
            else:
                self._refuse(word, item.at, "jobs or folders that have a Name")

    def _refuse(self, word: str, at: int, expected: str) -> None:
        finding = WrongValue(key=word, value="this", expected=expected)
        self._diagnostics.add(finding, self._origin.span(at), text=word)

    def _top(self, name: str, value: Object, at: int, root: _Place) -> Iterator[Element]:
        kind = kind_of(value)
        head, _, rest = kind.partition(":")
        if kind in _FOLDERS:
            if kind == "SubFolder":
                self._misplaced(name, kind, at, "read as a folder")
            yield self._folder(name, value, at, "Folder" if kind == "SubFolder" else kind, root)
        elif head == "Job":
            self._misplaced(name, kind, at, "read as a job without a folder")
            yield self._job(name, value, at, root)
        elif head == "Calendar" and rest:
            yield calendar(self._origin, name_of(name), value, rest)
        elif kind == "Flow":
            self._flows.append((name, value, root))
        elif head in _PLATFORM:
            finding = OldPlatformObject(verb=kind, name=name)
            self._diagnostics.add(finding, self._origin.span(at), text=name)
        else:
            self._misplaced(name, kind, at, _LEFT_OUT)

    def _misplaced(self, name: str, kind: str, at: int, outcome: str) -> None:
        finding = MisplacedObject(name=name, kind=kind, outcome=outcome)
        self._diagnostics.add(finding, self._origin.span(at), text=name)

    # ------------------------------------------------------------ folders and jobs

    def _folder(self, key: str, value: Object, at: int, kind: str, around: _Place) -> Element:
        name = name_of(key)
        tag = _FOLDERS[kind]
        word = "JOBNAME" if tag == "SUB_FOLDER" else "FOLDER_NAME"
        element = made(self._origin, tag, at)
        put(element, Word(word), name, at, word)
        place = _Place(f"{around.path}/{name}" if around.path else name, element)
        around.inner.setdefault(name, []).append(place)
        members = self._inherited(key, value, kind)
        for inner, part in members.items():
            is_property = not (_is_inside(inner, part) or _is_defaults(inner, part))
            if is_property and (inner != "OrderMethod" or tag == "SUB_FOLDER"):
                self._take(element, inner, part)
        if tag != "SUB_FOLDER":
            _order(element, members.get("OrderMethod"))
        if tag != "FOLDER":
            set_default_days(element, members.get("When"))
        outer = self._defaults
        self._enter(outer.inside(value.members.get("Defaults")))
        for inner, part, begin in self._objects(members):
            if _is_inside(inner, part):
                self._inside(inner, part, begin, place, element)
        self._enter(outer)
        return element

    def _inside(self, name: str, value: Object, at: int, place: _Place, element: Element) -> None:
        kind = kind_of(value)
        if kind == "Flow":
            self._flows.append((name, value, place))
        elif kind in _FOLDERS:
            if kind != "SubFolder":
                self._misplaced(name, kind, at, "read as a SubFolder")
            element.children.append(self._folder(name, value, at, "SubFolder", place))
        else:
            element.children.append(self._job(name, value, at, place))

    def _job(self, key: str, value: Object, at: int, around: _Place) -> Element:
        name, kind = name_of(key), kind_of(value)
        element = made(self._origin, "JOB", at)
        put(element, Word("JOBNAME"), name, at, "JOBNAME")
        around.inner.setdefault(name, []).append(_Place(around.path, element))
        members = self._inherited(key, value, kind)
        is_command = kind in TASKTYPES
        self._set_kind(element, kind, value.members["Type"].at)
        for word, part in members.items():
            if is_command and word in COMMANDS and isinstance(part, Text):
                put(element, COMMANDS[word], part.text, part.at, word)
            elif is_command and word == "Arguments":
                self._members.arguments(element, word, part)
            else:
                self._take(element, word, part)
        set_default_days(element, members.get("When"))
        return element

    def _set_kind(self, element: Element, kind: str, at: int) -> None:
        put(element, Word("TASKTYPE"), TASKTYPES.get(kind, "Job"), at, "Type")
        if kind == "Job:EmbeddedScript":
            put(element, Word("USE_INSTREAM_JCL"), "Y", at, "Type")
        elif kind.startswith(FILE_WATCHER):
            put(element, Word("APPL_TYPE"), "FileWatch", at, "Type")
            mode = kind.removeprefix(FILE_WATCHER).strip(":").upper() or "CREATE"
            put(element, Word("Mode"), mode, at, "Type")
        elif kind not in TASKTYPES:
            put(element, Word("APPL_TYPE"), kind.partition(":")[2] or kind, at, "Type")

    def _inherited(self, name: str, value: Object, kind: str) -> Mapping[str, Value]:
        """The members of a folder or job, with the defaults that count."""
        for word, own, lost in self._defaults.replaced(value, kind):
            shown = ", ".join(lost)
            finding = DefaultsReplaced(key=word, name=name, lost=shown)
            self._diagnostics.add(finding, self._origin.span(own.at), text=word)
        return self._defaults.merged(value, kind)

    def _take(self, element: Element, word: str, value: Value) -> None:
        if word not in SKIPPED or kind_of(value):
            self._members.take(element, word, value)

    # ---------------------------------------------------------------------- flows

    def _flow(self, name: str, flow: Object, place: _Place, root: _Place) -> None:
        """Each step of a flow waits for the one before."""
        sequence = flow.members.get("Sequence")
        if not isinstance(sequence, Items):
            self._refuse("Sequence", flow.at, "a list of names")
            return
        steps: list[_Step] = []
        for item in sequence.items:
            if not isinstance(item, Text):
                self._refuse("Sequence", item.at, "names of jobs")
            elif found := self._step(name, name_of(item.text), item.at, place, root):
                steps.append(found)
        for before, after in pairwise(steps):
            self._follow(place.path, before, after)
        for word, part in flow.members.items():
            if word not in (*SKIPPED, "Sequence") and steps:
                spread(place.element or steps[0].element, f"{name}.{word}", part)

    def _step(self, flow: str, step: str, at: int, place: _Place, root: _Place) -> "_Step | None":
        found = place.find(step) or root.find(step)
        if len(found) == 1 and found[0].element is not None:
            return _Step(step, found[0].element, at)
        reason = "the name of several jobs" if found else "not in this folder"
        finding = UnknownStep(step=step, flow=flow, reason=reason)
        self._diagnostics.add(finding, self._origin.span(at), text=step)
        return None

    def _follow(self, path: str, before: "_Step", after: "_Step") -> None:
        """An event of its own joins two steps, once however many flows have them."""
        pair = (id(before.element), id(after.element))
        if pair in self._joined:
            return
        self._joined.add(pair)
        wanted = f"{path}:{before.name}-TO-{after.name}".removeprefix(":")
        name, number = wanted, 2
        while name in self._events:
            name, number = f"{wanted}-{number}", number + 1
        self._events.add(name)
        self._members.waits.flow(before.element, after.element, name, (before.at, after.at))


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of a flow, as the flow names it at an offset."""

    name: str
    element: Element
    at: int


def _is_inside(word: str, value: Value) -> bool:
    """True for what a folder holds; its properties are everything else."""
    if isinstance(value, Items):
        return word in _LISTS
    kind = kind_of(value)
    return kind == "Flow" or kind in _FOLDERS or kind.partition(":")[0] == "Job"


def _is_defaults(word: str, value: Value) -> bool:
    return word == "Defaults" and isinstance(value, Object) and not kind_of(value)


def _order(element: Element, value: Value | None) -> None:
    """The API has folders ordered each day unless they say otherwise."""
    word = Word("FOLDER_ORDER_METHOD", _AUTOMATIC)
    if value is None:
        element.attributes[word.name] = "SYSTEM"
    elif not isinstance(value, Text):
        spread(element, "OrderMethod", value)
    else:
        put(element, word, value.text, value.at, "OrderMethod")
