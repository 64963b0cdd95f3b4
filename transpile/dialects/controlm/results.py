"""CODE of ON statements: which results of a job they ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from lark import Token, Tree, UnexpectedInput

from transpile.sources.grammars import Grammar

_GRAMMAR = Grammar("controlm_result.lark", "result")
LONGEST = 2_000
"""Greatest length of a CODE about codes; longer ones are patterns for the output."""

EXIT_CODES = frozenset(range(256))
_TESTS: dict[str, Callable[[int, int], bool]] = {
    "EQ": lambda code, number: code == number,
    "NE": lambda code, number: code != number,
    "LT": lambda code, number: code < number,
    "GT": lambda code, number: code > number,
    "LE": lambda code, number: code <= number,
    "GE": lambda code, number: code >= number,
    "EVEN": lambda code, _: code % 2 == 0,
    "ODD": lambda code, _: code % 2 == 1,
}
_SIGNS = dict(
    zip(
        ("", "=", "==", "!", "!=", "<>", "<", ">", "<=", ">="),
        ("EQ", "EQ", "EQ", "NE", "NE", "NE", "LT", "GT", "LE", "GE"),
        strict=True,
    )
)
_OPPOSITE = {"EVEN": "ODD", "ODD": "EVEN"}


class Kind(Enum):
    """What is asked for. UNKNOWN is what no exit code shows, such as an abend."""

    OK = "OK"
    NOTOK = "NOTOK"
    CODES = "exit codes"
    RUNCOUNT = "number of runs"
    FAILCOUNT = "number of failures"
    OUTPUT = "text of the output"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Result:
    """A result that is asked for.

    CODES are exit codes, and None for a kill. Counts are compared with `number` by EQ, NE, LT, GT,
    LE or GE, or are EVEN or ODD. `text` is the pattern for the output, or what is unknown.
    """

    kind: Kind
    codes: frozenset[int | None] = frozenset()
    comparison: str = ""
    number: int = 0
    text: str = ""

    def counts(self, count: int) -> bool:
        """True if a count is the one that is asked for."""
        return self.comparison in _TESTS and _TESTS[self.comparison](count, self.number)


@lru_cache(maxsize=4096)
def read_result(stmt: str, code: str) -> Result:
    """The result that an ON statement asks for.

    Where STMT is not `*`, CODE is a pattern for the output of that statement.
    """
    if stmt.strip() not in ("", "*"):
        return Result(Kind.OUTPUT, text=code)
    if not code.strip():
        return Result(Kind.UNKNOWN, text=code)
    if len(code) > LONGEST:
        return Result(Kind.OUTPUT, text=code)
    try:
        tree = _GRAMMAR.parse(code)
    except UnexpectedInput:
        return Result(Kind.OUTPUT, text=code)
    if tree.data == "codes":
        return _listed(tree, code)
    if tree.data == "any":
        # The manuals: the pattern `*` fits even an empty answer.
        return Result(Kind.CODES, EXIT_CODES | {None})
    if tree.data in ("ok", "notok"):
        return Result(Kind[str(tree.data).upper()])
    return _compared(tree)


def _compared(tree: Tree[Token]) -> Result:
    """COMPSTAT, RUNCOUNT or FAILCOUNT with a number, a range of numbers, EVEN or ODD."""
    found = {token.type: str(token).upper() for token in tree.children if isinstance(token, Token)}
    test = _sign(found.get("COMPARISON"))
    numbers = [int(t) for t in tree.children if isinstance(t, Token) and t.type == "NUMBER"]
    if parity := found.get("PARITY"):
        test, numbers = (_OPPOSITE[parity] if test == "NE" else parity), [0]
    if tree.data == "counted":
        return Result(Kind[found["COUNT"]], comparison=test, number=numbers[0])
    if len(numbers) == 2:
        return Result(Kind.CODES, _between(*numbers))
    return Result(Kind.CODES, _codes(test, numbers[0]))


def _listed(tree: Tree[Token], code: str) -> Result:
    """Codes of mainframe steps, as the exit codes of a command.

    z/OS: one of several codes is enough, except for a range such as `>C0010 <C0040`. A code behind
    N rules the rest out [71533]; alone it is read as each other code.
    """
    wanted: list[frozenset[int | None]] = []
    limits: list[frozenset[int | None]] = []
    refused: list[frozenset[int | None]] = []
    for each in (child for child in tree.children if isinstance(child, Tree)):
        tokens = [token for token in each.children if isinstance(token, Token)]
        types = [token.type for token in tokens]
        if "CONDITION" not in types:
            continue
        codes, is_limit = _condition(tokens)
        (refused if "NOT" in types else limits if is_limit else wanted).append(codes)
    if not (wanted or limits or refused):
        return Result(Kind.UNKNOWN, text=code)
    found = frozenset().union(*wanted) if wanted else frozenset[int | None]()
    if limits:
        between = limits[0].intersection(*limits[1:])
        found |= between or limits[0].union(*limits[1:])
    elif not wanted:
        found = frozenset(EXIT_CODES)
    return Result(Kind.CODES, found.difference(*refused))


def _condition(tokens: list[Token]) -> tuple[frozenset[int | None], bool]:
    """The exit codes of one condition code or range, and whether it is one end of a range.

    An asterisk stands for any digit of the four, and `C*` for any code.
    """
    sign = next((_sign(str(token)) for token in tokens if token.type == "COMPARISON"), "EQ")
    digits = [str(token)[1:] for token in tokens if token.type == "CONDITION"]
    if len(digits) == 2:
        return _between(int(digits[0].replace("*", "0")), int(digits[1].replace("*", "9"))), False
    if "*" in digits[0]:
        return frozenset(c for c in EXIT_CODES if _fits(digits[0], f"{c:04}")), False
    return _codes(sign, int(digits[0])), sign in ("LT", "GT", "LE", "GE")


def _between(first: int, last: int) -> frozenset[int | None]:
    return EXIT_CODES & frozenset(range(first, min(last, 255) + 1))


def _codes(test: str, number: int) -> frozenset[int | None]:
    return frozenset(code for code in EXIT_CODES if _TESTS[test](code, number))


def _sign(text: str | None) -> str:
    word = (text or "").upper()
    return _SIGNS.get(word, word)


def _fits(mask: str, digits: str) -> bool:
    """True if a mask stands for these digits: `*` for any one, or alone for all."""
    same = (each in ("*", digit) for each, digit in zip(mask, digits, strict=False))
    return mask == "*" or (len(mask) == len(digits) and all(same))
