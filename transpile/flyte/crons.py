"""Schedules to the cron expressions that flyteadmin takes: five fields, Sunday = 0."""

from transpile.ir import Schedule


def crons(schedule: Schedule) -> list[str]:
    """As few expressions as say exactly the schedule's times, sorted."""
    if schedule.cron is not None:
        return [schedule.cron]
    days = "*" if len(schedule.days) == 7 else _numbers(schedule.days)
    month_days, months = _numbers(schedule.month_days) or "*", _numbers(schedule.months) or "*"
    dates = f"{month_days} {months} {days}"
    if schedule.minutes:
        return [f"{_numbers(schedule.minutes)} * {dates}"]
    hours_of: dict[int, list[int]] = {}
    for hour, minute in schedule.times:
        hours_of.setdefault(minute, []).append(hour)
    minutes_of: dict[tuple[int, ...], list[int]] = {}
    for minute, hours in sorted(hours_of.items()):
        minutes_of.setdefault(tuple(hours), []).append(minute)
    return sorted(
        f"{_numbers(minutes)} {_numbers(hours)} {dates}" for hours, minutes in minutes_of.items()
    )


def _numbers(numbers: tuple[int, ...] | list[int]) -> str:
    """`1,2,3,5` as `1-3,5`: runs of three and more as ranges."""
    parts: list[str] = []
    run: list[int] = []
    for number in [*sorted(numbers), None]:
        if run and number != run[-1] + 1:
            parts += [f"{run[0]}-{run[-1]}"] if len(run) > 2 else [str(n) for n in run]
            run = []
        if number is not None:
            run.append(number)
    return ",".join(parts)
