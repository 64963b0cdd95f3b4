"""Tells which jobs run on which side while an estate moves in waves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from transpile.analysis.moments import is_iced
from transpile.analysis.wishes import Wishes
from transpile.findings.codes.waves import NoAnswerFits, NoBridge, NoTell, UnitInWaves
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import (
    Atom,
    Bridge,
    Condition,
    Crossing,
    Cut,
    ExitCode,
    GlobalValue,
    Heard,
    Job,
    Network,
    OutputValue,
    Sides,
    Stage,
    Waves,
    atoms,
)
from transpile.model.waves import CODE, is_safe_name


def find_sides(
    network: Network, jobs: Mapping[str, Job], waves: Waves, diagnostics: Diagnostics
) -> Sides:
    """After this pass each job is on one side, and each condition across is known.

    A box moves with all its members. Jobs that are one workflow in any case move together.
    """
    if not waves.every:
        return Sides()
    wave_of = waves_of(network, jobs, waves)
    for top, members in _units(network, jobs).items():
        wave = wave_of[members[0]]
        named = [wave, *filter(None, (waves.first_of(name) for name in members))]
        if len(set(named)) > 1:
            together = ", ".join(each.name for each in waves.every if each.name in named)
            found = UnitInWaves(name=top, waves=together, wave=wave)
            diagnostics.add(found, jobs[members[0]].span, job=members[0], text=top)
    moved = [wave.name for wave in (waves.moved or waves.every)]
    splits = [_split(jobs, wave_of, moved[: number + 1]) for number in range(len(moved))]
    stages = tuple(
        _stage(jobs, name, *split, waves.bridge) for name, split in zip(moved, splits, strict=True)
    )
    if waves.chosen is None:
        return Sides(stages=stages)
    (stays, crossings), started = splits[-1], stages[-1].started
    listeners = _listeners(jobs, crossings, waves.bridge, diagnostics)
    for name in (each for each in jobs if each in started):
        for other in _moved_feeders(jobs, name, stays):
            listeners.setdefault(other, []).append(name)
    gone = tuple((name, wave) for name, wave in wave_of.items() if wave in moved)
    heard = tuple(_heard(jobs, listeners, waves.bridge))
    return Sides(stays, crossings, waves.bridge, gone, heard, started, stages)


def _split(
    jobs: Mapping[str, Job], wave_of: Mapping[str, str], moved: Sequence[str]
) -> tuple[frozenset[str], tuple[Crossing, ...]]:
    """The jobs that stay once these waves have moved, and what crosses between both sides then."""
    stays = frozenset(name for name, wave in wave_of.items() if wave not in moved)
    return stays, tuple(_crossings(jobs, stays, wave_of))


def _stage(
    jobs: Mapping[str, Job],
    wave: str,
    stays: frozenset[str],
    crossings: Sequence[Crossing],
    bridge: Bridge,
) -> Stage:
    """What the legacy side has to know once a wave has moved."""
    started = frozenset(_started(jobs, stays, bridge))
    heard = {each.upstream for each in crossings if not each.moved}
    heard.update(other for name in started for other in _moved_feeders(jobs, name, stays))
    ask = sum(each.moved for each in crossings)
    return Stage(wave, frozenset(heard), started, ask, len(crossings) - ask)


def _listeners(
    jobs: Mapping[str, Job],
    crossings: Iterable[Crossing],
    bridge: Bridge,
    diagnostics: Diagnostics,
) -> dict[str, list[str]]:
    """The staying jobs that hear of each moved one; reports those that hear nothing."""
    found: dict[str, list[str]] = {}
    for each in (crossing for crossing in crossings if not crossing.moved):
        if reason := _why_untold(jobs[each.job], each.upstream, bridge):
            unheard = NoTell(name=each.job, upstream=each.upstream, reason=reason)
            text = jobs[each.job].condition_text
            diagnostics.add(unheard, each.span, job=each.upstream, text=text)
        # The legacy side still has a job on ice on ice.
        elif not is_iced(jobs[each.upstream]):
            found.setdefault(each.upstream, []).append(each.job)
    return found


def met_by(wishes: Wishes, sides: Sides) -> Wishes:
    """The wishes about units on the same side, which start there."""
    apart = sides.stays | sides.started
    together = (pair for pair in wishes.together if apart.isdisjoint(pair))
    return replace(wishes, together=tuple(together))


def bridged(cut: Cut, across: Sequence[str], moved: Sequence[str], bridge: Bridge) -> Cut:
    """The cut, with what it asks the legacy side: about the jobs `across`, which are there.

    It asks about `moved` jobs of other workflows, too, until they have run on the platform.
    """
    sure = [name for name in moved if not any(_objections(cut, name, bridge))]
    before = tuple((name, bridge.asks(name)) for name in sure if bridge.status)
    asked = tuple((name, bridge.asks(name)) for name in across)
    if not asked and not before:
        return cut
    return replace(cut, legacy=asked, interval=bridge.interval, before=before)


def _objections(cut: Cut, job: str, bridge: Bridge) -> Iterator[str]:
    """Why an answer about a job does not decide the parts of the cut about it."""
    about = (a for a in atoms(cut.condition) if not isinstance(a, GlobalValue) and a.job == job)
    return (_objection(atom, bridge) for atom in about)


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


def _why_untold(job: Job, upstream: str, bridge: Bridge) -> str:
    """Why nothing tells the legacy side what a job there needs of a moved one; empty if it does."""
    if not bridge.tell:
        return "[bridge] has no tell command"
    if not is_safe_name(upstream):
        return "a shell would not take its name for one word"
    for atom in (atom for condition in job.conditions for atom in atoms(condition)):
        if isinstance(atom, GlobalValue) or atom.job != upstream:
            continue
        if isinstance(atom, OutputValue):
            return "a status holds no values"
        if isinstance(atom, ExitCode) and CODE not in bridge.tell:
            return f"the tell command has no {CODE}"
    return ""


def _started(jobs: Mapping[str, Job], stays: frozenset[str], bridge: Bridge) -> Iterator[str]:
    """The moved units without start times whose condition names a staying job.

    Their condition stays on the legacy side, which has to hear of the moved jobs in it.
    """
    for name, job in jobs.items() if bridge.start else ():
        if name in stays or job.box is not None or job.schedule is not None or is_iced(job):
            continue
        named = _upstream(jobs, job.condition)
        feeders = _moved_feeders(jobs, name, stays)
        can_hear = not any(_why_untold(job, other, bridge) for other in feeders)
        if can_hear and any(other in stays and not is_iced(jobs[other]) for other in named):
            yield name


def _moved_feeders(jobs: Mapping[str, Job], unit: str, stays: frozenset[str]) -> list[str]:
    """The moved jobs outside of a unit that its own condition names."""
    named = (other for other in _upstream(jobs, jobs[unit].condition) if other not in stays)
    return [other for other in named if _top(jobs, other) != unit and not is_iced(jobs[other])]


def _upstream(jobs: Mapping[str, Job], *conditions: Condition | None) -> list[str]:
    """The jobs that conditions name, each once."""
    named = (atom for condition in conditions for atom in atoms(condition))
    found = (a.job for a in named if not isinstance(a, GlobalValue) and not a.instance)
    return [name for name in dict.fromkeys(found) if name in jobs]


def _heard(
    jobs: Mapping[str, Job], listeners: Mapping[str, Sequence[str]], bridge: Bridge
) -> Iterator[Heard]:
    """What the legacy side is told, in the order of the jobs."""
    inside: dict[str, list[str]] = {}
    for name in jobs:
        if name in listeners and jobs[name].box is not None:
            inside.setdefault(_top(jobs, name), []).append(name)
    for name in jobs:
        if name in listeners or name in inside:
            those = tuple(listeners.get(name, ())), tuple(inside.get(name, ()))
            yield Heard(name, bridge.tells(name), bridge.interval, *those)


def _top(jobs: Mapping[str, Job], name: str) -> str:
    """The top-level box around a job, or the job."""
    while (box := jobs[name].box) is not None:
        name = box
    return name


def _units(network: Network, jobs: Mapping[str, Job]) -> dict[str, Sequence[str]]:
    """The jobs of each unit, by its name."""
    if network.title is not None:
        return {network.title: list(jobs)} if jobs else {}
    found: dict[str, list[str]] = {}
    for name in jobs:
        found.setdefault(_top(jobs, name), []).append(name)
    return dict(found)


def _crossings(
    jobs: Mapping[str, Job], stays: frozenset[str], wave_of: Mapping[str, str]
) -> Iterator[Crossing]:
    """The conditions that lead from one side to the other, each pair of jobs once."""
    for name, job in jobs.items():
        for other in _upstream(jobs, *job.conditions):
            if (name in stays) != (other in stays):
                until = wave_of[name if name in stays else other]
                yield Crossing(name, other, name not in stays, until, job.condition_place)


def waves_of(network: Network, jobs: Mapping[str, Job], waves: Waves) -> dict[str, str]:
    """The wave of each job; empty for jobs that move with none."""
    found: dict[str, str] = {}
    for top, members in _units(network, jobs).items():
        found.update(dict.fromkeys(members, waves.wave_of(top, members)))
    return found
