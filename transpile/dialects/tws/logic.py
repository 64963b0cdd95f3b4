"""Conditions put together: all of them, one of them, and expressions about a return code."""

from collections.abc import Iterable, Set

from transpile.dialects.tws.values import Clause, inner, words
from transpile.model import TRUE, All, AnyOf, Condition, ExitCode
from transpile.sources.text import Span

OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
"""The operator that is true where the other one is not."""


def both(terms: Iterable[Condition]) -> Condition:
    """All of the terms, as flat as it goes."""
    flat: dict[Condition, None] = {}
    for term in terms:
        flat.update(dict.fromkeys(_conjuncts(term)))
    kept = [t for t in flat if not (isinstance(t, AnyOf) and _is_implied(t, flat.keys()))]
    return kept[0] if len(kept) == 1 else All(tuple(kept))


def _conjuncts(term: Condition) -> tuple[Condition, ...]:
    return term.terms if isinstance(term, All) else (term,)


def _is_implied(term: AnyOf, others: Set[Condition]) -> bool:
    """True where one of the ways to meet the term is asked for anyway."""
    return any(term not in _conjuncts(way) and others >= {*_conjuncts(way)} for way in term.terms)


def either(terms: Iterable[Condition]) -> Condition:
    """One of the terms, as flat as it goes."""
    flat: dict[Condition, None] = {}
    for term in terms:
        if term == TRUE:
            return TRUE
        flat.update(dict.fromkeys(term.terms if isinstance(term, AnyOf) else (term,)))
    return next(iter(flat)) if len(flat) == 1 else AnyOf(tuple(flat))


def of_code(expression: Clause, name: str, span: Span) -> Condition:
    """An expression about a return code as a condition on that job."""
    if expression.data == "comparison":
        sign = str(words(expression, "OPERATOR")[0])
        number = int(words(expression, "NUMBER")[0])
        return ExitCode(name, "!=" if sign == "<>" else sign, number, span=span)
    children = inner(expression, "comparison", "conjunction", "expression", "negated")
    found = [of_code(child, name, span) for child in children]
    if expression.data == "negated":
        return _negated(found[0])
    return both(found) if expression.data == "conjunction" else either(found)


def _negated(condition: Condition) -> Condition:
    """The opposite for a job that has an exit code."""
    if isinstance(condition, All):
        return either(map(_negated, condition.terms))
    if isinstance(condition, AnyOf):
        return both(map(_negated, condition.terms))
    assert isinstance(condition, ExitCode)
    return ExitCode(
        condition.job, OPPOSITE[condition.operator], condition.value, span=condition.span
    )
