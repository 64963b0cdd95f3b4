"""Names of columns and keys: what they mean, and which one counts if several mean the same."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from transpile.dialects.joblist.codes.lists import AmbiguousColumns, SpareColumns
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Span

WORDS = {
    "name": "name job task step jobname taskname stepname",
    "number": "id no nr num number row # jobid taskid stepid",
    "command": "command cmd script run exec commandline",
    "after": "after dependson dependencies dependency predecessors predecessor upstream needs "
    "requires parents",
    "when": "when condition triggerrule",
    "retries": "retries retry",
    "timeout": "timeout timelimit",
    "schedule": "schedule cron",
    "timezone": "timezone tz",
    "box": "box group section phase stage",
    "machine": "machine host node server",
    "description": "description notes comment",
    "type": "type kind",
}
"""The guesses: names of columns and keys, without blanks, `_` and `-`, by meaning."""

ENVIRONMENT = ("environment", "env")
"""Keys of a mapping of variables."""

_MEANING = {word: meaning for meaning, words in WORDS.items() for word in words.split()}
_DECISIVE = ("name", "command", "after", "when", "schedule", "box", "type")
_FILLER = re.compile(r"[\s_-]+")


def plain_key(key: str) -> str:
    """The name of a column or key as guesses spell it."""
    return _FILLER.sub("", key).lower()


class Meanings:
    """What keys mean: what the team says (`named`, by meaning), else a guess."""

    def __init__(self, named: Mapping[str, str]) -> None:
        self.named = named
        self._exact = {name.strip(): meaning for meaning, name in named.items()}
        self._plain = {plain_key(name): meaning for meaning, name in named.items()}

    def of(self, key: str) -> str | None:
        """The meaning of a key, if it has one."""
        plain = plain_key(key)
        said = self._exact.get(key.strip()) or self._plain.get(plain)
        if said is not None:
            return said
        guess = _MEANING.get(plain)
        return None if guess in self.named else guess


@dataclass(slots=True)
class Chosen:
    """The key that counts for each meaning, and those that mean the same, all by place."""

    of: dict[str, int] = field(default_factory=dict)
    spare: dict[str, list[int]] = field(default_factory=dict)

    def report(self, keys: Sequence[str], spans: Sequence[Span], diagnostics: Diagnostics) -> None:
        """Report the meanings that several keys have; those of descriptions add up."""
        for meaning, places in self.spare.items():
            if meaning == "description":
                continue
            kind = AmbiguousColumns if meaning in _DECISIVE else SpareColumns
            others = ", ".join(keys[place].strip() for place in places)
            first = keys[self.of[meaning]].strip()
            finding = kind(meaning=meaning, first=first, others=others)
            diagnostics.add(finding, spans[places[0]], text=others)


def choose(keys: Sequence[str], meanings: Meanings, numeric: Iterable[int] = ()) -> Chosen:
    """Which of the keys counts for each meaning: the first one.

    Of several names, those of `numeric` columns are numbers of jobs. A number is a name where
    nothing else is.
    """
    found: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        meaning = meanings.of(key)
        if meaning is not None:
            found.setdefault(meaning, []).append(place)
    names, numbers = found.get("name", []), set(numeric)
    texts = [place for place in names if place not in numbers]
    if texts and len(texts) < len(names) and "name" not in meanings.named:
        found["name"] = texts
        found["number"] = [place for place in names if place in numbers] + found.get("number", [])
    if not names and "number" in found:
        found["name"] = [found["number"].pop(0)]
    chosen = Chosen()
    for meaning, places in found.items():
        if places:
            chosen.of[meaning] = places[0]
        if places[1:] and meaning not in meanings.named:
            chosen.spare[meaning] = places[1:]
    return chosen


def guesses(keys: Sequence[str], chosen: Chosen, meanings: Meanings) -> list[str]:
    """What was guessed, as `meaning = key`."""
    return [
        f"{meaning} = {keys[place].strip()}"
        for meaning, place in chosen.of.items()
        if meaning not in meanings.named
    ]
