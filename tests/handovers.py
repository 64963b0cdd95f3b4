"""What tests of definitions for the legacy side need: estates of which some units move."""

import re
import stat
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.support import shell
from transpile.analysis import analyse
from transpile.dialects import DIALECTS, SCHEDULERS
from transpile.dialects.kit.contract import Gone, Leaving
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Bridge, Command, Facts, Network, Rules, Site, Wave, Waves
from transpile.sources.text import Source, Span

SITE = Site(timezones=(("default", "UTC"),))
_PLACE = re.compile(r"Span\([^)]*\)")


class Handed(NamedTuple):
    """The texts with which units leave and come back, and what differs, as lines."""

    leave: dict[str, str]
    back: dict[str, str]
    differs: list[str]


def network_of(dialect: str, *texts: str) -> Network:
    """The network of an estate."""
    (found,) = DIALECTS[dialect].read(_sources(texts), Diagnostics(), SITE)
    return found


def handed(dialect: str, text: str, *waves: Collection[str], chosen: int = -1) -> Handed:
    """The definitions for one of these waves, by default the last one, which all have moved."""
    known = tuple(Wave(f"w{n}", tuple(names), Span("t", n)) for n, names in enumerate(waves, 1))
    rules = Rules(waves=Waves(known, Bridge("ask {job}"), known[-1].name))
    facts = analyse(network_of(dialect, text), rules, SCHEDULERS, Diagnostics())
    leaving = _leaving(facts, known[: len(known) + chosen + 1])
    make = DIALECTS[dialect].hand_over
    assert make is not None
    made = make(_sources([text]), SITE, leaving)
    differs = [f"{each.job}: {vars(each.finding)['reason']}" for each in made.problems]
    return Handed(_texts(made.leave), _texts(made.back), differs)


def _texts(files: object) -> dict[str, str]:
    assert isinstance(files, dict)
    return {end: str(text) for end, text in files.items()}


def _leaving(facts: Facts, waves: Sequence[Wave]) -> Leaving:
    names = [wave.name for wave in waves]
    gone = {job: wave for job, wave in facts.sides.wave_of if wave in names}
    jobs = {job for job, wave in gone.items() if wave == names[-1]}
    heard = {c.upstream for c in facts.sides.crossings if not c.moved}
    moved = {job for job, _ in facts.sides.wave_of}
    return Leaving(names[-1], jobs, jobs & heard, [Gone(facts.said, gone)], moved)


def _sources(texts: Sequence[str]) -> list[Source]:
    return [Source(f"{number}.txt", text) for number, text in enumerate(texts)]


def said(network: Network, name: str) -> dict[str, str]:
    """What the jobs whose names begin so do: their starts, conditions, boxes and commands."""
    return {
        job.name: _PLACE.sub("", f"{job.schedule} {job.box} {job.condition} {job.action}")
        for job in network.jobs.values()
        if job.name.startswith(name)
    }


def commands(network: Network, name: str) -> list[str]:
    """The commands of a unit and its members."""
    jobs = (job for job in network.jobs.values() if name in (job.name, job.box))
    actions = (job.action for job in jobs)
    return ["".join(map(str, a.text)) for a in actions if isinstance(a, Command)]


# -------------------------------------------------------------------- scripts of the bridge


def folder_of(folder: Path, scripts: Mapping[str, str]) -> Path:
    """The folder with these programs in it."""
    for name, text in scripts.items():
        path = folder / name
        path.write_text(text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return folder


def on(folder: Path, command: str) -> tuple[int, str]:
    """The exit code and the output of a command that finds the programs of a folder first."""
    done = shell(f"PATH={folder}:$PATH; {command}", cwd=folder)
    return done.returncode, done.stdout.strip()
