"""The base class of codes, and the catalogue of all codes."""

import re
from enum import Enum
from string import Formatter
from typing import TYPE_CHECKING, Any, ClassVar

from transpile.findings.need import Need

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_options: bool) -> Any:
        """Return the class unchanged: only type checkers use the decorator."""
        return lambda cls: cls


class Level(Enum):
    """error: known to differ, or left out. warning: not proven. note: worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Starts(Enum):
    """The effect of a finding on the start times of a job."""

    NOT_PLANNED = "no launch plan starts the job"
    UNKNOWN = "the source starts the job at other times than the timetable shows"
    NOTED = "something about the schedule was ignored or assumed"


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Finding:
    """Base class of all codes: a subclass is a code, its annotated names are the fields.

    The first line of the docstring is the title, the rest the explanation. `message` names each
    field in braces. `example` is a source that triggers the code; it is empty if one file is not
    enough. `was` is the number of the code in earlier releases. `need` is the kind of need that the
    finding names, and the field with its name.
    """

    code: ClassVar[str]
    was: ClassVar[str]
    level: ClassVar[Level]
    starts: ClassVar[Starts | None]
    of_action: ClassVar[bool]
    need: ClassVar[tuple[Need, str] | None]
    title: ClassVar[str]
    explanation: ClassVar[str]
    message: ClassVar[str]
    help: ClassVar[str]
    example: ClassVar[str] = ""
    fields: ClassVar[frozenset[str]]

    def __init_subclass__(
        cls,
        *,
        code: str,
        level: Level,
        was: str = "",
        starts: Starts | None = None,
        of_action: bool = False,
        need: tuple[Need, str] | None = None,
    ) -> None:
        """Check the code and add it to the catalogue."""
        title, _, explanation = (cls.__doc__ or "").partition("\n")
        cls.code, cls.level, cls.was, cls.starts = code, level, was, starts
        cls.of_action, cls.need = of_action, need
        cls.title, cls.explanation = title.rstrip("."), " ".join(explanation.split())
        cls.fields = frozenset(cls.__annotations__)
        named = {name for _, name, _, _ in Formatter().parse(cls.message) if name is not None}
        if named != cls.fields:
            raise TypeError(f"{cls.__name__}: message and fields differ in {named ^ cls.fields}")
        for number in filter(None, (code, was)):
            if not re.fullmatch(r"A\d{3}", number) or number in CODES or number in _RENAMED:
                raise TypeError(f"{cls.__name__}: {number} is taken or not a code")
        CODES[code] = cls
        if was:
            _RENAMED[was] = code

    if not TYPE_CHECKING:

        def __init__(self, **fields: object) -> None:
            """Take a value for each field; TypeError if one is missing or unknown."""
            if fields.keys() != self.fields:
                raise TypeError(f"{type(self).__name__} has the fields {sorted(self.fields)}")
            vars(self).update(fields)


CODES: dict[str, type[Finding]] = {}
"""The codes of the modules imported so far; `transpile.dialects` has all of them."""

_RENAMED: dict[str, str] = {}
"""Current numbers by numbers of earlier releases."""


def current(number: str) -> str:
    """The current number for one of an earlier release; other text unchanged."""
    return _RENAMED.get(number, number)
