"""Clauses that are ignored at a job as well as at a stream."""

from typing import Protocol

from transpile.dialects.tws.codes.dependencies import (
    DeadlineIgnored,
    LatestStartIgnored,
    RepetitionIgnored,
)
from transpile.findings.codes.jobs import ResourceIgnored
from transpile.findings.finding import Finding


class Loss(Protocol):
    """Makes the finding about an ignored clause."""

    def __call__(self, *, name: str, value: str) -> Finding:
        """The finding: `name` is the job or stream, `value` the clause."""


def _resource(*, name: str, value: str) -> Finding:
    return ResourceIgnored(value=value)


LOSSES: dict[str, Loss] = {
    "deadline": DeadlineIgnored,
    "every": RepetitionIgnored,
    "needs": _resource,
    "onlate": DeadlineIgnored,
    "until": LatestStartIgnored,
}
