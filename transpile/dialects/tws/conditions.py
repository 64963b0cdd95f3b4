"""Dependencies of jobs and streams as conditions.

The source evaluates the conditional dependencies of a job when its standard dependencies are met
and the jobs that they name have ended. If one is false, the job is suppressed: it does not run, the
jobs behind it are suppressed, too, and its stream does not wait for it. A job whose standard
dependencies are not met stays on hold, and its stream is stuck.
"""

import itertools
import math
from collections.abc import Mapping

from transpile.dialects.tws.codes.dependencies import (
    ConditionOnLaunchFailure,
    ConditionOnStart,
    HandledFailure,
)
from transpile.dialects.tws.logic import both, comparison, either, of_code, opposite_code
from transpile.dialects.tws.reader import TextError, parse
from transpile.dialects.tws.units import (
    Choice,
    Member,
    RecoveryAction,
    Target,
    Unit,
    Wait,
    Waits,
)
from transpile.dialects.tws.values import Clause, keyword, spelled, string, words
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import (
    FALSE,
    All,
    AnyOf,
    BoxRule,
    Condition,
    ExitCode,
    Status,
    StatusTest,
    atoms,
)
from transpile.sources.text import Span

MOST_WAYS = 128
"""Maximum number of combinations that meet a JOIN."""

MOST_ATOMS = 300
"""Maximum number of atoms in the condition that a job is suppressed."""

DEEPEST = 40
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
        self._not_run: dict[str, Condition] = {}
        self._suppressible = self._find_suppressible()
        self._open: set[str] = set()

    # ---------------------------------------------------------------- jobs and streams

    def of(self, waits: Waits) -> list[Condition]:
        """The terms that must all hold before a job or stream starts.

        Raises:
            TermError: a term has no translation.
        """
        terms = [self._met(wait) for wait in waits.standard]
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
        if not any(self._is_special(member) for member in members):
            return None
        text = "every job succeeded, or was suppressed"
        rule = both([*files, *(self._fine(member, idle) for member in members)])
        return BoxRule(rule, None, text, unit.stream.span, at_end=True)

    def _is_special(self, member: Member) -> bool:
        recovers = member.recovery.job is not None
        return recovers or self._continues(member) or member.name in self._suppressible

    @staticmethod
    def _continues(member: Member) -> bool:
        """True for a job that reports its failure, which does not fail the stream."""
        plain = member.recovery.job is None and member.is_asked
        return plain and member.recovery.action is RecoveryAction.CONTINUE

    def _fine(self, member: Member, idle: set[str]) -> Condition:
        """The condition that the job neither failed nor is on hold.

        If a suppressible job is on hold, a job of the same stream has failed, unless the job waits
        for another stream or never starts.
        """
        ok = self.ok(member.name)
        if member.name not in self._suppressible:
            return ok
        waits = member.waits.everything()
        beyond = member.name in idle or any(self._is_beyond(w, member.unit) for w in waits)
        if beyond or member.recovery.job or self._continues(member):
            return either((ok, self.not_run(member.name)))
        return Status(member.name, StatusTest.NOT_FAILED)

    def _is_beyond(self, wait: Wait, unit: Unit) -> bool:
        """True if the reference leads out of the stream."""
        known = self._members.get(wait.name)
        return known is None or known.unit is not unit

    # ---------------------------------------------------------------- ends

    def ok(self, name: str, span: Span | None = None) -> Condition:
        """The condition that the downstream may run: success, or a successful recovery."""
        success = Status(name, _SUCCESS, span=span)
        member = self._members.get(name)
        if member is None:
            return success
        action = member.recovery.action
        if member.recovery.job and action is not RecoveryAction.STOP:
            again = action is RecoveryAction.RERUN
            other = member.rerun_name if again else member.recovery_name
            return either((success, Status(other, _SUCCESS, span=span)))
        if self._continues(member):
            return either((success, Status(name, _FAILURE, span=span)))
        return success

    def not_run(self, name: str) -> Condition:
        """The condition that a job or stream was suppressed; FALSE if it never is."""
        if name in self._not_run:
            return self._not_run[name]
        if name in self._open or name not in self._suppressible:
            # Another pass reports cycles.
            return FALSE
        if len(self._open) > DEEPEST:
            raise LengthError(f"the suppression of {name} depends on too many jobs")
        self._open.add(name)
        try:
            found = self._suppressed(name)
        finally:
            self._open.discard(name)
        if len(list(itertools.islice(atoms(found), MOST_ATOMS + 1))) > MOST_ATOMS:
            raise LengthError(f"the suppression of {name} depends on too many jobs")
        self._not_run[name] = found
        return found

    def _find_suppressible(self) -> set[str]:
        """Jobs and streams with conditional dependencies, and those behind or in them."""
        found: set[str] = set()
        behind: dict[str, list[str]] = {}
        for name in (*self._units, *self._members):
            waits, around = self._about(name)
            for above in (*around, *(wait.name for wait in waits.standard)):
                behind.setdefault(above, []).append(name)
            if waits.choices:
                found.add(name)
        pending = list(found)
        while pending:
            new = set(behind.get(pending.pop(), ())) - found
            found |= new
            pending += new
        return found

    def _about(self, name: str) -> tuple[Waits, tuple[str, ...]]:
        """The waits of a job or stream, and the stream around it."""
        member = self._members.get(name)
        if member is not None:
            return member.waits, (member.unit.name,)
        return (self._units[name].waits if name in self._units else Waits()), ()

    def _suppressed(self, name: str) -> Condition:
        member = self._members.get(name)
        waits, _ = self._about(name)
        around = self.not_run(member.unit.name) if member else FALSE
        above = [self.not_run(wait.name) for wait in waits.standard]
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
        met = map(self._met, waits.standard)
        final = [either(pair) for pair in zip(met, above, strict=True)]
        return either((around, both((*started, *final, either(causes)))))

    def _started(self, unit: Unit) -> list[Condition]:
        return [FALSE] if unit.is_held else self.of(unit.waits)

    def _met(self, wait: Wait) -> Condition:
        if wait.target is Target.JOB:
            return self.ok(wait.name, wait.span)
        return Status(wait.name, _SUCCESS, span=wait.span)

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
            return [self._opposite(self._met(wait))]
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
            return [self._met(wait)]
        return [self._term(wait, term) for term in wait.terms]

    def _term(self, wait: Wait, term: Clause) -> Condition:
        name, span = wait.name, wait.span
        word = keyword(term)
        member = self._members.get(name)
        if words(term, "OPERATOR"):
            if word != "RC" or member is None:
                raise TermError(spelled(term))
            return ExitCode(name, *comparison(term), span=span)
        if word == "SUCC":
            return self._succeeded(wait)
        if word == "ABEND":
            return self._abended(wait)
        if word == "EXEC":
            return Status(name, _DONE, span=span)
        if word == "SUPPR":
            return self.not_run(name)
        if word in _NEVER:
            return FALSE
        if member is None or member.definition is None:
            raise TermError(spelled(term))
        return self._output_condition(member, word, span)

    def _succeeded(self, wait: Wait) -> Condition:
        success = Status(wait.name, _SUCCESS, span=wait.span)
        member = self._members.get(wait.name)
        if member and member.recovery.job and member.recovery.action is RecoveryAction.RERUN:
            return either((success, Status(member.rerun_name, _SUCCESS, span=wait.span)))
        return success

    def _abended(self, wait: Wait) -> Condition:
        name, span = wait.name, wait.span
        member = self._members.get(name)
        if member and member.recovery.job and member.recovery.action is RecoveryAction.RERUN:
            last = (member.recovery_name, member.rerun_name)
            ends = [Status(n, test, span=span) for n in last for test in (_FAILURE, _TERMINATED)]
            return either((Status(name, _TERMINATED, span=span), *ends))
        return either((Status(name, _FAILURE, span=span), Status(name, _TERMINATED, span=span)))

    def _output_condition(self, member: Member, word: str, span: Span) -> Condition:
        assert member.definition is not None
        definition = member.definition
        clauses = [*definition.all("outputcond"), *definition.all("succoutputcond")]
        text = next((string(clause) for clause in clauses if keyword(clause) == word), None)
        if text is None:
            raise TermError(word)
        try:
            return of_code(parse(text, "expression"), member.name, span)
        except TextError as error:
            raise TermError(f"{word}: {text}") from error

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
            return self.not_run(name)
        idle = either((Status(base, _SUCCESS), Status(base, _TERMINATED), self.not_run(base)))
        if what == "recovery":
            return idle
        recovery = member.recovery_name
        return either((idle, Status(recovery, _FAILURE), Status(recovery, _TERMINATED)))


def _at_least(needed: int, options: list[Condition]) -> Condition:
    """The condition that `needed` of the options hold.

    Raises:
        LengthError: too many combinations meet it.
    """
    if math.comb(len(options), needed) > MOST_WAYS:
        raise LengthError(f"JOIN of {needed} in {len(options)}")
    return either(both(way) for way in itertools.combinations(options, needed))


def report_terms(wait: Wait, owner: str, upstream: Member | None, diagnostics: Diagnostics) -> None:
    """Report the terms of an IF that have another meaning in a workflow."""
    forgiven = upstream is not None and upstream.recovery.action is RecoveryAction.CONTINUE
    for term in wait.terms:
        word, shown = keyword(term), spelled(term)
        found: Finding
        if word == "EXEC":
            found = ConditionOnStart(name=owner, upstream=wait.name)
        elif word in _NEVER and len(wait.terms) == 1:
            found = ConditionOnLaunchFailure(text=shown, upstream=wait.name)
        elif word == "ABEND" and wait.target is not Target.OUTSIDE and not forgiven:
            found = HandledFailure(name=owner, upstream=wait.name)
        else:
            continue
        diagnostics.add(found, wait.span, job=owner, text=shown)
