"""What a job asks of those that it comes after: a word about all of them, or a condition."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from lark import Token, Tree
from lark.exceptions import UnexpectedInput, UnexpectedToken

from transpile.model import All, AnyOf, Condition, ExitCode, Status, StatusTest, atoms, simplified
from transpile.sources.grammars import Grammar
from transpile.sources.text import Span

_GRAMMAR = Grammar("joblist_condition.lark", "condition")

LONGEST, DEEPEST = 20_000, 100
"""Maximum length of a condition, and maximum number of its parentheses."""

_FILLER = re.compile(r"[\s_-]+")
_ESCAPE = re.compile(r"\\([\s\S])")

WORDS = {
    "success": "success succeeded onsuccess ok allsuccess",
    "failure": "failure failed onfailure error",
    "done": "done always finished alldone",
    "nonzero": "nonzero",
    "killed": "killed",
    "ended": "ended",
}
"""Words that ask the same of each job, by the status of a condition that they stand for."""

RULES = ("all_failed", "one_success", "one_failed", "none_failed")
"""Trigger rules of other tools that are about several jobs together."""

_STATUS = {word: status for status, words in WORDS.items() for word in words.split()}
_RULES = {rule.replace("_", ""): rule for rule in RULES}


class ConditionError(Exception):
    """A condition that cannot be read; `offset` is where its text goes wrong."""

    def __init__(self, reason: str, offset: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


class Target(NamedTuple):
    """A job that another one comes after; `when` is what that one asks of it alone."""

    name: str
    span: Span
    when: str = ""


def build_condition(
    when: str,
    targets: Sequence[Target],
    find: Callable[[str], str],
    is_plain: Callable[[str], bool],
) -> Condition:
    """The condition of a job that comes after these and asks `when`. Raises ConditionError.

    `find` gives the name of a job by its name or number. `is_plain` tells whether a job and all
    before it ask for successes only: then one that has not run has had a failure before it.
    """
    asked = _asked(when) if when.strip() else "success"
    rule = _RULES.get(_plain(when))
    if not targets and (rule or asked not in ("success", None)):
        raise ConditionError(f"{when} asks for a job to come after")
    alone = [_one(target) for target in targets if target.when]
    together = [target for target in targets if not target.when]
    if asked is not None:
        return _all((*alone, *(_status(asked, t.name, t.span) for t in together)))
    if rule is not None:
        unknown = next((t.name for t in together if not is_plain(t.name)), None)
        if unknown is not None:
            reason = f"{when} is not known behind {unknown}: more than success is asked for there"
            raise ConditionError(reason)
        return _joined(_all((*alone, _ruled(rule, together))))
    found = _parsed(when, find)
    named = {atom.job for atom in atoms(found) if isinstance(atom, Status | ExitCode)}
    others = (_status("success", t.name, t.span) for t in together if t.name not in named)
    return _joined(_all((*alone, *others, found)))


def asks_for_success(when: str) -> bool:
    """True for a word, or none, that asks for the success of each job."""
    return not when.strip() or _asked(when) == "success"


def _plain(when: str) -> str:
    return _FILLER.sub("", when).lower()


def _asked(when: str) -> str | None:
    """The status that a word asks of each job."""
    return _STATUS.get(_plain(when))


def _one(target: Target) -> Condition:
    """The condition on one job of which something else is asked than of the others."""
    asked = _asked(target.when)
    if asked is None:
        raise ConditionError(f"{target.when} is none of {', '.join(WORDS)}")
    return _status(asked, target.name, target.span)


def _all(terms: Sequence[Condition]) -> Condition:
    return simplified(All(tuple(terms)))


def _joined(condition: Condition) -> Condition:
    """The condition, looked at when all jobs that it names are over."""
    if not _has_alternatives(condition):
        return condition
    terms = condition.terms if isinstance(condition, All) else ()
    over = {t.job for t in terms if isinstance(t, Status) and t.test is StatusTest.OVER}
    named = dict.fromkeys(a.job for a in atoms(condition) if isinstance(a, Status | ExitCode))
    return _all((condition, *(Status(n, StatusTest.OVER) for n in named if n not in over)))


def _has_alternatives(condition: Condition) -> bool:
    """True if it may hold before all jobs that it names are over."""
    if not isinstance(condition, All | AnyOf):
        return False
    jobs = {a.job for a in atoms(condition) if isinstance(a, Status | ExitCode)}
    is_open = isinstance(condition, AnyOf) and len(jobs) > 1
    return is_open or any(map(_has_alternatives, condition.terms))


def _ruled(rule: str, targets: Sequence[Target]) -> Condition:
    """The condition of a trigger rule, where nothing but failures keeps a job from running."""
    is_good = rule in ("one_success", "none_failed")
    test = StatusTest.SUCCESS if is_good else StatusTest.NOT_SUCCEEDED
    terms = tuple(Status(target.name, test, span=target.span) for target in targets)
    return All(terms) if rule in ("all_failed", "none_failed") else AnyOf(terms)


_TESTS = {
    "success": (StatusTest.SUCCESS,),
    "failure": (StatusTest.FAILURE, StatusTest.TERMINATED),
    "nonzero": (StatusTest.FAILURE,),
    "killed": (StatusTest.TERMINATED,),
    "ended": (StatusTest.DONE,),
    "done": (StatusTest.OVER,),
}


def _status(status: str, name: str, span: Span | None = None, offset: int = 0) -> Condition:
    """The condition that a job has a status, at its own place or in a text."""
    found = tuple(Status(name, test, span=span, offset=offset) for test in _TESTS[status])
    return found[0] if len(found) == 1 else AnyOf(found)


# ---------------------------------------------------------------- conditions


def _parsed(text: str, find: Callable[[str], str]) -> Condition:
    if "(" not in text:
        raise ConditionError(f"it is none of {', '.join((*WORDS, *RULES))}")
    if len(text) > LONGEST or text.count("(") > DEEPEST:
        raise ConditionError(f"it has more than {LONGEST} characters or {DEEPEST} parentheses")
    try:
        tree = _GRAMMAR.parse(text)
    except UnexpectedInput as error:
        at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
        place = len(text) if at_end or error.pos_in_stream is None else error.pos_in_stream
        rest = text[place:].strip()
        reason = f"unexpected {rest[:30]}" if rest else "it is incomplete"
        raise ConditionError(reason, place if rest else 0) from error
    return _built(tree, find)


def _built(tree: Tree[Token] | Token, find: Callable[[str], str]) -> Condition:
    assert isinstance(tree, Tree)
    if tree.data in ("any", "all"):
        terms = tuple(_built(term, find) for term in tree.children if isinstance(term, Tree))
        return All(terms) if tree.data == "all" else AnyOf(terms)
    if tree.data == "negation":
        return _opposite(tree.children[1], find)
    keyword, name, *rest = _tokens(tree)
    if tree.data == "exit_code":
        place = keyword.start_pos or 0
        return ExitCode(find(_name(name)), str(rest[0]), int(rest[1]), offset=place)
    return _status(_keyword(keyword), find(_name(name)), offset=keyword.start_pos or 0)


def _opposite(tree: Tree[Token] | Token, find: Callable[[str], str]) -> Condition:
    """The condition that a job has not succeeded, or not failed, when it is over."""
    keyword, name = _tokens(tree)
    status, place = _keyword(keyword), keyword.start_pos or 0
    tests = {"success": StatusTest.NOT_SUCCEEDED, "failure": StatusTest.NOT_FAILED}
    if status not in tests:
        raise ConditionError(f"only success and failure have an opposite, not {status}", place)
    return Status(find(_name(name)), tests[status], offset=place)


def _tokens(tree: Tree[Token] | Token) -> list[Token]:
    assert isinstance(tree, Tree)
    return [token for token in tree.children if isinstance(token, Token)]


def _keyword(token: Token) -> str:
    return token.rstrip("( \t").lower()


def _name(token: Token) -> str:
    if token.startswith('"'):
        return _ESCAPE.sub(lambda found: found[1], token[1:-1])
    return token.strip()
