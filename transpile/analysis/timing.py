"""Places where the source's result depends on which job is faster."""

from transpile.analysis.endings import Endings
from transpile.analysis.moments import is_iced, listed
from transpile.findings.codes.boxes import (
    AbortStopsOnlyDownstream,
    BoxEndsEarly,
    BoxEndsLate,
    JobNotKilled,
    TerminatorIgnored,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Job, Network, Precedence, Steps


def report_races(network: Network, diagnostics: Diagnostics) -> Network:
    """After this pass each place is reported where one reading of several had to be chosen.

    A box has its result when all its members have ended, and a terminator, or a job that aborts the
    whole, stops only what waits for it.
    """
    live = [j for j in network.jobs.values() if j.name not in network.left_out and not is_iced(j)]
    ruled = [job for job in live if job.box_rule and not job.box_rule.at_end]
    terminators = [job for job in live if job.terminates_box and job.box]
    ending = [job for job in live if job.ends_with_box]
    aborting = [job for job in live if _aborts(job)]
    if ruled or terminators or ending:
        endings = Endings(network)
        for box in ruled:
            _report_rule(box, endings, diagnostics)
        for job in terminators:
            _report_terminator(job, network, endings, diagnostics)
        for job in ending:
            if endings.fails_around(job):
                diagnostics.add(
                    JobNotKilled(name=job.name, box=job.box or ""), job.span, job=job.name
                )
    if aborting:
        races = _Races(network)
        for job in aborting:
            others = races.unordered(job)
            if others:
                diagnostics.add(
                    AbortStopsOnlyDownstream(name=job.name, others=listed(others)),
                    job.span,
                    job=job.name,
                )
    return network


def _report_rule(box: Job, endings: Endings, diagnostics: Diagnostics) -> None:
    assert box.box_rule is not None
    early = endings.by_rule(box)
    if reason := early.explained():
        diagnostics.add(
            BoxEndsEarly(name=box.name, reason=reason),
            box.box_rule.span,
            job=box.name,
            text=box.box_rule.text,
        )
    elif early.running and endings.is_observed(box.name):
        others = listed(list(early.running))
        diagnostics.add(
            BoxEndsLate(name=box.name, others=others),
            box.box_rule.span,
            job=box.name,
            text=box.box_rule.text,
        )


def _report_terminator(
    job: Job, network: Network, endings: Endings, diagnostics: Diagnostics
) -> None:
    assert job.box is not None
    early = endings.by_terminator(network.jobs[job.box], job)
    if early.unstarted:
        others = listed(list(early.unstarted))
        diagnostics.add(
            TerminatorIgnored(name=job.name, box=job.box, others=others), job.span, job=job.name
        )


def _aborts(job: Job) -> bool:
    return isinstance(job.action, Steps) and job.action.abort is not None


class _Races:
    def __init__(self, network: Network) -> None:
        self._network = network
        self._graph = Precedence.of(network)
        self._above = self._graph.reversed()

    def unordered(self, job: Job) -> list[str]:
        """The jobs that may run before, while or after it does."""
        behind = self._graph.reached([self._graph.end[job.name]])
        before = self._above.reached([self._graph.start[job.name]])
        ordered = behind | before
        jobs = self._network.jobs
        leaves = (n for n in jobs if not self._network.members.get(n) and not jobs[n].runs_last)
        return [n for n in leaves if self._graph.start[n] not in ordered]
