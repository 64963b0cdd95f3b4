"""Defaults: members that objects have unless they say otherwise."""

import re
from collections.abc import Iterator, Mapping

from transpile.dialects.controlm.json_text import Object, Value

_KIND = re.compile(
    r"(?:Job|Folder|SimpleFolder|SubFolder|If|IfBase|Action|Condition|Event|Notify|Resource|Mail|Run"
    r"|Set|Flow|Calendar|ConnectionProfile|WaitForEvents|AddEvents|DeleteEvents)(?::.*)?"
)
"""Keys of a Defaults that say for which objects their members are."""

_SIMPLE = frozenset(("BusinessFields", "ControlmServer", "FolderLibrary", "OrderMethod"))
_ONLY_FOLDERS = _SIMPLE | frozenset("""
    ActiveRetentionPolicy AdjustEvents DaysKeepActiveIfNotOk MemberLibrary MustEnd SAC
    SiteStandard StatisticsCalendar
    """.split())
_FOLDERS = _ONLY_FOLDERS | frozenset("""
    Application Confirm CreatedBy DaysKeepActive Description DocumentationFile DocumentationUrl
    Priority Rerun RerunIntervals RerunLimit RerunSpecificTimes RunAs SubApplication TimeZone
    Variables When
    """.split())
_SUB_FOLDERS = _FOLDERS - _SIMPLE


class Defaults:
    """The `Defaults` objects around a place, the nearest first."""

    def __init__(self, levels: tuple[Object, ...] = ()) -> None:
        self._levels = levels
        self._found: dict[str, Mapping[str, Value]] = {}

    def inside(self, value: Value | None) -> "Defaults":
        """Those in a folder with this `Defaults`."""
        return Defaults((value, *self._levels)) if isinstance(value, Object) else self

    def merged(self, own: Object, kind: str) -> Mapping[str, Value]:
        """The members of an object of this type, its own ones first."""
        defaults = self._of(kind)
        if not defaults:
            return own.members
        return {**own.members, **{k: v for k, v in defaults.items() if k not in own.members}}

    def replaced(self, own: Object, kind: str) -> Iterator[tuple[str, Object, list[str]]]:
        """Objects that take the place of one of the defaults, with the members that it lacks."""
        for word, default in self._of(kind).items():
            value = own.members.get(word)
            if not (isinstance(value, Object) and isinstance(default, Object)):
                continue
            lost = [inner for inner in default.members if inner not in value.members]
            if lost and "Type" not in default.members:
                yield word, value, lost

    def _of(self, kind: str) -> Mapping[str, Value]:
        if kind not in self._found:
            self._found[kind] = self._collected(kind)
        return self._found[kind]

    def _collected(self, kind: str) -> Mapping[str, Value]:
        """At each level first what is for the very type, then what is for more objects."""
        found: dict[str, Value] = {}
        for level in self._levels:
            for outer in _outer(kind):
                special = level.members.get(outer)
                if isinstance(special, Object) and "Type" not in special.members:
                    for word, value in special.members.items():
                        found.setdefault(word, value)
            for word, value in level.members.items():
                if _applies(word, value, kind):
                    found.setdefault(word, value)
        return found


def _outer(kind: str) -> Iterator[str]:
    """A type, and those that it is one of: Job:Hadoop:Spark, Job:Hadoop, Job."""
    while kind:
        yield kind
        kind = kind.rpartition(":")[0]


def _applies(word: str, value: Value, kind: str) -> bool:
    """True if a member for all objects is one of those that objects of this type have."""
    if isinstance(value, Object) and "Type" not in value.members and _KIND.fullmatch(word):
        return False
    if kind == "SimpleFolder":
        return word in _SIMPLE
    if kind in ("Folder", "SubFolder"):
        return word in (_FOLDERS if kind == "Folder" else _SUB_FOLDERS)
    return kind.partition(":")[0] == "Job" and word not in _ONLY_FOLDERS
