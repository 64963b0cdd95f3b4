"""What the plan says of streams and their jobs beside the model, in words."""

from collections.abc import Iterable

from transpile.dialects.tws.day_model import Cycle, Follows, PlannedStream, Reference
from transpile.dialects.tws.values import spelled
from transpile.model.day_engine import WAITS, Details
from transpile.model.words import details_of, in_words


def details_of_streams(streams: Iterable[PlannedStream]) -> Details:
    """The details of all streams and jobs; their start times and names are left out."""
    found: dict[str | None, dict[str, str]] = {}
    for stream in streams:
        found[stream.name] = {
            **details_of(stream, ("name", "jobs", "follows", "cycles")),
            **_waits(stream.follows),
            **_cycles(stream.cycles),
        }
        for job in stream.jobs:
            own = details_of(job, ("name", "follows", "is_first"))
            found[job.name] = {**own, **_waits(job.follows)}
    return found


def _cycles(cycles: Iterable[Cycle]) -> dict[str, str]:
    """The times of run cycles other than their starts."""
    found = {in_words(cycle, ("schedule", "later")) for cycle in cycles}
    return {"run cycles": "; ".join(sorted(found))} if found else {}


def _waits(follows: Follows) -> dict[str, str]:
    """What a job or stream follows; the order of references has no meaning."""
    parts = sorted(map(_reference, follows.standard))
    for choice in follows.choices:
        options = ", ".join(sorted(map(_reference, choice.options)))
        parts.append(f"{choice.needed} of ({options})")
    parts += ["a prompt"] if follows.asks else []
    return {WAITS: ", ".join(parts)} if parts else {}


def _reference(reference: Reference) -> str:
    name = ".".join(filter(None, (reference.stream, reference.job))) or "something outside"
    terms = sorted(in_words(term) for term in reference.terms)
    criteria = [spelled(clause) for clause in reference.criteria or ()]
    asked = f" if {' or '.join(terms)}" if terms else ""
    return " ".join((name + asked, *criteria))
