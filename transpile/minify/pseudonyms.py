"""Replaces words by others of the same length: equal words by equal ones, everywhere."""

import re
from collections.abc import Collection, Iterable
from itertools import count, product
from random import Random

TOKEN = re.compile(r"(?:[0-9A-Za-z]|(?!\s)[^\x00-\x7f])+")
"""A run of letters and digits: what stands between punctuation. Any other sign counts as a letter
if it is not ASCII."""

_PLAIN = re.compile(r"(?P<before>\d{0,3})(?P<word>\D{2,})(?P<behind>\d{0,3})", re.ASCII)
_KEPT = re.compile(r"\d{1,3}\D?|\D\d?", re.ASCII)
_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_LETTERS, _DIGITS = "bcdfghjklmnpqrstvwxz", "0123456789"
_PREFIXES = ["".join(pair) for pair in product(_LETTERS, repeat=2)]
_TRIES = 50
NOT_ASCII = "\u00e9"
"""Ends a word for one with letters that are not ASCII. Latin-1 has it."""


def humps(word: str) -> list[str]:
    """The words in one such as LoadOrders."""
    return _HUMP.findall(word) if word.isascii() else [word]


class TooManySpellings(ValueError):
    """A word is spelled in more ways, by upper and lower case, than its replacement can be."""


class Pseudonyms:
    """The replacements of words, chosen at their first use.

    A replacement is none of the words in `taken`; words in `kept` stay. Both are in lower case.
    Words that differ in case only keep that relation. Numbers of up to three digits stay, at the
    ends of words too, and so do single letters.
    """

    def __init__(self, taken: Collection[str], kept: Collection[str] = ()) -> None:
        self._taken = taken
        self._kept = kept
        self._bases: dict[str, str] = {}
        self._spellings: dict[str, dict[str, str]] = {}
        # The same words always get the same replacements.
        self._random = Random(0)
        self._addresses: dict[str, str] = {}
        self.made: set[str] = set()

    @property
    def mapping(self) -> dict[str, str]:
        """The replaced words, as spelled, and their replacements."""
        words = {word: new for spelled in self._spellings.values() for word, new in spelled.items()}
        return words | self._addresses

    def address(self, address: str) -> str:
        """The replacement of an IP address: one of the network for benchmarks, 198.18.0.0/15."""
        number = len(self._addresses)
        new = f"198.18.{number // 250 % 250}.{number % 250 + 1}"
        return self._addresses.setdefault(address, new)

    def token(self, token: str) -> str:
        """The replacement of a run of letters and digits."""
        if token.lower() in self._kept or (_KEPT.fullmatch(token) and token.isascii()):
            return token
        plain = _PLAIN.fullmatch(token)
        if plain is None:
            return self._word(token)
        parts = (self._word(part) for part in humps(plain["word"]))
        return "".join((plain["before"], *parts, plain["behind"]))

    def _word(self, word: str) -> str:
        lowered = word.lower()
        if len(word) < 2 or lowered in self._kept:
            return word
        spelled = self._spellings.setdefault(lowered, {})
        if word not in spelled:
            base = self._bases.get(lowered) or self._new(word)
            self._bases[lowered] = base
            spelled[word] = self._cased(word, base, spelled.values())
        return spelled[word]

    def keep_order(self, words: Iterable[str]) -> None:
        """Choose replacements that sort as these words do, as far as words that stay allow it."""
        found = sorted({word.lower() for word in words if word.isascii() and len(word) > 1})
        fixed = [(at, word) for at, word in enumerate(found) if word in self._kept]
        start, low = 0, ""
        for at, high in (*fixed, (len(found), "~")):
            free = [word for word in found[start:at] if word not in self._bases]
            prefixes = [first for first in _PREFIXES if low[:2] < first < high[:2]]
            for number, word in enumerate(free if len(free) < len(prefixes) else ()):
                prefix = prefixes[(number + 1) * len(prefixes) // (len(free) + 1)]
                self._bases[word] = self._new(word, prefix)
            start, low = at + 1, high

    def _new(self, word: str, prefix: str = "") -> str:
        """An unused replacement that begins with the prefix."""
        alphabet = _DIGITS if word.isdecimal() and word.isascii() else _LETTERS
        ending = "" if word.isascii() else NOT_ASCII
        length = len(word) - len(ending) - len(prefix)
        for tried in count(1):
            letters = (self._random.choice(alphabet) for _ in range(length))
            code = "".join((prefix, *letters, ending))
            if code not in self._taken and code not in self.made:
                self.made.add(code)
                return code
            # Few short words are left.
            length += tried % _TRIES == 0
        raise AssertionError

    @staticmethod
    def _cased(word: str, base: str, others: Collection[str]) -> str:
        """The base in the case of the word; one that no other spelling has."""
        for cased in (str.lower, str.upper, str.capitalize):
            if cased(word) == word and cased(base) not in others:
                return cased(base)
        usual = {base.upper(), base.lower(), base.capitalize()}
        for ups in product((False, True), repeat=min(len(base), 12)):
            letters = (c.upper() if up else c for c, up in zip(base, ups, strict=False))
            mixed = "".join((*letters, base[len(ups) :]))
            if mixed not in usual and mixed not in others:
                return mixed
        raise TooManySpellings(word)
