"""Conditions of jobs: true, false, or open until enough jobs have ended."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Condition:
    """What must hold before a job starts.

    `holds` returns None while that is open; it may change when one of the `events` comes. `shown`
    is the condition in words, with what is known at the moment.
    """

    holds: Callable[[], bool | None]
    events: tuple["asyncio.Future[None]", ...]
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
    decisive = word == "or"

    def holds() -> bool | None:
        is_open = False
        for term in terms:
            value = term.holds()
            if value is decisive:
                return decisive
            is_open |= value is None
        return None if is_open else not decisive

    return Condition(
        holds,
        tuple(dict.fromkeys(event for term in terms for event in term.events)),
        lambda: f" {word} ".join(f"({t.shown()})" if t.word else t.shown() for t in terms),
        tuple(terms),
        word,
    )


def condition(value: Condition | bool) -> Condition:
    """A condition; a constant holds always or never."""
    if isinstance(value, Condition):
        return value
    return Condition(lambda: value, (), lambda: "a global has another value")


async def decided(when: Condition) -> bool:
    """Whether a condition holds, as soon as that is certain."""
    answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def look(_: object = None) -> None:
        value = when.holds()
        if value is not None and not answer.done():
            answer.set_result(value)

    look()
    for event in () if answer.done() else when.events:
        event.add_done_callback(look)
    return await answer
