"""Compares what the source starts over days with what the emitted workflows start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from transpile.model import Facts, atoms, label_of
from transpile.model.condition import GlobalValue
from transpile.model.run_log import Period, RunLog
from transpile.proof.day_classes import Classes, Explained
from transpile.proof.drawn_ends import DrawnEnds
from transpile.proof.platform_days import PlatformDays
from transpile.proof.plays import Part
from transpile.proof.run_logs import compared
from transpile.proof.scenarios import bad_codes
from transpile.proof.source_days import SourceDays


@dataclass(frozen=True, slots=True)
class Drawing:
    """What decides how runs end: a seed, and the usual seconds of jobs where they are known."""

    seed: int
    seconds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Night:
    """One scenario on both sides. `agreeing` runs are the same on both."""

    period: Period
    scenario: int
    source: RunLog
    platform: RunLog
    agreeing: int
    differences: tuple[Explained, ...]


class Nights:
    """Both sides of an estate for one period. Raises BadCron.

    Only jobs that some workflow runs are compared.
    """

    def __init__(
        self,
        networks: Sequence[Facts],
        parts: Sequence[Part],
        period: Period,
        readings: Mapping[str, str],
        drawing: Drawing,
    ) -> None:
        self._period = period
        self._drawing = drawing
        self._source = SourceDays(networks, period, readings)
        self._platform = PlatformDays(parts, period)
        self._codes = {n: codes for facts in networks for n, codes in bad_codes(facts).items()}
        said = {name for facts in networks for name in facts.said.jobs}
        self._compared = frozenset(n for part in parts for n in part.roster if n in said)
        self._asked = _asked(networks)
        self._around = {
            name: facts.graph.ancestors(name) for facts in networks for name in facts.jobs
        }

    def play(self, scenario: int) -> Night:
        """Play a scenario on both sides."""
        source = self._kept(self._source.play(self._ends(scenario)))
        platform = self._kept(self._platform.play(self._ends(scenario)))
        found = compared(source, platform, self._period)
        classes = Classes(self._asked, self._around, (source, platform))
        explained = tuple(classes.explain(found.differences))
        return Night(self._period, scenario, source, platform, found.agreeing, explained)

    def _ends(self, scenario: int) -> DrawnEnds:
        drawing = self._drawing
        return DrawnEnds(self._period, scenario, drawing.seed, self._codes, drawing.seconds)

    def _kept(self, log: RunLog) -> RunLog:
        return replace(log, runs=tuple(run for run in log.runs if run.job in self._compared))


def _asked(networks: Sequence[Facts]) -> dict[str, tuple[str, ...]]:
    """The jobs that the condition of each job names, and those inside a box."""
    found: dict[str, tuple[str, ...]] = {}
    for facts in networks:
        for name, job in facts.said.jobs.items():
            rule = job.box_rule
            conditions = (job.condition, *((rule.success, rule.failure) if rule else ()))
            asked = (a for c in conditions for a in atoms(c) if not isinstance(a, GlobalValue))
            members = facts.members.get(name, ())
            found[name] = tuple(dict.fromkeys((*map(label_of, asked), *members)))
    return found
