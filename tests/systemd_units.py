"""Small estates of systemd units for tests."""

from collections.abc import Mapping

from transpile.dialects.timers.settings import TimerSettings
from transpile.dialects.timers.unit_builder import build_units
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Command, Job, Network, Steps
from transpile.sources.text import Source, decode

DAILY = "[Timer]\nOnCalendar=03:00 UTC\n[Install]\nWantedBy=timers.target\n"
"""A timer."""


def build(units: Mapping[str, str]) -> tuple[dict[str, Network], Diagnostics]:
    """The networks of unit files, by title, and what was found."""
    diagnostics = Diagnostics()
    sources = [Source(name, decode(text.encode())[0]) for name, text in units.items()]
    found = build_units(sources, TimerSettings(zone="UTC"), diagnostics)
    networks = {network.title or "": network for network in found}
    diagnostics.decide()
    return networks, diagnostics


def service(body: str, unit: str = "") -> tuple[Job, Diagnostics]:
    """The job of a oneshot service, which a timer starts every day."""
    text = f"[Unit]\n{unit}\n[Service]\nType=oneshot\n{body}\n"
    networks, diagnostics = build({"a.timer": DAILY, "a.service": text})
    return networks["a"].jobs["a"], diagnostics


def texts(job: Job) -> list[str]:
    """The shell texts of a job."""
    action = job.action
    parts = action.commands if isinstance(action, Steps) else (action,)
    found = [part.text for part in parts if isinstance(part, Command)]
    return ["".join(map(str, text)) for text in found]


def found(diagnostics: Diagnostics) -> list[str]:
    """Codes and messages."""
    return [f"{each.code} {each.message}" for each in diagnostics]


def found_codes(diagnostics: Diagnostics) -> set[str]:
    """The codes of everything that was found."""
    return {each.code for each in diagnostics}
