"""Open questions of Control-M: what its documents leave open, or to the settings of a site."""

from collections.abc import Mapping
from datetime import time

from transpile.model.readings import Reading

EVERY_DAY, NO_DAY = "every day", "no day"
MONDAY, SUNDAY = "Monday", "Sunday"
OCCURRENCE, ROW = "occurrence", "row"
LAST_DAY, DAY_BEFORE = "last day", "day before"
MMDD, DDMM = "mmdd", "ddmm"

NEW_DAY = Reading(
    "controlm_new_day",
    "When does the working day begin (the New Day time of the server)?",
    ("07:00", *(f"{hour:02}:00" for hour in range(24) if hour != 7)),
)
NO_CRITERIA = Reading(
    "controlm_no_criteria",
    "On which days does New Day order a job or folder that names no days, outside of a SMART "
    "folder: on `no day` (a person orders it), or on `every day`?",
    (NO_DAY, EVERY_DAY),
)
FIRST_WEEKDAY = Reading(
    "controlm_first_weekday",
    "Which day begins the week and has the number 1 in WEEKDAYS? With `Monday`, 0 is Sunday; with "
    "`Sunday`, 0 is Saturday.",
    (MONDAY, SUNDAY),
)
WEEK_OF_MONTH = Reading(
    "controlm_week_of_month",
    "What is day D1W2 of WEEKDAYS? The second `occurrence` of day 1 in the month, or day 1 in the "
    "second `row` of a calendar page, where the first row may be short.",
    (OCCURRENCE, ROW),
)
END_OF_MONTH = Reading(
    "controlm_end_of_month",
    "Which day is L1 of DAYS without a calendar, the `last day` of the month or the `day before`?",
    (LAST_DAY, DAY_BEFORE),
)
DATE_ORDER = Reading(
    "controlm_date_order",
    "How does DATE spell the days of a year, month first (`mmdd`) or day first (`ddmm`)?",
    (MMDD, DDMM),
)

ORDER = Reading(
    "controlm_order",
    "How is a folder without an order method ordered: `daily` at New Day, or `by hand`?",
    ("daily", "by hand"),
)
MIXED = Reading(
    "controlm_mixed",
    "What do IN conditions that mix AND and OR without brackets mean? `and first`: AND binds more "
    "tightly than OR. `one of the others`: all terms with AND, and one of the terms with OR.",
    ("and first", "one of the others"),
)

READINGS = (
    NEW_DAY,
    NO_CRITERIA,
    FIRST_WEEKDAY,
    WEEK_OF_MONTH,
    END_OF_MONTH,
    DATE_ORDER,
    ORDER,
    MIXED,
)
"""The questions about orders and conditions."""


def new_day_of(answers: Mapping[str, str]) -> int:
    """The minute after midnight at which the working day begins."""
    begin = time.fromisoformat(answers[NEW_DAY.name])
    return begin.hour * 60 + begin.minute
