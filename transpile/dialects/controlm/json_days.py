"""Days, times and repetitions: When, the members about reruns, and calendars."""

from collections.abc import Mapping

from transpile.dialects.controlm.elements import Element, Origin
from transpile.dialects.controlm.json_parts import (
    joined,
    kind_of,
    made,
    members_of,
    put,
    settle,
    settle_all,
    spread,
)
from transpile.dialects.controlm.json_text import Items, Object, Text, Value
from transpile.dialects.controlm.json_words import (
    CALENDAR,
    CONFIRMATION,
    DAYS,
    FROM,
    MONTHS,
    RELATIONSHIP,
    TIMES,
    TOLERANCE,
    WHEN,
    Word,
    interval,
    name_of,
)

_PARENT = "USE PARENT"


def read_when(element: Element, spelling: str, value: Value) -> None:
    """Days and times."""
    for inner, part in members_of(element, spelling, value):
        word = f"{spelling}.{inner}"
        if inner == "Months":
            _months(element, word, part)
        elif inner == "SpecificDates":
            _dates(element, word, part)
        elif inner == "RuleBasedCalendars":
            _calendars(element, word, part)
        elif inner == "ConfirmationCalendars":
            settle_all(element, word, part, CONFIRMATION)
        elif inner in WHEN:
            settle(element, WHEN[inner], part, word)
        elif not (inner == "ActivePeriod" and isinstance(part, Text) and part.text == "true"):
            spread(element, word, part)


def set_default_days(element: Element, when: Value | None) -> None:
    """The API orders what has no days of its own on every day."""
    members = when.members if isinstance(when, Object) else {}
    if any(_is_given(members[word]) for word in DAYS if word in members):
        return
    calendars = members.get("RuleBasedCalendars")
    if isinstance(calendars, Object):
        calendars = calendars.members.get("Included")
    if calendars is None or not _is_given(calendars):
        element.attributes.setdefault("DAYS", "ALL")


def _is_given(value: Value) -> bool:
    return not isinstance(value, Items) or bool(value.items)


def _months(element: Element, spelling: str, value: Value) -> None:
    text = joined(value)
    months = [] if text is None else [month.upper() for month in text.split(",") if month]
    if months in (["ALL"], ["NONE"]):
        months = list(MONTHS) if months == ["ALL"] else []
    elif not months or not set(months) <= set(MONTHS):
        spread(element, spelling, value)
        return
    for month in MONTHS:
        put(element, Word(month), str(int(month in months)), value.at, spelling)


def _dates(element: Element, spelling: str, value: Value) -> None:
    text = joined(value)
    if text is None:
        spread(element, spelling, value)
    elif text:
        put(element, WHEN["SpecificDates"], text, value.at, spelling)


# -------------------------------------------------------------------- calendars


def _calendars(element: Element, spelling: str, value: Value) -> None:
    """References to rule-based calendars, and definitions of some."""
    members = value.members if isinstance(value, Object) else {"Included": value}
    included, excluded = (_names(members.get(key)) for key in ("Included", "Excluded"))
    defined = {word: part for word, part in members.items() if kind_of(part)}
    for word, part in defined.items():
        mark = "!" if word in excluded else ""
        element.children.append(rule_calendar(element.origin, mark + name_of(word), part))
    for mark, names in (("", included), ("!", excluded)):
        for word, at in names.items():
            if word not in defined:
                named = "*" if word == _PARENT else name_of(word)
                found = made(element.origin, "RULE_BASED_CALENDARS", at, NAME=mark + named)
                element.children.append(found)
    for word, part in members.items():
        if word == "Relationship":
            settle(element, RELATIONSHIP, part, f"{spelling}.{word}")
        elif word not in ("Included", "Excluded", *defined):
            spread(element, f"{spelling}.{word}", part)


def rule_calendar(origin: Origin, name: str, value: Value) -> Element:
    """The definition of a rule-based calendar."""
    calendar = made(origin, "RULE_BASED_CALENDAR", value.at, NAME=name)
    members: Mapping[str, Value] = value.members if isinstance(value, Object) else {}
    for word, part in members.items():
        if word == "When":
            read_when(calendar, word, part)
        elif word in CALENDAR:
            settle(calendar, CALENDAR[word], part, word)
        elif word != "Type":
            spread(calendar, word, part)
    set_default_days(calendar, members.get("When"))
    return calendar


def _names(value: Value | None) -> dict[str, int]:
    """Names in a list, each with its offset. Some write objects with a Name."""
    items = value.items if isinstance(value, Items) else [value] if value is not None else []
    found = {}
    for item in items:
        named: Value | None = item
        if isinstance(item, Object):
            named = item.members.get("Name") or item.members.get("TagName")
        if isinstance(named, Text) and named.text.strip():
            found[named.text.strip()] = named.at
    return found


def calendar(origin: Origin, name: str, value: Object, kind: str) -> Element:
    """A calendar beside folders: years with the days of each month, or rules."""
    if kind in ("RuleBasedCalendar", "RuleBased"):
        return rule_calendar(origin, name, value)
    found = made(origin, "CALENDAR", value.at, NAME=name, TYPE=kind)
    for word, part in value.members.items():
        if word in CALENDAR:
            settle(found, CALENDAR[word], part, word)
        elif word == "When":
            for inner, years in members_of(found, word, part):
                if inner == "Years" and isinstance(years, Items):
                    found.children += [_year(origin, year) for year in years.items]
                else:
                    spread(found, f"{word}.{inner}", years)
        elif word != "Type":
            spread(found, word, part)
    return found


def _year(origin: Origin, value: Value) -> Element:
    """A year; one that names no month has no days."""
    year = made(origin, "YEAR", value.at)
    words = {"Year": Word("NAME"), "Description": Word("DESCRIPTION")}
    for word, part in members_of(year, "Year", value):
        settle(year, words.get(word, Word(word)), part, word)
    if not any(month in year.attributes for month in MONTHS):
        year.attributes[MONTHS[0]] = ""
    return year


# ------------------------------------------------------------------ repetitions


def read_rerun(element: Element, spelling: str, value: Value) -> None:
    """Rerun makes a job cyclic; RerunLimit says how often it may be run again."""
    if spelling == "Rerun" and isinstance(value, Object):
        put(element, Word("CYCLIC"), "1", value.at, spelling)
        put(element, Word("CYCLIC_TYPE"), "C", value.at, spelling)
    units = value.members.get("Units") if isinstance(value, Object) else None
    has_interval = False
    for inner, part in members_of(element, spelling, value):
        word = f"{spelling}.{inner}"
        if inner == "Every" and isinstance(part, Text):
            text = interval(part.text, units.text if isinstance(units, Text) else "")
            put(element, Word("INTERVAL"), text, part.at, word)
            has_interval = True
        elif inner != "Units":
            _repeat(element, inner, word, part)
    if units is not None and not has_interval:
        spread(element, f"{spelling}.Units", units)


def read_sequence(element: Element, spelling: str, value: Value) -> None:
    """A cyclic job with a list of intervals, or of times."""
    if isinstance(value, Object):
        kind = "S" if spelling == "RerunSpecificTimes" else "V"
        put(element, Word("CYCLIC"), "1", value.at, spelling)
        put(element, Word("CYCLIC_TYPE"), kind, value.at, spelling)
    for inner, part in members_of(element, spelling, value):
        text, word = joined(part), f"{spelling}.{inner}"
        if inner == "Intervals" and text is not None:
            intervals = ",".join(f"+{interval(each)}" for each in text.split(","))
            put(element, Word("CYCLIC_INTERVAL_SEQUENCE"), intervals, part.at, word)
        elif inner == "At" and text is not None:
            put(element, Word("CYCLIC_TIMES_SEQUENCE"), text, part.at, word)
        else:
            _repeat(element, inner, word, part)


def _repeat(element: Element, inner: str, word: str, part: Value) -> None:
    known = {"Times": TIMES, "From": FROM, "Tolerance": TOLERANCE}
    if inner in known:
        settle(element, known[inner], part, word)
    else:
        spread(element, word, part)
