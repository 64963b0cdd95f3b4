"""Open questions about calendars: what the documents of AutoSys leave open."""

from transpile.model.readings import Reading

COUNTED, WEEK_1 = "counted", "week_1"

OPERATORS = Reading(
    "calendar_operators",
    "how & and | of one rule bind without parentheses",
    ("left_to_right", "and_first"),
)
SEVERAL_RULES = Reading(
    "calendar_several_rules",
    "what several rules choose, of which some exclude days",
    ("included_minus_excluded", "any_of_them"),
)
EXCLUDING_WORDS = Reading(
    "calendar_excluding_words",
    "what a word with X does among other words of a rule",
    ("all_other_days", "taken_away"),
)
WORKDAYS_OF_MONTH = Reading(
    "calendar_workdays_counted",
    "whether WORKD and CWRK count the dates of holcal",
    (COUNTED, "left_out"),
)
FIRST_WEEK = Reading(
    "calendar_first_week",
    "which week of WEKR holds the days in front of the first one",
    ("none", WEEK_1),
)
NO_CODE = Reading(
    "calendar_no_non_workday",
    "what becomes of days that are no workdays without non_workday",
    ("kept", "dropped"),
)
NEXT_DAY = Reading(
    "calendar_next_day",
    "where non_workday N moves a day",
    ("workday_no_holiday", "calendar_day"),
)
LANDING = Reading(
    "calendar_landing",
    "whether non_workday W and P may move a day to a holiday",
    ("on_any_workday", "on_no_holiday"),
)
HOLIDAYS_IN_A_ROW = Reading(
    "calendar_holidays_in_a_row",
    "where holiday N moves a day in front of another holiday",
    ("next_day", "next_day_no_holiday"),
)
ADJUST = Reading(
    "calendar_adjust",
    "when adjust moves days that non_workday or holiday replace",
    ("after_replacing", "before_replacing"),
)

CALENDAR_READINGS = (
    OPERATORS,
    SEVERAL_RULES,
    EXCLUDING_WORDS,
    WORKDAYS_OF_MONTH,
    FIRST_WEEK,
    NO_CODE,
    NEXT_DAY,
    LANDING,
    HOLIDAYS_IN_A_ROW,
    ADJUST,
)
"""The questions about extended calendars."""
