"""Forms of days, such as 15, >1, D1, -L1 or D1W2, in DAYS and WEEKDAYS."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from lark import Token, Tree
from lark.exceptions import UnexpectedInput

from transpile.model.days import DAYS
from transpile.sources.grammars import Grammar

_GRAMMAR = Grammar("controlm_days.lark", "days")
_NAMES = tuple(name.upper() for name in DAYS)


class Kind(Enum):
    """What a form says.

    ON is day n, and ADD or DROP with a sign in front. NEXT and PREVIOUS are day n, or else the
    nearest working day after or before it. NTH and FROM_END count days, NOT_NTH and NOT_FROM_END
    are all others.
    """

    ALL = "ALL"
    NONE = "NONE"
    ON = ""
    ADD = "+"
    DROP = "-"
    NEXT = ">"
    PREVIOUS = "<"
    NTH = "D"
    FROM_END = "L"
    NOT_NTH = "-D"
    NOT_FROM_END = "-L"


NEGATIVE = (Kind.DROP, Kind.NOT_NTH, Kind.NOT_FROM_END)
"""Forms that take days away."""

COUNTED = (Kind.NTH, Kind.FROM_END, Kind.NOT_NTH, Kind.NOT_FROM_END)
"""Forms that count days."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form; `number` counts from 1, or is that of a day. `weekday` is there if it has a name.

    Days of the week count from Sunday = 0. `week` and `period` restrict a counted form.
    """

    text: str
    kind: Kind
    number: int = 0
    weekday: int | None = None
    week: int | None = None
    period: str = ""


@lru_cache(maxsize=4096)
def forms_of(text: str) -> tuple[Form, ...]:
    """The forms of a value; none if it is empty. Raises ValueError if it has others."""
    if not text.strip(" \t\r\n,"):
        return ()
    try:
        tree = _GRAMMAR.parse(text.strip(" \t\r\n,"))
    except UnexpectedInput as error:
        raise ValueError("it is no list of days such as 1,15,L1") from error
    return tuple(_forms(tree))


def _forms(tree: Tree[Token]) -> Iterator[Form]:
    for form in tree.children:
        assert isinstance(form, Tree)
        (part,) = form.children
        text = "".join(form.scan_values(lambda token: token is not None)).upper()
        if isinstance(part, Token):
            yield Form(text, Kind(text))
        elif part.data == "plain":
            yield _plain(text, part)
        else:
            yield _counted(text, part)


def _plain(text: str, tree: Tree[Token]) -> Form:
    sign, day = tree.children
    kind = Kind(sign or "")
    if isinstance(day, Token) and day.type == "NAME":
        return Form(text, kind, weekday=_NAMES.index(day[:2].upper()))
    return Form(text, kind, int(str(day)))


def _counted(text: str, tree: Tree[Token]) -> Form:
    sign, letter, number, more = tree.children
    if sign is not None and sign != "-":
        raise ValueError(f"{text} has a sign that does not belong to it")
    kind = Kind(f"{sign or ''}{str(letter).upper()}")
    form = Form(text, kind, int(str(number)))
    if not isinstance(more, Tree):
        return form
    last = str(more.children[-1]).upper()
    week, period = (int(last), "") if more.data == "week" else (None, last[1:])
    return Form(text, kind, form.number, week=week, period=period)
