"""Texts that several examples share."""

DAILY = "insert_job: A\ncommand: true\ndate_conditions: 1\ndays_of_week: all\n"
BY_CALENDAR = "insert_job: A\ncommand: true\ndate_conditions: 1\nrun_calendar: WORKDAYS\n"
AT_EIGHT = 'start_times: "08:00"\n'
CROSSING = (
    f"{DAILY}{AT_EIGHT}\n"
    "insert_job: B\ncommand: true\ndate_conditions: 1\ndays_of_week: all\n"
    'start_times: "09:00"\ncondition: {condition}\n'
)
