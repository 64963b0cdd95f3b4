"""`transpile explain-map`."""

from collections.abc import Iterator, Sequence

import click

from transpile.cli.console import echo
from transpile.cli.next_step import say_next
from transpile.cli.options import Request, reading
from transpile.cli.places import Places
from transpile.cli.progress import Meter
from transpile.cli.suggest import did_you_mean
from transpile.findings.codes.mapping import (
    InvalidPlacement,
    InvalidRule,
    NotMapped,
    RetriedAfterKill,
    UnboundValue,
    UnknownEntity,
    WrongTaskKind,
)
from transpile.model import Facts, MapRule, Rules, traits_of
from transpile.targets.flyte.naming import WorkflowNames

_KINDS = (
    InvalidPlacement,
    InvalidRule,
    NotMapped,
    RetriedAfterKill,
    UnboundValue,
    UnknownEntity,
    WrongTaskKind,
)
"""Findings about rules."""


@click.command("explain-map")
@click.argument("job", metavar="JOB")
@reading
@click.pass_context
def command(ctx: click.Context, job: str, request: Request) -> None:
    """Show which [[map]] rule of transpile.toml applies to JOB of SOURCE..., and why.

    Below that: the workflow of the job, why it stands there, and its conditions on others.

    Exit status: 0 a rule applies, 1 none does, or JOB is unknown, 2 wrong usage.
    """
    with Meter(quiet=False) as meter:
        estate = request.read(meter)
    rules = request.settings.rules
    found = [
        pair for pair in zip(estate.networks, estate.names, strict=True) if job in pair[0].order
    ]
    if not found:
        known = [name for facts in estate.networks for name in facts.order]
        echo(f"unknown job {job}{did_you_mean(job, known)}", err=True)
    matched = False
    for facts, names in found:
        traits = traits_of(facts.jobs[job], facts.said.engine.name)
        echo(f"{job} " + ", ".join(f"{k} = {v}" for k, v in traits.items() if v))
        matched |= _explain(rules, traits, request.places)
        for line in _placed(facts, names, job):
            echo(line)
    estate.plan_all()
    for problem in request.places.shown(estate.diagnostics):
        if issubclass(problem.kind, _KINDS) and problem.job in (None, job):
            echo(str(problem))
    say_next("docs", "settings")
    ctx.exit(int(not matched))


def _explain(rules: Rules, traits: dict[str, str], places: Places) -> bool:
    """Print why each rule matches or does not, up to the first match; True if one matches."""
    for rule in rules.maps:
        where = f"{places.path(rule.span.file)}:{rule.span.line}"
        key = rule.mismatch(traits)
        if key is None:
            echo(f"{where}: matches: {rule}; {_effect(rule)}")
            return True
        echo(f"{where}: {rule}: {key} is {traits[key]!r}")
    echo("no rule matches")
    return False


def _placed(facts: Facts, names: Sequence[WorkflowNames], job: str) -> Iterator[str]:
    """In which workflow the job is and why, and the cuts between it and other workflows."""
    unit = facts.graph.top(job)
    place = next(number for number, group in enumerate(facts.groups) if unit in group)
    yield f"workflow {names[place].title}, module {names[place].module}"
    if facts.title is not None:
        yield f"{facts.title} is one workflow in any case"
    elif unit in facts.reasons:
        yield f"{unit}: {facts.reasons[unit]}"
    for name in (job, *facts.graph.ancestors(job)):
        if cut := facts.cuts.get(name):
            yield f"{name} {'is started when' if cut.starts else 'waits until'} {cut.shown}"
    for cut in facts.told.get(job, ()):
        yield f"{cut.job} {'is started by' if cut.starts else 'waits for'} {job}: {cut.shown}"


def _effect(rule: MapRule) -> str:
    parts = [key for key, _ in rule.settings]
    if rule.call is not None:
        parts.insert(0, f"entity {rule.call.entity}")
    if rule.kind is not None:
        parts.insert(0, f"kind {rule.kind.name}")
    return f"sets {', '.join(parts)}" if parts else "a Python function, as without a rule"
