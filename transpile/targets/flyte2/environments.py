"""Groups tasks into environments: those with the same image, resources, secrets and variables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from transpile.findings.codes.flyte2 import LostSetting
from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.structure import Deed, Node
from transpile.model import Job, Listing, Table
from transpile.targets.flyte.names import Scope
from transpile.targets.flyte.values import Call, Value
from transpile.targets.flyte2.model import EnvironmentPlan

_Settings = tuple[tuple[str, Value], ...]
_RESOURCES = {"mem": "memory", "ephemeral_storage": "disk"}
_LOST = ("labels", "queue")
"""Settings of flytekit's tasks that no environment has."""


@dataclass(slots=True)
class Environments:
    """The environments of one module.

    The first one has no settings but `asking`, which tasks need that ask the platform; the driver
    is one of them.
    """

    name: str
    scope: Scope
    diagnostics: Diagnostics
    found: dict[str, EnvironmentPlan] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._of(())

    @property
    def plans(self) -> tuple[EnvironmentPlan, ...]:
        """All environments; that of the driver is the last one and names the others."""
        first, *others = self.found.values()
        return (*others, first)

    @property
    def main(self) -> str:
        """The variable of the environment of the driver."""
        return next(iter(self.found.values())).variable

    def of(self, node: Node) -> str:
        """The variable of the environment of a job's task."""
        job = node.job
        if job is None or node.does is not Deed.RUN:
            return self.main
        self._report(job)
        return self._of(tuple(_settings(job)))

    def _of(self, settings: _Settings) -> str:
        key = repr(settings)
        if key not in self.found:
            number = len(self.found) + 1
            suffix = f"-{number}" if number > 1 else ""
            variable = self.scope.claim("env")
            self.found[key] = EnvironmentPlan(variable, self.name + suffix, settings)
        return self.found[key].variable

    def _report(self, job: Job) -> None:
        for key, _ in job.settings:
            if key in _LOST:
                self.diagnostics.add(
                    LostSetting(setting=key, name=job.name), job.span, job=job.name, text=key
                )


def _settings(job: Job) -> Iterator[tuple[str, Value]]:
    if job.image:
        yield "image", job.image
    if job.resources:
        yield "resources", Call("flyte.Resources", (), tuple(map(_resource, job.resources)))
    for key, value in job.settings:
        if key == "environment" and isinstance(value, Table):
            yield "env_vars", {name: str(text) for name, text in value.items}
        elif key == "secrets" and isinstance(value, Listing):
            tables = (item.items for item in value.items if isinstance(item, Table))
            yield "secrets", tuple(_secret({k: str(v) for k, v in table}) for table in tables)
        elif key == "cache":
            version = (("behavior", "override"), ("version_override", str(value)))
            yield "cache", Call("flyte.Cache", (), version)
        elif key == "pod_template":
            yield "pod_template", str(value)


def _resource(setting: tuple[str, str]) -> tuple[str, Value]:
    """A resource by Flyte's name; a number of GPUs is no text."""
    key, value = setting
    is_number = key == "gpu" and value.isdecimal()
    return _RESOURCES.get(key, key), int(value) if is_number else value


def _secret(table: dict[str, str]) -> Call:
    """A secret, with the name of its variable where Flyte would make one that no shell has."""
    parts = (table[name] for name in ("group", "key") if name in table)
    usual = "_".join(parts).replace("-", "_").upper()
    variable = re.sub(r"[^A-Z0-9_]", "_", usual)
    variable = variable if not variable[:1].isdigit() else f"_{variable}"
    named = {} if variable == usual else {"as_env_var": variable}
    return Call("flyte.Secret", (), tuple({**table, **named}.items()))
