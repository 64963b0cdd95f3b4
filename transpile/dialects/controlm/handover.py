"""Takes jobs off Control-M when they move, and puts them back.

A job that no staying one waits for leaves its folder. In the place of any other one stands a dummy
of the same name, which waits for an event that the bridge adds, and then adds the events of the
job. A folder that has nothing left is ordered no more, and its jobs are dummies.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from transpile.dialects.controlm.calendars import CALENDARS
from transpile.dialects.controlm.elements import FOLDERS, Element
from transpile.dialects.controlm.entries import entries_of, title_of
from transpile.dialects.controlm.followups import follow_ups
from transpile.dialects.controlm.json_handover import JsonEditor
from transpile.dialects.controlm.plan import Planned, events_of
from transpile.dialects.controlm.reader import JSON, read_elements
from transpile.dialects.controlm.results import Kind, read_result
from transpile.dialects.controlm.xml_handover import XmlEditor
from transpile.dialects.kit.contract import Handover, Leaving, Problem
from transpile.findings.codes.standins import LessOnLegacySide
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network
from transpile.sources.text import Source

EVENT = "FLYTE-"
"""Begins the names of the events for which stand-ins wait."""

TITLE = "FLYTE"
"""The name of the stand-in for a folder, in that folder."""

_FOR_STARTS = ("INCOND", "QUANTITATIVE", "CONTROL", "SHOUT", "CAPTURE")
"""Statements that a stand-in has no use for."""

_FOR_OTHERS = ("DOCOND", "DOFORCEJOB")
"""Actions that other jobs notice."""

_USES = {".xml": "load it: emdef deffolder -src FILE /o", ".json": "load it: ctm deploy FILE"}

_FOR_EVENTS = "copy it into ~/.ctm-tell on the host that the bridge calls"


class Editor(Protocol):
    """Edits the text of one source. Elements are those that were read from it.

    `kept` are parts of dummies that could not be left out.
    """

    kept: list[tuple[Element, str]]

    def remove(self, element: Element) -> None:
        """Leave a job or folder out."""

    def clear(self, element: Element, statements: Iterable[Element]) -> None:
        """Leave out these statements of a job or folder, and what limits or repeats its runs."""

    def idle(self, element: Element) -> None:
        """Make a job a dummy."""

    def hold(self, element: Element) -> None:
        """Have nothing order a folder."""

    def wait(self, element: Element, event: str) -> None:
        """Have a dummy wait for an event, and delete it at its end."""

    def add(self, element: Element, title: str, event: str) -> None:
        """Add a dummy to a folder that waits for an event."""

    def text(self, folders: Sequence[Element], heading: str) -> str:
        """The text of a file that defines these folders."""


def definitions(sources: Sequence[Source], gone: Leaving) -> Handover:
    """The definitions for the jobs of a wave."""
    read = [(source, read_elements(source, Diagnostics())) for source in sources]
    found = [e for _, elements in read for e in elements if e.tag not in CALENDARS]
    entries = entries_of(found, Diagnostics())
    names = {id(entry.element): entry.name for entry in entries}
    now, before = _split(gone, {*gone.jobs, *gone.moved}), _split(gone, ())
    mine = [entry for entry in entries if entry.name in gone.jobs]
    problems = [p for entry in mine for p in _problems(entry.element, entry.name, now, gone)]
    leave: dict[str, str] = {}
    back: dict[str, str] = {}
    uses: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    for source, elements in read:
        titles = {
            title_of(element)
            for element in elements
            if any(names.get(id(each)) in gone.jobs for each in _within(element))
        }
        if not titles:
            continue
        # A file replaces all folders of a name.
        folders = [e for e in elements if e.tag not in CALENDARS and title_of(e) in titles]
        kind = ".json" if JSON.match(source.text) else ".xml"
        numbers[kind] += 1
        end = f".{numbers[kind]}{kind}" if numbers[kind] > 1 else kind
        uses[end] = _USES[kind]
        editor = _editor(source)
        head = f"Wave {gone.wave}: what runs on Flyte is gone, or a dummy"
        leave[end] = _Walk(names, now, editor).edited(elements, folders, head)
        problems += (_kept(each, word, names) for each, word in editor.kept)
        head = f"Wave {gone.wave}, the way back"
        back[end] = _Walk(names, before, _editor(source)).edited(elements, folders, head)
    rows = [row for entry in mine for row in _events(entry.element, entry.name, now)]
    if rows:
        head = f"# Wave {gone.wave}: job, exit codes, and the event that follows from them"
        leave[".events"], uses[".events"] = "\n".join((head, *rows, "")), _FOR_EVENTS
    return Handover(leave, back, uses, tuple(problems))


def _events(element: Element, name: str, split: "_Split") -> list[str]:
    """The events of a job that its stand-in does not add or delete, for the bridge."""
    if not split.stands_in(name):
        return []
    rows, _ = follow_ups(_dummy_of(element), split.plan[name], split.needed, split.moved)
    return [f"{name} {row}" for row in rows]


def _editor(source: Source) -> Editor:
    return JsonEditor(source) if JSON.match(source.text) else XmlEditor(source)


def _kept(element: Element, word: str, names: Mapping[int, str]) -> Problem:
    name = names[id(element)]
    lost = LessOnLegacySide(name=name, reason=f"defaults give its stand-in {word}")
    return Problem(lost, element.span(), name)


def _within(element: Element) -> Iterator[Element]:
    """A folder or job, and all that is in it."""
    yield element
    for child in _members(element):
        yield from _within(child)


def _members(element: Element) -> list[Element]:
    return [child for child in element.children if child.tag in ("JOB", *FOLDERS)]


# -------------------------------------------------------------------- who stays


@dataclass(frozen=True, slots=True)
class _Split:
    """The jobs that have `moved`.

    For each event or job that a staying job needs, `needed` has the name of that staying job.
    `plan` is what Control-M knows of all.
    """

    moved: Collection[str]
    needed: Mapping[str, str]
    plan: Mapping[str, Planned]

    def listener(self, name: str) -> str:
        """A staying job that waits for what the ends of a job add or start; empty if none does."""
        for end in self.plan[name].ends if name in self.plan else ():
            added = (change.event.name for change in end.changes if change.adds)
            if by := next((self.needed[e] for e in added if e in self.needed), ""):
                return by
            if by := next((n for n in end.forces if n not in self.moved), ""):
                return by
        return ""

    def stands_in(self, name: str) -> bool:
        """True if a job has moved and a dummy has to stand in its place."""
        return name in self.moved and bool(self.listener(name))


def _split(gone: Leaving, leaving: Collection[str]) -> _Split:
    """Who stays without those jobs, and without the jobs of earlier waves."""
    waves = {name: wave for each in gone.networks for name, wave in each.waves.items()}
    moved = {name for name, wave in waves.items() if wave != gone.wave}.union(leaving)
    plan = {p.name: p for each in gone.networks for p in _plan(each.network)}
    needed: dict[str, str] = {}
    for name, planned in plan.items():
        around: Planned | None = planned
        while name not in moved and around is not None:
            for event in events_of(around.wait):
                needed.setdefault(event.name, name)
            around = plan.get(around.folder or "")
    return _Split(moved, needed, plan)


def _plan(network: Network) -> Iterator[Planned]:
    assert isinstance(network.plan, tuple)
    yield from network.plan


def _problems(element: Element, name: str, split: _Split, gone: Leaving) -> Iterator[Problem]:
    """What the legacy side loses with a job of the wave."""
    planned, by = split.plan[name], split.listener(name)
    reasons = []
    if not by:
        deleted = (c.event.name for end in planned.ends for c in end.changes if not c.adds)
        for event in dict.fromkeys(event for event in deleted if event in split.needed):
            reasons.append(f"nothing deletes {event}, for which {split.needed[event]} waits")
    elif name not in gone.heard:
        reasons.append(f"no task tells its end to {by}")
    if by and planned.cycle is not None:
        reasons.append("it runs again and again, and its stand-in once")
    if by:
        reasons += follow_ups(_dummy_of(element), planned, split.needed, split.moved)[1]
    for reason in reasons:
        yield Problem(LessOnLegacySide(name=name, reason=reason), element.span(), name)


def _dummy_of(element: Element) -> Element:
    """A job or folder with those statements that its stand-in has."""
    lost = {id(each) for each in _lost(element)}
    return replace(element, children=[c for c in element.children if id(c) not in lost])


def _is_ok(on: Element) -> bool:
    return read_result(on.get("STMT"), on.get("CODE")).kind is Kind.OK


def _lost(element: Element) -> Iterator[Element]:
    """The statements of a stand-in that go, and the actions."""
    for child in element.children:
        if child.tag in _FOR_STARTS or (child.tag == "ON" and not _is_kept(child)):
            yield child
        elif child.tag == "ON":
            yield from (action for action in child.children if action.tag not in _FOR_OTHERS)


def _is_kept(on: Element) -> bool:
    return _is_ok(on) and any(on.all(*_FOR_OTHERS))


# -------------------------------------------------------------------- the walk


@dataclass(frozen=True, slots=True)
class _Walk:
    """Edits the folders of one source; `names` has the names of elements in the network."""

    names: Mapping[int, str]
    split: _Split
    editor: Editor

    def edited(self, elements: Iterable[Element], folders: Sequence[Element], head: str) -> str:
        """The text that defines `folders` without the jobs that have moved."""
        for element in elements:
            if element.tag in CALENDARS or not self._has_moved(element):
                continue
            if self._remains(element):
                self._edit(element)
            else:
                self._empty(element)
                self.editor.hold(element)
        return self.editor.text(folders, head)

    def _has_moved(self, element: Element) -> bool:
        return any(self.names.get(id(e)) in self.split.moved for e in _within(element))

    def _stays(self, element: Element) -> bool:
        """True for a staying job, and for a folder with one."""
        jobs = [e for e in _within(element) if id(e) in self.names]
        return any(self.names[id(job)] not in self.split.moved for job in jobs)

    def _remains(self, element: Element) -> bool:
        """True if something stays in an element, or stands in for what moved."""
        known = (self.names[id(e)] for e in _within(element) if id(e) in self.names)
        return self._stays(element) or any(map(self.split.stands_in, known))

    def _edit(self, element: Element) -> None:
        name = self.names.get(id(element), "")
        if not self._remains(element):
            self.editor.remove(element)
            return
        if element.tag == "JOB":
            if name in self.split.moved:
                self.editor.clear(element, _lost(element))
                self.editor.idle(element)
                self.editor.wait(element, f"{EVENT}{name}")
            return
        for member in _members(element):
            self._edit(member)
        if name and not self._stays(element):
            self.editor.clear(element, _lost(element))
        if self.split.stands_in(name):
            taken = {member.get("JOBNAME") for member in _members(element)}
            titles = (TITLE, *(f"{TITLE}{number}" for number in range(len(taken))))
            title = next(each for each in titles if each not in taken)
            self.editor.add(element, title, f"{EVENT}{name}")

    def _empty(self, element: Element) -> None:
        """Leave dummies that do nothing; a file cannot define a folder without jobs."""
        if id(element) in self.names:
            statements = (c for c in element.children if c.tag in (*_FOR_STARTS, "OUTCOND", "ON"))
            self.editor.clear(element, statements)
        if element.tag == "JOB":
            self.editor.idle(element)
        for member in _members(element):
            self._empty(member)
