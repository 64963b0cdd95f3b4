"""The catalogue of diagnostic codes: one entry a code, the same for every dialect.

1xx reading, 2xx jobs and attributes, 3xx conditions, 4xx boxes and order, 5xx schedules,
6xx Flyte's limits, 7xx formats: DAG files, 75x composer text; 80x to 83x Azkaban's projects;
9xx output and settings.
"""

from transpile.codes import (
    archive,
    azkaban,
    conditions,
    dagman,
    jobs,
    mapping,
    reading,
    schedules,
    settings,
    target,
    tws,
)
from transpile.codes.entry import Code, Level

CODES: dict[str, Code] = {
    **reading.CODES,
    **jobs.CODES,
    **conditions.CODES,
    **dagman.CODES,
    **tws.CODES,
    **azkaban.CODES,
    **target.CODES,
    **schedules.CODES,
    **settings.CODES,
    **archive.CODES,
    **mapping.CODES,
}

__all__ = ["CODES", "Code", "Level"]
