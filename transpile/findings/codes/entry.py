"""What the catalogue says about one diagnostic code."""

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """error: known not to be equivalent, or left out. warning: not proven. note: worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """A diagnostic: `message` has named fields; `example` is a source that triggers it, or ''."""

    level: Level
    title: str
    message: str
    help: str
    why: str
    example: str = ""
