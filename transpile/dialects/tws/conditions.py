"""What jobs and streams wait for, as conditions.

Conditional dependencies are looked at once the standard ones are met and what they name has ended.
Where one is false the job is suppressed: it does not run, what follows it is suppressed, too, and
its stream does not wait for it. A job whose standard dependencies are not met stays on hold, and
its stream is stuck.
"""

import itertools
import math
from collections.abc import Mapping

from transpile.dialects.tws.codes.dependencies import (
    ConditionOnLaunchFailure,
    ConditionOnStart,
    HandledFailure,
)
from transpile.dialects.tws.logic import OPPOSITE, both, either, of_code
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
from transpile.dialects.tws.values import Clause, spelled, unquoted, words
from transpile.findings.diagnostics import Diagnostics
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
"""So many ways to meet a JOIN are spelled out."""

MOST_ATOMS = 300
"""What suppresses a job is spelled out up to this length."""

DEEPEST = 40
"""So many conditional jobs behind one another are looked through."""

_SUCCESS, _FAILURE = StatusTest.SUCCESS, StatusTest.FAILURE
_TERMINATED, _DONE = StatusTest.TERMINATED, StatusTest.DONE
_NEVER = ("FAIL", "ERROR")


class TermError(ValueError):
    """A term of a condition has no translation."""


class LengthError(TermError):
    """A condition would be longer than anybody can read."""


class Conditions:
    """The conditions of an estate; `units` are its streams and `members` their jobs, by name."""

    def __init__(self, units: Mapping[str, Unit], members: Mapping[str, Member]) -> None:
        self._units = units
        self._members = members
        self._spelled: dict[str, Condition] = {}
        self._suppressible = self._find_suppressible()
        self._open: set[str] = set()

    # ---------------------------------------------------------------- of jobs and streams

    def of(self, waits: Waits) -> list[Condition]:
        """The terms that must all hold. Raises TermError."""
        terms = [self._met(wait) for wait in waits.standard]
        return [*terms, *map(self._chosen, waits.choices)]

    def may_be_suppressed(self, member: Member) -> bool:
        """True where a conditional dependency can keep the job from running."""
        return member.name in self._suppressible

    def rule(self, unit: Unit, idle: set[str], files: list[Condition]) -> BoxRule | None:
        """When the stream succeeds, where that is not when all its jobs do.

        `idle` are the jobs that never start, `files` says what became of waits for files. Raises
        TermError.
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
        """True for a job whose failure is seen, and does not count."""
        plain = member.recovery.job is None and member.is_asked
        return plain and member.recovery.action is RecoveryAction.CONTINUE

    def _fine(self, member: Member, idle: set[str]) -> Condition:
        """What says that the job neither failed nor is on hold.

        What holds a job up, where it can be suppressed, has failed itself in the same stream;
        unless it stands outside of that, or never starts.
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
        """True for what does not stand in the same stream."""
        known = self._members.get(wait.name)
        return known is None or known.unit is not unit

    # ---------------------------------------------------------------- how something ended

    def ok(self, name: str, span: Span | None = None) -> Condition:
        """That what follows may run: a success, or what recovery makes of a failure."""
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
        """That a job or stream was suppressed; FALSE for what never is."""
        if name in self._spelled:
            return self._spelled[name]
        if name in self._open or name not in self._suppressible:
            # A cycle is reported elsewhere.
            return FALSE
        if len(self._open) > DEEPEST:
            raise LengthError(f"what suppresses {name} depends on too much")
        self._open.add(name)
        try:
            found = self._suppressed(name)
        finally:
            self._open.discard(name)
        if len(list(itertools.islice(atoms(found), MOST_ATOMS + 1))) > MOST_ATOMS:
            raise LengthError(f"what suppresses {name} depends on too much")
        self._spelled[name] = found
        return found

    def _find_suppressible(self) -> set[str]:
        """What has a conditional dependency of its own, or stands behind or in such a thing."""
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
        """What a job or stream waits for, and the stream around it."""
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
            # The job, or its stream, is blocked; that is reported.
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
        """That enough of the options hold."""
        return _at_least(choice.needed, [either(self._terms(w)) for w in choice.options])

    def _refused(self, choice: Choice) -> Condition:
        """That too many of the options cannot hold any more."""
        options = [both(self._opposites(wait)) for wait in choice.options]
        return _at_least(len(options) - choice.needed + 1, options)

    def _opposites(self, wait: Wait) -> list[Condition]:
        if not wait.terms:
            return [self._opposite(self._met(wait))]
        return [self._opposite_term(wait, term) for term in wait.terms]

    def _opposite_term(self, wait: Wait, term: Clause) -> Condition:
        word = str(words(term, "NAME")[0]).upper()
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
        word = str(words(term, "NAME")[0]).upper()
        member = self._members.get(name)
        if words(term, "OPERATOR"):
            if word != "RC" or member is None:
                raise TermError(spelled(term))
            sign = "!=" if (sign := str(words(term, "OPERATOR")[0])) == "<>" else sign
            return ExitCode(name, sign, int(words(term, "NUMBER")[0]), span=span)
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
        for kind in ("outputcond", "succoutputcond"):
            for clause in member.definition.all(kind):
                if str(words(clause, "NAME")[0]).upper() == word:
                    text = unquoted(words(clause, "STRING")[0])
                    try:
                        return of_code(parse(text, "expression"), member.name, span)
                    except TextError as error:
                        raise TermError(f"{word}: {text}") from error
        raise TermError(word)

    def _opposite(self, condition: Condition) -> Condition:
        """That a condition is false, given that all it names has ended or was suppressed."""
        if isinstance(condition, All):
            return either(map(self._opposite, condition.terms))
        if isinstance(condition, AnyOf):
            return both(map(self._opposite, condition.terms))
        assert isinstance(condition, Status | ExitCode)
        name, span = condition.job, condition.span
        idle = self._idle(name)
        if name in self._units:
            # A stream that abended may go on when somebody runs its jobs again.
            return idle
        if isinstance(condition, ExitCode):
            other = ExitCode(name, OPPOSITE[condition.operator], condition.value, span=span)
            return either((other, Status(name, _TERMINATED, span=span), idle))
        ended = {_SUCCESS, _FAILURE, _TERMINATED}
        rest = set() if condition.test is _DONE else ended - {condition.test}
        tests = sorted(rest, key=lambda test: test.value)
        return either((*(Status(name, test, span=span) for test in tests), idle))

    def _idle(self, name: str) -> Condition:
        """That a job did not run although nothing is on hold."""
        base, _, what = name.rpartition(" ")
        member = self._members.get(base)
        if member is None or name in self._members:
            return self.not_run(name)
        idle = either(
            (
                Status(base, _SUCCESS),
                Status(base, _TERMINATED),
                self.not_run(base),
            )
        )
        if what == "recovery":
            return idle
        recovery = member.recovery_name
        return either((idle, Status(recovery, _FAILURE), Status(recovery, _TERMINATED)))


def _at_least(needed: int, options: list[Condition]) -> Condition:
    """That so many of the options hold. Raises TermError where these are too many ways."""
    if math.comb(len(options), needed) > MOST_WAYS:
        raise LengthError(f"JOIN of {needed} in {len(options)}")
    return either(both(way) for way in itertools.combinations(options, needed))


def report_terms(wait: Wait, owner: str, upstream: Member | None, diagnostics: Diagnostics) -> None:
    """Say which terms of an IF mean something else here."""
    forgiven = upstream is not None and upstream.recovery.action is RecoveryAction.CONTINUE
    for term in wait.terms:
        word = str(words(term, "NAME")[0]).upper()
        if word == "EXEC":
            diagnostics.add(
                ConditionOnStart(name=owner, upstream=wait.name),
                wait.span,
                job=owner,
                text=spelled(term),
            )
        elif word in _NEVER and len(wait.terms) == 1:
            diagnostics.add(
                ConditionOnLaunchFailure(text=spelled(term), upstream=wait.name),
                wait.span,
                job=owner,
            )
        elif word == "ABEND" and wait.target is not Target.OUTSIDE and not forgiven:
            diagnostics.add(
                HandledFailure(name=owner, upstream=wait.name),
                wait.span,
                job=owner,
                text=spelled(term),
            )
