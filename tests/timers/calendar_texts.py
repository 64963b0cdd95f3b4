"""Random texts of OnCalendar: the whole grammar of systemd.time(7), and texts that it refuses."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
SHORTHANDS = """
    minutely hourly daily weekly monthly yearly annually quarterly semiannually semi-annually
    biannually bi-annually anually Daily WEEKLY secondly
    """.split()
ZONES = """
    UTC utc Europe/Berlin America/New_York Australia/Lord_Howe Africa/Cairo Asia/Kolkata
    America/Santiago Pacific/Chatham
    """.split()
ODD = """
    12:00 UTC |foo|mon|*-*-* *:*:*:*|25:00|24:00|12:60|12:00:60|*-13-*|*-0-1|*-1-0|*-*-32
    *-*~32|*-*~0|12:00 Mars/X|Mon..|..Fri|Mon,,Tue|Mon Tue|Mon-Fri|mond|Montag|*:*/0|*:0/60
    *:0/61|*:30/30|1/1/1|2026/1|2026-1-1-1|2026-1~1|~1|*-*~1..3|*-2~07/1|*-*-*T12:00|12|12:
    :12|12:00:|12.5:00|*:*.5|*:*:*.5|*:*:0.0000001|-1:00|*-*-1..|*-*-..1|*-*-5..1|*-*-1,
    *-*-,1|@|@-1|@x|@5|@5.5|@99999999999999|1969-1-1|1970-1-1|2199-1-1|2200-1-1|69-1-1|70-1-1
    00-1-1|99999-1-1|*-*-*,1|*,1:00|1,*:00|*..5:00|/5:00|*/5:00|0/5:0/5|5/5:00|23/5:00
    *-*-31/1|Mon *-*-*|Mon,|Mon..Mon|Sun..Mon|Fri..Tue|sat..sun|Mon 12:00 UTC UTC|UTC
    12:00  UTC|daily 12:00|daily UTC|daily,weekly|*-02-30|*-2-29|2027-2-29|*-*-* 12
    12:00 12:00|*-1-1 2026|1-1|1-1 1:1|1-1 1:1:1|*-*-1/2/3|2026..2028-1-1|2026,2028-1-1
    2026/2-1-1|26..28-1-1|26-1-1|*/2-1-1|*-1/2-1|*-1..12/5-1|0..23:0|*:0..59/7|12:00:00.000001
    12:00:1.5|12:00:0/0.5|12:00:0..1/0.25|12:00:0.1..0.3|12:00:59.999999|12:00:0/0|*:*:0/0.1
    a12:00|12:00a|12 :00|12: 00|+12:00|１２:00|é|*-*-* *:*|**:00|*:**|Mon.Tue|Mon...Wed 1:0
    *-*-1...3|1--1
    """
"""Right and wrong texts, between bars."""


class Text(NamedTuple):
    """A text, and what is special about it."""

    kind: str
    text: str


class Unit(NamedTuple):
    low: int
    high: int
    width: int = 2


YEAR, MONTH, DAY = Unit(2026, 2031, 4), Unit(1, 12), Unit(1, 31)
HOUR, MINUTE, SECOND = Unit(0, 23), Unit(0, 59), Unit(0, 59)


def texts(rnd: Random, count: int) -> Iterator[Text]:
    """So many texts, each once; those that are given as they stand first."""
    seen: set[str] = set()
    odd = [text for line in ODD.strip().splitlines() for text in line.strip().split("|")]
    for kind, given in (("word", SHORTHANDS), ("odd", odd)):
        for text in given:
            if text not in seen:
                seen.add(text)
                yield Text(kind, text)
    while True:
        for kind, make in KINDS.items():
            if len(seen) >= count:
                return
            text = make(rnd)
            if text not in seen:
                seen.add(text)
                yield Text(kind, text)


def _number(rnd: Random, unit: Unit, number: int | None = None) -> str:
    found = rnd.randint(unit.low, unit.high) if number is None else number
    if unit is YEAR and rnd.random() < 0.1:
        return f"{found % 100:02}"
    return f"{found:0{rnd.choice([1, unit.width])}}"


def _part(rnd: Random, unit: Unit) -> str:
    low, high = sorted(rnd.randint(unit.low, unit.high) for _ in range(2))
    shape = rnd.choices("number range start star".split(), (60, 30, 20, 1))[0]
    text = "*" if shape == "star" else _number(rnd, unit, low)
    if shape == "range":
        text += f"..{_number(rnd, unit, high)}"
    if shape in ("start", "star") or rnd.random() < 0.05:
        # A step beyond the last number is refused.
        text += f"/{rnd.randint(1, max(unit.high - low, 1))}"
    return text


def _field(rnd: Random, unit: Unit, star: float = 0.5) -> str:
    if rnd.random() < star:
        return "*"
    return ",".join(_part(rnd, unit) for _ in range(rnd.choice([1, 1, 1, 2, 3])))


def _weekday(rnd: Random, number: int | None = None) -> str:
    word = DAYS[rnd.randrange(7) if number is None else number]
    return rnd.choice([word[:3].title(), word[:3].title(), word, word[:3].upper(), word.title()])


def _span(rnd: Random) -> str:
    low, high = sorted(rnd.randrange(7) for _ in range(2))
    return f"{_weekday(rnd, low)}{rnd.choice(['..', '..', '-'])}{_weekday(rnd, high)}"


def _weekdays(rnd: Random) -> str:
    makers = (_weekday, _span)
    return ",".join(rnd.choice(makers)(rnd) for _ in range(rnd.choice([1, 1, 2, 3])))


def _date(rnd: Random) -> str:
    parts = [_field(rnd, MONTH, 0.6), _field(rnd, DAY, 0.4)]
    if rnd.random() < 0.75:
        parts.insert(0, _field(rnd, YEAR, 0.8))
    head, last = "-".join(parts[:-1]), parts[-1]
    if rnd.random() < 0.25:
        return f"{head}~{rnd.choice([str(rnd.randint(1, 9)), last, f'0{rnd.randint(1, 7)}/1'])}"
    return f"{head}-{last}"


def _second(rnd: Random) -> str:
    fraction = f"{rnd.randint(0, 59)}.{rnd.choice(['5', '25', '000001', '123456', '0'])}"
    stepped = f"{rnd.randint(0, 30)}/{rnd.choice(['7.5', '0.5', '20', '10.25'])}"
    return rnd.choice(["0", "00", "30", _field(rnd, SECOND, 0.2), fraction, stepped])


def _time(rnd: Random) -> str:
    hour = rnd.choice(["*", _field(rnd, HOUR, 0), _number(rnd, HOUR)])
    found = f"{hour}:{_field(rnd, MINUTE, 0.1)}"
    return found if rnd.random() < 0.7 else f"{found}:{_second(rnd)}"


def _at_night(rnd: Random) -> str:
    """Times at which clocks change."""
    hours = rnd.choice(["0", "1", "2", "3", "23", "*", "1..3", "0/2", "0,2", "0/3"])
    minutes = rnd.choice(["0", "30", "0,30", "15,45", "0/20", "*", "59", "0/7"])
    days = rnd.choice(
        ["", "", "", "Sun ", "Sat,Sun ", "Thu,Fri *-*-* ", "*-3,4,9,10-* ", "*-*~7/1 "]
    )
    return f"{days}{hours}:{minutes}"


def _whole(rnd: Random) -> str:
    makers = (_weekdays, _date, _time)
    while True:
        parts = [make(rnd) for make in makers if rnd.random() < 0.7]
        if parts:
            return " ".join(parts)


def _with_zone(rnd: Random) -> str:
    makers = (_whole, _at_night, lambda rnd: rnd.choice(SHORTHANDS))
    return f"{rnd.choice(makers)(rnd)} {rnd.choice(ZONES)}"


def _changed(rnd: Random) -> str:
    """A text with one character more or less, or another one."""
    text = rnd.choice([_whole, _at_night, _with_zone])(rnd)
    place, character = rnd.randrange(len(text)), rnd.choice("0159*/.,~-: @T+")
    rest = text[place + 1 :] if rnd.random() < 0.6 else text[place:]
    return text[:place] + (character if rnd.random() < 0.7 else "") + rest


KINDS = {
    "whole": _whole,
    "date and time": lambda rnd: f"{_date(rnd)} {_time(rnd)}",
    "days and time": lambda rnd: f"{_weekdays(rnd)} {_time(rnd)}",
    "all": lambda rnd: f"{_weekdays(rnd)} {_date(rnd)} {_time(rnd)}",
    "night": _at_night,
    "zone": _with_zone,
    "changed": _changed,
}
"""How texts are made, by kind."""
