"""Conditions: all of several, one of several, and expressions about a return code."""

from collections.abc import Iterable, Set
from dataclasses import replace

from lark import Tree

from transpile.dialects.tws.values import Clause, words
from transpile.model import TRUE, All, AnyOf, Condition, ExitCode
from transpile.model.condition import COMPARISONS
from transpile.sources.text import Span

_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
"""The negation of each operator."""

_CODES = frozenset(range(256))
"""The exit codes of processes."""


def both(terms: Iterable[Condition]) -> Condition:
    """A condition that all of the terms hold; All in All is flattened."""
    flat: dict[Condition, None] = {}
    for term in terms:
        flat.update(dict.fromkeys(_conjuncts(term)))
    kept = [t for t in flat if not (isinstance(t, AnyOf) and _is_implied(t, flat.keys()))]
    return kept[0] if len(kept) == 1 else All(tuple(kept))


def _conjuncts(term: Condition) -> tuple[Condition, ...]:
    return term.terms if isinstance(term, All) else (term,)


def _is_implied(term: AnyOf, others: Set[Condition]) -> bool:
    """True if the other terms require one of the alternatives of the term."""
    return any(term not in _conjuncts(way) and others >= {*_conjuncts(way)} for way in term.terms)


def either(terms: Iterable[Condition]) -> Condition:
    """A condition that one of the terms holds; AnyOf in AnyOf is flattened."""
    flat: dict[Condition, None] = {}
    for term in terms:
        if term == TRUE:
            return TRUE
        flat.update(dict.fromkeys(term.terms if isinstance(term, AnyOf) else (term,)))
    return next(iter(flat)) if len(flat) == 1 else AnyOf(tuple(flat))


# -------------------------------------------------------------------- return codes


def comparison(clause: Clause) -> tuple[str, int]:
    """The operator and the number of a comparison."""
    sign = str(words(clause, "OPERATOR")[0])
    return "!=" if sign == "<>" else sign, int(words(clause, "NUMBER")[0])


def codes_where(expression: Clause) -> frozenset[int]:
    """The exit codes for which an expression is true."""
    if expression.data == "comparison":
        sign, number = comparison(expression)
        return frozenset(code for code in _CODES if COMPARISONS[sign](code, number))
    found = [codes_where(child) for child in _operands(expression)]
    if expression.data == "negated":
        return _CODES - found[0]
    conjunction = expression.data == "conjunction"
    return frozenset.intersection(*found) if conjunction else frozenset.union(*found)


def of_code(expression: Clause, name: str, span: Span) -> Condition:
    """An expression as a condition on the return code of a job."""
    if expression.data == "comparison":
        return ExitCode(name, *comparison(expression), span=span)
    found = [of_code(child, name, span) for child in _operands(expression)]
    if expression.data == "negated":
        return _negated(found[0])
    return both(found) if expression.data == "conjunction" else either(found)


def _operands(expression: Clause) -> list[Clause]:
    return [child for child in expression.children if isinstance(child, Tree)]


def _negated(condition: Condition) -> Condition:
    """The negation for a job that has an exit code."""
    if isinstance(condition, All):
        return either(map(_negated, condition.terms))
    if isinstance(condition, AnyOf):
        return both(map(_negated, condition.terms))
    assert isinstance(condition, ExitCode)
    return opposite_code(condition)


def opposite_code(test: ExitCode) -> ExitCode:
    """The negation of a test of an exit code."""
    return replace(test, operator=_OPPOSITE[test.operator])
