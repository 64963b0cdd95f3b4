"""`transpile explain-map`."""

import click

from transpile.cli.console import echo
from transpile.cli.options import Request, reading
from transpile.findings.codes.mapping import (
    InvalidRule,
    NotMapped,
    RetriedAfterKill,
    UnboundValue,
    UnknownEntity,
    WrongTaskKind,
)
from transpile.model import MapRule, Rules, traits_of

_KINDS = (InvalidRule, NotMapped, RetriedAfterKill, UnboundValue, UnknownEntity, WrongTaskKind)
"""Findings about [[map]] rules."""


@click.command("explain-map")
@click.argument("job", metavar="JOB")
@reading
@click.pass_context
def command(ctx: click.Context, job: str, request: Request) -> None:
    """Show which [[map]] rule of transpile.toml applies to JOB of SOURCE..., and why.

    Exit status: 0 a rule applies, 1 none does, or JOB is unknown, 2 wrong usage.
    """
    estate = request.read()
    rules = request.settings.rules
    found = [facts for facts in estate.networks if job in facts.order]
    if not found:
        echo(f"unknown job {job}", err=True)
    matched = False
    for facts in found:
        traits = traits_of(facts.jobs[job], facts.said.engine.name)
        echo(f"{job} " + ", ".join(f"{k} = {v}" for k, v in traits.items() if v))
        matched |= _explain(rules, traits)
    estate.plan_all()
    for problem in estate.diagnostics:
        if issubclass(problem.kind, _KINDS) and problem.job in (None, job):
            echo(str(problem))
    ctx.exit(int(not matched))


def _explain(rules: Rules, traits: dict[str, str]) -> bool:
    """Print why each rule matches or does not, up to the first match; True if one matches."""
    for rule in rules.maps:
        where = f"{rule.span.file}:{rule.span.line}"
        key = rule.mismatch(traits)
        if key is None:
            echo(f"{where}: matches: {rule}; {_effect(rule)}")
            return True
        echo(f"{where}: {rule}: {key} is {traits[key]!r}")
    echo("no rule matches")
    return False


def _effect(rule: MapRule) -> str:
    parts = [key for key, _ in rule.settings]
    if rule.call is not None:
        parts.insert(0, f"entity {rule.call.entity}")
    if rule.kind is not None:
        parts.insert(0, f"kind {rule.kind.name}")
    return f"sets {', '.join(parts)}" if parts else "a Python function, as without a rule"
