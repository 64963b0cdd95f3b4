"""The legacy side in dry runs: its jobs run as the engine of the source says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from transpile.cli.outcomes import NO_DATES, Dated
from transpile.model.outcome import Outcome
from transpile.model.run_log import JobRun, Period, RunEnd
from transpile.pipeline import Estate
from transpile.proof.legacy_days import LegacyDays
from transpile.proof.legacy_side import LegacySide
from transpile.proof.run_logs import tries_joined
from transpile.proof.scenarios import bad_codes
from transpile.proof.source_days import SourceDays


@dataclass(frozen=True, slots=True)
class ToldEnds:
    """How runs end in the source: as told for all runs of a job or for those on a day, or well.

    Outcomes of None are failures, with the exit codes `failing`. Jobs that are not in `seconds`
    take one second. Outcomes of a day count as used by runs of the jobs `own`.
    """

    outcomes: Mapping[str, Outcome | None]
    dated: Dated
    seconds: Mapping[str, float]
    failing: Mapping[str, int]
    own: frozenset[str]
    zone: tzinfo

    def of(self, job: str, number: int, start: datetime) -> RunEnd:
        """The end of a run."""
        key, outcome = (job, start.astimezone(self.zone).date()), self.outcomes.get(job, Outcome())
        if key in self.dated.outcomes:
            outcome = self.dated.outcomes[key]
            if job in self.own:
                self.dated.use(key)
        code = self.failing.get(job, 1) if outcome is None else outcome.codes[0]
        return RunEnd(self.seconds.get(job, 1.0), code)


@dataclass(slots=True)
class LegacyPlay:
    """The jobs of an estate that stay on the legacy side, and what is told about their runs.

    `runs` are, once they are played, those of the jobs that moved ones ask about.
    """

    estate: Estate
    zone: str
    outcomes: Mapping[str, Outcome | None] = field(default_factory=dict)
    dated: Dated = NO_DATES
    seconds: Mapping[str, float] = field(default_factory=dict)
    runs: list[JobRun] = field(default_factory=list)

    @classmethod
    def of(cls, estate: Estate, zone: str) -> "LegacyPlay | None":
        """The legacy side of an estate, whose scheduler has a zone; None if all jobs have moved."""
        return cls(estate, zone) if estate.settings.rules.waves.chosen is not None else None

    def tell(
        self,
        outcomes: Mapping[str, Outcome | None],
        dated: Dated,
        seconds: Mapping[str, float],
    ) -> None:
        """Say how runs end, and how many seconds they take."""
        self.outcomes, self.dated, self.seconds = outcomes, dated, seconds

    @property
    def jobs(self) -> set[str]:
        """The staying jobs that run something."""
        return {n for n in self._stays if n not in self.boxes}

    @property
    def boxes(self) -> set[str]:
        """The staying boxes."""
        networks = self.estate.networks
        return {n for facts in networks for n in facts.members if n in facts.sides.stays}

    @property
    def _stays(self) -> frozenset[str]:
        return frozenset().union(*(facts.sides.stays for facts in self.estate.networks))

    def play(self, begin: datetime, end: datetime, zone: tzinfo) -> LegacySide:
        """The legacy side from one moment (UTC) to another; days are those of the zone.

        The engine plays the whole estate, so that staying jobs see how moved ones end.
        """
        networks = self.estate.networks
        found = {n: codes for facts in networks for n, codes in bad_codes(facts).items()}
        failing = {n: next((c for c in codes if c is not None), 1) for n, codes in found.items()}
        own = frozenset(self.jobs)
        ends = ToldEnds(self.outcomes, self.dated, self.seconds, failing, own, zone)
        chosen = dict(self.estate.settings.rules.site.readings)
        source = SourceDays(networks, Period(self.zone, begin, end), chosen)
        log, days = tries_joined(source.play(ends)), LegacyDays(networks)
        self.runs = [run for run in log.runs if run.job in days.asked]
        return days.side(log)
