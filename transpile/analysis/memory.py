"""Reports conditions that see statuses of earlier runs in the source: a workflow sees its own."""

from transpile.findings.codes.conditions import EarlierRunIgnored, LookBackIgnored
from transpile.findings.diagnostics import Diagnostics
from transpile.model import GlobalValue, InitialStatus, Job, JobGraph, Network, atoms, label_of
from transpile.sources.text import Span


def report_memory(graph: JobGraph, network: Network, diagnostics: Diagnostics) -> None:
    """After this pass look-backs are reported, and jobs that may start by statuses of earlier runs.

    Conditions on other workflows keep both: they look at the last known status on the platform.
    """
    for job in graph.jobs.values():
        if job.status is InitialStatus.ON_ICE:
            continue
        _report_look_backs(job, job.condition_place, diagnostics)
        if network.engine.remembers and job.condition is not None:
            _report_latching(graph, job, diagnostics)


def _report_look_backs(job: Job, place: Span, diagnostics: Diagnostics) -> None:
    for condition in job.conditions:
        own = condition is job.condition
        text = job.condition_text if own else job.box_rule.text if job.box_rule else ""
        where = place if own or job.box_rule is None else job.box_rule.span
        for atom in atoms(condition):
            if isinstance(atom, GlobalValue) or not atom.lookback:
                continue
            span = atom.span or Span(where.file, where.line, where.column + atom.offset)
            found = LookBackIgnored(name=job.name, atom=label_of(atom))
            diagnostics.add(found, span, job=job.name, text=text)


def _report_latching(graph: JobGraph, job: Job, diagnostics: Diagnostics) -> None:
    """Report a job that may start by statuses of earlier runs: only boxes reset their members."""
    upstream = {a.job for a in atoms(job.condition) if not isinstance(a, GlobalValue)}
    known = {name for name in upstream if name in graph.jobs}
    outside = [n for n in known if job.box is None or graph.jobs[n].box != job.box]
    if outside and (len(upstream) > 1 or job.schedule is not None):
        found, place = EarlierRunIgnored(name=job.name), job.condition_place
        diagnostics.add(found, place, job=job.name, text=job.condition_text)
