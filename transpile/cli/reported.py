"""What report.json says about emitted modules: their jobs, and the roles of their nodes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import click

from transpile.cli.emitted import RUNTIME_FILE
from transpile.proof.blueprint import Roles
from transpile.targets.flyte.model import NodeRole
from transpile.targets.flyte.selection import Chooser, SelectsNothing, by_note, words_of

REPORT = "report.json"


@dataclass(frozen=True, slots=True)
class Report:
    """The jobs of report.json, the roles of nodes by module, the modules beside side modules.

    `workflows` has the title and the folder of each module's workflow.
    """

    jobs: list[dict[str, Any]]
    roles: dict[str, Roles]
    sides: dict[str, str]
    workflows: dict[str, tuple[str, str]]


def reported(folder: Path) -> Report | None:
    """The report in the folder; None if there is none or it makes no sense."""
    try:
        data = json.loads((folder / REPORT).read_text(encoding="utf-8"))
        roles: dict[str, dict[tuple[str, str], tuple[NodeRole, str | None]]] = {}
        for row in data["nodes"]:
            known = roles.setdefault(row["module"], {})
            known[row["variable"], row["node"]] = NodeRole(row["role"]), row["job"]
        jobs, named = data["jobs"], [row["job"] for row in data["nodes"]]
        sides = {side: row["module"] for row in data["workflows"] for side in row.get("sides", ())}
        workflows = {
            row["module"]: (str(row.get("name", "")), str(row.get("folder", "")))
            for row in data["workflows"]
        }
        sound = _is_sound(jobs) and all(isinstance(name, str | None) for name in named)
        return Report(jobs, dict(roles), sides, workflows) if sound else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def place_of(module: Path, default: Path) -> tuple[Path, str]:
    """The package of a module, which is the nearest folder with the helpers, and its name there."""
    folder = next((f for f in module.parents if (f / RUNTIME_FILE).is_file()), default)
    return folder, ".".join(module.relative_to(folder).with_suffix("").parts)


class ModuleChooser:
    """Chooses emitted modules whose workflow matches one of the patterns of --select.

    Without a pattern it chooses all. Raises UsageError for a pattern about what no report lists.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        for pattern in patterns:
            if by_note(pattern):
                raise click.UsageError(
                    f"--select {pattern}: {REPORT} does not list it; select jobs, folder: or "
                    "workflow:, or pass the job definitions"
                )
        self._chooser = Chooser(patterns)

    def chooses(self, report: Report, module: str) -> bool:
        """True for the module of a matching workflow, and for its side modules."""
        if not self._chooser.patterns:
            return True
        main = report.sides.get(module, module)
        title, folder = report.workflows.get(main, ("", ""))
        jobs = [row["name"] for row in report.jobs if row["module"] == main]
        return self._chooser.chooses(words_of(title, folder.split("/"), jobs, {}))

    def check(self) -> None:
        """Raise UsageError for a pattern that has matched no module."""
        try:
            self._chooser.check()
        except SelectsNothing as error:
            raise click.UsageError(str(error)) from error


def _is_sound(rows: list[dict[str, Any]]) -> bool:
    """True if names are texts, and each box is a job of its module and not inside itself."""
    box_of = {(row["module"], row["name"]): row.get("box") for row in rows}
    texts = (*chain.from_iterable(box_of), *box_of.values())
    if not all(isinstance(text, str | None) for text in texts):
        return False
    for (module, _), around in box_of.items():
        box, depth = around, 0
        while box is not None and depth <= len(rows):
            box, depth = box_of[module, box], depth + 1
        if box is not None:
            return False
    return True
