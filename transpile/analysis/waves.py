"""Tells which jobs run on which side while an estate moves in waves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from transpile.analysis.wishes import Wishes
from transpile.findings.codes.waves import NoAnswerFits, NoBridge, NoTell, UnitInWaves
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import (
    Atom,
    Bridge,
    Crossing,
    Cut,
    ExitCode,
    GlobalValue,
    Job,
    Network,
    OutputValue,
    Sides,
    Waves,
    atoms,
)
from transpile.model.waves import is_safe_name


def find_sides(
    network: Network, jobs: Mapping[str, Job], waves: Waves, diagnostics: Diagnostics
) -> Sides:
    """After this pass each job is on one side, and each condition across is known.

    A box moves with all its members. Jobs that are one workflow in any case move together.
    """
    if waves.chosen is None:
        return Sides()
    wave_of = waves_of(network, jobs, waves)
    for top, members in _units(network, jobs).items():
        named = [w.name for w in waves.every if any(map(w.matches, members))]
        if named[1:]:
            found = UnitInWaves(name=top, waves=", ".join(named), wave=wave_of[members[0]])
            diagnostics.add(found, jobs[members[0]].span, job=members[0], text=top)
    moved = {wave.name for wave in waves.moved}
    stays = frozenset(name for name, wave in wave_of.items() if wave not in moved)
    crossings = tuple(_crossings(jobs, stays, wave_of))
    for each in crossings:
        if not each.moved:
            unheard = NoTell(name=each.job, upstream=each.upstream)
            text = jobs[each.job].condition_text
            diagnostics.add(unheard, each.span, job=each.upstream, text=text)
    gone = tuple((name, wave) for name, wave in wave_of.items() if wave in moved)
    return Sides(stays, crossings, waves.bridge, gone)


def met_by(wishes: Wishes, stays: frozenset[str]) -> Wishes:
    """The wishes about units on the same side."""
    together = (pair for pair in wishes.together if len(stays.intersection(pair)) != 1)
    return replace(wishes, together=tuple(together))


def bridged(cut: Cut, across: Sequence[str], bridge: Bridge) -> Cut:
    """The cut, with what it asks about the jobs `across`, which are on the legacy side."""
    if not across:
        return cut
    asked = tuple((name, bridge.asks(name)) for name in across)
    return replace(cut, legacy=asked, interval=bridge.interval)


def misfit(cut: Cut, across: Sequence[str], bridge: Bridge) -> Finding | None:
    """Why the legacy side cannot say whether the cut holds; None if it can, or is not asked."""
    if across and not bridge.status:
        return NoBridge(name=cut.job, upstream=across[0])
    for atom in atoms(cut.condition):
        if isinstance(atom, GlobalValue) or atom.job not in across:
            continue
        if reason := _objection(atom, bridge):
            return NoAnswerFits(name=cut.job, upstream=atom.job, reason=reason)
    return None


def _objection(atom: Atom, bridge: Bridge) -> str:
    """Why an answer about one job does not decide an atom; empty if it does."""
    if isinstance(atom, GlobalValue | OutputValue):
        return "an answer holds no values"
    if not is_safe_name(atom.job):
        return "a shell would not take its name for one word"
    if isinstance(atom, ExitCode) and not bridge.exit_codes:
        return "[bridge] exit_codes is not true, so answers have no exit code"
    if atom.lookback and not bridge.times:
        return "[bridge] times is not true, so answers have no time to compare with the window"
    if atom.lookback == 0 or atom.begun or atom.by is not None:
        return "an answer does not tell which run it is about"
    return ""


def _units(network: Network, jobs: Mapping[str, Job]) -> dict[str, Sequence[str]]:
    """The jobs of each unit, by its name."""
    if network.title is not None:
        return {network.title: list(jobs)} if jobs else {}
    found: dict[str, list[str]] = {}
    for name in jobs:
        top = name
        while (box := jobs[top].box) is not None:
            top = box
        found.setdefault(top, []).append(name)
    return dict(found)


def _crossings(
    jobs: Mapping[str, Job], stays: frozenset[str], wave_of: Mapping[str, str]
) -> Iterator[Crossing]:
    """The conditions that lead from one side to the other, each pair of jobs once."""
    for name, job in jobs.items():
        named = (atom for condition in job.conditions for atom in atoms(condition))
        upstream = (a.job for a in named if not isinstance(a, GlobalValue) and not a.instance)
        for other in dict.fromkeys(upstream):
            if other in jobs and (name in stays) != (other in stays):
                until = wave_of[name if name in stays else other]
                yield Crossing(name, other, name not in stays, until, job.condition_place)


def waves_of(network: Network, jobs: Mapping[str, Job], waves: Waves) -> dict[str, str]:
    """The wave of each job; empty for jobs that move with none."""
    found: dict[str, str] = {}
    for top, members in _units(network, jobs).items():
        found.update(dict.fromkeys(members, waves.wave_of(top, members)))
    return found
