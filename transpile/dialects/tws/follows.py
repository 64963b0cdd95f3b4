"""FOLLOWS and JOIN: resolves references to jobs and streams.

Composer: a bare name means a stream in a stream's FOLLOWS, and a job of the same stream in a job's.
A reference to another run gets a node of its own, which fails.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lark import Token

from transpile.dialects.tws.codes.dependencies import EarlierInstance, OtherNetwork, OtherSchedule
from transpile.dialects.tws.pairing import Meant, meant
from transpile.dialects.tws.units import Choice, Member, Unit, Wait, Waits
from transpile.dialects.tws.values import (
    Clause,
    Key,
    first,
    inner,
    key_of,
    keyword,
    of_kind,
    span_of,
    spelled,
    words,
)
from transpile.findings.codes.conditions import UndefinedJob
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Blocked, Site
from transpile.sources.text import Span


@dataclass(frozen=True, slots=True)
class Asker:
    """The stream, or the job in it, that waits; `name` in the network.

    If it `is_conditional`, it does not run where what it waits for ends otherwise.
    """

    name: str
    unit: Unit
    member: Member | None = None
    is_conditional: bool = False


class Resolver:
    """Resolves the references of all streams.

    `outside` collects references that no workflow runs, with the reason.
    """

    def __init__(self, units: Mapping[Key, Unit], diagnostics: Diagnostics, site: Site) -> None:
        self._units = units
        self._diagnostics = diagnostics
        self._site = site
        self.outside: dict[str, Blocked] = {}

    def resolve(self) -> None:
        """Set the `waits` of every stream and job."""
        for unit in self._units.values():
            unit.waits = self.waits_of(unit)
            for member in unit.members.values():
                member.waits = self.waits_of(unit, member)
        for unit in self._units.values():
            unit.waits.standard = [self._opened(unit, wait) for wait in unit.waits.standard]

    def _opened(self, unit: Unit, wait: Wait) -> Wait:
        """The wait, unless it closes a circle: streams that wait for one another in turns."""
        is_earlier = wait.begun is not None and wait.begun[1] < 0
        if not is_earlier or wait.unit is None or not _waits_for(wait.unit, unit):
            return wait
        return self._other_schedule(Asker(unit.name, unit), wait.span, wait.name)

    def waits_of(self, unit: Unit, member: Member | None = None) -> Waits:
        """The FOLLOWS and JOIN clauses of a stream, or of a job in it."""
        asker = Asker(member.name if member else unit.name, unit, member)
        clauses = member.entry.clauses if member else unit.stream.clauses
        found = Waits()
        for clause in of_kind(clauses, "follows", "join"):
            found.span = found.span or span_of(first(clause), asker.unit.stream.span)
            found.text.append(spelled(clause))
            if clause.data == "join":
                self._join(clause, asker, found)
                continue
            for wait in self._references(clause, asker):
                if wait.terms:
                    found.choices.append(Choice(1, (wait,)))
                else:
                    found.standard.append(wait)
        return found

    def _join(self, clause: Clause, asker: Asker, found: Waits) -> None:
        """Add a JOIN: conditional, with or without IF; 0 and ALL mean all of its references."""
        follows = inner(clause, "follows")
        options = tuple(
            wait for part in follows for wait in self._references(part, asker, joined=True)
        )
        needed = int(keyword(clause, "NUMBER") or 0)
        if options:
            needed = needed if 0 < needed <= len(options) else len(options)
            found.choices.append(Choice(needed, options))

    def _references(self, clause: Clause, asker: Asker, *, joined: bool = False) -> list[Wait]:
        """The references of a FOLLOWS; conditional with an IF, or if they are `joined`."""
        found = []
        for reference in inner(clause, "reference"):
            terms = tuple(inner(reference, "term"))
            one = replace(asker, is_conditional=joined or bool(terms))
            wait = self._reference(reference, one)
            if wait is not None:
                found.append(replace(wait, terms=terms))
        return found

    def _reference(self, reference: Clause, asker: Asker) -> Wait | None:
        word = words(reference)[0]
        span = span_of(word, asker.unit.stream.span)
        criteria = inner(reference, "criterion")
        if "::" in word:
            reason = f"{word} runs on another network"
            found = OtherNetwork(name=asker.name, upstream=str(word))
            return self._outside(asker, span, found, reason, str(word))
        own = self._own_job(word, asker, has_criterion=bool(criteria))
        before, _, job = word.rpartition(".")
        if own is not None and (own is not asker.member or not before):
            return Wait(own.name, span, own.unit, own)
        if own is not None:
            return self._earlier(asker, span, str(word), own, criteria)
        if asker.member is not None and not before and "#" not in word:
            return self._undefined(asker, span, f"{asker.unit.name}.{word}")
        return self._in_stream(asker, span, (before or str(word), job if before else "@"), criteria)

    def _own_job(self, word: Token, asker: Asker, *, has_criterion: bool) -> Member | None:
        """The job of the same stream that a word in a job's FOLLOWS means."""
        if asker.member is None:
            return None
        before, _, name = word.rpartition(".")
        stream, members = asker.unit.stream, asker.unit.members
        if before:
            same = key_of(before, stream.workstation) == stream.key
            return members.get(name.upper()) if same and not has_criterion else None
        key = key_of(str(word))
        found = members.get(key.name)
        elsewhere = key.workstation and found and found.entry.workstation.upper() != key.workstation
        return None if elsewhere else found

    def _in_stream(
        self, asker: Asker, span: Span, named: tuple[str, str], criteria: list[Clause]
    ) -> Wait | None:
        """A reference to a stream, with `@` for all its jobs, or to one job in it."""
        word, job = named
        key = key_of(word, asker.unit.stream.workstation)
        other = self._units.get(key)
        title = other.name if other else str(key)
        target = other.members.get(job.upper()) if other else None
        name = title if job == "@" else target.name if target else f"{title}.{job}"
        if other is None or (target is None and job != "@"):
            return self._undefined(asker, span, name)
        if other is asker.unit:
            return self._earlier(asker, span, name, target, criteria)
        return self._of_instance(asker, Wait(name, span, other, target), criteria)

    def _of_instance(self, asker: Asker, wait: Wait, criteria: list[Clause]) -> Wait:
        """The wait for the instance of another stream that a reference means."""
        assert wait.unit is not None
        instance = self._meant(asker, wait.unit, criteria)
        if instance is None:
            return self._other_schedule(asker, wait.span, wait.name)
        return replace(wait, begun=instance.begun)

    def _other_schedule(self, asker: Asker, span: Span, name: str) -> Wait:
        found = OtherSchedule(name=asker.name, upstream=name)
        title = f"{name} (other schedule)"
        return self._outside(asker, span, found, f"{name} has another schedule", title)

    def _meant(self, asker: Asker, other: Unit, criteria: list[Clause]) -> Meant | None:
        """The instance of a stream that a reference means; None if nothing can wait for it."""
        unit = asker.unit
        found = meant(unit, other, criteria or matching(unit))
        if found is None or unit.when == other.when:
            return found
        # A run starts all its streams. What another run suppresses is not known in this one.
        waits = asker.member is None and (found.is_near or not asker.is_conditional)
        return found if waits else None

    def _earlier(
        self,
        asker: Asker,
        span: Span,
        word: str,
        member: Member | None,
        criteria: list[Clause],
    ) -> Wait | None:
        """Report a dependency on an earlier instance of the same stream, which is another run."""
        found = EarlierInstance(name=asker.name, upstream=word)
        self._diagnostics.add(found, span, job=asker.name, text=word)
        return None

    def _undefined(self, asker: Asker, span: Span, name: str) -> Wait:
        found = UndefinedJob(upstream=name, name=asker.name)
        return self._outside(asker, span, found, f"{name} is not defined", name)

    def _outside(
        self,
        asker: Asker,
        span: Span,
        finding: OtherNetwork | OtherSchedule | UndefinedJob,
        reason: str,
        name: str,
    ) -> Wait:
        if self._site.external(name) is None:
            self._diagnostics.add(finding, span, job=asker.name, text=finding.upstream)
        self.outside[name] = Blocked(type(finding), reason)
        return Wait(name, span)


def matching(unit: Unit) -> list[Clause]:
    """The criteria of MATCHING, which references without their own ones have."""
    return [c for clause in unit.stream.all("matching") for c in inner(clause, "criterion")]


def _waits_for(unit: Unit, other: Unit) -> bool:
    """True if something in a stream waits for another stream, directly or not."""
    seen, pending = {unit.name}, [unit]
    while pending:
        found = pending.pop()
        owners = (found.waits, *(member.waits for member in found.members.values()))
        for wait in (wait for waits in owners for wait in waits.everything):
            if wait.unit is other:
                return True
            if wait.unit is not None and wait.unit.name not in seen:
                seen.add(wait.unit.name)
                pending.append(wait.unit)
    return False
