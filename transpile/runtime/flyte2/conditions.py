"""Conditions of jobs: they hold or not, or are open until enough jobs have ended."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum


class Truth(Enum):
    """The value of a condition.

    NEVER: it hangs on a job that can neither run nor be skipped, and stays open.
    """

    YES = "yes"
    NO = "no"
    OPEN = "open"
    NEVER = "never"


@dataclass(frozen=True)
class Condition:
    """What must hold before a job starts.

    Its `value` may change when one of the `events` comes, as long as it is open. `shown` is the
    condition in words, with what is known at the moment.
    """

    value: Callable[[], Truth]
    events: tuple[asyncio.Future[None], ...]
    shown: Callable[[], str]
    terms: tuple["Condition", ...] = ()
    word: str = ""

    def __and__(self, other: "Condition | bool") -> "Condition":
        return _joined("and", (self, other))

    def __or__(self, other: "Condition | bool") -> "Condition":
        return _joined("or", (self, other))

    __rand__ = __and__
    __ror__ = __or__


def all_of(*terms: Condition | bool) -> Condition:
    """The condition that all terms hold."""
    return _joined("and", terms)


def any_of(*terms: Condition | bool) -> Condition:
    """The condition that one of the terms holds."""
    return _joined("or", terms)


def _joined(word: str, given: Iterable[Condition | bool]) -> Condition:
    terms: list[Condition] = []
    for term in map(condition, given):
        terms += term.terms if term.word == word else [term]
    # One term with the first value decides; each value gives way to those before it.
    ranks = (Truth.NO, Truth.OPEN, Truth.NEVER, Truth.YES)
    if word == "or":
        ranks = (Truth.YES, Truth.OPEN, Truth.NEVER, Truth.NO)

    def shown() -> str:
        known = ((term.shown(), term.word) for term in terms)
        return f" {word} ".join(f"({text})" if inner else text for text, inner in known)

    def value() -> Truth:
        found = ranks[-1]
        for term in terms:
            here = term.value()
            if here is ranks[0]:
                return here
            found = min(found, here, key=ranks.index)
        return found

    return Condition(
        value,
        tuple(dict.fromkeys(event for term in terms for event in term.events)),
        shown,
        tuple(terms),
        word,
    )


def condition(value: Condition | bool) -> Condition:
    """A condition; a constant holds always or never."""
    if isinstance(value, Condition):
        return value
    truth = Truth.YES if value else Truth.NO
    return Condition(lambda: truth, (), lambda: "a global has another value")


def holds(value: Condition | bool) -> bool:
    """True if a condition holds now."""
    return condition(value).value() is Truth.YES


def _hangs(when: Condition) -> bool:
    """True if a term of the condition never gets a value."""
    return any(map(_hangs, when.terms)) or when.value() is Truth.NEVER


async def joined_value(when: Condition) -> Truth:
    """The value of a condition once all that it names have ended; NEVER if one of them hangs."""
    for event in when.events:
        await asyncio.shield(event)
    return Truth.NEVER if _hangs(when) else when.value()


async def decided(when: Condition) -> Truth:
    """The value of a condition, as soon as it is not open any more."""
    answer: asyncio.Future[Truth] = asyncio.get_running_loop().create_future()

    def look(_: object = None) -> None:
        value = when.value()
        if value is not Truth.OPEN and not answer.done():
            answer.set_result(value)

    look()
    for event in () if answer.done() else when.events:
        event.add_done_callback(look)
    return await answer
