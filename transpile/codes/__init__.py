"""The catalogue of diagnostic codes: one entry a code, the same for every dialect.

1xx reading, 2xx jobs and attributes, 3xx conditions, 4xx boxes and order, 5xx schedules,
6xx Flyte's limits, 9xx output.
"""

from transpile.codes import conditions, jobs, reading, target
from transpile.codes.entry import Code, Level

CODES: dict[str, Code] = {
    **reading.CODES,
    **jobs.CODES,
    **conditions.CODES,
    **target.CODES,
}

__all__ = ["CODES", "Code", "Level"]
