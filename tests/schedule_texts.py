"""Generated jobs with schedules and calendars, as JIL."""

from datetime import date, timedelta

from hypothesis import strategies as st

FIRST, DAYS = date(2026, 1, 1), 731
"""Two years, with all their changes of the clock."""

ZONES = (
    *("America/New_York", "Europe/London", "Australia/Lord_Howe", "America/Havana", "Asia/Beirut"),
    *("Africa/Cairo", "America/Santiago", "Antarctica/Troll", "Africa/Casablanca", "UTC"),
    *("America/St_Johns", "America/Nuuk", "Pacific/Chatham", "Asia/Tokyo", "Asia/Jerusalem"),
)

_WORDS = ("su", "mo", "tu", "we", "th", "fr", "sa")
_CLOCK = st.tuples(st.integers(0, 23), st.integers(0, 59))
_AT_NIGHT = st.tuples(st.integers(0, 4), st.sampled_from((0, 15, 30, 59)))
_DATES = st.sets(st.integers(-30, DAYS + 30).map(lambda n: FIRST + timedelta(days=n)), min_size=1)


def calendar(name: str, dates: set[date]) -> str:
    """A calendar statement."""
    rows = (f"{day:%m/%d/%Y} 00:00" for day in sorted(dates))
    return "\n".join((f"calendar: {name}", *rows, "", ""))


@st.composite
def scheduled(draw: st.DrawFn) -> str:
    """A job with start times or minutes, on days of the week or of calendars, in a run window."""
    lines = ["insert_job: JOB", "command: true", "date_conditions: 1"]
    lines.append(f"timezone: {draw(st.sampled_from(ZONES))}")
    if draw(st.booleans()) and draw(st.booleans()):
        minutes = draw(st.sets(st.integers(0, 59), min_size=1, max_size=2))
        lines.append(f"start_mins: {', '.join(map(str, sorted(minutes)))}")
    else:
        times = draw(st.sets(_CLOCK | _AT_NIGHT, min_size=1, max_size=4))
        shown = ", ".join(f"{hour:02}:{minute:02}" for hour, minute in sorted(times))
        lines.append(f'start_times: "{shown}"')
    calendars = ""
    if draw(st.booleans()):
        lines.append("run_calendar: RUN")
        calendars += calendar("RUN", draw(_DATES))
    else:
        days = draw(st.sets(st.sampled_from(_WORDS), min_size=1))
        lines.append(f"days_of_week: {','.join(sorted(days))}")
    if draw(st.booleans()) and draw(st.booleans()):
        ends = [draw(_CLOCK) for _ in range(2)]
        shown = "-".join(f"{hour:02}:{minute:02}" for hour, minute in ends)
        lines.append(f'run_window: "{shown}"')
    if draw(st.booleans()):
        lines.append("exclude_calendar: REST")
        calendars += calendar("REST", draw(_DATES))
    return calendars + "\n".join((*lines, ""))
