"""Codes of calendars and of what clocks do to schedules."""

from transpile.findings.codes.entry import Code, Level

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
        "may make up for it",
        "start the workflow by hand on such a day, or move the start out of that hour",
        "When clocks go forward, an hour does not happen. The documents of the source settle its "
        "starts only for AutoSys where 02:00 becomes 03:00 (A531); Flyte's scheduler (robfig/cron) "
        "waits for the next day.",
        f'{_DAILY}start_times: "01:30"\ntimezone: Europe/London\n',
    ),
    "A522": Code(
        Level.WARNING,
        "start in an hour that clocks repeat",
        "in {timezone} the clock shows {time} twice on {day}: Flyte starts the workflow both "
        "times, the source may start it once",
        "cancel one of the two runs on such a day, or move the start out of that hour",
        "When clocks go back, an hour happens twice. The documents of the source settle its starts "
        "only for AutoSys where 02:00 becomes 01:00 (A532); Flyte's scheduler (robfig/cron) starts "
        "what it finds in both.",
        f'{_DAILY}start_times: "02:30"\ntimezone: Europe/Berlin\n',
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
    "A530": Code(
        Level.NOTE,
        "time zone by its offset",
        "{timezone} is {offset}, as POSIX counts: the launch plan takes {zone}, which has that "
        "offset all year",
        "map the name in [timezones] of transpile.toml if another zone is meant",
        "A POSIX string counts west of Greenwich, and one without a second name has no summer "
        "time. Flyte's scheduler takes names of zones only.",
        f"{_DAILY}{_AT_EIGHT}timezone: IST-5:30\n",
    ),
    "A531": Code(
        Level.ERROR,
        "start lost when clocks go forward",
        "in {timezone} the clock skips {time} on {day}: AutoSys starts the job at 03:00, Flyte "
        "leaves this start out",
        "move the start out of that hour, or start the workflow by hand on such a day",
        "AutoSys starts a job of the hour that does not happen right after it. Flyte's scheduler "
        "(robfig/cron) waits for the next day.",
        f'{_DAILY}start_times: "02:30"\ntimezone: America/New_York\n',
    ),
    "A532": Code(
        Level.ERROR,
        "start twice when clocks go back",
        "in {timezone} the clock shows {time} twice on {day}: Flyte starts the workflow both "
        "times, AutoSys the second time only",
        "move the start out of that hour, or cancel the first run on such a day",
        "Of the hour that happens twice AutoSys passes over the first for start_times; start_mins "
        "count in both. Flyte's scheduler (robfig/cron) starts what it finds in both.",
        f'{_DAILY}start_times: "01:30"\ntimezone: America/New_York\n',
    ),
    "A533": Code(
        Level.WARNING,
        "start while later jobs run",
        "{name} may start again while jobs behind it still run ({gap} between two starts): the "
        "source starts it then, the launch plan skips that start",
        "leave more time between two starts, or check that a run ends before the next one starts",
        "AutoSys loses the start of a job or box that is running, and of no other. The launch plan "
        "skips a start while an execution of the whole workflow runs.",
        f"{_DAILY}start_mins: 0, 30\ntimezone: UTC\n\n"
        "insert_job: B\ncommand: true\ncondition: s(A)\n",
    ),
    "A534": Code(
        Level.WARNING,
        "starts that do not skip one another",
        "{plans} launch plans start {name}, {gap} apart at the least: each counts its own "
        "executions, so an overlap between two of them is not skipped as in the source",
        "leave more time between two starts, or write times that one cron expression can say",
        "The source loses a start that comes while the job runs. A launch plan with the policy "
        "SKIP does the same, but sees only the executions that it has started itself.",
        f'{_DAILY}start_times: "08:00, 09:30"\ntimezone: UTC\n',
    ),
    "A535": Code(
        Level.NOTE,
        "start skipped while a run goes on",
        "the launch plan skips a start of {name} while jobs behind it still run, the source does "
        "not: a run is taken to end before the next start",
        "give jobs that may wait for ever a time limit",
        "There is a day or more between two starts. A job that waits longer than that, such as for "
        "a file that does not come, holds up the next execution of the whole workflow.",
        f'{_DAILY}start_times: "08:00"\ntimezone: UTC\n\n'
        "insert_job: B\ncommand: true\ncondition: s(A)\n",
    ),
}
