"""What all languages of cron expressions share: their fields, and words for numbers and times."""

from typing import NamedTuple

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
NICKNAMES = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
"""The five fields that a nickname stands for."""


class CronError(Exception):
    """The expression is none of its language, or has no equivalent; the message says why."""


class Field(NamedTuple):
    """A field: its lowest and highest number, and words for the numbers from the lowest one."""

    name: str
    low: int
    high: int
    words: tuple[str, ...] = ()


def number_of(text: str, field: Field) -> int:
    """The number that a text stands for in a field. Raises CronError."""
    if text in field.words:
        return field.words.index(text) + field.low
    if not text.isdigit() or not field.low <= int(text) <= field.high:
        raise CronError(f"{text} for the {field.name} is not supported")
    return int(text)
