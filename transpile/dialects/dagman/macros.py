"""Macros of the submit language, and the words of commands with holes in them."""

import re
import shlex
from collections.abc import Callable, Mapping

from transpile.ir import Text, VariableRef

_MACRO = re.compile(
    r"\$(?P<function>ENV|INT|REAL|STRING|SUBSTR|CHOICE|RANDOM_CHOICE|RANDOM_INTEGER|EVAL"
    r"|BASENAME|DIRNAME|F[a-z]*)?\((?P<name>[^()$]*)\)"
)
_HOLE = re.compile("\0(\\d+)\0")
RUNTIME = {
    "retry": "RETRY",
    "cluster": "FLYTE_INTERNAL_EXECUTION_ID",
    "clusterid": "FLYTE_INTERNAL_EXECUTION_ID",
    "dag_status": "DAG_STATUS",
    "failed_count": "FAILED_COUNT",
}
"""Macros that only a run knows, and the environment variables that have them there."""

DOLLAR = "\1"
"""A dollar sign that begins no macro, until the text is done."""

DEEPEST = 100


class Macros:
    """Puts in values of macros.

    What only a run knows is left as a hole: `holes` has for each a shell variable, or a reference
    to a workflow input for a macro that nobody defines.
    """

    def __init__(self, values: Mapping[str, str], unknown: Callable[[str], None]) -> None:
        self._values = dict(values)
        self._unknown = unknown
        self.holes: list[str | VariableRef] = []
        self.strange: list[str] = []

    def define(self, name: str, value: str) -> None:
        """Give a macro a value, for all that is expanded from now on."""
        self._values[name.lower()] = value

    def expand(self, text: str) -> str:
        """The text with values in place of macros; holes stand as numbers between NULs."""
        for _ in range(DEEPEST):
            changed = _MACRO.sub(self._value, text)
            if changed == text:
                return changed
            text = changed
        return text

    def words(self, words: list[str]) -> Text:
        """Words as shell text, each one quoted so far as it needs it."""
        parts: list[str | VariableRef] = []
        for number, word in enumerate(words):
            parts += [" "] if number else []
            parts += self._word(word)
        return _merged(parts)

    def text(self, text: str) -> Text:
        """Text that no shell splits, such as a path or the value of a variable."""
        pieces = _HOLE.split(text)
        parts: list[str | VariableRef] = []
        for number, piece in enumerate(pieces):
            if number % 2:
                hole = self.holes[int(piece)]
                parts.append(hole if isinstance(hole, VariableRef) else f"${{{hole}}}")
            elif piece:
                parts.append(piece.replace(DOLLAR, "$"))
        return _merged(parts)

    def _word(self, word: str) -> list[str | VariableRef]:
        pieces = _HOLE.split(word)
        if len(pieces) == 1:
            return [shlex.quote(word.replace(DOLLAR, "$"))]
        parts: list[str | VariableRef] = []
        for number, piece in enumerate(pieces):
            if number % 2:
                hole = self.holes[int(piece)]
                value = hole if isinstance(hole, VariableRef) else f"${hole}"
                parts += ['"', value, '"']
            elif piece:
                parts.append(shlex.quote(piece.replace(DOLLAR, "$")))
        return parts

    def _value(self, match: re.Match[str]) -> str:
        name, _, default = match["name"].partition(":")
        key = name.strip().lower()
        if match.start() and match.string[match.start() - 1] == "$":
            # $$(...) is filled in when a machine is found for the job.
            self.strange.append(match[0])
            return f"({match['name']})"
        function = match["function"]
        if key == "dollar":
            return DOLLAR
        if function == "ENV":
            return self._hole(name.strip())
        if function is not None:
            return self._called(function, name.strip(), match[0])
        if key in self._values:
            return self._values[key]
        if key in RUNTIME:
            return self._hole(RUNTIME[key])
        if ":" in match["name"]:
            return default
        self._unknown(name.strip())
        return self._hole(VariableRef(name.strip(), f"$({name.strip()})"))

    def _called(self, function: str, name: str, text: str) -> str:
        value = self._values.get(name.lower(), name)
        if function == "BASENAME":
            return value.rsplit("/", 1)[-1]
        if function == "DIRNAME":
            return value.rpartition("/")[0] or "."
        if function == "INT" and re.fullmatch(r"\s*[-+]?\d+\s*", value):
            return str(int(value))
        self.strange.append(text)
        return value

    def _hole(self, what: str | VariableRef) -> str:
        self.holes.append(what)
        return f"\0{len(self.holes) - 1}\0"


def _merged(parts: list[str | VariableRef]) -> Text:
    found: list[str | VariableRef] = []
    for part in parts:
        if found and isinstance(part, str) and isinstance(found[-1], str):
            found[-1] += part
        else:
            found.append(part)
    return tuple(found)


def split_arguments(value: str) -> list[str]:
    """The words of `arguments`.

    HTCondor: in double quotes, blanks part words, single quotes group, and both are doubled to
    stand for themselves. Without, blanks alone part words, and a backslash keeps a double quote.
    """
    value = value.strip()
    if not (len(value) > 1 and value[0] == value[-1] == '"'):
        return value.replace('\\"', '"').split()
    inner = value[1:-1].replace('""', '"')
    words: list[str] = []
    word: str | None = None
    position = 0
    while position < len(inner):
        character = inner[position]
        if character == "'":
            end = position + 1
            word = word or ""
            while end < len(inner) and (inner[end] != "'" or inner[end + 1 : end + 2] == "'"):
                word += inner[end]
                end += 2 if inner[end] == "'" else 1
            position = end + 1
        elif character.isspace():
            words += [word] if word is not None else []
            word = None
            position += 1
        else:
            word = (word or "") + character
            position += 1
    return words + ([word] if word is not None else [])


def split_environment(value: str) -> list[tuple[str, str]]:
    """The pairs of `environment`: in double quotes like arguments, else parted by semicolons."""
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] == '"'
    words = split_arguments(value) if quoted else value.split(";")
    pairs = (word.strip().partition("=") for word in words if word.strip())
    return [(name.strip(), text) for name, sign, text in pairs if sign]
