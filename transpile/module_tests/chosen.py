"""Chooses the scenarios of a workflow that its tests play."""

from collections.abc import Iterable, Iterator, Sequence

from transpile.module_tests.played import Played, job_of

MOST_CHOSEN = 10
"""Maximum number of scenarios of a workflow in its tests."""

Effect = tuple[tuple[str, ...], str, object]
"""The cause of a change, the job that changes and its state; no job means the workflow."""

Links = frozenset[tuple[str, str]]
"""Pairs of jobs: the second one waits for the first one."""


def choose(tried: Sequence[Played], links: Links) -> list[Played]:
    """The usual scenario, and those that change most, in the order in which they were tried.

    A change of a job that waits for the cause counts before all others. A scenario with two causes
    counts only for what neither of them changes alone.
    """
    usual, *others = tried
    alone: set[Effect] = set()
    effects: list[set[Effect]] = []
    for played in others:
        found = set(_effects(played, usual))
        if len(played.choices) == 1:
            alone |= found
        else:
            found = {e for e in found if not any(((c,), *e[1:]) in alone for c in played.choices)}
        effects.append(found)
    chosen: list[int] = []
    seen: set[Effect] = set()
    while len(chosen) < MOST_CHOSEN - 1:
        best, number = max(
            ((_worth(found - seen, links), -number) for number, found in enumerate(effects)),
            default=((0, 0), 0),
        )
        if not any(best):
            break
        chosen.append(-number)
        seen |= effects[-number]
    return [usual, *(others[number] for number in sorted(chosen))]


def covering(chosen: Iterable[Played]) -> list[Played]:
    """Scenarios without special values that run each job that any of these runs."""
    found: list[Played] = []
    ran: set[str] = set()
    for played in chosen:
        new = {name for name, ending in played.endings.items() if ending != "NOT RUN"} - ran
        if new and set(played.choices) <= played.scenario.outcomes.keys():
            found.append(played)
            ran |= new
    return found


def _effects(played: Played, usual: Played) -> Iterator[Effect]:
    causes = played.choices
    own = set(map(job_of, causes))
    for name, state in played.states.items():
        if name not in own and state is not usual.states[name]:
            yield causes, name, state
    if played.succeeds is not usual.succeeds:
        yield causes, "", played.succeeds


def _worth(effects: set[Effect], links: Links) -> tuple[int, int]:
    direct = (e for e in effects if any((job_of(cause), e[1]) in links for cause in e[0]))
    return sum(1 for _ in direct), len(effects)
