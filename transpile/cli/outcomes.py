"""Reads the outcomes of jobs, such as `--fail LOAD` or `--fail LOAD@2026-03-02=3`."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

import click

from transpile.cli.subjects import Target
from transpile.cli.suggest import did_you_mean
from transpile.model.outcome import KILLED, Outcome
from transpile.proof.attempts import Asked


@dataclass(frozen=True, slots=True)
class Dated:
    """The outcomes of jobs by day; None for a failure with any exit code.

    The `seconds` are those of all runs of a job.
    """

    outcomes: Mapping[tuple[str, date], Outcome | None] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    _used: set[tuple[str, date]] = field(default_factory=set)

    def __bool__(self) -> bool:
        """True if a run has an outcome of its own."""
        return bool(self.outcomes)

    def use(self, key: tuple[str, date]) -> None:
        """Note that a run has the outcome of this job and day."""
        self._used.add(key)

    def unused(self) -> Iterator[tuple[str, date]]:
        """The jobs and days of outcomes that no run had."""
        return (key for key in self.outcomes if key not in self._used)

    def ends(
        self, targets: Iterable[Target], zone: tzinfo
    ) -> Callable[[str, datetime], Asked | None]:
        """How a run ends that starts at a moment; None for a run without an outcome of its own."""
        of_job = {name: target for target in targets for name in target.roster}

        def asked(job: str, start: datetime) -> Asked | None:
            key = job, start.astimezone(zone).date()
            if key not in self.outcomes:
                return None
            self.use(key)
            outcome = self.outcomes[key] or of_job[job].failure(job)
            return Asked(outcome, self.seconds.get(job, 1.0))

        return asked


NO_DATES = Dated()


def told_outcomes(
    failing: Sequence[str], killed: Sequence[str], names: set[str], boxes: set[str]
) -> tuple[dict[str, Outcome | None], dict[tuple[str, date], Outcome | None]]:
    """The outcomes of all runs of jobs, and of those on a day."""
    fails, fails_on = _split(failing, names)
    kills, kills_on = _split(killed, names)
    dated = {
        (name, day): outcome
        for day in (*fails_on, *kills_on)
        for name, outcome in _outcomes(
            fails_on.get(day, ()), kills_on.get(day, ()), names, boxes
        ).items()
    }
    return _outcomes(fails, kills, names, boxes), dated


def _split(texts: Iterable[str], names: Collection[str]) -> tuple[list[str], dict[date, list[str]]]:
    """The arguments about all runs, and those about the runs of a day, without the day.

    A text that is the name of a job is about that job.
    """
    plain: list[str] = []
    dated: dict[date, list[str]] = {}
    for text in texts:
        name, sign, rest = text.rpartition("@")
        day, equals, code = rest.partition("=")
        if not sign or text in names or text.rpartition("=")[0] in names:
            plain.append(text)
            continue
        try:
            dated.setdefault(date.fromisoformat(day), []).append(f"{name}{equals}{code}")
        except ValueError:
            if name in names:
                raise click.UsageError(f"{text}: {day!r} is not a date") from None
            plain.append(text)
    return plain, dated


def _outcomes(
    failing: Sequence[str], killed: Sequence[str], names: set[str], boxes: set[str]
) -> dict[str, Outcome | None]:
    """The outcome of each named job; None for a failure with any exit code."""
    told: dict[str, Outcome | None] = {}
    for text in failing:
        name, sign, code = text.rpartition("=")
        if not sign or text in names:
            told[text] = None
        elif code.isascii() and code.isdigit():
            told[name] = Outcome((int(code),))
        else:
            raise click.UsageError(f"--fail {text}: {code!r} is not an exit code")
    told.update(dict.fromkeys(killed, Outcome((KILLED,))))
    check_names(told, names, boxes)
    return told


def check_names(told: Iterable[str], names: set[str], boxes: set[str]) -> None:
    """Refuse what is not the name of a job."""
    for name in told:
        if name in boxes:
            raise click.UsageError(f"{name} is a box and runs no command; name a job in it")
        if name not in names:
            raise click.UsageError(f"unknown job {name}{did_you_mean(name, names)}")
