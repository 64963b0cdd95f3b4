"""Conditions to dependencies between jobs."""

from collections.abc import Iterator
from dataclasses import replace

from transpile.diagnostics import Diagnostics
from transpile.ir import (
    All,
    Atom,
    Blocked,
    Condition,
    Dependency,
    GlobalValue,
    InitialStatus,
    Job,
    Network,
    Status,
    StatusTest,
    atoms,
)
from transpile.source import Span


def find_dependencies(network: Network, diagnostics: Diagnostics) -> Network:
    """After this pass each reference of a condition is a Dependency.

    A job whose condition is no conjunction of successes is blocked, and none of its references is
    an edge. A job on ice never looks at its condition.
    """
    jobs = dict(network.jobs)
    dependencies: list[Dependency] = []
    for name, job in network.jobs.items():
        if job.condition is None or job.status is InitialStatus.ON_ICE:
            continue
        plain = is_conjunction(job.condition)
        if not plain:
            text = job.condition_text
            place = job.condition_span or job.span
            diagnostics.add("A301", place, job=name, text=text, condition=text)
            jobs[name] = replace(job, blocked=job.blocked or Blocked("A301", f"condition: {text}"))
        dependencies += _references(job, plain, network, diagnostics)
    return replace(network, jobs=jobs, dependencies=tuple(dependencies))


def is_conjunction(condition: Condition) -> bool:
    """True when the condition asks for successes only, all of them."""
    if isinstance(condition, All):
        return all(is_conjunction(term) for term in condition.terms)
    return isinstance(condition, Status) and condition.test is StatusTest.SUCCESS


def _references(
    job: Job, plain: bool, network: Network, diagnostics: Diagnostics
) -> Iterator[Dependency]:
    seen: set[tuple[str, bool]] = set()
    at = job.condition_span or job.span
    for atom in atoms(job.condition):
        if isinstance(atom, GlobalValue):
            continue
        span = Span(at.file, at.line, at.column + atom.offset)
        upstream = f"{atom.job}^{atom.instance}" if atom.instance else atom.job
        missing = _missing(atom, upstream, job, network, span, diagnostics)
        joins = not (isinstance(atom, Status) and atom.test is StatusTest.NOT_RUNNING)
        if plain and atom.lookback:
            diagnostics.add("A305", span, job=job.name, text=job.condition_text, atom=upstream)
        if (upstream, joins) not in seen:
            seen.add((upstream, joins))
            yield Dependency(upstream, job.name, span, plain, joins, missing)


def _missing(
    atom: Atom, upstream: str, job: Job, network: Network, span: Span, diagnostics: Diagnostics
) -> str | None:
    assert not isinstance(atom, GlobalValue)
    if atom.instance is not None:
        fields = {"upstream": atom.job, "instance": atom.instance}
        diagnostics.add("A304", span, job=job.name, text=upstream, **fields)
        return "A304"
    if atom.job not in network.jobs:
        diagnostics.add("A303", span, job=job.name, text=upstream, upstream=upstream, name=job.name)
        return "A303"
    return None
