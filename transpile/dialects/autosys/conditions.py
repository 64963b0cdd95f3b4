"""Texts of conditions to the model's conditions, by grammars/jil_condition.lark."""

from itertools import accumulate
from typing import Any, TypeAlias

from lark import Token, Transformer
from lark.exceptions import UnexpectedInput

from transpile.model import All, AnyOf, Condition, ExitCode, GlobalValue, Status, StatusTest
from transpile.sources.grammars import Grammar

_TESTS = {
    "s": StatusTest.SUCCESS,
    "f": StatusTest.FAILURE,
    "d": StatusTest.DONE,
    "t": StatusTest.TERMINATED,
    "n": StatusTest.NOT_RUNNING,
}
_UNLIMITED = 9999
_DEEPEST = 200


class ConditionError(ValueError):
    """The text is not a condition; `offset` is the place of the error in it."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.offset = offset


_Term: TypeAlias = tuple[Condition, bool]
"""A condition, and whether precedence of & over | would change its meaning."""


class _Builder(Transformer[Token, _Term]):
    """Has a method for each rule of the grammar."""

    def reference(self, children: list[Token]) -> tuple[str, str | None]:
        name, *instance = (str(token) for token in children)
        return name.replace("\\:", ":").replace("\\", ""), instance[0] if instance else None

    def success(self, children: list[Token]) -> _Term:
        name = children[0].partition("(")[2][:-1].strip()
        return Status(name, StatusTest.SUCCESS, offset=children[0].start_pos or 0), False

    def status(self, children: list[Any]) -> _Term:
        word, (job, instance), *lookback = children
        minutes = _minutes(lookback[0]) if lookback else None
        test = _TESTS[word[0].lower()]
        return Status(job, test, minutes, instance, word.start_pos), False

    def exit_code(self, children: list[Any]) -> _Term:
        word, (job, instance), *lookback, operator, value = children
        minutes = _minutes(lookback[0]) if lookback else None
        return ExitCode(job, str(operator), int(value), minutes, instance, word.start_pos), False

    def global_value(self, children: list[Token]) -> _Term:
        word, name, operator, value = children
        text = value[1:-1].replace('\\"', '"') if value.type == "QUOTED" else str(value)
        return GlobalValue(str(name), str(operator), text, word.start_pos or 0), False

    def group(self, children: list[_Term]) -> _Term:
        return children[0]

    def operator(self, children: list[Token]) -> str:
        return children[0].type

    def condition(self, children: list[Any]) -> _Term:
        terms: list[_Term] = children[::2]
        operators: list[str] = children[1::2]
        # Only an & behind an | would bind differently: a & b | c has one meaning.
        mixed = "OR" in operators and "AND" in operators[operators.index("OR") :]
        ambiguous = mixed or any(inner for _, inner in terms)
        result = terms[0][0]
        run: list[Condition] = [result]
        for position, operator in enumerate(operators):
            run.append(terms[position + 1][0])
            if position + 1 == len(operators) or operators[position + 1] != operator:
                result = All(tuple(run)) if operator == "AND" else AnyOf(tuple(run))
                run = [result]
        return result, ambiguous


_GRAMMAR = Grammar("jil_condition.lark", "condition", transformer=_Builder())


def parse_condition(text: str) -> tuple[Condition, bool]:
    """The condition, read from left to right, and whether precedence would change its meaning.

    Raises ConditionError.
    """
    if text.count("(") > _DEEPEST and _nesting(text) > _DEEPEST:
        raise ConditionError(f"parentheses nest deeper than {_DEEPEST}", 0)
    try:
        parsed: Any = _GRAMMAR.parse(text)
    except UnexpectedInput as error:
        raise ConditionError(*_explained(error, text)) from error
    condition, ambiguous = parsed
    # Without parentheses, too: each change between & and | is a level.
    if _depth(condition) > _DEEPEST + 1:
        raise ConditionError(f"its terms nest deeper than {_DEEPEST}", 0)
    return condition, ambiguous


def _depth(condition: Condition) -> int:
    """The number of levels of its terms."""
    depth, terms = 0, [condition]
    while terms:
        depth += 1
        terms = [inner for term in terms if isinstance(term, All | AnyOf) for inner in term.terms]
    return depth


def _nesting(text: str) -> int:
    """The greatest depth of parentheses."""
    steps = ((character == "(") - (character == ")") for character in text)
    return max(accumulate(steps))


def _explained(error: UnexpectedInput, text: str) -> tuple[str, int]:
    """What is wrong, and at which offset."""
    offset: Any = error.pos_in_stream
    token: Any = getattr(error, "token", None)
    at_end = token is not None and token.type == "$END"
    if at_end or offset is None or not 0 <= offset < len(text):
        return "it ends too early", len(text)
    return f"unexpected {text[offset : offset + 20]!r}", offset


def _minutes(token: Token) -> int | None:
    """The look-back window; AutoSys: hhhh.mm, hhhh:mm or hours; 9999 hours are unlimited."""
    hours, _, rest = token.replace("\\", "").replace(":", ".").partition(".")
    if int(hours) == _UNLIMITED:
        return None
    return int(hours) * 60 + int(rest or 0)
