"""Reports files that jobs share: tasks on Flyte have no common disk."""

import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from transpile.findings.codes.limits import SharedFile
from transpile.findings.diagnostics import Diagnostics
from transpile.model import (
    Command,
    Facts,
    FileWatch,
    InitialStatus,
    Job,
    SettledJob,
    Steps,
    Text,
    plain,
)
from transpile.model.files import HOLE, FileUse, Use, file_of, files_of, is_rooted

SHOWN = 3
"""Jobs that a finding names for each thing that they do with a file."""

_IN_THE_IMAGE = re.compile(
    r"/(?:opt|usr|bin|sbin|lib|lib64|etc|sys)/.*"
    r"|.*\.(?:sh|ksh|bash|csh|pl|py|rb|R|jar|war|class|sql|hql|pig|exe|bat|cmd|ps1"
    r"|conf|cfg|ini|properties|ya?ml|toml|xml|env|profile|pem|key)"
    r"|\.{1,2}(?:/\.\.)*|/"
)
"""Programs and their settings: jobs that name the same one read it."""

_Uses = dict[tuple[int, str], set[Use]]
"""What each job, by the number of its network and its name, does with a file."""


def report_shared_files(estate: Sequence[Facts], diagnostics: Diagnostics) -> None:
    """Report each file that one job writes and another one uses, once for the whole estate.

    Files of jobs that all have a pod template are left out: it mounts what they share.
    """
    files: dict[tuple[int, str], _Uses] = {}
    for number, facts in enumerate(estate):
        for name in facts.order:
            job = facts.jobs[name]
            for found in _files(job) if _runs(facts, job) else ():
                # A relative path belongs to the folder that its network runs in.
                place = (-1 if is_rooted(found.path) else number, found.path)
                files.setdefault(place, {}).setdefault((number, name), set()).add(found.use)
    _match_patterns(files)
    scope = diagnostics.scope
    for (_, path), uses in files.items():
        if len(uses) < 2:
            continue
        jobs = [estate[number].jobs[name] for number, name in uses]
        who = _who(path, uses) if _differ(jobs, uses) else None
        if who is None or all("pod_template" in dict(job.settings) for job in jobs):
            continue
        first = next((place for place, found in uses.items() if _writes(found)), next(iter(uses)))
        job = estate[first[0]].jobs[first[1]]
        diagnostics.scope = estate[first[0]].title
        shown = re.sub(f"{HOLE}(.*?){HOLE}", r"${\1}", path)
        diagnostics.add(SharedFile(path=shown, who=who), job.span, job=job.name, text=shown)
    diagnostics.scope = scope


def _match_patterns(files: dict[tuple[int, str], _Uses]) -> None:
    """Count what uses files by a pattern, such as `cat part_*.csv`, as using those that match."""
    patterns: dict[tuple[int, str], list[tuple[str, _Uses]]] = {}
    for (number, path), uses in files.items():
        folder, _, name = path.rpartition("/")
        if "*" in name and name.strip("*") and "*" not in folder:
            patterns.setdefault((number, folder), []).append((name, uses))
    if not patterns:
        return
    for (number, path), uses in files.items():
        folder, _, name = path.rpartition("/")
        for pattern, others in patterns.get((number, folder), ()) if "*" not in path else ():
            if fnmatchcase(name, pattern):
                for place, found in others.items():
                    uses.setdefault(place, set()).update(found)


def _differ(jobs: Sequence[Job], uses: _Uses) -> bool:
    """False for jobs that all run one command and write nothing by what it says."""
    return any(map(_writes, uses.values())) or len({job.action for job in jobs}) > 1


def _who(path: str, uses: _Uses) -> str | None:
    """The jobs that write a file and those that use it; None unless they are different jobs."""
    writers = [place for place, found in uses.items() if _writes(found)]
    users = [place for place, found in uses.items() if found != {Use.WRITE}]
    if writers:
        if not users or (len(writers) == 1 and set(users) == set(writers)):
            return None
        others = [place for place in users if place not in writers]
        verb = "writes" if len(writers) == 1 else "write"
        use = f", {_listed(others)} {'uses' if len(others) == 1 else 'use'} it" if others else ""
        return f"{_listed(writers)} {verb} it{use}"
    known = {use for found in uses.values() for use in found}
    if Use.NAMED not in known or "*" in path or _IN_THE_IMAGE.fullmatch(path):
        return None
    named = [place for place, found in uses.items() if found != {Use.WORD}]
    return f"{_listed(named)} name it" if len(named) > 1 else None


def _writes(uses: set[Use]) -> bool:
    return Use.WRITE in uses or Use.APPEND in uses


def _listed(places: Sequence[tuple[int, str]]) -> str:
    names = list(dict.fromkeys(name for _, name in places))
    if len(names) > SHOWN:
        return f"{', '.join(names[:SHOWN])} and {len(names) - SHOWN} more"
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _runs(facts: Facts, job: SettledJob) -> bool:
    """True if the task of the job runs the job's own action."""
    active = job.status is InitialStatus.ACTIVE and job.name not in facts.left_out
    return active and not job.held_up and job.call is None


def _files(job: Job) -> Iterator[FileUse]:
    if isinstance(job.action, FileWatch):
        yield from _given(job.action.path, Use.READ)
    elif isinstance(job.action, Command):
        yield from _of_command(job.action)
    elif isinstance(job.action, Steps):
        for part in job.action.parts:
            yield from _of_command(part)


def _of_command(command: Command) -> Iterator[FileUse]:
    yield from files_of(_holed(command.text), (name for name, _ in command.environment))
    yield from _given(command.stdin, Use.READ)
    for paths, use in ((command.reads, Use.READ), (command.writes, Use.WRITE)):
        for path in paths:
            yield from _given((path,), use)
    for redirect in (command.stdout, command.stderr):
        if redirect:
            yield from _given(redirect.path, Use.APPEND if redirect.append else Use.WRITE)


def _given(path: Text | None, use: Use) -> Iterator[FileUse]:
    found = file_of(_holed(path), use) if path else None
    yield from [found] if found else []


def _holed(text: Text) -> str:
    return plain(text, lambda ref: f"{HOLE}{ref.name}{HOLE}")
