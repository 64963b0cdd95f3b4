"""Packs a converted folder for registration, as `pyflyte package` does."""

import gzip
import importlib
import io
import os
import re
import tarfile
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flytekit.configuration import (
    DEFAULT_RUNTIME_PYTHON_INTERPRETER,
    FastSerializationSettings,
    ImageConfig,
    SerializationSettings,
)
from flytekit.constants import CopyFileDetection
from flytekit.core.context_manager import FlyteContextManager
from flytekit.models.admin.workflow import WorkflowSpec
from flytekit.models.launch_plan import LaunchPlan
from flytekit.models.task import TaskSpec
from flytekit.tools.fast_registration import FastPackageOptions, fast_package
from flytekit.tools.serialize_helpers import get_registrable_entities

from transpile.cli.progress import Meter
from transpile.proof.loading import importing, package_root
from transpile.sources.text import Span

WORK = "/root"
"""Folder of the code in a task's container, as in pyflyte."""

KINDS: dict[type, tuple[int, str]] = {
    TaskSpec: (1, "task"),
    WorkflowSpec: (2, "workflow"),
    LaunchPlan: (3, "launch plan"),
}
"""The number in a file name by which flytectl knows the kind of its content, and its name."""


class PackError(Exception):
    """A module that cannot be imported, or entities that flytekit cannot serialise."""

    def __init__(self, span: Span, reason: str) -> None:
        super().__init__(reason)
        self.span = span
        self.reason = reason


@dataclass(slots=True)
class Archive:
    """The packed entities: names by kind, schedules of launch plans, and the bytes.

    `elsewhere` names modules outside of the packages that define tasks.
    """

    names: dict[str, list[str]] = field(default_factory=dict)
    schedules: list[tuple[str, str]] = field(default_factory=list)
    elsewhere: set[str] = field(default_factory=set)
    data: bytes = b""

    def duplicates(self) -> Iterator[tuple[str, str, int]]:
        """Kind, name and number of the entities that share a name."""
        for kind, names in self.names.items():
            for name, number in Counter(names).items():
                if number > 1:
                    yield kind, name, number


def in_packages(root: Path, paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Split modules into those that can be imported from the root, and the others."""
    sound: list[Path] = []
    others: list[Path] = []
    for path in paths:
        (sound if package_root(path) == root else others).append(path)
    return sound, others


def pack(
    root: Path, paths: Sequence[Path], images: ImageConfig, *, meter: Meter, with_code: bool
) -> tuple[Archive, list[PackError]]:
    """Import the modules below a root and pack the entities that they define.

    The meter shows how many are imported. The archive is empty if there are errors. The same
    modules give the same bytes.
    """
    settings = SerializationSettings(
        image_config=images,
        python_interpreter=DEFAULT_RUNTIME_PYTHON_INTERPRETER,
        fast_serialization_settings=FastSerializationSettings(
            enabled=with_code, destination_dir=WORK
        ),
        source_root=str(root.resolve()),
    )
    builder = FlyteContextManager.current_context().with_serialization_settings(settings)
    roots = {path.relative_to(root).parts[0].removesuffix(".py") for path in paths}
    with (
        importing(root.resolve(), roots),
        FlyteContextManager.with_context(builder) as context,
    ):
        counted = meter.count("modules", paths, len(paths))
        wrong = [error for path in counted if (error := _import(root, path)) is not None]
        if wrong:
            return Archive(), wrong
        meter.phase("packing")
        try:
            entities = get_registrable_entities(context)
        except Exception as error:
            return Archive(), [_fault(root, Span(str(root), 1), error)]
        archive = _archive(entities, _code(root) if with_code else {})
    modules = {_module(entity) for entity in entities if isinstance(entity, TaskSpec)}
    archive.elsewhere = {name for name in modules if name and name.partition(".")[0] not in roots}
    return archive, []


def _module(task: TaskSpec) -> str:
    """The module that the task's container imports; empty if none."""
    container = task.template.container
    arguments = list(container.args) if container else []
    mark = "task-module"
    return arguments[arguments.index(mark) + 1] if mark in arguments[:-1] else ""


def _import(root: Path, path: Path) -> PackError | None:
    try:
        importlib.import_module(".".join(path.relative_to(root).with_suffix("").parts))
    except (Exception, SystemExit) as error:
        return _fault(root, Span(str(path), 1), error)
    return None


def _fault(root: Path, span: Span, error: BaseException) -> PackError:
    """The error, at the innermost frame below the root, else at `span`."""
    reached = [
        (frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)
    ]
    if isinstance(error, SyntaxError):
        reached.append((error.filename or "", error.lineno))
    for file, line in reversed(reached):
        if os.path.realpath(file).startswith(f"{root.resolve()}{os.sep}"):
            place = root / Path(os.path.realpath(file)).relative_to(root.resolve())
            span = Span(str(place), line or 1)
            break
    if isinstance(error, ModuleNotFoundError):
        return PackError(span, f"{error}; PYTHONPATH says where to look for modules")
    return PackError(span, f"{type(error).__name__}: {_message(error)}")


def _message(error: BaseException) -> str:
    """The message of an error; str() of some of flytekit's errors fails."""
    try:
        return str(error)
    except Exception:
        return "no message"


def _archive(entities: Sequence[Any], code: dict[str, bytes]) -> Archive:
    archive = Archive({word: [] for _, word in KINDS.values()})
    files = dict(code)
    width = len(str(len(entities) - 1))
    for place, entity in enumerate(entities):
        number, word = next(known for kind, known in KINDS.items() if isinstance(entity, kind))
        name = entity.id.name if word == "launch plan" else entity.template.id.name
        archive.names[word].append(name)
        message = entity.to_flyte_idl()
        if isinstance(entity, WorkflowSpec):
            _sort(message)
        elif isinstance(entity, LaunchPlan):
            cron = message.spec.entity_metadata.schedule.cron_schedule.schedule
            archive.schedules += [(name, cron)] if cron else []
        shown = re.sub(r"[^\w.-]", "_", name)[:150]
        files[f"{place:0{width}}_{shown}_{number}.pb"] = message.SerializeToString(
            deterministic=True
        )
    archive.data = _tar(files)
    return archive


def _sort(workflow: Any) -> None:
    """Sort upstream nodes: their order in flytekit differs from process to process."""
    for template in (workflow.template, *workflow.sub_workflows):
        for node in template.nodes:
            node.upstream_node_ids.sort()


def _code(root: Path) -> dict[str, bytes]:
    """The archive of the modules that were imported from the root, by its file name."""
    options = FastPackageOptions([], copy_style=CopyFileDetection.LOADED_MODULES)
    with tempfile.TemporaryDirectory(prefix="transpile-") as place:
        with redirect_stdout(io.StringIO()):  # it prints its progress
            path = Path(fast_package(root.resolve(), place, options=options))
        return {path.name: path.read_bytes()}


def _tar(files: dict[str, bytes]) -> bytes:
    """A compressed archive of the files that depends on nothing else: no clock, no user."""
    buffer = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=buffer, mode="wb", filename="", mtime=0) as compressed,
        tarfile.open(fileobj=compressed, mode="w") as tar,
    ):
        for name, data in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()
