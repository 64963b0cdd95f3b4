"""Groups sources into projects, and reads the .properties files beside jobs."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from transpile.dialects.azkaban.model import Props
from transpile.dialects.azkaban.properties import listed, read_properties
from transpile.findings.codes.reading import UnreadableSource
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Source, Span, decode

JOB, FLOW, PROJECT, PROPERTIES = ".job", ".flow", ".project", ".properties"
_TOP = PurePosixPath()
_FLOW = re.compile(r"^(?:nodes|config|trigger)[ \t]*:", re.M)
SETTINGS = re.compile(r"^azkaban-flow-version[ \t]*:", re.M)


@dataclass(frozen=True, slots=True)
class JobFile:
    """A job file and its properties."""

    name: str
    folder: PurePosixPath
    span: Span
    own: Props

    @property
    def dependencies(self) -> Iterator[str]:
        """The names in its own list of dependencies."""
        if "dependencies" in self.own:
            yield from (name for name, _ in listed(self.own["dependencies"]))


class Place:
    """A folder or archive that the user named; paths in it are relative to it."""

    def __init__(self, source: Source) -> None:
        label, path = PurePosixPath(source.label).parts, PurePosixPath(source.path).parts
        self._archive = source.archive
        self._label_lead = len(label) - len(PurePosixPath(source.member).parts)
        self.base = str(PurePosixPath(*path[: len(path) - len(label)])) if path else ""
        named = source.archive.path if source.archive else self.base or os.curdir
        self.name = PurePosixPath(os.path.realpath(named)).stem if source.path else ""
        self.used = {os.path.realpath(source.archive.path)} if source.archive else set[str]()
        self.texts: dict[str, str] = {}
        self._chains: dict[tuple[PurePosixPath, PurePosixPath], Props] = {}
        self._names: dict[PurePosixPath, list[str]] = {}

    def names(self, folder: PurePosixPath) -> list[str]:
        """The .properties files in the folder, in the order in which Azkaban chains them."""
        if folder not in self._names:
            files = (name for name in self._listed(folder) if name.endswith(PROPERTIES))
            self._names[folder] = sorted(name for name in files if not name.startswith("."))
        return self._names[folder]

    def shared(self, root: PurePosixPath, folder: PurePosixPath, diagnostics: Diagnostics) -> Props:
        """The properties that jobs in the folder inherit.

        Files that are later in the order, or in inner folders, take precedence.
        """
        if (root, folder) not in self._chains:
            outer = {} if folder == root else self.shared(root, folder.parent, diagnostics)
            found = dict(outer)
            for name in self.names(folder):
                found |= self._read(folder / name, diagnostics) or {}
            self._chains[root, folder] = found
        return self._chains[root, folder]

    def _listed(self, folder: PurePosixPath) -> Iterable[str]:
        if self._archive is not None:
            return self._archive.listed("/".join(folder.parts[self._label_lead :]))
        try:
            return os.listdir(os.path.join(self.base, folder)) if self.base else ()
        except OSError:
            return ()

    def _read(self, file: PurePosixPath, diagnostics: Diagnostics) -> Props | None:
        path = os.path.join(self.base, file)
        try:
            if self._archive is not None:
                data = self._archive.read("/".join(file.parts[self._label_lead :]))
            else:
                with open(path, "rb") as opened:
                    data = opened.read()
        except OSError as error:
            reason = error.strerror or str(error)
            diagnostics.add(UnreadableSource(path=str(file), reason=reason), Span(str(file), 1))
            return None
        self.used.add(os.path.realpath(path))
        self.texts[str(file)] = decode(data)[0]
        return read_properties(self.texts[str(file)], str(file), diagnostics)


@dataclass(slots=True)
class Project:
    """The jobs, flows and settings below a `root` folder, uploaded to Azkaban together."""

    place: Place
    root: PurePosixPath
    jobs: list[JobFile] = field(default_factory=list)
    flows: list[Source] = field(default_factory=list)
    settings: list[Source] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The names of the folders down to the root; empty if the user named the root."""
        return "_".join(self.root.parts)

    @property
    def name(self) -> str:
        """The name of its folder or archive; empty for standard input."""
        return self.root.name or self.place.name


def kind_of(source: Source) -> str:
    """The suffix of the source, or the one that fits its text."""
    suffix = PurePosixPath(source.path).suffix.lower()
    if suffix in (JOB, FLOW, PROJECT):
        return suffix
    if SETTINGS.search(source.text):
        return PROJECT
    return FLOW if _FLOW.search(source.text) else JOB


def find_projects(sources: Sequence[Source], diagnostics: Diagnostics) -> list[Project]:
    """Group the sources into projects.

    A folder with a settings file is a project. Other files belong to the outermost folder that
    directly holds files; sibling folders are one project if jobs in one depend on jobs in the
    other.
    """
    places: dict[tuple[str, int], Place] = {}
    by_place: dict[tuple[str, int], list[Source]] = {}
    for source in sources:
        place = Place(source)
        key = (place.base, id(source.archive))
        places.setdefault(key, place)
        by_place.setdefault(key, []).append(source)
    projects: list[Project] = []
    for key, inside in by_place.items():
        projects += _Layout(places[key], inside, diagnostics).projects()
    return projects


class _Layout:
    """Finds the projects of one place."""

    def __init__(self, place: Place, sources: list[Source], diagnostics: Diagnostics) -> None:
        self._place = place
        self._sources = sources
        self._diagnostics = diagnostics

    def projects(self) -> Iterator[Project]:
        """The projects with settings, then the others."""
        with_settings = {
            _folder(source): Project(self._place, _folder(source))
            for source in self._sources
            if kind_of(source) == PROJECT
        }
        rest: list[Source] = []
        for source in self._sources:
            folder = _folder(source)
            root = next((f for f in (folder, *folder.parents) if f in with_settings), None)
            if root is None:
                rest.append(source)
            else:
                self._put(source, with_settings[root])
        yield from with_settings.values()
        yield from self._split(_TOP, rest) if rest else ()

    def _put(self, source: Source, project: Project) -> None:
        kind = kind_of(source)
        if kind == JOB:
            own = read_properties(source.text, source.label, self._diagnostics)
            if own is not None:
                name = PurePosixPath(source.label).stem
                span = Span(source.label, 1)
                project.jobs.append(JobFile(name, _folder(source), span, own))
        else:
            (project.flows if kind == FLOW else project.settings).append(source)

    def _split(self, root: PurePosixPath, sources: list[Source]) -> list[Project]:
        below: dict[str, list[Source]] = {}
        for source in sources:
            parts = _folder(source).relative_to(root).parts
            below.setdefault(parts[0] if parts else "", []).append(source)
        if "" in below or self._place.names(root):
            project = Project(self._place, root)
            for source in sources:
                self._put(source, project)
            return [project]
        split = {name: self._split(root / name, inside) for name, inside in below.items()}
        return self._joined(root, split)

    def _joined(self, root: PurePosixPath, split: dict[str, list[Project]]) -> list[Project]:
        """The projects, with those that depend on one another joined into one."""
        names = {
            branch: {job.name for project in found for job in project.jobs}
            for branch, found in split.items()
        }
        together: set[str] = set()
        for branch, found in split.items():
            jobs = (job for project in found for job in project.jobs)
            missing = {name for job in jobs for name in job.dependencies} - names[branch]
            others = {other for other in names if other != branch and missing & names[other]}
            together |= {branch, *others} if others else set()
        apart = [p for branch, found in split.items() if branch not in together for p in found]
        if not together:
            return apart
        whole = Project(self._place, root)
        for branch, found in split.items():
            for project in found if branch in together else ():
                whole.jobs += project.jobs
                whole.flows += project.flows
        return [whole, *apart]


def _folder(source: Source) -> PurePosixPath:
    return PurePosixPath(source.label).parent
