"""Compares what the source starts over days with what the emitted workflows start."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from transpile.model import Facts, Schedule
from transpile.model.run_log import Period, RunLog
from transpile.proof.day_classes import BY_PLATFORM, BY_SOURCE, Classes, Explained
from transpile.proof.day_links import links_of
from transpile.proof.delays import SEEN
from transpile.proof.drawn_ends import DrawnEnds, Habits, Weather
from transpile.proof.legacy_days import LegacyDays, Silences
from transpile.proof.platform_days import PlatformDays
from transpile.proof.plays import Part
from transpile.proof.run_logs import Kind, compared, tries_joined
from transpile.proof.scenarios import bad_codes
from transpile.proof.source_days import SourceDays

OFTEN = 4
"""A job with more start times on one day is a cyclic one."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What decides how runs end: a seed, and the usual seconds of jobs where they are known."""

    seed: int
    seconds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Night:
    """One scenario on both sides. `agreeing` counts the runs of each job that are the same."""

    period: Period
    scenario: int
    source: RunLog
    platform: RunLog
    agreeing: Mapping[str, int]
    differences: tuple[Explained, ...]


class Nights:
    """Both sides of an estate for one period; the platform has its usual delays. Raises BadCron.

    Only jobs that some workflow runs are compared, and boxes that are workflows or sub-workflows.
    `known` has the text of an error about a job. If some jobs have moved in waves, the other ones
    run on the legacy side as in the source; it does not answer during the `silences`.
    """

    def __init__(
        self,
        networks: Sequence[Facts],
        parts: Sequence[Part],
        period: Period,
        readings: Mapping[str, str],
        drawing: Drawing,
        known: Mapping[str, str],
    ) -> None:
        self._period = period
        self._seed = drawing.seed
        self._source = SourceDays(networks, period, readings)
        self._platform = PlatformDays(parts, period, SEEN)
        self._habits = _habits(networks, drawing.seconds)
        waves = any(facts.sides.wave_of for facts in networks)
        self._legacy = LegacyDays(networks) if waves else None
        self.silences: Silences = ()
        said = {name for facts in networks for name in facts.said.jobs}
        flattened = {name for facts in networks for name in facts.flattened}
        homes = {name: part.title for part in parts for name in part.roster}
        placed = homes.keys()
        self._compared = frozenset(placed & said - flattened)
        joins = not any(part.rehearsal.drives for part in parts)
        self._links = links_of(networks, known, self._compared, homes, joins=joins)

    def play(self, scenario: int, weather: Weather) -> Night:
        """Play a scenario on both sides."""
        whole = tries_joined(self._source.play(self._ends(scenario, weather)))
        side = self._legacy.side(whole, self.silences) if self._legacy else None
        played = self._platform.play(self._ends(scenario, weather), legacy=side)
        run = tries_joined(played)
        source, platform = self._kept(whole), self._kept(run)
        found = compared(source, platform, self._period, whole=True)
        classes = Classes(self._links, ((source, BY_SOURCE), (platform, BY_PLATFORM)))
        explained = classes.explain(found.differences)
        # A run that ends at another time agrees, but may be why others differ.
        differs = [one for one in explained if one.difference.kind is not Kind.OTHER_END]
        differs += self._legacy.unheard(side, run, self._period) if self._legacy and side else ()
        return Night(self._period, scenario, source, platform, found.by_job, tuple(differs))

    def _ends(self, scenario: int, weather: Weather) -> DrawnEnds:
        key = f"{self._seed}/{scenario}"
        return DrawnEnds(self._period, key, weather, self._habits)

    def _kept(self, log: RunLog) -> RunLog:
        """The runs that are compared."""
        return replace(log, runs=tuple(run for run in log.runs if run.job in self._compared))


def _habits(networks: Sequence[Facts], seconds: Mapping[str, float]) -> Habits:
    jobs = [job for facts in networks for job in facts.said.jobs.items()]
    often = Counter(name for name, _ in jobs)
    return Habits(
        codes={n: codes for facts in networks for n, codes in bad_codes(facts).items()},
        seconds=seconds,
        limits={name: 60.0 * job.time_limit for name, job in jobs if job.time_limit},
        cyclic=frozenset(
            name for name, job in jobs if job.schedule and _starts_a_day(job.schedule) > OFTEN
        ),
        elsewhere=frozenset(name for facts in networks for name in facts.externals),
        shared=frozenset(name for name, number in often.items() if number > 1),
    )


def _starts_a_day(schedule: Schedule) -> int:
    return sum(len(each.times) + 24 * len(each.minutes) for each in schedule.each())
