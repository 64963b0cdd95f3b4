"""Expands macros of the submit language, and splits `arguments` and `environment`."""

import re
from collections.abc import Callable, Mapping

from transpile.dialects.dagman.submit import SubmitError
from transpile.dialects.kit.texts import Holes, has_holes, in_quotes
from transpile.model import VariableRef

_MACRO = re.compile(r"\$(?P<function>[A-Za-z_]*)\((?P<name>[^()$]*)\)")
_MATCHED = re.compile(r"\$\$(?=[(\[])")
_PIECE = re.compile(r"'(?P<quoted>(?:[^']|'')*)'?|(?P<blank>\s)|[^'\s]+")
ATTEMPT = ".retry"
"""The macro with the number of the attempt, even if a description redefines RETRY."""

ABOUT_THE_DAG = {"dag_status": "$DAG_STATUS", "failed_count": "$FAILED_COUNT"}
"""Macros of FINAL nodes; in other nodes their values depend on the timing of the run."""

_OF_THE_RUN = frozenset("""
    arch opsys opsysver opsysandver opsysmajorver ismyhost hostname full_hostname submit_file
    submit_time year month day username dagmanjobid dag_parent_names
    """.split())
DOLLAR = "\1"
"""Replaces the dollar sign of $(DOLLAR) while macros are expanded."""

DEEPEST, LONGEST = 50, 1_000_000


class MacroError(SubmitError):
    """A macro without a known value; the message names it."""


class Macros(Holes):
    """Expands macros.

    `runtime` holds shell text for macros that have a value only in a run; they become holes.
    Undefined macros become references to workflow inputs, after a call of `unknown`.
    """

    def __init__(
        self, values: Mapping[str, str], unknown: Callable[[str], None], runtime: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._values = dict(values)
        self._unknown = unknown
        self._runtime = runtime

    def expand(self, text: str) -> str:
        """The text with macros replaced by their values or by holes. Raises MacroError."""
        for _ in range(DEEPEST):
            if match := _MATCHED.search(text):
                shown = text[match.start() :].partition(")")[0][:60]
                raise MacroError(f"HTCondor fills in {shown}) when it matches a machine")
            if not _MACRO.search(text):
                return text
            text = _MACRO.sub(self._value, text)
            if len(text) > LONGEST:
                break
        raise MacroError("a macro refers to itself")

    def plain(self, text: str) -> str:
        """Text between holes, with $(DOLLAR) replaced."""
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
        if known is None and (key in _OF_THE_RUN or key in ABOUT_THE_DAG):
            raise MacroError(f"$({name}) has a value only while the DAG runs")
        if colon and not known:
            # HTCondor: an empty macro has no value.
            return default
        if known is not None:
            return known
        if not re.fullmatch(r"[\w.+-]+", name):
            raise MacroError(f"$({name}) is not a macro name")
        self._unknown(name)
        return self.put(VariableRef(name, f"$({name})"))

    def _environment(self, name: str, default: str) -> str:
        if not re.fullmatch(r"[A-Za-z_]\w*", name) or not re.fullmatch(r"[\w./:+,-]*", default):
            raise MacroError(f"$ENV({name}) is not an environment variable")
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
        raise MacroError(f"the function in {whole} is not supported")


def _file_part(letters: str, path: str) -> str:
    """Parts of a path: p folders, d last folder, n name, x suffix; b removes the final slash."""
    head, slash, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, dot + suffix) if dot else (name, "")
    found = head + slash if "p" in letters else ""
    if "d" in letters and not found:
        found = head.rpartition("/")[2] + slash
    found += stem * ("n" in letters) + suffix * ("x" in letters)
    return (found.removesuffix("/") if "b" in letters else found) if letters.strip("b") else path


def split_arguments(value: str) -> list[str]:
    """The words of `arguments`. Raises MacroError if HTCondor refuses the value.

    HTCondor: in double quotes, blanks separate words, single quotes group, and a doubled quote
    stands for itself. Otherwise only blanks separate words, and a backslash escapes a double quote.
    """
    value = value.strip()
    if not value.startswith('"'):
        if re.search(r'(?<!\\)"', value):
            raise MacroError("a double quote in the middle of arguments")
        return value.replace('\\"', '"').split()
    inner = value[1:-1].replace('""', "\2")
    if len(value) < 2 or value[-1] != '"' or '"' in inner:
        raise MacroError("the double quotes of arguments do not match")
    words: list[str] = []
    word: str | None = None
    for match in _PIECE.finditer(inner.replace("\2", '"')):
        if match["blank"]:
            words += [word] if word is not None else []
            word = None
        elif match["quoted"] is not None:
            word = (word or "") + in_quotes(match["quoted"].replace("''", "'"))
        else:
            word = (word or "") + match[0]
    return words + ([word] if word is not None else [])


def split_environment(value: str) -> list[tuple[str, str]]:
    """The pairs of `environment`: quoted like `arguments`, otherwise separated by semicolons.

    Raises MacroError if condor_submit refuses the value.
    """
    value = value.strip()
    words = split_arguments(value) if value.startswith('"') else value.split(";")
    pairs = [word.strip().partition("=") for word in words if word.strip()]
    wrong = next(("".join(pair) for pair in pairs if not pair[0] or not pair[1]), None)
    if wrong is not None:
        shown = "a macro without a value" if has_holes(wrong) else wrong
        raise MacroError(f"environment contains {shown}, which is not NAME=value")
    return [(name, text) for name, _, text in pairs]
