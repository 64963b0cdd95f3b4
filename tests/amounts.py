"""How much an ordinary run of the tests tries; `pytest --all` tries everything."""

from collections.abc import Sequence
from typing import TypeVar

Case = TypeVar("Case")

ALL = False
"""Set by the option, before the tests are imported."""

SHARE, LEAST = 4, 15
"""An ordinary run tries one in so many generated examples, and at least so many."""


def share_of(number: int) -> int:
    """The number of generated examples to try, of so many with `--all`."""
    return number if ALL else min(number, max(number // SHARE, LEAST))


def sample(cases: Sequence[Case], every: int) -> Sequence[Case]:
    """One case in so many, or all with `--all`."""
    return cases if ALL else cases[::every]
