"""Dependencies of jobs and streams as conditions.

The source evaluates the conditional dependencies of a job when its standard dependencies are met
and the jobs that they name have ended. If one is false, the job is suppressed: it does not run, the
jobs behind it are suppressed, too, and its stream does not wait for it. A job whose standard
dependencies are not met stays on hold, and its stream is stuck.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from transpile.dialects.tws.codes.dependencies import (
    ConditionOnLaunchFailure,
    ConditionOnStart,
    HandledFailure,
)
from transpile.dialects.tws.logic import both, comparison, either, of_code, opposite_code
from transpile.dialects.tws.model import Definition
from transpile.dialects.tws.reader import TextError, parse
from transpile.dialects.tws.units import Choice, Member, RecoveryAction, Unit, Wait, Waits
from transpile.dialects.tws.values import Clause, keyword, spelled, string, words
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import (
    FALSE,
    All,
    AnyOf,
    Atom,
    BoxRule,
    Condition,
    ExitCode,
    Status,
    StatusTest,
    atoms,
    replaced,
)
from transpile.sources.text import Span

_MOST_WAYS = 128
"""Maximum number of combinations that meet a JOIN."""

_MOST_ATOMS = 300
"""Maximum number of atoms in the condition that a job is suppressed."""

_DEEPEST = 40
"""Maximum depth of chained conditional jobs."""

_SUCCESS, _FAILURE = StatusTest.SUCCESS, StatusTest.FAILURE
_TERMINATED, _DONE = StatusTest.TERMINATED, StatusTest.DONE
_NEVER = ("FAIL", "ERROR")
"""States that no job has in a workflow."""


class TermError(ValueError):
    """A term of a condition has no translation."""


class LengthError(TermError):
    """A condition would be too long to read."""


class Conditions:
    """The conditions of an estate; `units` are its streams and `members` their jobs, by name."""

    def __init__(self, units: Mapping[str, Unit], members: Mapping[str, Member]) -> None:
        self._units = units
        self._members = members
        self._found: dict[str, Condition] = {}
        self._suppressible = self._find_suppressible()
        self._open: set[str] = set()

    # ---------------------------------------------------------------- jobs and streams

    def of(self, waits: Waits) -> list[Condition]:
        """The terms that must all hold before a job or stream starts.

        Raises:
            TermError: a term has no translation.
        """
        terms = [_begun(wait, _met(wait)) for wait in waits.standard]
        return [*terms, *map(self._chosen, waits.choices)]

    def may_be_suppressed(self, member: Member) -> bool:
        """True if a conditional dependency can suppress the job."""
        return member.name in self._suppressible

    def rule(self, unit: Unit, idle: set[str], files: list[Condition]) -> BoxRule | None:
        """The rule by which the stream succeeds; None if it does so when all its jobs do.

        `idle` are the jobs that never start, `files` the conditions of waits for files.

        Raises:
            TermError: a term has no translation.
        """
        members = unit.members.values()
        if not any(map(self._is_special, members)):
            return None
        text = "every job succeeded, or was suppressed"
        rule = both([*files, *(self._fine(member, idle) for member in members)])
        return BoxRule(rule, None, text, unit.stream.span, at_end=True)

    def _is_special(self, member: Member) -> bool:
        recovers = member.recovery.job is not None
        return recovers or _reports_failure(member) or self.may_be_suppressed(member)

    def _fine(self, member: Member, idle: set[str]) -> Condition:
        """The condition that the job neither failed nor is on hold.

        If a suppressible job is on hold, a job of the same stream has failed, unless the job waits
        for another stream or never starts.
        """
        if not self.may_be_suppressed(member):
            return _ok(member)
        leaves = any(w.member is None or w.unit is not member.unit for w in member.waits.everything)
        if member.name in idle or leaves or member.recovery.job or _reports_failure(member):
            return either((_ok(member), self._not_run(member.name)))
        return Status(member.name, StatusTest.NOT_FAILED)

    # ---------------------------------------------------------------- suppression

    def _not_run(self, name: str) -> Condition:
        """The condition that a job or stream was suppressed; FALSE if it never is."""
        if name in self._found:
            return self._found[name]
        if name in self._open or name not in self._suppressible:
            # Another pass reports cycles.
            return FALSE
        if len(self._open) > _DEEPEST:
            raise LengthError(f"the suppression of {name} depends on too many jobs")
        self._open.add(name)
        try:
            found = self._suppressed(name)
        finally:
            self._open.discard(name)
        if len(list(itertools.islice(atoms(found), _MOST_ATOMS + 1))) > _MOST_ATOMS:
            raise LengthError(f"the suppression of {name} depends on too many jobs")
        self._found[name] = found
        return found

    def _find_suppressible(self) -> set[str]:
        """Jobs and streams with conditional dependencies, and those behind or in them."""
        found: set[str] = set()
        behind: defaultdict[str, set[str]] = defaultdict(set)
        owners: list[Unit | Member] = [*self._units.values(), *self._members.values()]
        for owner in owners:
            for wait in owner.waits.standard:
                behind[wait.name].add(owner.name)
            if isinstance(owner, Member):
                behind[owner.unit.name].add(owner.name)
            if owner.waits.choices:
                found.add(owner.name)
        pending = list(found)
        while pending:
            new = behind[pending.pop()] - found
            found |= new
            pending += new
        return found

    def _suppressed(self, name: str) -> Condition:
        member = self._members.get(name)
        waits = member.waits if member else self._units[name].waits
        around = self._not_run(member.unit.name) if member else FALSE
        above = [self._not_run(wait.name) for wait in waits.standard]
        causes = [term for term in above if term != FALSE]
        try:
            causes += map(self._refused, waits.choices)
            started = self._started(member.unit) if member else []
        except LengthError:
            raise
        except TermError:
            # The job or its stream is blocked, which is reported.
            return around
        if not causes:
            return around
        final = [either(pair) for pair in zip(map(_met, waits.standard), above, strict=True)]
        return either((around, both((*started, *final, either(causes)))))

    def _started(self, unit: Unit) -> list[Condition]:
        return [FALSE] if unit.is_held else self.of(unit.waits)

    # ---------------------------------------------------------------- conditional dependencies

    def _chosen(self, choice: Choice) -> Condition:
        """The condition that enough options hold."""
        return _at_least(choice.needed, [either(self._terms(w)) for w in choice.options])

    def _refused(self, choice: Choice) -> Condition:
        """The condition that too few options can still hold."""
        options = [both(self._opposites(wait)) for wait in choice.options]
        return _at_least(len(options) - choice.needed + 1, options)

    def _opposites(self, wait: Wait) -> list[Condition]:
        if not wait.terms:
            return [self._opposite(_met(wait))]
        return [self._opposite_term(wait, term) for term in wait.terms]

    def _opposite_term(self, wait: Wait, term: Clause) -> Condition:
        word = keyword(term)
        ended = Status(wait.name, _DONE, span=wait.span)
        if word == "SUPPR":
            return ended
        if word in _NEVER:
            return either((ended, self._idle(wait.name)))
        return self._opposite(self._term(wait, term))

    def _terms(self, wait: Wait) -> list[Condition]:
        if not wait.terms:
            return [_met(wait)]
        return [self._term(wait, term) for term in wait.terms]

    def _term(self, wait: Wait, term: Clause) -> Condition:
        name, span = wait.name, wait.span
        word, member = keyword(term), wait.member
        if words(term, "OPERATOR"):
            if word != "RC" or member is None:
                raise TermError(spelled(term))
            return ExitCode(name, *comparison(term), span=span)
        if word == "SUCC":
            return _succeeded(wait)
        if word == "ABEND":
            return _abended(wait)
        if word == "EXEC":
            return Status(name, _DONE, span=span)
        if word == "SUPPR":
            return self._not_run(name)
        if word in _NEVER:
            return FALSE
        if member is None or member.definition is None:
            raise TermError(spelled(term))
        return of_code(_output_condition(member.definition, word), name, span)

    def _opposite(self, condition: Condition) -> Condition:
        """The negation of a condition whose jobs have all ended or were suppressed."""
        if isinstance(condition, All):
            return either(map(self._opposite, condition.terms))
        if isinstance(condition, AnyOf):
            return both(map(self._opposite, condition.terms))
        assert isinstance(condition, Status | ExitCode)
        name, span = condition.job, condition.span
        idle = self._idle(name)
        if name in self._units:
            # An operator may run the jobs of an abended stream again.
            return idle
        if isinstance(condition, ExitCode):
            other = opposite_code(condition)
            return either((other, Status(name, _TERMINATED, span=span), idle))
        ended = {_SUCCESS, _FAILURE, _TERMINATED}
        rest = set() if condition.test is _DONE else ended - {condition.test}
        tests = sorted(rest, key=lambda test: test.value)
        return either((*(Status(name, test, span=span) for test in tests), idle))

    def _idle(self, name: str) -> Condition:
        """The condition that a job did not run although no job is on hold."""
        base, _, what = name.rpartition(" ")
        member = self._members.get(base)
        if member is None or name in self._members:
            return self._not_run(name)
        idle = either((Status(base, _SUCCESS), Status(base, _TERMINATED), self._not_run(base)))
        if what == "recovery":
            return idle
        recovery = member.recovery_name
        return either((idle, Status(recovery, _FAILURE), Status(recovery, _TERMINATED)))


def _reports_failure(member: Member) -> bool:
    """True for a job that reports its failure, which does not fail the stream."""
    return member.continues and member.is_asked


def _ok(member: Member, span: Span | None = None) -> Condition:
    """The condition that the downstream may run: success, or a successful recovery."""
    name, action = member.name, member.recovery.action
    success = Status(name, _SUCCESS, span=span)
    if member.recovery.job and action is not RecoveryAction.STOP:
        other = member.rerun_name if member.recovery.reruns else member.recovery_name
        return either((success, Status(other, _SUCCESS, span=span)))
    if _reports_failure(member):
        return either((success, Status(name, _FAILURE, span=span)))
    return success


def _begun(wait: Wait, condition: Condition) -> Condition:
    """The condition about the instance that a reference means."""

    def of_instance(atom: Atom) -> Condition:
        assert isinstance(atom, Status)
        return replace(atom, begun=wait.begun)

    return replaced(condition, of_instance) if wait.begun else condition


def _met(wait: Wait) -> Condition:
    return _ok(wait.member, wait.span) if wait.member else _succeeded(wait)


def _succeeded(wait: Wait) -> Condition:
    names = [wait.name]
    if wait.member and wait.member.recovery.reruns:
        names.append(wait.member.rerun_name)
    return either(Status(name, _SUCCESS, span=wait.span) for name in names)


def _abended(wait: Wait) -> Condition:
    tests = [(wait.name, _FAILURE), (wait.name, _TERMINATED)]
    if wait.member and wait.member.recovery.reruns:
        last = (wait.member.recovery_name, wait.member.rerun_name)
        tests = [tests[1], *itertools.product(last, (_FAILURE, _TERMINATED))]
    return either(Status(name, test, span=wait.span) for name, test in tests)


def _output_condition(definition: Definition, name: str) -> Clause:
    """The expression of an output condition. Raises TermError."""
    clauses = [*definition.all("outputcond"), *definition.all("succoutputcond")]
    text = next((string(clause) for clause in clauses if keyword(clause) == name), None)
    if text is None:
        raise TermError(name)
    try:
        return parse(text, "expression")
    except TextError as error:
        raise TermError(f"{name}: {text}") from error


def _at_least(needed: int, options: list[Condition]) -> Condition:
    """The condition that `needed` of the options hold.

    Raises:
        LengthError: too many combinations meet it.
    """
    if math.comb(len(options), needed) > _MOST_WAYS:
        raise LengthError(f"JOIN of {needed} in {len(options)}")
    return either(both(way) for way in itertools.combinations(options, needed))


def report_terms(wait: Wait, owner: str, diagnostics: Diagnostics) -> None:
    """Report the terms of an IF that have another meaning in a workflow."""
    upstream = wait.member
    forgiven = upstream is not None and upstream.recovery.action is RecoveryAction.CONTINUE
    for term in wait.terms:
        word, shown = keyword(term), spelled(term)
        found: Finding
        if word == "EXEC":
            found = ConditionOnStart(name=owner, upstream=wait.name)
        elif word in _NEVER and len(wait.terms) == 1:
            found = ConditionOnLaunchFailure(text=shown, upstream=wait.name)
        elif word == "ABEND" and wait.unit is not None and not forgiven:
            found = HandledFailure(name=owner, upstream=wait.name)
        else:
            continue
        diagnostics.add(found, wait.span, job=owner, text=shown)
