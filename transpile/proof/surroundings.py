"""Replaces what tasks see of time and of Flyte Admin by what is simulated."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from types import ModuleType, SimpleNamespace
from typing import Any

from transpile.model.outcome import KILLED
from transpile.proof.attempts import CURRENT, HERE, Later
from transpile.runtime.errors import Killed
from transpile.runtime.inputs import require_values


def _simulated_now(
    names: Mapping[str, Any], now: Callable[[], datetime], *, execute: bool
) -> Callable[[], datetime]:
    def simulated() -> datetime:
        here = HERE.get()
        if here is None:
            return now()
        attempts = CURRENT.get()
        begun: datetime = here.begun
        return begun + timedelta(seconds=attempts.seconds - attempts.before)

    return simulated


def _simulated_admin(
    names: Mapping[str, Any], flyte_admin: Callable[..., Any], *, execute: bool
) -> Callable[..., Any]:
    def simulated(*place: str) -> Any:
        here = HERE.get()
        return here.admin if here else flyte_admin(*place)

    return simulated


def _simulated_platform(
    names: Mapping[str, Any], on_platform: Callable[[], bool], *, execute: bool
) -> Callable[[], bool]:
    return lambda: HERE.get() is not None or on_platform()


def _simulated_context(
    names: Mapping[str, Any], current_context: Callable[[], Any], *, execute: bool
) -> Callable[[], Any]:
    def simulated() -> Any:
        here = HERE.get()
        if here is None:
            return current_context()
        return SimpleNamespace(execution_id=SimpleNamespace(name=here.admin.here.name))

    return simulated


def _simulated_sleep(names: Mapping[str, Any], time: ModuleType, *, execute: bool) -> Any:
    if execute:
        return time
    return SimpleNamespace(sleep=lambda seconds: CURRENT.get().spend(seconds))


def _simulated_times(
    names: Mapping[str, Any], not_before: Callable[..., str], *, execute: bool
) -> Callable[..., str]:
    def simulated(*arguments: Any, **options: Any) -> str:
        here = HERE.get()
        return "" if here is None or here.timeless else not_before(*arguments, **options)

    return simulated


def _cached_closures(names: Mapping[str, Any], inspect: ModuleType, *, execute: bool) -> Any:
    """The module `inspect`, which reads the closure of each function once."""
    return SimpleNamespace(**{**vars(inspect), "getclosurevars": cache(inspect.getclosurevars)})


def _recorded_tell(
    names: Mapping[str, Any], tell: Callable[..., str], *, execute: bool
) -> Callable[..., str]:
    def recorded(*cuts: Any) -> str:
        CURRENT.get().told += cuts
        return tell(*cuts)

    return recorded


def _nothing_said(
    names: Mapping[str, Any], said_by_operator: Callable[[str], str], *, execute: bool
) -> Callable[[str], str]:
    # Variables of the person's shell are not those of a simulated execution.
    return lambda variable: ""


def _simulated_legacy(
    names: Mapping[str, Any], printed: Callable[[str, str], str], *, execute: bool
) -> Callable[[str, str], str]:
    def simulated(job: str, command: str) -> str:
        here = HERE.get()
        if here is None:
            return printed(job, command)
        answer: str | None = here.admin.run_legacy(command, names["now"]())
        if answer is None:
            raise names["NoAnswer"](f"{job}: no answer")
        return answer

    return simulated


def _simulated_look(
    names: Mapping[str, Any], look_at_legacy: Callable[..., str], *, execute: bool
) -> Callable[..., str]:
    def looked(wait: Any, *, interval: float) -> str:
        here = HERE.get()
        if here is None or here.admin.knows_legacy:
            return look_at_legacy(wait, interval=interval)
        here.admin.open(here.admin.here.name, wait.gate)
        return ""

    return looked


def _simulated_wait(
    names: Mapping[str, Any], wait_until: Callable[..., None], *, execute: bool
) -> Callable[..., None]:
    def waited(
        holds: Callable[[], bool], what: str, interval: float, time_limit: timedelta | None
    ) -> None:
        attempts, here = CURRENT.get(), HERE.get()
        if here is None:
            wait_until(holds, what, interval, time_limit)
            return
        if holds():
            return
        now = names["now"]()
        attempts.asks_since = attempts.asks_since or now
        pause = here.admin.pause(interval, now)
        if time_limit:
            left = (attempts.asks_since + time_limit - now).total_seconds()
            if left <= 0:
                raise names["Killed"].at_limit(what)
            if pause.change is not None:
                pause = replace(pause, change=min(pause.change, left))
        raise Later(pause)

    return waited


SURROUNDINGS: Mapping[str, Callable[..., Any]] = {
    "_printed": _simulated_legacy,
    "current_context": _simulated_context,
    "said_by_operator": _nothing_said,
    "flyte_admin": _simulated_admin,
    "inspect": _cached_closures,
    "look_at_legacy": _simulated_look,
    "not_before": _simulated_times,
    "now": _simulated_now,
    "on_platform": _simulated_platform,
    "tell": _recorded_tell,
    "time": _simulated_sleep,
    "wait_until": _simulated_wait,
}
"""Makes the replacement of a helper, from all helpers and the helper itself."""


def simulated_poll(names: Mapping[str, Any], planned: Callable[..., int]) -> Callable[..., int]:
    """A poll of the simulated Flyte Admin, or a planned wait if it does not know the workflow."""
    killed: type[Killed] = names.get("Killed", Killed)

    def polled(
        workflow: str, *, time_limit: timedelta | None = None, interval: int = 60, **options: Any
    ) -> int:
        attempts, here = CURRENT.get(), HERE.get()
        attempts.settle(attempts.count)
        told = attempts.planned or attempts.fails
        elsewhere = options.get("project") or options.get("domain")
        if told or elsewhere or here is None or not here.admin.knows(workflow):
            return planned(workflow, time_limit=time_limit, interval=interval, **options)
        require_values([workflow])
        if names["_has_succeeded"](here.admin, workflow, options["within"]):
            attempts.record(0)
            return 0
        seconds = float(interval)
        if time_limit:
            seconds = min(seconds, time_limit.total_seconds() - attempts.polled)
        if seconds <= 0:
            attempts.record(KILLED)
            raise killed.at_limit(workflow)
        attempts.spend(seconds)
        attempts.polled += seconds
        raise Later

    return polled
