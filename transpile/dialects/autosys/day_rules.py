"""Rules of extended calendars to terms, by grammars/jil_calendar.lark."""

from collections.abc import Iterable
from itertools import accumulate
from typing import Any, NamedTuple

from lark import Token, Transformer, Tree
from lark.exceptions import UnexpectedInput

from transpile.dialects.autosys.readings import EXCLUDING_WORDS, OPERATORS, SEVERAL_RULES
from transpile.dialects.autosys.rule_words import Context, WrongWord, read_word
from transpile.model.rule_terms import Joined, Negated, OfWeek, Term
from transpile.sources.grammars import Grammar

_GRAMMAR = Grammar("jil_calendar.lark", "rules")
_DEEPEST = 50


class WrongText(NamedTuple):
    """A part of a rule that cannot be used: its place in the text, and the reason."""

    text: str
    offset: int
    reason: WrongWord


class Rule(NamedTuple):
    """The days of a rule or of a part of one; `excludes` if it says which days do not count."""

    term: Term
    excludes: bool = False


class _Builder(Transformer[Token, Any]):
    """Has a method for each rule of the grammar; collects words that cannot be used."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.wrong: list[WrongText] = []
        self._context = context

    def word(self, children: list[Token]) -> Rule:
        (token,) = children
        try:
            return Rule(*read_word(str(token), self._context))
        except WrongWord as reason:
            self.wrong.append(WrongText(str(token), token.start_pos or 0, reason))
            return Rule(OfWeek())

    def group(self, children: list[Rule]) -> Rule:
        return children[0]

    def negated(self, children: list[Any]) -> Rule:
        _, (term, excludes) = children
        return Rule(Negated(term), not excludes)

    def operator(self, children: list[Token]) -> str:
        return "and" if children[0].type == "AND" else "or"

    def rule(self, children: list[Any]) -> Rule:
        terms: list[Rule] = children[::2]
        words = ["or", *children[1::2]]
        if len(terms) == 1:
            return terms[0]
        answers = self._context.answers
        away: list[Term] = []
        if answers[EXCLUDING_WORDS.name] == "taken_away":
            away = [one.term for one in terms if one.excludes]
            kept = [number for number, one in enumerate(terms) if not one.excludes]
            terms, words = [terms[n] for n in kept], [words[n] for n in kept]
        if answers[OPERATORS.name] == "and_first":
            found = _and_first(terms, words)
        else:
            found = _flat(terms, words)
        return Rule(_joined("and", [*([found] if found else []), *away]))

    def rules(self, children: list[Rule]) -> list[Rule]:
        return children


def _flat(terms: Iterable[Rule], words: Iterable[str]) -> Term | None:
    """The terms from left to right, each with the word in front of it."""
    found: Term | None = None
    for (term, _), word in zip(terms, words, strict=True):
        found = term if found is None else _joined(word, [found, term])
    return found


def _and_first(terms: Iterable[Rule], words: Iterable[str]) -> Term | None:
    groups: list[list[Term]] = []
    for (term, _), word in zip(terms, words, strict=True):
        if word == "or" or not groups:
            groups.append([])
        groups[-1].append(term)
    return _joined("or", [_joined("and", group) for group in groups]) if groups else None


def _joined(word: str, terms: Iterable[Term]) -> Term:
    """The terms joined; a first term that is joined by the same word is not nested."""
    first, *others = terms
    if not others:
        return first
    inside = first.terms if isinstance(first, Joined) and first.word == word else (first,)
    return Joined(word, (*inside, *others))


def read_rules(text: str, context: Context) -> tuple[list[Rule], list[WrongText]]:
    """The rules in a line, and what cannot be used of it."""
    depths = accumulate((c in "({") - (c in ")}") for c in text)
    if max(depths, default=0) > _DEEPEST:
        return [], [WrongText(text, 0, WrongWord(f"brackets nest deeper than {_DEEPEST}"))]
    try:
        tree: Tree[Token] = _GRAMMAR.parse(text)
    except UnexpectedInput as error:
        return [], [_explained(error, text)]
    builder = _Builder(context)
    rules: list[Rule] = builder.transform(tree)
    return rules, builder.wrong


def _explained(error: UnexpectedInput, text: str) -> WrongText:
    """What is wrong, and at which offset."""
    offset: Any = error.pos_in_stream
    token: Any = getattr(error, "token", None)
    at_end = token is not None and token.type == "$END"
    if at_end or offset is None or not 0 <= offset < len(text):
        return WrongText(text, len(text), WrongWord("the rule ends too early"))
    return WrongText(text[offset : offset + 20], offset, WrongWord("nothing of the kind fits here"))


def chosen_by(rules: Iterable[Rule], context: Context) -> Term:
    """The days of all rules together."""
    parts = list(rules)
    if context.answers[SEVERAL_RULES.name] == "any_of_them" and len(parts) > 1:
        return _joined("or", [one.term for one in parts])
    chosen = [one.term for one in parts if not one.excludes]
    excluding = [one.term for one in parts if one.excludes]
    return _joined("and", [*([_joined("or", chosen)] if chosen else []), *excluding] or [OfWeek()])
