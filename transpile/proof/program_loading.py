"""Imports emitted programs of Flyte 2, and lets a rehearsal answer the calls of their tasks."""

from collections.abc import Collection, Generator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from flyte._task import TaskTemplate

from transpile.proof.blueprint import Roles
from transpile.proof.loading import Loaded, imported
from transpile.proof.program_simulator import RUNNING, ProgramSimulator
from transpile.proof.programs import Function, program_of


def load_program(
    path: Path, runtime: ModuleType, roles: Roles, beside: Collection[str] = ()
) -> Loaded:
    """Import a program; `runtime` stands in for its run-time helpers. Raises LoadError."""
    _divert_calls()
    with imported(path, runtime, beside) as (module, others):
        variable = module.__name__.rpartition(".")[2]
        found = vars(module)
        tasks = {name: value for name, value in found.items() if isinstance(value, TaskTemplate)}
        tasks = {n: task for n, task in tasks.items() if _is_of(task, module)}
        known = {
            name: Function(_function(task), task) for name, task in tasks.items() if _is_job(task)
        }
        drivers = [name for name, task in tasks.items() if not _is_job(task)]
        workflows = {name: program_of(tasks[name], known, roles) for name in drivers}
    main = {variable: workflows[variable]} if variable in workflows else workflows
    return Loaded(
        name=path.stem,
        module=module,
        sides=(),
        workflows=dict(main),
        timed=frozenset(),
        variables={program.name: name for name, program in main.items()},
        beside=others,
    )


def _is_of(task: Any, module: ModuleType) -> bool:
    """True for a task that the module defines, and does not import."""
    return bool(_function(task).__module__ == module.__name__)


def _function(task: Any) -> Any:
    return task.func


def _is_job(task: Any) -> bool:
    """True for the task of a job, False for a driver."""
    return bool(task._call_as_synchronous)


@dataclass(frozen=True, slots=True)
class Called:
    """The call of a task by a driver of a rehearsal; it begins when somebody awaits it."""

    running: ProgramSimulator
    task: Any
    arguments: tuple[Any, ...]
    named: dict[str, Any]

    def __await__(self) -> Generator[Any, None, Any]:
        return self.running.call(self.task, self.arguments, self.named).__await__()

    def close(self) -> None:
        """Do nothing: it has not begun."""


def _divert_calls() -> None:
    """Let calls of tasks end in the rehearsal whose driver makes them, if there is one."""
    original = TaskTemplate.aio
    if getattr(original, "is_diverted", False):
        return

    def aio(self: Any, *arguments: Any, **named: Any) -> Any:
        running = RUNNING.get()
        if running is None:
            return original(self, *arguments, **named)
        return Called(running, self, arguments, named)

    aio.is_diverted = True  # type: ignore[attr-defined]
    TaskTemplate.aio = aio  # type: ignore[method-assign]
