"""The units of an estate, with their drop-ins and the instances of templates."""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from transpile.dialects.timers.codes.units import LineIgnored
from transpile.dialects.timers.unit_files import Entry, UnitText, read_texts
from transpile.dialects.timers.unit_names import UnitName
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Source, Span, decode

_RANKS = ("/etc/", "/run/", "/usr/local/lib/", "/usr/lib/", "/lib/")
"""Folders of unit files; one before another overrides it."""

_TYPES = {"Timer": "timer", "Service": "service"}
_LARGEST = 4 * 1024 * 1024
_LINKS = {".wants": "Wants", ".requires": "Requires", ".upholds": "Upholds"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its drop-ins. `broken` says why systemd cannot load it."""

    name: UnitName
    span: Span
    entries: tuple[Entry, ...]
    broken: str = ""
    is_user: bool = False

    def each(self, section: str, *keys: str) -> list[Entry]:
        """The assignments of a list since it was last reset."""
        found: list[Entry] = []
        for entry in self.entries:
            if entry.section == section and entry.key in keys:
                if entry.value:
                    found.append(entry)
                else:
                    found.clear()
        return found

    def last(self, section: str, *keys: str) -> Entry | None:
        """The assignment that counts for a single value; None if it is not set."""
        found = None
        for entry in self.entries:
            if entry.section == section and entry.key in keys:
                found = entry
        return found if found is not None and found.value else None

    def has(self, section: str) -> bool:
        """True if it has assignments in that section."""
        return any(entry.section == section for entry in self.entries)


@dataclass(slots=True)
class _Place:
    """The folder of a source on disk, and that of its label."""

    folder: Path
    label: str


@dataclass(slots=True)
class UnitSet:
    """Finds units by name: among the sources, and beside a file that the user named.

    `links` are the dependencies that folders such as `a.target.wants` say: key, unit and the other
    unit.
    """

    diagnostics: Diagnostics
    links: list[tuple[str, str, UnitName, Span]] = field(default_factory=list)
    side_files: set[str] = field(default_factory=set)
    side_texts: dict[str, str] = field(default_factory=dict)
    _fragments: dict[str, UnitText] = field(default_factory=dict)
    _dropins: dict[str, dict[str, UnitText]] = field(default_factory=dict)
    _places: list[_Place] = field(default_factory=list)
    _found: dict[str, Unit | None] = field(default_factory=dict)
    _looked_for: set[str] = field(default_factory=set)

    @staticmethod
    def of(sources: Sequence[Source], diagnostics: Diagnostics) -> "UnitSet":
        """The units of the sources."""
        found = UnitSet(diagnostics)
        for source in sources:
            for text in read_texts(source, diagnostics):
                found._add(text)
            if source.path and source.named and source.archive is None:
                place = _Place(Path(source.path).parent, os.path.dirname(source.label))
                found._places += [] if place in found._places else [place]
        return found

    def names(self) -> Iterator[UnitName]:
        """The names of all unit files among the sources, in order; templates, too."""
        for text in self._fragments:
            if name := UnitName.read(text):
                yield name

    def only_dropins(self) -> Iterator[tuple[str, Span]]:
        """Units with drop-ins whose own files are missing, with the place of a drop-in."""
        for folder, texts in self._dropins.items():
            name = UnitName.read(folder)
            if name is not None and not name.prefix.endswith("-") and self.find(name) is None:
                yield folder, next(iter(texts.values())).span

    def find(self, name: UnitName) -> Unit | None:
        """The unit of that name, maybe an instance of a template."""
        key = str(name)
        if key not in self._found:
            self._found[key] = self._load(name)
        return self._found[key]

    def _add(self, text: UnitText) -> None:
        path = PurePosixPath(text.path.replace("\\", "/") if os.sep == "\\" else text.path)
        folder, name = path.parent.name, path.name
        if name.endswith(".conf") and folder.endswith(".d"):
            self._dropins.setdefault(folder.removesuffix(".d"), {})[name] = text
            return
        known = UnitName.read(name) or _guessed(path, text)
        stem, dot, kind = folder.rpartition(".")
        if (key := _LINKS.get(f"{dot}{kind}")) and stem:
            self.links.append((key, stem, known, text.span))
            self._fragments.setdefault(str(known), text)
            return
        earlier = self._fragments.get(str(known))
        if earlier is None or _rank(text.path) < _rank(earlier.path):
            self._fragments[str(known)] = text
        other = text if self._fragments[str(known)] is earlier else earlier
        if other is not None and earlier is not None:
            counts = self._fragments[str(known)].span.file
            reason = f"{counts} defines {known}, too"
            self.diagnostics.add(LineIgnored(reason=reason), other.span, text=str(known))

    # ---------------------------------------------------------------- merging

    def _load(self, name: UnitName) -> Unit | None:
        for each in filter(None, (name, name.template)):
            self._look_for(each)
        fragment = self._fragments.get(str(name))
        if fragment is None and name.template is not None:
            fragment = self._fragments.get(str(name.template))
        if fragment is None:
            return None
        texts = [fragment, *self._merged(name)]
        entries = tuple(entry for text in texts for entry in text.entries)
        broken = next((text.broken for text in texts if text.broken), "")
        broken = broken or ("" if entries else "its file is empty, which masks it")
        is_user = "/user/" in f"/{fragment.path}"
        return Unit(name, fragment.span, entries, broken, is_user)

    def _merged(self, name: UnitName) -> Iterable[UnitText]:
        """The drop-ins of a unit in the order of their names; of equal ones the nearest counts."""
        found: dict[str, UnitText] = {}
        for folder in _folders(name):
            found.update(self._dropins.get(folder, {}))
        return (found[file] for file in sorted(found))

    # ---------------------------------------------------------------- files beside a named one

    def _look_for(self, name: UnitName) -> None:
        """Read a unit and its drop-ins from the folders of named files."""
        if str(name) in self._looked_for:
            return
        self._looked_for.add(str(name))
        for place in self._places:
            if str(name) not in self._fragments:
                self._read_side(place, str(name))
            for file in _listed(place.folder / f"{name}.d"):
                if file not in self._dropins.get(str(name), {}):
                    self._read_side(place, f"{name}.d/{file}")

    def _read_side(self, place: _Place, name: str) -> None:
        path = place.folder / name
        real = os.path.realpath(path)
        self.side_files.add(real)
        text = _read(path)
        if text is None:
            return
        label = str(PurePosixPath(place.label) / name)
        self.side_texts[label] = text
        for found in read_texts(Source(label, text, path=str(path)), self.diagnostics):
            self._add(found)


def _folders(name: UnitName) -> Iterator[str]:
    """The names of the folders of drop-ins, without .d, from the farthest to the nearest."""
    yield name.type
    parts = name.prefix.split("-")
    for count in range(1, min(len(parts), 50)):
        yield f"{'-'.join(parts[:count])}-.{name.type}"
    if name.template is not None:
        yield str(name.template)
    yield str(name)


def _guessed(path: PurePosixPath, text: UnitText) -> UnitName:
    """The name of a unit whose file is called otherwise: its sections show its type."""
    types = [_TYPES[each] for each in ("Timer", "Service") if each in text.sections]
    stem = "".join(c if c.isascii() and (c.isalnum() or c in "_.:") else "_" for c in path.stem)
    return UnitName(stem.strip("_.") or "unit", None, types[0] if types else "target")


def _rank(path: str) -> int:
    """The place of its folder among those of unit files."""
    found = (number for number, each in enumerate(_RANKS) if each in f"/{path}")
    return next(found, len(_RANKS))


def _listed(folder: Path) -> list[str]:
    try:
        return sorted(each for each in os.listdir(folder) if each.endswith(".conf"))
    except (OSError, ValueError):
        return []


def _read(path: Path) -> str | None:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            return None
        return decode(path.read_bytes())[0]
    except (OSError, ValueError):
        return None
