"""The instances of all streams in a period, how they have ended, and what follows from that."""

from collections import deque
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING

from transpile.dialects.kit.network_run import Runs
from transpile.dialects.tws.day_instances import NEVER, OUTSIDE, Instance, Target
from transpile.dialects.tws.day_model import Choice, Follows, Kind, Reference, Term
from transpile.model.job import Job
from transpile.model.run_log import Cause, Period

if TYPE_CHECKING:
    from transpile.dialects.tws.stream_run import StreamRun


class Fate(Enum):
    """How a job or stream has ended. LATE ones have passed their latest start time."""

    SUCC = "SUCC"
    CONTINUED = "CONTINUED"
    ABEND = "ABEND"
    SUPPRESSED = "SUPPR"
    LATE = "LATE"
    CANCELLED = "CANCELLED"


MET = (Fate.SUCC, Fate.CONTINUED, Fate.CANCELLED)
"""Ends after which a job that follows may start."""


class Decision(Enum):
    """What the dependencies of a job or stream say, once they say it."""

    RUN = "run"
    SUPPRESS = "suppress"


class Night:
    """One play of a period: the runs of all instances, and the answers to open questions."""

    def __init__(
        self, period: Period, jobs: Mapping[str, Job], answers: Mapping[str, str], runs: Runs
    ) -> None:
        self.period = period
        self.jobs = jobs
        self.runs = runs
        self.streams: list[StreamRun] = []
        self._answers = answers
        self._news: deque[tuple[Target, bool]] = deque()
        self._told: set[tuple[int, str | None]] = set()

    def answer(self, reading: str) -> str:
        """The answer to an open question, which decides something now."""
        self.runs.book.relied_on(reading, self._answers[reading])
        return self._answers[reading]

    @property
    def is_met_outside(self) -> bool:
        """True if operators answer, and jobs of other networks succeed."""
        return self.answer("tws_outside") == "at once"

    # ---------------------------------------------------------------- news

    def tell(self, listeners: Sequence[Target], *, final: bool) -> None:
        """Let the owners of references look, after all that happens now."""
        if listeners and not self._news:
            self.runs.clock.at(self.runs.clock.now, self._spread, order=-2)
        self._news.extend((listener, final) for listener in listeners)

    def _spread(self) -> None:
        while self._news:
            (number, owner), final = self._news.popleft()
            self.streams[number].hear(owner, final=final)

    # ---------------------------------------------------------------- dependencies

    def decision(self, instance: Instance, owner: str | None, follows: Follows) -> Decision | None:
        """What the dependencies of a stream or of a job in it say; None to wait."""
        if follows.asks and not self.is_met_outside:
            return None
        targets = instance.targets[owner]
        place = len(follows.standard)
        is_suppressed = False
        for target in targets[:place]:
            fate = self._fate(instance, owner, target)
            if fate is Fate.SUPPRESSED:
                is_suppressed = True
            elif fate not in MET:
                return None
        if is_suppressed:
            return Decision.SUPPRESS
        is_open = False
        for choice in follows.choices:
            fates = [
                self._holds(reference, target, self._fate(instance, owner, target))
                for reference, target in zip(choice.options, targets[place:], strict=False)
            ]
            place += len(choice.options)
            chosen = _chosen(choice, fates)
            if chosen is False:
                return Decision.SUPPRESS
            is_open |= chosen is None
        return None if is_open else Decision.RUN

    def _fate(self, instance: Instance, owner: str | None, target: Target | None) -> Fate | None:
        if target is None:
            return self._fate_of_none(instance, owner)
        if target is OUTSIDE:
            return Fate.SUCC if self.is_met_outside else None
        return self.streams[target[0]].fates.get(target[1])

    def _fate_of_none(self, instance: Instance, owner: str | None) -> Fate | None:
        """What a reference to no instance counts as."""
        never = self.answer("tws_no_instance") == NEVER
        if (instance.number, owner) not in self._told:
            self._told.add((instance.number, owner))
            told = "never starts" if never else "does not wait"
            text = f"{told}: the plan has no instance that it may mean"
            self.runs.book.remark(owner or instance.stream.name, Cause.NO_INSTANCE, text)
        return None if never else Fate.SUCC

    def _holds(self, reference: Reference, target: Target | None, fate: Fate | None) -> bool | None:
        """Whether an option holds; None if that is not known yet."""
        known = target if target is not OUTSIDE else None
        if fate is None:
            asks = any(term.kind is Kind.STARTED for term in reference.terms)
            begun = asks and known is not None and known[1] in self.streams[known[0]].begun
            return begun or None
        if fate is Fate.LATE or (fate is Fate.ABEND and reference.job is None):
            # An operator may still run it.
            return None
        if not reference.terms:
            return None if fate is Fate.ABEND else fate is not Fate.SUPPRESSED
        code = None
        if known is not None and known[1] is not None:
            code = self.streams[known[0]].jobs.codes.get(known[1])
        found = [_is_true(term, fate, code) for term in reference.terms]
        return True if True in found else None if None in found else False


def _chosen(choice: Choice, found: Sequence[bool | None]) -> bool | None:
    """True if enough options hold, False if too few still can."""
    if found.count(True) >= choice.needed:
        return True
    return False if found.count(False) > len(found) - choice.needed else None


_TRUE = {
    Kind.SUCC: (Fate.SUCC,),
    Kind.ABEND: (Fate.ABEND, Fate.CONTINUED),
    Kind.SUPPRESSED: (Fate.SUPPRESSED,),
    Kind.NEVER: (),
}


def _is_true(term: Term, fate: Fate, code: int | None) -> bool | None:
    """Whether a term of IF is true; None if it cannot be read."""
    if term.kind is Kind.UNKNOWN:
        return None
    if fate is Fate.CANCELLED:
        return True
    if term.kind is Kind.CODE:
        return fate is not Fate.SUPPRESSED and code in term.codes
    if term.kind is Kind.STARTED:
        return fate is not Fate.SUPPRESSED
    return fate in _TRUE[term.kind]
