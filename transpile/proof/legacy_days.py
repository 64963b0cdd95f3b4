"""The legacy side over days: its jobs do what the source's run log says.

If each moved job runs as in the source, given the legacy side, and the legacy side hears of each
moved job what it does, then by induction over time both sides together do what the source did.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from transpile.model import Facts
from transpile.model.outcome import ENDED
from transpile.model.run_log import Cause, JobRun, Period, Remark, RunLog
from transpile.model.waves import CODE
from transpile.proof.day_classes import Explained
from transpile.proof.hearing import changes_told, listened_to, shown
from transpile.proof.legacy_side import INACTIVE, WORDS, LegacySide, LegacyStart, LegacyStatus, Talk
from transpile.proof.run_logs import TOLERANCE, Kind, LogDifference, tries_joined
from transpile.runtime.statuses import RUNNING

Silences = Sequence[tuple[datetime, datetime]]

_RESETTING = (Cause.EXCLUDED_DAY, Cause.MISSED_WINDOW)
"""The causes of remarks after which a job has no status."""


class LegacyDays:
    """Makes the legacy side of an estate from run logs of its source."""

    def __init__(self, networks: Sequence[Facts]) -> None:
        self._talk = Talk.of(networks)
        self._heard = listened_to(networks)
        heard = [each for facts in networks for each in facts.sides.heard]
        units = sorted(name for facts in networks for name in facts.sides.started)
        self._started = {n: [each.job for each in heard if n in each.listeners] for n in units}
        self._codes = CODE in self._talk.bridge.tell
        jobs = {name: job for facts in networks for name, job in facts.said.jobs.items()}
        self._boxes = {name: job.box for name, job in jobs.items()}
        self._holders = frozenset(filter(None, self._boxes.values()))

    @property
    def asked(self) -> frozenset[str]:
        """The jobs of the legacy side that moved ones ask about."""
        return frozenset(self._talk.asked.values())

    def side(self, log: RunLog, silences: Silences = ()) -> LegacySide:
        """The legacy side, whose jobs run as in the log."""
        of_job = _by_job(tries_joined(log).runs)
        gone: dict[str, list[datetime]] = {}
        for note in log.remarks:
            if note.cause in _RESETTING:
                gone.setdefault(note.job, []).append(note.at)
        statuses: dict[str, Sequence[LegacyStatus]] = {}
        for job in self._talk.asked.values():
            around = tuple(self._around(job))
            resets = [run.start for box in around for run in of_job.get(box, ())]
            resets += [moment for name in (job, *around) for moment in gone.get(name, ())]
            statuses[job] = changes_of(of_job.get(job, ()), resets)
        starts = {unit: [*self._starts(unit, of_job)] for unit in self._started}
        return LegacySide(self._talk, statuses, silences, starts=starts)

    def _starts(self, unit: str, of_job: Mapping[str, list[JobRun]]) -> Iterator[LegacyStart]:
        """The starts of a unit; moved jobs that its condition names may end a little earlier."""
        for run in of_job.get(unit, ()):
            after = []
            for job in self._started[unit]:
                ends = [each.end for each in of_job.get(job, ()) if each.state in ENDED]
                last = max((end for end in ends if end and end <= run.start), default=None)
                after += [(job, last - TOLERANCE)] if last else []
            yield LegacyStart(run.start, tuple(after))

    def _around(self, job: str) -> Iterator[str]:
        box = self._boxes.get(job)
        while box is not None:
            yield box
            box = self._boxes.get(box)

    def unheard(self, side: LegacySide, log: RunLog, period: Period) -> Iterator[Explained]:
        """For each moved job the first thing that the legacy side does not hear as it happened.

        The log is that of the platform, on which these jobs run.
        """
        of_job = _by_job(log.runs)
        for job, box in self._heard.items():
            resets = [run.start for run in of_job.get(box or "", ())]
            done = changes_told(changes_of(of_job.get(job, ()), resets))
            told = changes_told(side.told.get(job, ()))
            codes = self._codes and job not in self._holders
            wrong = _first_unlike(done, told, period, codes=codes)
            if wrong is not None:
                at, text = wrong
                run = _run_at(job, of_job.get(job, ()), at)
                difference = LogDifference(Kind.UNTOLD, None, run)
                yield Explained(difference, Remark(job, at, Cause.UNTOLD, text))


def changes_of(runs: Iterable[JobRun], resets: Iterable[datetime]) -> list[LegacyStatus]:
    """The statuses of a job that runs so; at the resets it loses its status, unless it runs."""
    found: list[tuple[datetime, int, LegacyStatus]] = []
    known = list(runs)
    for run in known:
        found.append((run.start, 2, LegacyStatus(run.start, RUNNING)))
        if run.end is not None and run.state in ENDED:
            # What ends at the moment of a reset has ended before, unless it also starts then.
            rank = 3 if run.end == run.start else 0
            found.append((run.end, rank, LegacyStatus(run.end, WORDS[run.state], run.code)))
    for at in resets:
        if not any(run.start < at and (run.end is None or at < run.end) for run in known):
            found.append((at, 1, LegacyStatus(at, INACTIVE)))
    return [status for *_, status in sorted(found, key=lambda each: each[:2])]


def _first_unlike(
    done: Sequence[LegacyStatus], told: Sequence[LegacyStatus], period: Period, *, codes: bool
) -> tuple[datetime, str] | None:
    """The moment and the text of the first difference; None if all is told as it was done.

    What happens at the very end of the period may not be told any more.
    """
    last = period.end - TOLERANCE
    for number in range(max(len(done), len(told))):
        real = done[number] if number < len(done) else None
        heard = told[number] if number < len(told) else None
        if real is not None and heard is not None and _agree(real, heard, codes=codes):
            continue
        at = min(each.at for each in (real, heard) if each is not None)
        if at >= last:
            return None
        return at, f"it is told {_text(heard, period, codes)}, and was {_text(real, period, codes)}"
    return None


def _agree(real: LegacyStatus, heard: LegacyStatus, *, codes: bool) -> bool:
    same = _word(real, codes) == _word(heard, codes)
    late = timedelta() if real.word == RUNNING else TOLERANCE
    early = TOLERANCE if real.word in (RUNNING, INACTIVE) else timedelta()
    return same and real.at - early <= heard.at <= real.at + late


def _word(status: LegacyStatus, codes: bool) -> str:
    return shown(status.word, status.code if codes else None)


def _text(status: LegacyStatus | None, period: Period, codes: bool) -> str:
    if status is None:
        return "nothing more"
    return f"{_word(status, codes)} at {period.local(status.at):%Y-%m-%d %H:%M:%S}"


def _by_job(runs: Iterable[JobRun]) -> Mapping[str, list[JobRun]]:
    found: dict[str, list[JobRun]] = {}
    for run in sorted(runs, key=lambda run: run.start):
        found.setdefault(run.job, []).append(run)
    return found


def _run_at(job: str, runs: Sequence[JobRun], at: datetime) -> JobRun:
    """The run of a job that a moment is in or after; a fictitious one if there is none."""
    number = bisect_right(runs, at, key=lambda run: run.start)
    near = runs[max(0, number - 1) :][:1]
    return near[0] if near else JobRun(job, 1, at)
