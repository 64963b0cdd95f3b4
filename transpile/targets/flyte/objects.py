"""Makes tasks that are objects of flytekit: shell tasks and raw containers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from transpile.targets.flyte.model import TaskPlan
from transpile.targets.flyte.values import Call, Codes, Joined, Name, Value

LARGEST = 128
"""The largest exit code of a command; shells use larger ones for signals."""


class Unfit(Exception):
    """A job cannot be this kind of task; the message gives the reason."""


@dataclass(frozen=True, slots=True)
class Maker:
    """A class of flytekit, and the `helper` that makes its command.

    `text` is its parameter for the command, `image` that for the image. `value` is the format of a
    reference to an input.
    """

    name: str
    helper: str
    text: str
    image: str
    value: str


MAKERS = {
    "shell": Maker(
        "ShellTask",
        "shell_script",
        "script",
        "container_image",
        "{{inputs.{}}}",
    ),
    "container": Maker(
        "ContainerTask",
        "container_command",
        "command",
        "image",
        "{{{{.inputs.{}}}}}",
    ),
}
"""The makers by their name in rules."""


def as_object(task: TaskPlan, kind: str, name: str) -> TaskPlan:
    """The same task as an object of that kind. Raises Unfit.

    Such a task runs one command and fails if that fails.
    """
    maker = MAKERS[kind]
    check_plain(task)
    result = task.result
    if not isinstance(result, Call) or result.function != "run":
        raise Unfit("it is not one command")
    options = dict(result.keywords)
    _check_options(options)
    shell = options.pop("shell", None)
    if kind == "container" and "{{" in repr((result, task.parameters)):
        raise Unfit("Flyte would replace {{ in its text")
    settings = dict(task.settings)
    image = settings.pop("container_image", None)
    if image is None and kind == "container":
        raise Unfit("it has no image")
    call = Call(
        maker.helper,
        tuple(_filled(argument, maker) for argument in result.arguments),
        tuple((key, _filled(value, maker)) for key, value in options.items()),
    )
    if shell is not None and kind == "container":
        call = replace(call, keywords=(*call.keywords, ("shell", shell)))
    made: dict[str, Value] = {"name": name, maker.text: call}
    if image is not None:
        made[maker.image] = image
    if shell is not None and kind == "shell":
        made["shell"] = shell
    if task.parameters:
        kinds = tuple((parameter, Name("str")) for parameter in task.parameters)
        made["inputs"] = Call("kwtypes", (), kinds)
    if metadata := tuple(_metadata(settings)):
        made["metadata"] = Call("TaskMetadata", (), metadata)
    made |= settings
    return replace(task, maker=maker.name, settings=tuple(made.items()), result=0, silent=True)


def _check_options(options: dict[str, Value]) -> None:
    """Raise Unfit for options of `run` that a shell does not have."""
    if "time_limit" in options:
        raise Unfit("only a function can keep its time limit")
    codes, environment = options.get("success_codes"), options.get("env")
    if "fail_codes" in options or (isinstance(codes, Codes) and codes.ranges[-1][1] > LARGEST):
        raise Unfit(
            f"its exit codes over {LARGEST} may be a success, but shells use them for signals"
        )
    if isinstance(environment, dict) and any(isinstance(v, Call) for v in environment.values()):
        raise Unfit("a helper computes one of its values")


def check_plain(task: TaskPlan) -> None:
    """Raise Unfit for a task with a condition, a status or values."""
    if task.gate is not None:
        raise Unfit("its condition asks for more than success")
    if task.reports or task.gives:
        raise Unfit("other jobs ask how it ends")


def _metadata(settings: dict[str, Value]) -> Iterator[tuple[str, Value]]:
    """The metadata of an object, removed from the settings."""
    if "retries" in settings:
        yield "retries", settings.pop("retries")
    cache = settings.pop("cache", None)
    if isinstance(cache, Call):
        yield "cache", True
        yield "cache_version", dict(cache.keywords)["version"]


def _filled(value: Value, maker: Maker) -> Value:
    """The value with references to inputs for names."""
    if isinstance(value, str):
        return _plain(value, maker)
    if isinstance(value, Name):
        return maker.value.format(value.id)
    if isinstance(value, Joined):
        parts = (p if isinstance(p, Name) else _plain(p, maker) for p in value.parts)
        return "".join(maker.value.format(p.id) if isinstance(p, Name) else p for p in parts)
    if isinstance(value, dict):
        return {key: _filled(item, maker) for key, item in value.items()}
    return value


def _plain(text: str, maker: Maker) -> str:
    # flytekit formats the script of a shell task.
    return text.replace("{", "{{").replace("}", "}}") if maker.name == "ShellTask" else text
