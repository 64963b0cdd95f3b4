"""Entries: the folders and jobs of an estate, each with its name in the network.

An entry counts what was taken of it. What nobody took is reported.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from transpile.dialects.controlm.codes.texts import NamedAgain, NotTranslated
from transpile.dialects.controlm.elements import FOLDERS, Element
from transpile.dialects.controlm.statements import NEUTRAL, unknown_attributes
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import Tally

EDITOR = frozenset("""
    ARCHIVE AUTOARCH CHANGE_DATE CHANGE_TIME CHANGE_USERID CREATED_BY CREATION_DATE
    CREATION_TIME CREATION_USER DATACENTER END_FOLDER ENFORCE_VALIDATION
    FOLDER_DSN IS_CURRENT_VERSION JOBISN JOBS_IN_GROUP JOB_VERSION LAST_UPLOAD MAXDAYS MAXRUNS
    MODIFIED PARENT_FOLDER PLATFORM REAL_FOLDER_ID REAL_TABLE_ID REMOVEATONCE
    SITE_STANDARD_NAME STAT_CAL SYSDB TABLE_DSN TYPE USED_BY_CODE VERSION VERSION_HOST
    VERSION_OPCODE VERSION_SERIAL
    """.split())
"""Attributes about the definition, its history and how long its output is kept."""

NOTES = {
    "APPLICATION": "application",
    "SUB_APPLICATION": "sub_application",
    "NODEID": "machine",
    "NODEGRP": "machine",
    "RUN_AS": "owner",
    "PRIORITY": "priority",
    "CRITICAL": "critical",
    "APPL_FORM": "form",
    "APPL_VER": "version",
    "CM_VER": "version",
    "DOCLIB": "document library",
    "DOCMEM": "document",
    "DOCPATH": "document path",
    "DOCFILE": "document",
    "BUSINESSFIELDS": "business fields",
    "SITESTANDARD": "site standard",
    "DAYSKEEPINNOTOK": "days kept after a failure",
}
"""Attributes that only inform, with the names of their notes."""

_OF_PLAIN = EDITOR | NOTES.keys() | {"FOLDER_NAME", "FOLDER_ORDER_METHOD", "DESCRIPTION"}
"""What a folder that only contains jobs may say."""


@dataclass(slots=True)
class Entry:
    """A job, or a folder that runs as a whole, called `name`; `title` is its own name.

    `folder` holds it and runs as a whole; `container` is the folder whose text it stands in.
    """

    element: Element
    name: str
    title: str
    folder: "Entry | None"
    container: Element
    taken: set[str] = field(default_factory=set)
    told: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)

    @property
    def is_folder(self) -> bool:
        """True for a folder that runs as a whole."""
        return self.element.tag != "JOB"

    def take(self, name: str) -> str:
        """The value of an attribute without blanks around it, which then counts as taken."""
        self.taken.add(name)
        return self.element.get(name)

    @property
    def around(self) -> "Iterator[Entry]":
        """The folders that hold it and run as a whole, from the inside out."""
        folder = self.folder
        while folder is not None:
            yield folder
            folder = folder.folder

    def flag(self, name: str) -> bool:
        """True if an attribute says yes, which then counts as taken."""
        self.taken.add(name)
        return self.element.says_yes(name)

    def number(self, name: str) -> int:
        """The number of an attribute, which then counts as taken; 0 without one."""
        text = self.take(name)
        return int(text) if text.isdecimal() else 0

    def each(self, *tags: str) -> Iterator[Element]:
        """The statements with these tags, which then count as taken."""
        for child in self.element.all(*tags):
            self.told.add(id(child))
            yield child


class Reporter:
    """Reports findings about entries, and counts what was taken."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        self.diagnostics = diagnostics
        self.tally = Tally()

    def report(self, finding: Finding, entry: Entry, attribute: str = "") -> None:
        """Report something about an entry, or about an attribute of it."""
        element = entry.element
        text = element.word(attribute) if attribute in element.attributes else entry.title
        self.diagnostics.add(finding, element.span(attribute), job=entry.name, text=text)

    def report_at(self, finding: Finding, entry: Entry, element: Element, key: str = "") -> None:
        """Report something about a statement of an entry."""
        text = shown(element)
        self.diagnostics.add(finding, element.span(key), job=entry.name, text=text)

    def lose_statement(self, finding: Finding, entry: Entry, element: Element) -> None:
        """Report and count a statement that is ignored."""
        entry.told.add(id(element))
        entry.lost.add(id(element))
        self.tally.unsupported += 1
        self.tally.translated -= 1
        self.report_at(finding, entry, element)

    def notes_of(self, entry: Entry) -> list[tuple[str, str]]:
        """The attributes that only inform; those of editors are left out."""
        found = []
        for attribute, note in NOTES.items():
            value = entry.take(attribute)
            if value and not (attribute == "CRITICAL" and value.upper() in NEUTRAL):
                found.append((note, value))
        self.tally.noted += len(found)
        self.tally.translated -= len(found)
        entry.taken |= EDITOR
        return found

    def finish(self, entry: Entry) -> None:
        """Report what nobody took of an entry."""
        element = entry.element
        for attribute, value in element.attributes.items():
            if attribute in entry.taken:
                self.tally.translated += 1
            elif value.strip().upper() not in NEUTRAL:
                self.tally.unsupported += 1
                self.report(
                    NotTranslated(text=element.word(attribute), name=entry.name), entry, attribute
                )
        for child in element.children:
            if child.tag == "JOB" or child.tag in FOLDERS:
                continue
            if id(child) not in entry.told:
                self.tally.unsupported += 1
                self.report_at(NotTranslated(text=shown(child), name=entry.name), entry, child)
                continue
            self.tally.translated += 1
            if id(child) not in entry.lost:
                self._finish_statement(entry, child)

    def _finish_statement(self, entry: Entry, statement: Element) -> None:
        for element, key in unknown_attributes(statement):
            self.tally.unsupported += 1
            text = f"{element.word(key)} of {element.tag} in"
            self.report_at(NotTranslated(text=text, name=entry.name), entry, element, key)

    def finish_plain(self, folder: Element) -> None:
        """Report what a folder says that only contains jobs, which each have their own orders."""
        name = title_of(folder)
        for key, value in folder.attributes.items():
            if key not in _OF_PLAIN and value.strip().upper() not in NEUTRAL:
                self._lose_plain(folder, folder.word(key), key, name)
        for child in folder.children:
            if child.tag == "FOLDER":
                self.finish_plain(child)
            elif child.tag != "JOB" and child.tag not in FOLDERS:
                self._lose_plain(child, shown(child), "", name)

    def _lose_plain(self, element: Element, text: str, key: str, name: str) -> None:
        self.tally.unsupported += 1
        lost = NotTranslated(text=text, name=name)
        self.diagnostics.add(lost, element.span(key), job=name, text=text)


def shown(element: Element) -> str:
    """A statement as the text spells it, without what is in it."""
    return " ".join((element.tag, *map(element.word, element.attributes)))


def entries_of(elements: Iterable[Element], diagnostics: Diagnostics) -> list[Entry]:
    """The entries of folders and of jobs, each folder before its members."""
    names: dict[str, int] = {}
    found: list[Entry] = []
    stack: list[tuple[Element, Entry | None, Element]] = [
        (element, None, element) for element in reversed(list(elements))
    ]
    while stack:
        element, folder, container = stack.pop()
        inner = [child for child in element.children if child.tag in ("JOB", *FOLDERS)]
        if element.tag == "FOLDER" and folder is None:
            stack += ((child, None, element) for child in reversed(inner))
            continue
        entry = _entry(element, folder, container, names, diagnostics)
        found.append(entry)
        stack += ((child, entry, element) for child in reversed(inner))
    return found


def _entry(
    element: Element,
    folder: Entry | None,
    container: Element,
    names: dict[str, int],
    diagnostics: Diagnostics,
) -> Entry:
    title = title_of(element)
    around = folder.name if folder else title_of(container) if container is not element else ""
    wanted = f"{around}.{title}" if around else title
    name = wanted
    while name in names:
        names[wanted] += 1
        name = f"{wanted}#{names[wanted]}"
    names[name] = 1
    if name != wanted:
        again = NamedAgain(name=wanted, renamed=name)
        diagnostics.add(again, element.span(), job=name, text=title)
    taken = {"FOLDER_NAME", "JOBNAME"}
    return Entry(element, name, title, folder, container, taken=taken)


def title_of(element: Element) -> str:
    """The own name of a folder or job. Mainframe exports name jobs by their member only."""
    if element.tag == "JOB":
        found = element.get("JOBNAME") or element.get("MEMNAME")
    else:
        names = ("JOBNAME", "FOLDER_NAME") if element.tag == "SUB_FOLDER" else ("FOLDER_NAME",)
        found = next(filter(None, map(element.get, (*names, "JOBNAME"))), "")
    return found or "unnamed"
