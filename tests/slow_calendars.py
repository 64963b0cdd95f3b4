"""Extended calendars of AutoSys, read a second time: slowly, day by day, from their text.

It shares no code with the reader. Open questions have their default answers.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

FIRST, LAST = date(2024, 1, 1), date(2028, 12, 31)
EVERY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

Record = dict[str, list[str]]
Found = set[date]


class Slow:
    """The days of one record; `holidays` and `periods` are those that it refers to."""

    def __init__(
        self, record: Record, holidays: Iterable[date], periods: Iterable[tuple[date, date]]
    ) -> None:
        def given(key: str) -> str:
            return record.get(key, [""])[-1].lower()

        self.holidays = set(holidays) if given("holcal") else set()
        self.periods = list(periods) if given("cyccal") else []
        marks = given("workday") or "xxxxx.."
        self.work = {n for n, mark in enumerate(marks) if mark == "x"}
        self.holiday, self.non_workday = given("holiday"), given("non_workday")
        self.adjust = int(given("adjust") or 0)
        self.lines = record.get("condition", [])

    def days(self, year: int) -> Found:
        found = {self.fate(day) for day in self.chosen()} - {None}
        moved = {day + timedelta(days=self.adjust) for day in found if day}
        return {day for day in moved if day.year == year}

    def is_work(self, day: date) -> bool:
        return day.weekday() in self.work

    def is_clean(self, day: date) -> bool:
        return self.is_work(day) and day not in self.holidays

    def fate(self, day: date) -> date | None:
        if day in self.holidays and self.holiday:
            return self.moved(day, self.holiday, self.is_clean, lambda d: True)
        if self.holiday == "o":
            return None
        if day in self.holidays or not self.is_work(day):
            return self.moved(day, self.non_workday, self.is_work, self.is_clean)
        return None if self.non_workday == "o" else day

    def moved(
        self,
        day: date,
        code: str,
        lands: Callable[[date], bool],
        follows: Callable[[date], bool],
    ) -> date:
        later = [day + timedelta(days=n) for n in range(1, 60)]
        before = [day - timedelta(days=n) for n in range(1, 60)]
        if code == "w":
            return next(filter(lands, later))
        if code == "p":
            return next(filter(lands, before))
        return next(filter(follows, later)) if code == "n" else day

    # ---------------------------------------------------------------- rules

    def chosen(self) -> Found:
        parts = [part for line in self.lines for part in line.split(",")]
        takes, leaves = list[Found](), list[Found]()
        for part in parts:
            pieces = re.findall(r"[(){}&|]|[^\s(){}&|]+", part.lower())
            pieces = [{"&": "and", "|": "or", "{": "(", "}": ")"}.get(p, p) for p in pieces]
            found = self.expression(pieces)
            assert not pieces
            (leaves if self.excludes(part) else takes).append(found)
        whole = set().union(*takes) if takes else set(EVERY)
        return whole.intersection(*leaves) if leaves else whole

    @staticmethod
    def excludes(part: str) -> bool:
        """A single X word, or NOT of one term that is none."""
        bare = re.sub(r"[(){}]", " ", part.lower()).split()
        depth = 0
        for place, sign in enumerate(part):
            depth += (sign in "({") - (sign in ")}")
            if not depth and sign in "&|":
                return False
            if not depth and re.match(r"\s(and|or)\s", part[place:].lower()):
                return False
        if bare[0] == "not":
            return not Slow.excludes(re.sub(r"(?i)^\s*not\b", "", part.strip("(){} ")))
        return len(bare) == 1 and "&" not in part and "|" not in part and is_other(bare[0])

    def expression(self, pieces: list[str]) -> Found:
        found = self.term(pieces)
        while pieces and pieces[0] in ("and", "or"):
            word = pieces.pop(0)
            other = self.term(pieces)
            found = found & other if word == "and" else found | other
        return found

    def term(self, pieces: list[str]) -> Found:
        piece = pieces.pop(0)
        if piece == "not":
            return set(EVERY) - self.term(pieces)
        if piece == "(":
            found = self.expression(pieces)
            assert pieces.pop(0) == ")"
            return found
        return self.word(piece)

    # ---------------------------------------------------------------- words

    def word(self, word: str) -> Found:
        if is_other(word):
            plain = word[1:] if word[0] == "x" else re.sub(r"x(?=\w+$)", "#", word)
            return set(EVERY) - self.word(plain)
        work = [day for day in EVERY if self.is_work(day)]
        week = [day for day in EVERY if day.weekday() < 5]
        whole: dict[str, Iterable[date]] = {
            "daily": EVERY,
            "workdays": set(work) - self.holidays,
            "weekdays": set(week) - self.holidays,
            "fomwork": self.pick(by_month(work), "#1"),
            "eomwork": self.pick(by_month(work), "m1"),
            "fom": [day for day in EVERY if day.day == 1],
            "eom": [day for day in EVERY if (day + timedelta(days=1)).day == 1],
            "fomweek": self.pick(by_month(week), "#1"),
            "eomweek": self.pick(by_month(week), "m1"),
            "cycle": [day for period in self.in_periods(EVERY) for day in period],
            **{n: [d for d in EVERY if d.weekday() == k] for k, n in enumerate(NAMES)},
            **{n: [d for d in EVERY if d.month == k] for k, n in enumerate(MONTHS, 1)},
        }
        if word in whole:
            return set(whole[word])
        split = re.fullmatch(r"(.+?)([#m](?:\d+|[leo]))", word)
        assert split, word
        base, mark = split.groups()
        groups: list[list[date]]
        if base in MONTHS:
            groups = [g for g in by_month(EVERY) if g[0].month == MONTHS.index(base) + 1]
        elif base in NAMES:
            groups = by_month(sorted(whole[base]))
        elif base == "cycp":
            number = int(mark[1:])
            return {day for period in self.in_periods(EVERY)[number - 1 : number] for day in period}
        elif base[0] == "c" and base[1:] in NAMES:
            groups = self.in_periods(sorted(whole[base[1:]]))
        elif base in ("week", "cweek"):
            stretches = by_year(EVERY) if base == "week" else self.in_periods(EVERY)
            return self.pick_weeks([sevens(stretch) for stretch in stretches], mark)
        elif base.startswith("wekr"):
            begins = NAMES.index(base[4:]) if base[4:] in NAMES else int(base[4:]) - 1
            return self.pick_weeks([self.weeks(year, begins) for year in by_year(EVERY)], mark)
        elif base == "weekd":
            return {day for day in EVERY if self.in_week(day, mark)}
        else:
            groups = {
                "workd": by_month(work),
                "mnthd": by_month(EVERY),
                "cycl": self.in_periods(EVERY),
                "cwrk": self.in_periods(work),
            }[base]
        return self.pick(groups, mark)

    @staticmethod
    def in_week(day: date, mark: str) -> bool:
        number = (day - date(day.year, 1, 1)).days % 7 + 1
        wanted = 1 if mark[1] == "l" else int(mark[1:])
        return (8 - number if mark[0] == "m" or mark[1] == "l" else number) == wanted

    @staticmethod
    def weeks(year: list[date], begins: int) -> list[list[date]]:
        while year[0].weekday() != begins:
            year = year[1:]
        return sevens(year)

    def in_periods(self, days: Iterable[date]) -> list[list[date]]:
        found = list(days)
        return [[d for d in found if first <= d <= last] for first, last in self.periods]

    @staticmethod
    def pick(groups: Iterable[list[date]], mark: str) -> Found:
        """The n-th day of each group, from the front or from the end."""
        found = set()
        for group in groups:
            number = 1 if mark[1] == "l" else int(mark[1:])
            ordered = group[::-1] if mark[0] == "m" or mark[1] == "l" else group
            found |= set(ordered[number - 1 : number])
        return found

    @staticmethod
    def pick_weeks(stretches: Iterable[list[list[date]]], mark: str) -> Found:
        found = Found()
        for weeks in stretches:
            if mark[1] in "eo":
                chosen = weeks[1::2] if mark[1] == "e" else weeks[::2]
            else:
                number = 1 if mark[1] == "l" else int(mark[1:])
                ordered = weeks[::-1] if mark[0] == "m" or mark[1] == "l" else weeks
                chosen = ordered[number - 1 : number]
            found |= {day for one in chosen for day in one}
        return found


def is_other(word: str) -> bool:
    """True for a word that chooses all other days."""
    return word[0] == "x" or re.fullmatch(r".+x(?:\d+|l)", word) is not None


def by_month(days: Iterable[date]) -> list[list[date]]:
    return grouped(days, lambda day: (day.year, day.month))


def by_year(days: Iterable[date]) -> list[list[date]]:
    return grouped(days, lambda day: (day.year, 0))


def grouped(days: Iterable[date], key: Callable[[date], tuple[int, int]]) -> list[list[date]]:
    found: dict[tuple[int, int], list[date]] = {}
    for day in days:
        found.setdefault(key(day), []).append(day)
    return list(found.values())


def sevens(days: list[date]) -> list[list[date]]:
    return [days[n : n + 7] for n in range(0, len(days), 7)]
