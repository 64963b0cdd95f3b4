"""The whole conversion on one page: sources to a network, to plans, to text, to a report."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from transpile.diagnostics import Diagnostics
from transpile.dialects import Dialect, recognise
from transpile.flyte.model import ModulePlan
from transpile.flyte.plan import plan_modules
from transpile.ir import Network
from transpile.passes import run_passes
from transpile.policy import Settings
from transpile.source import Candidate, Source, Span, candidates, decode


@dataclass(frozen=True, slots=True)
class Estate:
    """What was read and what will be emitted for it; names are unique inside a network."""

    networks: tuple[Network, ...]
    modules: tuple[ModulePlan, ...]
    diagnostics: Diagnostics
    sources: tuple[str, ...]

    def emitted(self) -> Iterator[tuple[ModulePlan, Network]]:
        """Each module with the network of the jobs that it was made from."""
        parts = (part for network in self.networks for part in network.parts())
        yield from zip(self.modules, parts, strict=True)


def read_estate(
    arguments: Sequence[str],
    dialect: Dialect | None,
    apart_from: str | None = None,
    chosen: Callable[[str], bool] = lambda _: True,
    settings: Settings | None = None,
) -> Estate:
    """Everything up to the printing: the sources read as one estate, checked and planned.

    A folder `apart_from` below the arguments is not read, nor what is there and not `chosen`.
    """
    settings = settings or Settings()
    diagnostics = Diagnostics(settings.policy.judge)
    for problem in settings.problems:
        problem.report(diagnostics)
    passed_over: list[Candidate] = []
    by_dialect: dict[str, tuple[Dialect, list[Source]]] = {}
    for found, source in _sources(
        candidates(arguments, apart_from, chosen), dialect, passed_over, diagnostics
    ):
        by_dialect.setdefault(found.name, (found, []))[1].append(source)
    if not by_dialect:
        diagnostics.add("A108", Span("sources", 1))
    networks: list[Network] = []
    for found, sources in by_dialect.values():
        diagnostics.scope = None
        networks += (run_passes(n, diagnostics) for n in found.read(sources, diagnostics))
    used = frozenset(path for network in networks for path in network.side_files)
    used |= {str(path) for path in settings.files}
    for candidate in passed_over:
        if os.path.realpath(candidate.path) not in used:
            diagnostics.add("A103", Span(candidate.label, 1), path=candidate.label)
    diagnostics.scope = None
    modules = tuple(plan_modules(networks, diagnostics))
    for suppression in settings.policy.unused():
        diagnostics.add("A913", suppression.span, text=str(suppression))
    labels = tuple(source.label for _, sources in by_dialect.values() for source in sources)
    return Estate(tuple(networks), modules, diagnostics, labels)


def _sources(
    found_files: Iterable[Candidate | OSError],
    dialect: Dialect | None,
    passed_over: list[Candidate],
    diagnostics: Diagnostics,
) -> Iterator[tuple[Dialect, Source]]:
    for candidate in found_files:
        if isinstance(candidate, OSError):
            _report_unreadable(str(candidate.filename), candidate, diagnostics)
            continue
        try:
            found = _dialect_of(candidate, dialect, passed_over, diagnostics)
            if found is not None:
                yield found
        except OSError as error:
            _report_unreadable(candidate.label, error, diagnostics)


def _dialect_of(
    candidate: Candidate,
    dialect: Dialect | None,
    passed_over: list[Candidate],
    diagnostics: Diagnostics,
) -> tuple[Dialect, Source] | None:
    """The candidate's dialect and text; None, and reported or passed over, when it is not read."""
    label = candidate.label
    source = candidate.load() if candidate.named else None
    head = source.text if source else decode(candidate.head())[0]
    found = dialect or recognise(candidate.path, head)
    if found is None or (dialect and not candidate.named and not recognise(candidate.path, head)):
        if candidate.named:
            diagnostics.add("A102", Span(label, 1), path=label)
        else:
            passed_over.append(candidate)
        return None
    if "\0" in head and not found.recognises(head):
        diagnostics.add("A104", Span(label, 1), path=label)
        return None
    return found, source or candidate.load()


def _report_unreadable(label: str, error: OSError, diagnostics: Diagnostics) -> None:
    reason = error.strerror or type(error).__name__
    diagnostics.add("A101", Span(label, 1), path=label, reason=reason)
