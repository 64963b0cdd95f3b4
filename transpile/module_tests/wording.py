"""Names scenarios in words."""

from collections.abc import Iterator

from transpile.model import OutputValue
from transpile.model.outcome import KILLED, Outcome
from transpile.module_tests.played import Played, job_of

ALL_SUCCEED = "all succeed"
"""The name of the scenario without a choice."""


def titles(chosen: list[Played], outputs: dict[str, OutputValue]) -> Iterator[str]:
    """The names of scenarios, each one different from all before."""
    seen: dict[str, int] = {}
    for played in chosen:
        title = ", ".join(_choice(name, played, outputs) for name in played.choices) or ALL_SUCCEED
        seen[title] = number = seen.get(title, 0) + 1
        yield title if number == 1 else f"{title} ({number})"


def _choice(name: str, played: Played, outputs: dict[str, OutputValue]) -> str:
    outcome = played.scenario.outcomes.get(name)
    if outcome is not None:
        job = job_of(name)
        what = job if job == name else f"the {name.removeprefix(job).strip()} script of {job}"
        return f"{what} {_end(outcome)}"
    value = played.scenario.values[name]
    if name in outputs:
        return f"{outputs[name].job} hands over {outputs[name].name} = {value}"
    return f"{name} = {value}"


def _end(outcome: Outcome) -> str:
    first, *others = outcome.codes
    end = "is killed" if first is KILLED else "fails" if first == 1 else f"ends with {first}"
    return f"{end}, then ends with {others[-1]}" if others else end
