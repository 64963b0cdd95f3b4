"""What operators of a scheduler do, apart from how a platform has it done."""

from dataclasses import dataclass
from enum import Enum, auto


class Act(Enum):
    """An act of an operator."""

    START = auto()
    START_JOB = auto()
    HOLD = auto()
    HOLD_JOB = auto()
    RELEASE = auto()
    RELEASE_JOB = auto()
    SKIP_JOB = auto()
    KILL = auto()
    KILL_JOB = auto()
    RERUN = auto()
    RERUN_JOB = auto()
    SUCCEED_JOB = auto()
    FAIL_JOB = auto()
    RESET_JOB = auto()
    ANSWER = auto()
    SET_VALUE = auto()
    ADD_EVENT = auto()
    REMOVE_EVENT = auto()
    LIMIT = auto()
    PRIORITY = auto()
    CHANGE = auto()
    REMOVE = auto()
    SHOW = auto()
    SHOW_JOB = auto()
    SHOW_LOG = auto()
    SHOW_WHY = auto()


@dataclass(frozen=True, slots=True)
class Operation:
    """The `words` by which an operator asks for an act, with code between backquotes."""

    words: str
    act: Act
