"""Conditions to IR, with grammars/jil_condition.lark."""

from typing import TypeAlias

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput

from transpile.ir import All, AnyOf, Condition, ExitCode, GlobalValue, Status, StatusTest
from transpile.resources import read_resource

_PARSER = Lark(
    read_resource("grammars", "jil_condition.lark"), parser="lalr", start="condition"
)
_Tree: TypeAlias = Tree[Token]

_TESTS = {
    "s": StatusTest.SUCCESS,
    "f": StatusTest.FAILURE,
    "d": StatusTest.DONE,
    "t": StatusTest.TERMINATED,
    "n": StatusTest.NOT_RUNNING,
}
FOREVER = 9999
DEEPEST = 200


class ConditionError(ValueError):
    """The text is no condition; `offset` counts characters from its start."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.offset = offset


def parse_condition(text: str) -> tuple[Condition, bool]:
    """The condition, read from left to right, and whether precedence would change its meaning.

    Raises ConditionError when the text is no condition.
    """
    if text.count("(") > DEEPEST and deepest_nesting(text) > DEEPEST:
        raise ConditionError(f"parentheses nest deeper than {DEEPEST}", 0)
    try:
        tree = _PARSER.parse(text)
    except UnexpectedInput as error:
        raise ConditionError(*_explained(error, text)) from error
    nodes = tree.iter_subtrees() if "|" in text or "or" in text.lower() else ()
    return _condition(tree), any(_mixes(node) for node in nodes if node.data == "condition")


def deepest_nesting(text: str) -> int:
    """How deep the parentheses go."""
    depth = deepest = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    return deepest


def _mixes(node: _Tree) -> bool:
    # a & b | c is the same both ways: only an & behind an | binds differently.
    operators = [c.children[0].type for c in node.children[1::2] if isinstance(c, Tree)]
    return "OR" in operators and "AND" in operators[operators.index("OR") :]


def _explained(error: UnexpectedInput, text: str) -> tuple[str, int]:
    offset = error.pos_in_stream
    if offset is None or not 0 <= offset < len(text):
        return "it ends too early", len(text)
    return f"unexpected {text[offset : offset + 20]!r}", offset


def _condition(node: _Tree) -> Condition:
    terms = [_term(child) for child in node.children[::2]]
    result, run, kind = terms[0], [terms[0]], ""
    for operator, term in zip(node.children[1::2], terms[1:], strict=True):
        if operator.children[0].type != kind:
            kind, run = operator.children[0].type, [result]
        run.append(term)
        result = All(tuple(run)) if kind == "AND" else AnyOf(tuple(run))
    return result


def _term(node: _Tree) -> Condition:
    children = node.children
    if node.data == "group":
        return _condition(children[0])
    word = children[0]
    if node.data == "global_value":
        _, name, operator, value = children
        return GlobalValue(str(name), str(operator), _word(value), word.start_pos or 0)
    job, instance = _reference(children[1])
    lookback = next((_minutes(c) for c in children[2:] if _is(c, "LOOKBACK")), None)
    if node.data == "status":
        test = _TESTS[word[0].lower()]
        return Status(job, test, lookback, instance, word.start_pos or 0)
    operator, value = children[-2], children[-1]
    return ExitCode(job, str(operator), int(value), lookback, instance, word.start_pos or 0)


def _is(child: object, kind: str) -> bool:
    return isinstance(child, Token) and child.type == kind


def _reference(node: _Tree) -> tuple[str, str | None]:
    name, *instance = (str(token) for token in node.children)
    return name.replace("\\:", ":").replace("\\", ""), instance[0] if instance else None


def _word(token: Token) -> str:
    return token[1:-1].replace('\\"', '"') if token.type == "QUOTED" else str(token)


def _minutes(token: Token) -> int | None:
    """AutoSys: hhhh.mm or hhhh:mm; a bare number is hours; 9999 is for ever."""
    hours, _, rest = token.replace("\\", "").replace(":", ".").partition(".")
    if int(hours) == FOREVER:
        return None
    return int(hours) * 60 + int(rest or 0)
