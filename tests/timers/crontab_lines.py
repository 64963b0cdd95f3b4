"""Random time fields of crontab lines: plain and odd ones, and some that cron refuses."""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import NamedTuple

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
DAYS = "sun mon tue wed thu fri sat".split()
NICKNAMES = "@yearly @annually @monthly @weekly @daily @midnight @hourly @reboot".split()
WRONG_NICKNAMES = "@Daily @HOURLY @every_minute @dailyx @5 @ @noon @weekly@ @every".split()
JUNK = ("-9", ";2", ".5", "?", "#2", "~7", "/3", "-5/2", "*", ";1,2", "_x", "\\", "+1", "%", "%5")
WRONG = """
    60 99 -1 +3 5/15 */0 0-5/0 1, ,1 1,,2 1- 1-- 1-5- 1-5/ */ */x x ? L W 1W 5L 0x5 1-5x 5x jan-5x ~
    mond january sunday mon- -mon 1-99 99-1 */-1 99999999999999999999 */99999999999999999999 1..5
    """.split()


class Unit(NamedTuple):
    """A field: its lowest and highest number, and words for the first numbers."""

    low: int
    high: int
    words: tuple[str, ...] = ()


UNITS = (Unit(0, 59), Unit(0, 23), Unit(1, 31), Unit(1, 12, tuple(MONTHS)), Unit(0, 7, tuple(DAYS)))


class Line(NamedTuple):
    """Fields, what is special about them, and their CRON_TZ."""

    kind: str
    fields: str
    zone: str | None = None


def lines(rnd: Random, count: int) -> Iterator[Line]:
    """So many lines, each once, all kinds in turn."""
    seen: set[str] = set()
    while True:
        for kind in (*KINDS, "both days"):
            if len(seen) == count:
                return
            text = KINDS[kind](rnd)
            if text not in seen:
                seen.add(text)
                yield Line(kind, text)


def zoned(rnd: Random, count: int, zones: Sequence[str]) -> Iterator[Line]:
    """So many lines with a CRON_TZ."""
    for number in range(count):
        kind = "night" if number % 2 else "plain"
        yield Line("zone", KINDS[kind](rnd), rnd.choice(zones))


def _number(rnd: Random, unit: Unit) -> str:
    number = rnd.randint(unit.low, unit.high)
    if number - unit.low < len(unit.words) and rnd.random() < 0.4:
        word = unit.words[number - unit.low]
        return rnd.choice([word, word.upper(), word.title(), word])
    return f"{number:0{rnd.choice([1, 1, 1, 1, 2, 3])}}"


def _range(rnd: Random, unit: Unit) -> str:
    ends = sorted(rnd.randint(unit.low, unit.high) for _ in range(2))
    low, high = ends if rnd.random() < 0.95 else reversed(ends)
    if unit.words and rnd.random() < 0.4:
        words = [*unit.words, str(unit.high)]
        ends = [
            rnd.choice([str(number), words[number - unit.low].title()]) for number in (low, high)
        ]
        return "-".join(ends)
    return f"{low}-{high}"


def _step(rnd: Random, unit: Unit) -> str:
    small, large = rnd.randint(1, 10), rnd.randint(1, unit.high + 5)
    return f"/{rnd.choice([small, small, small, large, 1, 100])}"


def _part(rnd: Random, unit: Unit) -> str:
    makers = (
        lambda: _number(rnd, unit),
        lambda: _range(rnd, unit),
        lambda: _range(rnd, unit) + _step(rnd, unit),
        lambda: "*" + _step(rnd, unit),
        lambda: "*",
    )
    return rnd.choices(makers, (6, 3, 2, 2, 1))[0]()


def _list(rnd: Random, unit: Unit) -> str:
    return ",".join(_part(rnd, unit) for _ in range(rnd.choice([2, 2, 2, 3, 4])))


def _some(rnd: Random, unit: Unit) -> str:
    """A restricted field."""
    return rnd.choice([_number, _number, _range, _list])(rnd, unit)


def _any(rnd: Random, unit: Unit) -> str:
    return rnd.choice(["*", "*", _part(rnd, unit), _list(rnd, unit)])


def _mostly_star(rnd: Random, unit: Unit) -> str:
    return "*" if rnd.random() < 0.75 else _any(rnd, unit)


def _time(rnd: Random) -> list[str]:
    """Minute and hour, few starts a day."""
    minute, hour = UNITS[:2]
    minutes = rnd.choice([_number(rnd, minute), "0", "0,30", f"*/{rnd.randint(15, 40)}"])
    return [minutes, rnd.choice([_number, _number, _list])(rnd, hour)]


def _plain(rnd: Random) -> str:
    return " ".join([*_time(rnd), *(_mostly_star(rnd, unit) for unit in UNITS[2:])])


def _stepped(rnd: Random) -> str:
    """A step in one field, or in several."""
    found = [*_time(rnd), "*", "*", "*"]
    for place in rnd.sample(range(5), rnd.choice([1, 1, 2, 3])):
        start = rnd.choice(["*", "*", _range(rnd, UNITS[place])])
        found[place] = start + _step(rnd, UNITS[place])
    return " ".join(found)


def _free(rnd: Random) -> str:
    return " ".join(_any(rnd, unit) for unit in UNITS)


def _both_days(rnd: Random) -> str:
    """Both day fields say something, in all combinations of what counts as a star."""
    found = _time(rnd)
    for unit in (UNITS[2], UNITS[4]):
        full = rnd.choice([f"{unit.low}-{unit.high}", f"{_number(rnd, unit)},*", "*/1"])
        starred = rnd.choice([f"*/{rnd.randint(2, 9)}", f"*,{_number(rnd, unit)}"])
        found.append(rnd.choice([_some(rnd, unit), _some(rnd, unit), starred, starred, full]))
    return f"{' '.join(found[:3])} {_mostly_star(rnd, UNITS[3])} {found[3]}"


def _at_night(rnd: Random) -> str:
    """Times at which clocks change, fixed and with stars."""
    minutes = rnd.choice(["0", "30", "0,30", "15,45", "*", "*/20", _some(rnd, UNITS[0])])
    night = f"{rnd.randint(0, 2)}-{rnd.randint(2, 5)}"
    hours = rnd.choice([str(rnd.randint(0, 4)), "0", "2", "23", night, "*", "*/2", "1,2,3", "0-23"])
    days = rnd.choice(["* * *", "* * *", "* * *", "* * sun", "* * 0,6", "* 3,4,10 *", "24-31 * *"])
    return f"{minutes} {hours} {days}"


def _nickname(rnd: Random) -> str:
    found = rnd.choice(NICKNAMES)
    return found if rnd.random() < 0.5 else rnd.choice(WRONG_NICKNAMES)


def _with(rnd: Random, change: Callable[[str, Unit], str]) -> str:
    found = [*_time(rnd), *(_mostly_star(rnd, unit) for unit in UNITS[2:])]
    place = rnd.randrange(5)
    found[place] = change(found[place], UNITS[place])
    return " ".join(found)


def _junk(rnd: Random) -> str:
    """Characters behind a part of a list that cron does not read."""
    return _with(rnd, lambda text, unit: text + rnd.choice(JUNK))


def _wrong(rnd: Random) -> str:
    def change(text: str, unit: Unit) -> str:
        beyond = str(unit.high + rnd.randint(1, 3))
        below = str(unit.low - 1) if unit.low else "00-0"
        wrong = rnd.choice([*WRONG, beyond, f"{unit.low}-{beyond}", below, f"{text},{beyond}"])
        return rnd.choice([wrong, f"{text},{wrong}"])

    return _with(rnd, change)


def _short(rnd: Random) -> str:
    return " ".join(_plain(rnd).split()[: rnd.randint(2, 4)])


def _rarely(rnd: Random) -> str:
    rare = (lambda: _nickname(rnd), lambda: _short(rnd))
    return rnd.choice(rare)() if rnd.random() < 0.3 else _wrong(rnd)


KINDS: dict[str, Callable[[Random], str]] = {
    "plain": _plain,
    "stepped": _stepped,
    "free": _free,
    "both days": _both_days,
    "night": _at_night,
    "junk": _junk,
    "wrong": _rarely,
}
"""How fields are made, by kind."""
