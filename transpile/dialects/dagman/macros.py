"""Macros of the submit language, and the words of commands with holes in them."""

import re
from collections.abc import Callable, Mapping

from transpile.dialects.kit.texts import Holes, has_holes, in_quotes
from transpile.model import VariableRef

_MACRO = re.compile(r"\$(?P<function>[A-Za-z_]*)\((?P<name>[^()$]*)\)")
_MATCHED = re.compile(r"\$\$(?=[(\[])")
ATTEMPT = ".retry"
"""The number of the attempt, whatever the macro RETRY is."""

ABOUT_THE_DAG = {"dag_status": "$DAG_STATUS", "failed_count": "$FAILED_COUNT"}
"""Macros that a FINAL node is told; elsewhere they depend on what has run by then."""

_OF_THE_HOST = frozenset("""
    arch opsys opsysver opsysandver opsysmajorver ismyhost hostname full_hostname submit_file
    submit_time year month day username dagmanjobid dag_parent_names
    """.split())
DOLLAR = "\1"
"""A dollar sign that begins no macro, until the text is done."""

DEEPEST, LONGEST = 50, 1_000_000


class MacroError(Exception):
    """A macro whose value cannot be told here; the message says which."""


class Macros(Holes):
    """Puts in values of macros; `runtime` has the shell's text for those that only a run knows.

    These become holes, and so do macros that nobody defines: references to workflow inputs.
    """

    def __init__(
        self,
        values: Mapping[str, str],
        unknown: Callable[[str], None],
        runtime: Mapping[str, str],
    ) -> None:
        super().__init__()
        self._values = dict(values)
        self._unknown = unknown
        self._runtime = runtime

    def expand(self, text: str) -> str:
        """The text with values in place of macros; holes stand as numbers between NULs.

        Raises MacroError.
        """
        for _ in range(DEEPEST):
            if match := _MATCHED.search(text):
                shown = text[match.start() :].partition(")")[0][:60]
                raise MacroError(f"{shown}) is filled in when a machine is found")
            if not _MACRO.search(text):
                return text
            text = _MACRO.sub(self._value, text)
            if len(text) > LONGEST:
                break
        raise MacroError("a macro refers to itself")

    def plain(self, text: str) -> str:
        """A piece of text between holes as it ends up."""
        return text.replace(DOLLAR, "$")

    def _value(self, match: re.Match[str]) -> str:
        name, colon, default = match["name"].partition(":")
        name = name.strip()
        key = name.lower()
        function = match["function"]
        if function == "ENV":
            return self._environment(name, default if colon else "UNDEFINED")
        if function:
            return self._called(function, match["name"], match[0])
        if key == "dollar":
            return DOLLAR
        known = self._values.get(key)
        if known is None and key in self._runtime:
            return self.put(self._runtime[key])
        if known is None and (key in _OF_THE_HOST or key in ABOUT_THE_DAG):
            raise MacroError(f"$({name}) is known only while the DAG runs")
        if colon and not known:
            # HTCondor: what is empty has no value.
            return default
        if known is not None:
            return known
        if not re.fullmatch(r"[\w.+-]+", name):
            raise MacroError(f"$({name}) is no name of a macro")
        self._unknown(name)
        return self.put(VariableRef(name, f"$({name})"))

    def _environment(self, name: str, default: str) -> str:
        if not re.fullmatch(r"[A-Za-z_]\w*", name) or not re.fullmatch(r"[\w./:+,-]*", default):
            raise MacroError(f"$ENV({name}) is no variable of the environment")
        return self.put(f"${{{name}-{default}}}")

    def _called(self, function: str, text: str, whole: str) -> str:
        name, _, form = (part.strip() for part in text.partition(","))
        value = self._values.get(name.lower(), name)
        if re.fullmatch("F[pdnxb]*", function):
            return _file_part(function[1:], value)
        if function == "BASENAME" and not form:
            return value.rsplit("/", 1)[-1]
        if function == "DIRNAME":
            head, slash, _ = value.rpartition("/")
            return head + slash
        whole_number = re.fullmatch(r"\s*[-+]?\d+\s*", value)
        if function == "INT" and whole_number and re.fullmatch(r"%[-+0 ]?\d*d|", form):
            return (form or "%d") % int(value)
        raise MacroError(f"{whole} is not known here")


def _file_part(letters: str, path: str) -> str:
    """HTCondor: p the folders of a path, d the last one, n the name, x its suffix; b no last /."""
    head, slash, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, dot + suffix) if dot else (name, "")
    found = head + slash if "p" in letters else ""
    if "d" in letters and not found:
        found = head.rpartition("/")[2] + slash
    found += stem * ("n" in letters) + suffix * ("x" in letters)
    return (found.removesuffix("/") if "b" in letters else found) if letters.strip("b") else path


def split_arguments(value: str) -> list[str]:
    """The words of `arguments`. Raises MacroError where HTCondor refuses them.

    HTCondor: in double quotes, blanks part words, single quotes group, and both are doubled to
    stand for themselves. Without, blanks alone part words, and a backslash keeps a double quote.
    """
    value = value.strip()
    if not value.startswith('"'):
        if re.search(r'(?<!\\)"', value):
            raise MacroError("a double quote in the middle of arguments")
        return value.replace('\\"', '"').split()
    inner = value[1:-1].replace('""', "\2")
    if len(value) < 2 or value[-1] != '"' or '"' in inner:
        raise MacroError("the double quotes of arguments do not end where they should")
    inner = inner.replace("\2", '"')
    words: list[str] = []
    word: str | None = None
    position = 0
    while position < len(inner):
        character = inner[position]
        if character == "'":
            end = position + 1
            quoted = ""
            while end < len(inner) and (inner[end] != "'" or inner[end + 1 : end + 2] == "'"):
                quoted += inner[end]
                end += 2 if inner[end] == "'" else 1
            word = (word or "") + in_quotes(quoted)
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
    """The pairs of `environment`: in double quotes like arguments, else parted by semicolons.

    Raises MacroError where condor_submit refuses them.
    """
    value = value.strip()
    words = split_arguments(value) if value.startswith('"') else value.split(";")
    pairs = [word.strip().partition("=") for word in words if word.strip()]
    wrong = next(("".join(pair) for pair in pairs if not pair[0] or not pair[1]), None)
    if wrong is not None:
        shown = "a macro without a value" if has_holes(wrong) else wrong
        raise MacroError(f"environment holds {shown}, which is no NAME=value")
    return [(name, text) for name, _, text in pairs]
