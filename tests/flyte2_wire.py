"""Run as a program: what Flyte 2 would be sent of emitted programs, as JSON on standard output.

Each argument is a folder with a package of programs. This is what `flyte deploy` makes of them,
apart from the images and the upload; its own dry run leaves the triggers out.
"""

import asyncio
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import flyte
from flyte._internal.runtime.task_serde import translate_task_to_wire
from flyte._internal.runtime.trigger_serde import to_task_trigger
from flyte._task import TaskTemplate
from flyte.models import SerializationContext
from google.protobuf.json_format import MessageToDict


def modules_of(package: Path) -> Iterator[ModuleType]:
    """All modules of a package, imported."""
    sys.path.append(str(package.parent))
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        yield importlib.import_module(".".join(p for p in parts if p != "__init__"))


def environments_of(module: ModuleType) -> Iterator[flyte.TaskEnvironment]:
    """The environments that a module defines."""
    yield from (v for v in vars(module).values() if isinstance(v, flyte.TaskEnvironment))


async def on_the_wire(task: TaskTemplate[Any, Any, Any], root: Path) -> dict[str, Any]:
    """A task as it would be sent, with its triggers; `root` is the folder of its package."""
    context = SerializationContext(version="v1", project="p", domain="d", org="o", root_dir=root)
    spec = translate_task_to_wire(task, context)
    inputs, defaults = spec.task_template.interface.inputs, list(spec.default_inputs)
    triggers = [await to_task_trigger(t, task.name, inputs, defaults) for t in task.triggers]
    found: dict[str, Any] = {
        "task": MessageToDict(spec),
        "triggers": [MessageToDict(trigger) for trigger in triggers],
    }
    return found


async def package_on_the_wire(package: Path) -> dict[str, Any]:
    """The environments of a package, with their tasks; those that a driver deploys with it."""
    found: dict[str, Any] = {"environments": [], "tasks": {}}
    for module in modules_of(package):
        own = list(environments_of(module))
        for environment in own:
            found["environments"].append(environment.name)
            for task in environment.tasks.values():
                found["tasks"][task.name] = await on_the_wire(task, package.parent)
        if own:
            assert [each.name for each in own[-1].depends_on] == [e.name for e in own[:-1]]
    return found


if __name__ == "__main__":
    every = {name: asyncio.run(package_on_the_wire(Path(name))) for name in sys.argv[1:]}
    json.dump(every, sys.stdout)
