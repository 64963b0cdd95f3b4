"""Nights that are resumed: the jobs, and what has run."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.admin.records import Run
from tests.runtime.estates import HOUR
from tests.runtime.nights import Night

PACKAGE = "resumed_flows"
FLOW = "load_network"


def job(name: str, *lines: str, box: str = "", kind: str = "CMD") -> str:
    """A job that notes its run in a file, and fails while there is a file for that."""
    command = f'echo {name} >> "$RAN"; test ! -e "$BAD.{name}"'
    parts = [f"insert_job: {name}", f"job_type: {kind}"]
    parts += [f"command: {command}"] if kind == "CMD" else []
    parts += [f"box_name: {box}"] if box else []
    return "\n".join([*parts, *lines]) + "\n\n"


NIGHT = "".join(
    (
        job("LOAD", "alarm_if_fail: 1"),
        job("CLEAN", "condition: s(LOAD)"),
        job("WATCHED", "condition: s(CLEAN)"),
        job("TROUBLE", "condition: f(WATCHED)"),
        job("BAD", "condition: s(CLEAN)"),
        job("RESCUE", "condition: f(BAD)"),
        job("LATER", "condition: s(BAD)"),
        job("BOX", "condition: s(CLEAN)", kind="BOX"),
        job("INNER", box="BOX"),
        job("INNER_TOO", "condition: s(INNER)", box="BOX"),
    )
)


@dataclass
class Nights(Night):
    """Nights of the jobs of a text; notes which commands have run."""

    folder: Path = Path()

    def bad(self, *jobs: str) -> None:
        """Let these jobs fail from now on, and no others."""
        for path in self.folder.glob("bad.*"):
            path.unlink()
        for name in jobs:
            (self.folder / f"bad.{name}").touch()

    def ran(self) -> list[str]:
        """The jobs that have run since the last question, in order of their names."""
        path = self.folder / "ran"
        names = path.read_text().split() if path.exists() else []
        path.unlink(missing_ok=True)
        return sorted(names)


Converts = Callable[..., Nights]


def resumed_night(nights_of: Converts, *bad: str, stop: str = "") -> tuple[Nights, Run]:
    """A night in which some jobs failed; all will succeed from now on."""
    nights = nights_of(NIGHT)
    nights.bad(*bad)
    first = nights.play(FLOW, stop=stop, ago=HOUR)
    nights.bad()
    nights.ran()
    return nights, first
