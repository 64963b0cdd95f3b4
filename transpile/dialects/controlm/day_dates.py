"""Order dates and moments: on which dates jobs are ordered, and when their times come.

The working day of a date begins at New Day and ends at the next one (8527). A time earlier than New
Day is on the next calendar day: with New Day at 05:00, 03:00 of the 5th comes on the 6th (9.0.21
Time_Zone). A job with a time zone has its New Day there (INC 41466, 9.0.21 Time_Zone).
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from transpile.dialects.controlm.plan import Plan, Planned
from transpile.model.clock import ClockChange, clock_changes
from transpile.model.run_log import Period

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)

_FAR = 400
"""The most days to the date before or after on which a job is ordered."""


class Dates:
    """The dates of everything in a plan; New Day is so many minutes after midnight."""

    def __init__(self, plan: Plan, period: Period, new_day: int) -> None:
        self.new_day = new_day
        self._period = period
        self._planned: Mapping[str, Planned] = {one.name: one for one in plan}
        self._due: dict[tuple[str, date], bool] = {}
        self._nearest: dict[tuple[str, date, int], date | None] = {}
        self._moments: dict[tuple[str, date, int], datetime] = {}
        self._changes: dict[str, tuple[ClockChange, ...]] = {}

    # ---------------------------------------------------------------- dates

    def is_due(self, planned: Planned, day: date) -> bool:
        """True on the dates on which a job or folder is ordered."""
        key = (planned.name, day)
        if key not in self._due:
            self._due[key] = self._is_due(planned, day)
        return self._due[key]

    def _is_due(self, planned: Planned, day: date) -> bool:
        folder = self._planned.get(planned.folder) if planned.folder is not None else None
        if planned.folder is None:
            return planned.is_ordered and planned.days is not None and day in planned.days
        own = planned.days is None or day in planned.days
        return own and folder is not None and self.is_due(folder, day)

    def nearest(self, planned: Planned, day: date, step: int) -> date | None:
        """The date before (-1) or after (1) a date on which the job is ordered; None if far."""
        key = (planned.name, day, step)
        if key not in self._nearest:
            days = (day + number * step * DAY for number in range(1, _FAR + 1))
            self._nearest[key] = next((one for one in days if self.is_due(planned, one)), None)
        return self._nearest[key]

    # ---------------------------------------------------------------- moments

    def zone(self, planned: Planned) -> str:
        """The zone of the job's times."""
        return planned.zone or self._period.zone

    def moment(self, planned: Planned, day: date, minutes: int) -> datetime:
        """The moment (UTC) of a time on an order date."""
        zone = self.zone(planned)
        key = (zone, day, minutes)
        if key not in self._moments:
            wall = self._wall(day, minutes).replace(tzinfo=ZoneInfo(zone))
            self._moments[key] = wall.astimezone(timezone.utc)
        return self._moments[key]

    def _wall(self, day: date, minutes: int) -> datetime:
        is_later = minutes < self.new_day
        midnight = datetime(day.year, day.month, day.day)
        return midnight + is_later * DAY + minutes * MINUTE

    def begin(self, planned: Planned, day: date) -> datetime:
        """The moment (UTC) at which an order date begins for a job."""
        return self.moment(planned, day, self.new_day)

    def starts(self, planned: Planned, day: date) -> datetime:
        """The moment (UTC) at which a job of an order date may start."""
        if planned.start is None:
            return self.begin(planned, day)
        return self.moment(planned, day, planned.start)

    def working_day(self, planned: Planned, moment: datetime) -> date:
        """The date whose working day it is for a job."""
        wall = moment.astimezone(ZoneInfo(self.zone(planned))).replace(tzinfo=None)
        return (wall - self.new_day * MINUTE).date()

    def new_days(self, planned: Planned) -> Iterator[tuple[date, datetime]]:
        """The dates that begin in the period, and the one at its beginning, with their moments."""
        day = self.working_day(planned, self._period.begin)
        while (moment := self.begin(planned, day)) < self._period.end:
            yield day, moment
            day += DAY

    def change(self, planned: Planned, day: date, minutes: int) -> ClockChange | None:
        """The change of the clock that skips or repeats a time."""
        zone = self.zone(planned)
        if zone not in self._changes:
            first, last = self._period.begin.date() - 2 * DAY, self._period.end.date() + 2 * DAY
            self._changes[zone] = clock_changes(zone, first, last)
        wall = self._wall(day, minutes)
        return next((one for one in self._changes[zone] if one.concerns(wall)), None)

    def shown(self, moment: datetime) -> str:
        """A moment in the scheduler's zone."""
        return f"{self._period.local(moment):%Y-%m-%d %H:%M}"
