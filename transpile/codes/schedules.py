"""Codes of calendars and of what clocks do to schedules."""

from transpile.codes.entry import Code, Level

_DAILY = "insert_job: A\ncommand: true\ndate_conditions: 1\ndays_of_week: all\n"
_BY_CALENDAR = "insert_job: A\ncommand: true\ndate_conditions: 1\nrun_calendar: WORKDAYS\n"
_AT_EIGHT = 'start_times: "08:00"\n'

CODES = {
    "A520": Code(
        Level.ERROR,
        "schedule with two readings",
        "{reason}; no launch plan was made",
        "keep one of the two, or add what is missing",
        "AutoSys takes either days of the week or a run calendar, and one of several times of day "
        "would be a guess.",
        f"{_BY_CALENDAR}days_of_week: mo\n{_AT_EIGHT}\ncalendar: WORKDAYS\n01/04/2027\n",
    ),
    "A521": Code(
        Level.WARNING,
        "start in an hour that clocks leave out",
        "in {timezone} the clock skips {time} on {day}: Flyte leaves this start out, the source "
        "makes up for it",
        "start the workflow by hand on such a day, or move the start out of that hour",
        "When clocks go forward, an hour does not happen. The source's engine is taken to start a "
        "job of that hour right after it, which its documents do not settle; Flyte's scheduler "
        "(robfig/cron) waits for the next day.",
        f'{_DAILY}start_times: "02:30"\ntimezone: America/New_York\n',
    ),
    "A522": Code(
        Level.WARNING,
        "start in an hour that clocks repeat",
        "in {timezone} the clock shows {time} twice on {day}: Flyte starts the workflow both "
        "times, the source only the second time",
        "cancel the first run on such a day, or move the start out of that hour",
        "When clocks go back, an hour happens twice. AutoSys passes over the first one; Flyte's "
        "scheduler (robfig/cron) starts what it finds in both.",
        f'{_DAILY}start_times: "01:30"\ntimezone: America/New_York\n',
    ),
    "A523": Code(
        Level.ERROR,
        "row of a calendar that is no date",
        "{value} in calendar {name} is no date such as 12/31/2026",
        "repair the row; schedules that name the calendar are not converted",
        "Without one of its days a calendar would be another one.",
        "calendar: HOLIDAYS\n12/25/2026\n25/12/2026\n",
    ),
    "A524": Code(
        Level.NOTE,
        "calendar that ends",
        "calendar {calendar} ends on {last}; after that {then}",
        "export the calendar again, and convert again, before that day",
        "A list of dates ends. The emitted module holds the dates that the source had, so that "
        "later ones have to come from another conversion.",
        f"{_BY_CALENDAR}{_AT_EIGHT}\ncalendar: WORKDAYS\n01/04/2027\n",
    ),
    "A525": Code(
        Level.NOTE,
        "calendar of rules",
        "{verb} {name} makes its days by rules; schedules that name it are not converted",
        "export its days as a standard calendar of the same name",
        "An extended calendar holds conditions from which AutoSys makes days for a year at a time, "
        "a cycle the periods that they count in. Their corner cases are not documented well "
        "enough to be sure of each day.",
        "extended_calendar: MONTH_ENDS\nworkday: mo,tu,we,th,fr\ncondition: EOMWORK\n",
    ),
    "A526": Code(
        Level.WARNING,
        "schedule without a day",
        "{calendar} leaves no day to run on; no launch plan was made",
        "look at its days, and at those that are left out",
        "The calendar is empty, or each of its days is left out.",
        f"{_BY_CALENDAR}{_AT_EIGHT}\ncalendar: WORKDAYS\ndescription: none yet\n",
    ),
    "A527": Code(
        Level.WARNING,
        "calendar defined twice",
        "calendar {name} is defined a second time (first: {earlier}); the last one counts",
        "remove one of the two",
        "An export names a calendar once.",
        "calendar: HOLIDAYS\n12/25/2026\n\ncalendar: HOLIDAYS\n12/26/2026\n",
    ),
    "A528": Code(
        Level.WARNING,
        "change of the clock that confuses Flyte's scheduler",
        "in {timezone} Flyte may start too little or too much on {day} and the day after: {why}",
        "look at the starts of such a day",
        "Flyte's scheduler (robfig/cron) looks for the days of a schedule from midnight to "
        "midnight, and for its hours by whole hours. Where a day has no midnight it misses it, "
        "or takes it for the one before.",
        f'{_DAILY.replace("all", "su")}{_AT_EIGHT}timezone: Asia/Beirut\n',
    ),
}
