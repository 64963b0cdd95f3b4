"""Parses conditions of nodes: macros about their parents and comparisons of job outputs."""

import math
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lark import Token, Tree, UnexpectedInput

from transpile.model import (
    COMPARISONS,
    NULL,
    All,
    AnyOf,
    Condition,
    OutputValue,
    Status,
    StatusTest,
)
from transpile.sources.grammars import Grammar

_GRAMMAR = Grammar("azkaban_condition.lark", "condition")
MACRO = re.compile(r"all_success|all_failed|all_done|one_(?:success|failed)(?:_all_done)?", re.I)
_VARIABLE = re.compile(r"\$\{([^:{}]+):([^:{}]+)\}")
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_OPERATORS = {"==": "="}
ALL_SUCCESS = "all_success"
LONGEST, DEEPEST = 20_000, 50
_OPERAND = re.compile(r"&&|\|\||==|!=|>=|<=|>|<")
_LITERAL = re.compile(r"\d+|'.*'|\".*\"")


class ConditionError(Exception):
    """The condition cannot be read: the reason and the offset of the character."""

    def __init__(self, reason: str, offset: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Asked:
    """What a condition asks: its macro about the parents, and the tree of its comparisons, if any.

    Azkaban evaluates the macro first and puts `true` in its place. `jobs` are the jobs whose
    outputs are compared, with the offsets.
    """

    macro: str = ALL_SUCCESS
    tree: Tree[Token] | Token | None = None
    jobs: tuple[tuple[str, int], ...] = ()


def read_condition(text: str) -> Asked:
    """Parse a condition. Raises ConditionError."""
    if len(text) > LONGEST or text.count("(") > DEEPEST:
        raise ConditionError(f"it has more than {LONGEST} characters or {DEEPEST} parentheses")
    try:
        tree = _GRAMMAR.parse(text)
    except UnexpectedInput as error:
        place = error.pos_in_stream if error.pos_in_stream is not None else len(text)
        rest = text[max(place, 0) :].strip()
        reason = f"unexpected {rest[:30]}" if rest else "it is incomplete"
        raise ConditionError(reason, max(place, 0) if rest else 0) from error
    macros = [token for token in _tokens(tree) if token.type == "MACRO"]
    if len(macros) > 1:
        raise ConditionError(
            "it has more than one condition on the status of parents", macros[1].start_pos or 0
        )
    variables = [token for token in _tokens(tree) if token.type == "VARIABLE"]
    jobs = tuple((_named(token)[0], token.start_pos or 0) for token in variables)
    macro = str(macros[0]).lower() if macros else ALL_SUCCESS
    return Asked(macro, tree if variables or _compares(tree) else None, jobs)


def is_refused(text: str) -> bool:
    """True if Azkaban refuses the condition, by DirectoryYamlFlowLoader.validateCondition.

    It checks the operands between the operators, without blanks and parentheses.
    """
    macros = 0
    for operand in _OPERAND.split(re.sub(r"[\s()]+", "", text)):
        bare = operand.removeprefix("!")
        macros += bool(MACRO.fullmatch(operand))
        if not (MACRO.fullmatch(operand) or _LITERAL.fullmatch(bare) or _VARIABLE.fullmatch(bare)):
            return True
    return macros > 1


def on_parents(macro: str, parents: list[str]) -> Condition:
    """The condition that a macro puts on a node's parents, evaluated when all of them have ended.

    FlowRunner evaluates one_success and one_failed whenever a parent ends.
    """
    succeeded = tuple(Status(name, StatusTest.SUCCESS) for name in parents)
    failed = tuple(Status(name, StatusTest.NOT_SUCCEEDED) for name in parents)
    over = tuple(Status(name, StatusTest.OVER) for name in parents)
    awaited = tuple(Status(name, StatusTest.AWAITED) for name in parents)
    word = macro.removesuffix("_all_done") if macro.startswith("one_") else macro
    if word in ("one_success", "one_failed"):
        one = AnyOf(succeeded if word == "one_success" else failed)
        waits = over if macro.endswith("_all_done") else awaited
        return All((one, *waits)) if len(parents) > 1 else one
    return All({"all_failed": failed, "all_done": over}.get(word, succeeded))


def on_outputs(
    asked: Asked,
    job_named: Callable[[str], str],
    silent: Collection[str] = (),
    parents: Collection[str] = (),
) -> Condition:
    """The comparisons as one condition; `silent` jobs have no outputs.

    A missing output is the text null (FlowRunner).
    """
    if asked.tree is None:
        return All(())
    succeeded = parents if asked.macro == ALL_SUCCESS else ()
    return _built(asked.tree, _Names(job_named, silent, succeeded), False)


def never_holds(condition: Condition) -> bool:
    """True for a condition that is false in every run."""
    if isinstance(condition, All):
        return any(map(never_holds, condition.terms))
    return isinstance(condition, AnyOf) and all(map(never_holds, condition.terms))


class _Names(NamedTuple):
    full: Callable[[str], str]
    silent: Collection[str]
    succeeded: Collection[str]


def _built(tree: Tree[Token] | Token, names: _Names, negated: bool) -> Condition:
    assert isinstance(tree, Tree)
    if tree.data == "macro":
        return AnyOf(()) if negated else All(())
    if tree.data == "negation":
        return _built(tree.children[0], names, not negated)
    if tree.data == "comparison":
        return _compared(tree, names, negated)
    terms = tuple(_built(child, names, negated) for child in tree.children)
    return All(terms) if (tree.data == "all") is not negated else AnyOf(terms)


def _compared(tree: Tree[Token], names: _Names, negated: bool) -> Condition:
    left, operator, right = tree.children
    sign = str(operator)
    if isinstance(left, Token) and isinstance(right, Tree):
        left, right, sign = right, left, _FLIPPED.get(sign, sign)
    if not isinstance(left, Tree) or not isinstance(right, Token):
        raise ConditionError("it does not compare the output of a job with a number or a text")
    token = left.children[0]
    assert isinstance(token, Token)
    job, name = _named(token)
    value: str | int = int(right) if right.type == "NUMBER" else str(right)[1:-1]
    sign = _OPERATORS.get(sign, sign)
    found = COMPARISONS[sign](math.nan if right.type == "NUMBER" else NULL, value)
    holds_for_null = bool(found) is not negated
    if job in names.silent:
        return All(()) if holds_for_null else AnyOf(())
    full = names.full(job)
    word = f"{'not ' if negated else ''}{sign}"
    asked = OutputValue(full, name, word, value, offset=token.start_pos or 0)
    if not holds_for_null or job in names.succeeded:
        return asked
    # A job that did not succeed has no outputs.
    return AnyOf((asked, Status(full, StatusTest.NOT_SUCCEEDED)))


def _named(token: Token) -> tuple[str, str]:
    match = _VARIABLE.fullmatch(token)
    assert match is not None
    return match[1], match[2]


def _compares(tree: Tree[Token] | Token) -> bool:
    return any(token.type == "COMPARISON" for token in _tokens(tree))


def _tokens(tree: Tree[Token] | Token) -> Iterator[Token]:
    if isinstance(tree, Token):
        yield tree
    else:
        for child in tree.children:
            yield from _tokens(child)
