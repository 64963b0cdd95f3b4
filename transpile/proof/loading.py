"""Imports emitted modules and serialises their workflows with flytekit."""

import importlib.util
import re
import sys
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from flytekit.configuration import Image, ImageConfig, SerializationSettings
from flytekit.core.context_manager import FlyteEntities
from flytekit.core.launch_plan import LaunchPlan
from flytekit.core.workflow import WorkflowBase
from flytekit.models.admin.workflow import WorkflowSpec
from flytekit.models.task import TaskSpec
from flytekit.tools.translator import get_serializable

from transpile.interrupts import reraise_interrupt
from transpile.proof.blueprint import PLACES, Opener, Workflow

RUNTIME = "job_runtime"

_SETTINGS = SerializationSettings(
    image_config=ImageConfig(default_image=Image("default", "image", "tag")),
    project="project",
    domain="domain",
    version="version",
)


_HELPERS = re.compile(rf"^(?:from|import) ((?:\w+\.)*{RUNTIME})\b", re.MULTILINE)


class LoadError(Exception):
    """A module that cannot be imported, or whose workflows cannot be serialised."""


@dataclass(slots=True)
class Loaded:
    """An emitted module, its side modules, and its outermost workflows by variable.

    `timed` are those that look up run days; the workflows that they run count as outermost, too.
    `variables` has the variable of each workflow by its name, `beside` the other modules that were
    asked for.
    """

    name: str
    module: ModuleType
    sides: tuple[ModuleType, ...]
    workflows: dict[str, Workflow]
    timed: frozenset[str]
    variables: dict[str, str]
    beside: dict[str, ModuleType]


@contextmanager
def importing(folder: Path, roots: Collection[str]) -> Iterator[None]:
    """Import modules from the folder, those of `roots` afresh; restore all state afterwards.

    Inside, flytekit knows only entities that the modules build.
    """
    known = {n: m for n, m in sys.modules.items() if n.partition(".")[0] in roots}
    for name in known:
        del sys.modules[name]
    before = set(sys.modules)
    entities, plans = FlyteEntities.entities[:], dict(LaunchPlan.CACHE)
    FlyteEntities.entities.clear()
    LaunchPlan.CACHE.clear()
    path = sys.path[:]
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path[:] = path
        for name in set(sys.modules) - before:
            if name.partition(".")[0] in roots or _is_in(sys.modules[name], folder):
                del sys.modules[name]
        sys.modules.update(known)
        FlyteEntities.entities[:] = entities
        LaunchPlan.CACHE.clear()
        LaunchPlan.CACHE.update(plans)


def _is_in(module: ModuleType, folder: Path) -> bool:
    file = vars(module).get("__file__")
    return file is not None and Path(file).parent == folder


def package_root(path: Path) -> Path:
    """The nearest folder around a path that is not a package; pyflyte uses the same."""
    return next((f for f in path.parents if not (f / "__init__.py").is_file()), path.parent)


def load_module(
    path: Path, runtime: ModuleType | None = None, beside: Collection[str] = ()
) -> Loaded:
    """Import the module and serialise its workflows; `runtime` stands in for its run-time helpers.

    `beside` are the dotted names of other modules to import with it. Raises LoadError.
    """
    with imported(path, runtime, beside) as (module, others):
        sides = _sides(module.__name__)
        timed = _timed(module)
        workflows = _serialised(module, timed)
    by_clock = (variable for variable, found in workflows.items() if found.name in timed)
    variables = {
        entity.name: variable
        for each in (*sides, module)
        for variable, entity in vars(each).items()
        if isinstance(entity, WorkflowBase)
    }
    return Loaded(path.stem, module, sides, workflows, frozenset(by_clock), variables, others)


@contextmanager
def imported(
    path: Path, runtime: ModuleType | None, beside: Collection[str]
) -> Iterator[tuple[ModuleType, dict[str, ModuleType]]]:
    """The module at a path and others, by their dotted names, as long as they are registered.

    Raises LoadError, also for what the body of the `with` raises.
    """
    root = package_root(path)
    name = ".".join(path.relative_to(root).with_suffix("").parts)
    helpers = _helper_modules(path) if runtime is not None else set()
    with importing(root, {each.partition(".")[0] for each in (name, *helpers)}):
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            raise LoadError(f"{path.name} is not a Python module")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        if runtime is not None:
            for each in helpers:
                _stand_in(each, runtime, root)
        try:
            spec.loader.exec_module(module)
            yield module, {each: importlib.import_module(each) for each in beside}
        except ModuleNotFoundError as error:
            raise LoadError(f"{error}; PYTHONPATH says where to look for modules") from error
        except (Exception, SystemExit) as error:
            reraise_interrupt(error)
            raise LoadError(f"{type(error).__name__}: {error}") from error


def _sides(name: str) -> tuple[ModuleType, ...]:
    """The side modules that the module of that name has imported."""
    return tuple(found for known, found in sys.modules.items() if known.startswith(f"{name}__"))


def _stand_in(name: str, module: ModuleType, root: Path) -> None:
    """Register a module under a dotted name; create the packages that the folder lacks."""
    sys.modules[name] = module
    package, _, child = name.rpartition(".")
    place = root.joinpath(*package.split("."))
    if package and not (place / "__init__.py").is_file():
        parent = ModuleType(package)
        parent.__path__ = [str(place)]
        setattr(parent, child, module)
        _stand_in(package, parent, root)


def _helper_modules(path: Path) -> set[str]:
    """The dotted names under which a module imports the run-time helpers."""
    try:
        return set(_HELPERS.findall(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError):
        return set()


def _timed(module: ModuleType) -> set[str]:
    """The names of workflows that take the time of a schedule from a launch plan.

    The main workflow of the module is not one of them: it uses the time for its jobs.
    """
    main = vars(module).get(module.__name__.rpartition(".")[2])
    plans = (value for value in vars(module).values() if isinstance(value, LaunchPlan))
    timed = (p for p in plans if p.schedule and p.schedule.kickoff_time_input_arg)
    return {p.workflow.name for p in timed if p.workflow is not main}


def _serialised(module: ModuleType, timed: set[str]) -> dict[str, Workflow]:
    found = {k: v for k, v in vars(module).items() if isinstance(v, WorkflowBase)}
    used: set[str] = set()
    opened: dict[str, Workflow] = {}
    # The main workflow of a module comes last and contains the others.
    for variable, entity in reversed(found.items()):
        if entity.name in used:
            continue
        entities: OrderedDict[Any, Any] = OrderedDict()
        spec = get_serializable(entities, _SETTINGS, entity)
        assert isinstance(spec, WorkflowSpec)
        used |= set() if entity.name in timed else _used(spec, entities)
        opened[variable] = _opened(entity, spec, entities)
        opened[variable].places = _places(module, entity)
    return {k: w for k, w in reversed(opened.items()) if w.name not in used}


def _places(module: ModuleType, entity: WorkflowBase) -> int:
    """The lowest max_parallelism of the launch plans of a workflow."""
    plans = [p for p in vars(module).values() if isinstance(p, LaunchPlan)]
    return min((p.max_parallelism or PLACES for p in plans if p.workflow is entity), default=PLACES)


def _used(spec: WorkflowSpec, entities: Mapping[Any, Any]) -> set[str]:
    """The names of the workflows inside a workflow, launched ones included, at any depth."""
    launched = {s.template.id.name for s in entities.values() if isinstance(s, WorkflowSpec)}
    return {sub.id.name for sub in spec.sub_workflows} | launched - {spec.template.id.name}


def _opened(entity: WorkflowBase, spec: WorkflowSpec, entities: Mapping[Any, Any]) -> Workflow:
    tasks: dict[str, tuple[Any, Any]] = {}
    plans: dict[str, tuple[Any, dict[str, Any]]] = {}
    specs = {sub.id.name: sub for sub in spec.sub_workflows}
    for known, serialised in entities.items():
        if isinstance(serialised, TaskSpec):
            tasks[serialised.template.id.name] = (known, serialised.template)
        elif isinstance(serialised, WorkflowSpec):
            specs.setdefault(serialised.template.id.name, serialised.template)
        elif isinstance(known, LaunchPlan) and known.name:
            inner = entities.get(known.workflow)
            if isinstance(inner, WorkflowSpec):
                plans[known.name] = (inner.template, _values(known.workflow) | known.saved_inputs)
    workflow = Opener(specs, tasks, plans).workflow(spec.template)
    workflow.defaults = _values(entity)
    workflow.types = dict(entity.python_interface.inputs)
    return workflow


def _values(entity: WorkflowBase) -> dict[str, Any]:
    """The defaults of the inputs that have one."""
    given = entity.python_interface.inputs_with_defaults
    return {name: default for name, (_, default) in given.items() if default is not None}
