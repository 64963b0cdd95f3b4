"""Compares what the legacy side hears of jobs that have moved with what these jobs do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from transpile.model import Facts
from transpile.model.outcome import ENDED, Ending, State
from transpile.proof.legacy_side import INACTIVE, WORDS, LegacyStatus
from transpile.runtime.statuses import RUNNING, SUCCESS


def listened_to(networks: Iterable[Facts]) -> dict[str, str | None]:
    """The moved jobs that conditions of the legacy side name, with the top-level box around each.

    The box is None for a job in no box.
    """
    heard = [each for facts in networks for each in facts.sides.heard]
    around = {name: each.job for each in heard for name in each.inside}
    return {each.job: around.get(each.job) for each in heard if each.listeners}


def statuses_of_run(
    job: str, box: str | None, endings: Mapping[str, Ending], *, codes: bool
) -> list[str]:
    """What the legacy side has to hear of a job in one run of its workflow."""
    found = [] if box is None or endings[box].state is State.NOT_RUN else [INACTIVE]
    ending = endings[job]
    if ending.state is not State.NOT_RUN:
        found.append(RUNNING)
    if ending.state in ENDED:
        found.append(shown(WORDS[ending.state], ending.exit_code if codes else None))
    return found


def listed(told: Sequence[str]) -> str:
    """Statuses as a text."""
    return ", ".join(told) or "nothing"


def shown(word: str, code: int | None) -> str:
    """A status with its exit code, if it is not the usual one."""
    usual = code is None or (word == SUCCESS and code == 0)
    return word if usual else f"{word} {code}"


def changes_told(told: Iterable[LegacyStatus]) -> list[LegacyStatus]:
    """The statuses that are others than those before: a box that never completes runs on."""
    by_status = groupby(told, lambda each: (each.word, each.code))
    return [next(alike) for _, alike in by_status]


def words_told(changes: Iterable[LegacyStatus], *, codes: bool) -> list[str]:
    """Changes of status in words; without exit codes if the command does not tell them."""
    return [shown(each.word, each.code if codes else None) for each in changes]


def wrong_moments(told: Sequence[LegacyStatus], start: datetime, end: datetime) -> Iterator[str]:
    """The statuses that are told at a wrong moment: of the start after it, of the end before it."""
    for each in told:
        if each.word == RUNNING and each.at > start:
            yield f"{RUNNING} after it has started"
        elif each.word not in (RUNNING, INACTIVE) and each.at < end:
            yield f"{each.word} before it has ended"
