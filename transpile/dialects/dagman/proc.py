"""One job of a cluster: its command, image, resources and alerts."""

import os
import re
import shlex
from collections.abc import Callable, Iterator

from transpile.dialects.dagman.files import joined
from transpile.dialects.dagman.macros import DOLLAR, Macros, split_arguments, split_environment
from transpile.dialects.dagman.submit import SubmitError, found_as
from transpile.dialects.kit.texts import Hole, merged
from transpile.model import ANY_FAILURE, Alert, Command, End, Redirect, Text
from transpile.sources.text import Span

TAKEN = frozenset("""
    arguments container_image docker_image environment error executable initialdir input
    notification notify_user output request_cpus request_disk request_gpus request_memory universe
    """.split())
_UNIVERSES = ("vanilla", "local", "scheduler", "docker", "container", "standard", "")
_NOTIFIES = {**dict.fromkeys(("always", "complete"), tuple(End)), "error": ANY_FAILURE}
_RESOURCES = (
    ("request_cpus", "cpu", ""),
    ("request_memory", "mem", "Mi"),
    ("request_disk", "ephemeral_storage", "Ki"),
    ("request_gpus", "gpu", ""),
)
"""Submit commands, Flyte's names of these resources, and the units of plain numbers."""

_UNITS = {"": None, "b": "", "k": "Ki", "kb": "Ki", "m": "Mi", "mb": "Mi", "g": "Gi", "gb": "Gi"}
_UNITS |= {"t": "Ti", "tb": "Ti"}

Ignored = Callable[[str, str], None]
"""Reports a submit command, given its name and value."""


class ProcReader:
    """Reads the submit commands of one job; `place` is where they say what it runs."""

    def __init__(self, macros: Macros, values: dict[str, str], place: Span) -> None:
        self._macros = macros
        self._values = values
        self._place = place

    def command(self, folder: str) -> Command:
        """The command of a node that runs in `folder`. Raises SubmitError."""
        universe = self._text("universe").lower()
        if universe not in _UNIVERSES:
            raise SubmitError(f"universe {universe}")
        executable = self._text("executable")
        if not executable:
            raise SubmitError("it has no executable")
        home = joined(folder, self._text("initialdir"))
        words = [_program(executable, folder, home), *split_arguments(self._text("arguments"))]
        environment: list[tuple[str, Text]] = []
        exports: list[Hole] = []
        for name, value in split_environment(self._text("environment")):
            if self._macros.is_static(value):
                environment.append((name, self._macros.text(value)))
            else:
                # Only the shell knows the value.
                exports += [f"export {name}=", *self._macros.words([value]), " && "]
        return Command(
            # With `exec`, a signal kills the command itself, not a shell around it.
            text=merged([cd(home), *exports, *self._macros.words(words, "exec ")]),
            stdin=self._path("input", home),
            stdout=self._redirect("output", home),
            stderr=self._redirect("error", home),
            environment=tuple(environment),
            reads=tuple(self._transferred("transfer_input_files", home)),
            writes=tuple(
                joined(home, os.path.basename(path))
                for path in self._transferred("transfer_output_files", "")
            ),
            place=self._place,
        )

    def image(self, ignored: Ignored) -> str | None:
        """The container image, unless it is a file or a URL that no registry serves."""
        image = self._text("container_image") or self._text("docker_image")
        image = image.strip('"').removeprefix("docker://")
        if image.startswith((".", "/", "osdf:", "file:", "http")) or image.endswith(".sif"):
            ignored("container_image", image)
            return None
        return image or None

    def resources(self, ignored: Ignored) -> tuple[tuple[str, str], ...]:
        """The requested resources as Kubernetes quantities."""
        found: list[tuple[str, str]] = []
        for key, word, unit in _RESOURCES:
            value = self._text(key)
            quantity = _quantity(value, unit)
            if quantity and quantity != "0":
                found.append((word, quantity))
            elif value and quantity is None:
                ignored(key, value)
        return tuple(found)

    def alerts(self) -> tuple[Alert, ...]:
        """Alerts as `notification` says; without `notify_user` they go to the owner.

        HTCondor counts a signal and any exit code but 0 as an error.
        """
        ends = _NOTIFIES.get(self._text("notification").lower(), ())
        recipients = tuple(re.split(r"[\s,]+", self._text("notify_user").strip(" ,")))
        return tuple(Alert(end, recipients=tuple(filter(None, recipients))) for end in ends)

    def _text(self, key: str) -> str:
        """The expanded value of a submit command; empty if it is not given."""
        value = self._values.get(found_as(key, self._values), "")
        return self._macros.expand(value).strip() if value else ""

    def _transferred(self, key: str, folder: str) -> Iterator[str]:
        """The paths that HTCondor copies for the job, relative to the folder of submission."""
        words = (word.strip().strip('"') for word in self._text(key).split(","))
        return (joined(folder, word) for word in words if word and "$" not in word)

    def _path(self, key: str, folder: str) -> Text | None:
        value = self._text(key).strip('"')
        if "$" in value or DOLLAR in value:
            raise SubmitError(f"a dollar sign in the path of {key}")
        return self._macros.text(joined(folder, value)) if value else None

    def _redirect(self, key: str, folder: str) -> Redirect | None:
        path = self._path(key, folder)
        return Redirect(path, append=False) if path and path != ("/dev/null",) else None


def located(program: str) -> str:
    """The path of a program: without a slash it is in the current folder."""
    return program if "/" in program else f"./{program}"


def cd(folder: str) -> str:
    """The shell text that changes into the folder; empty without one."""
    return f"cd {shlex.quote(folder)} && " if folder else ""


def _program(executable: str, folder: str, home: str) -> str:
    """HTCondor: a relative executable is in the folder of submission, not in `initialdir`."""
    if folder == home or executable.startswith("/"):
        return located(executable)
    if home.startswith("/"):
        raise SubmitError("a relative executable with an absolute initialdir")
    return located(os.path.relpath(joined(folder, executable), home))


def _quantity(value: str, unit: str) -> str | None:
    """A Kubernetes quantity; None for an expression. HTCondor's units are powers of 1,024."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([A-Za-z]{0,2})", value)
    if match is None or match[2].lower() not in _UNITS:
        return None
    known = _UNITS[match[2].lower()]
    return f"{match[1]}{unit if known is None else known}"
