"""Conditions about jobs in other workflows."""

from collections.abc import Callable, Collection, Mapping

from transpile.dialects.kit.endings import is_met
from transpile.model import (
    Atom,
    Condition,
    ExitCode,
    GlobalValue,
    OutputValue,
    Status,
    StatusTest,
    holds,
)
from transpile.model.outcome import NO_FAR, NOT_RUN, Change, Far, State


class FarView:
    """What a run sees of jobs in other workflows; `near` are its own jobs.

    `cuts` has what each of its jobs waits for there.
    """

    def __init__(
        self, cuts: Mapping[str, Condition], near: Collection[str], far: Far = NO_FAR
    ) -> None:
        self.cuts = cuts
        self._near = near
        self._far = far

    @property
    def moments(self) -> list[float]:
        """The start of the run, and the seconds after it at which something changes."""
        later = {change.at for changes in self._far.values() for change in changes}
        return [0.0, *sorted(moment for moment in later if moment > 0)]

    def holds(self, job: str, now: float, near: Callable[[Atom], bool]) -> bool:
        """True if the job waits for nothing more; `near` says which atoms about near jobs hold."""
        return job not in self.cuts or self.is_true(self.cuts[job], now, near)

    def is_true(self, cut: Condition, now: float, near: Callable[[Atom], bool]) -> bool:
        """True if the condition holds now."""

        def of_atom(atom: Atom) -> bool:
            about_near = isinstance(atom, GlobalValue) or atom.job in self._near
            return near(atom) if about_near else self._is_true(atom, now)

        return holds(cut, of_atom)

    def _is_true(self, atom: Atom, now: float) -> bool:
        """True if an atom about a far job holds now.

        A look-back window ends now. A window of 0 starts at the last end of the job that waits,
        which has none in this run.
        """
        assert not isinstance(atom, GlobalValue)
        if isinstance(atom, OutputValue):
            return False
        changes = self._far.get(atom.job, ())
        known = [change for change in changes if change.at <= now and _is_meant(atom, change)]
        last = known[-1] if known else None
        ending = last.ending if last else NOT_RUN
        if isinstance(atom, Status) and atom.test is StatusTest.NOT_RUNNING:
            return ending.state is not State.UNFINISHED
        if last and atom.lookback and now - last.at > 60 * atom.lookback:
            ending = NOT_RUN
        if last and atom.by is not None and last.at > 60 * atom.by:
            ending = NOT_RUN
        return is_met(atom, ending)


def _is_meant(atom: Status | ExitCode, change: Change) -> bool:
    """True if the atom asks about the run that the status is of."""
    return not atom.begun or 60 * atom.begun[0] <= change.began <= 60 * atom.begun[1]
