"""Networks of crontabs and anacrontabs, and the findings about them."""

from typing import Any

from transpile.dialects.timers.builder import build_anacrontabs, build_crontabs
from transpile.dialects.timers.settings import TimerSettings
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Command, Job, Network
from transpile.sources.text import Source, Span

BERLIN = "Europe/Berlin"
HERE = Span("crontab", 1)


def network(
    text: str,
    label: str = "crontab",
    *,
    as_anacron: bool = False,
    **said: Any,
) -> tuple[Network | None, Diagnostics]:
    """The network of a crontab, and the findings."""
    diagnostics = Diagnostics()
    known = TimerSettings(**{"zone": BERLIN, **said})
    build = build_anacrontabs if as_anacron else build_crontabs
    found = list(build([Source(label, text)], known, diagnostics))
    return (found[0] if found else None), diagnostics


def jobs(text: str, label: str = "crontab", **said: Any) -> list[Job]:
    """The jobs of a crontab."""
    found, _ = network(text, label, **said)
    return list(found.jobs.values()) if found else []


def command(job: Job) -> Command:
    """What the job runs."""
    assert isinstance(job.action, Command)
    return job.action


def text(job: Job) -> str:
    """What the job runs, as one text."""
    return "".join(map(str, command(job).text))


def codes(text: str, label: str = "crontab", **said: Any) -> list[str]:
    """The codes that a crontab gives, in order."""
    return [found.code for found in network(text, label, **said)[1]]


def messages(text: str, label: str = "crontab", **said: Any) -> list[str]:
    """The messages that a crontab gives, in order."""
    return [found.message for found in network(text, label, **said)[1]]
