"""Time zones as sources spell them, to the names that Flyte's scheduler can load.

The scheduler loads IANA names in their exact spelling. Names that IANA keeps for the sake of old
systems (US/Eastern, EST5EDT, GB) are missing on some of them, so the zone's own name is used.
"""

import functools
import re
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

_AREAS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Etc"),
    *("Europe", "Indian", "Pacific"),
)
_POSIX = re.compile(
    r"(?:[A-Za-z]{3,}|<[+-]?\d+>)(?P<sign>[+-]?)(?P<hours>\d{1,2})(?::(?P<minutes>\d\d))?"
)

_ALIASES = {
    **{name: f"US/{name.title()}" for name in ("alaska", "arizona", "central", "eastern")},
    **{name: f"US/{name.title()}" for name in ("hawaii", "mountain", "pacific")},
    "est5edt": "US/Eastern",
    "cst6cdt": "US/Central",
    "mst7mdt": "US/Mountain",
    "pst8pdt": "US/Pacific",
    "akst9akdt": "US/Alaska",
    "ast4adt": "Canada/Atlantic",
    "hst10hdt": "US/Aleutian",
    "nst3:30ndt": "Canada/Newfoundland",
}
"""Zones of North America by the name alone, and by the POSIX strings whose rules are known."""

_STANDARD = {"EST": "Etc/GMT+5", "MST": "Etc/GMT+7", "HST": "Etc/GMT+10"}
"""Abbreviations that IANA defines as offsets without a change of the clock."""

CONSTANT = MappingProxyType(
    {
        -570: "Pacific/Marquesas",
        210: "Asia/Tehran",
        270: "Asia/Kabul",
        330: "Asia/Kolkata",
        345: "Asia/Kathmandu",
        390: "Asia/Yangon",
        525: "Australia/Eucla",
        570: "Australia/Darwin",
    }
)
"""Zones whose clocks never change, by minutes east of Greenwich: Etc has whole hours only."""

DEFAULT = "default"
"""The key of [timezones] that names the zone of the source's server."""


class Offset(NamedTuple):
    """A fixed offset from UTC as a source spells it, and the zone that has it all year."""

    shown: str
    zone: str | None


def zone_named(word: str) -> str | None:
    """The IANA name of a zone: spelled in any case, by its old name, or by a city of that name."""
    key = word.strip().lower()
    return _names().get(key) or _cities().get(re.sub(r"[ _-]", "", key))


def posix_offset(word: str) -> Offset | None:
    """The offset of a POSIX string such as IST-5:30, which counts west of Greenwich; else None."""
    match = _POSIX.fullmatch(word.strip())
    if match is None:
        return None
    hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
    east = (hours * 60 + minutes) * (1 if match["sign"] == "-" else -1)
    shown = f"UTC{'-' if east < 0 else '+'}{hours:02}:{minutes:02}"
    if minutes or not -12 <= east // 60 <= 14:
        return Offset(shown, CONSTANT.get(east) if minutes < 60 else None)
    return Offset(shown, f"Etc/GMT{-(east // 60):+}" if east else "Etc/UTC")


class Zones:
    """The zones of an estate: the site's own names come before all others."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        self._own = {word.lower(): zone_named(zone) for word, zone in (own or {}).items()}

    @property
    def default(self) -> str | None:
        """The zone of schedules that name none; None where the team has not said."""
        return self._own.get(DEFAULT)

    def find(self, word: str) -> str | None:
        """The IANA name of a zone; None for one that is not known."""
        return self._own.get(word.strip().lower()) or zone_named(word)


@functools.cache
def _names() -> dict[str, str]:
    """IANA names by their lower-case spelling, and aliases."""
    links = _links()
    found = {}
    for name in _listed():
        area = name.partition("/")[0]
        is_old = area not in _AREAS or "/" not in name
        found[name.lower()] = links.get(name, name) if is_old else name
    found |= {alias: found[name.lower()] for alias, name in _ALIASES.items()}
    found |= {name.lower(): zone for name, zone in _STANDARD.items()}
    found["utc"] = "UTC"
    return found


@functools.cache
def _cities() -> dict[str, str]:
    """IANA names by city, without blanks, where that is unique: NewYork, Chicago."""
    cities: dict[str, set[str]] = {}
    for name in _listed():
        area, _, city = name.partition("/")
        if city and area in _AREAS and area != "Etc":
            cities.setdefault(re.sub(r"[ _-]", "", name.rpartition("/")[2].lower()), set()).add(
                name
            )
    links = _links()
    unique = {}
    for city, found in cities.items():
        # America/Indianapolis is America/Indiana/Indianapolis.
        own = {links.get(name, name) for name in found} if len(found) > 1 else found
        if len(own) == 1:
            unique[city] = own.pop()
    return unique


def _listed() -> list[str]:
    names = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return [name for name in names if name != "Factory"]


@functools.cache
def _links() -> dict[str, str]:
    """The zones that other names stand for."""
    text = files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text(encoding="utf-8")
    rows = (line.split() for line in text.splitlines() if line.startswith("L "))
    links = {name: zone for _, zone, name in rows}
    return {name: links.get(zone, zone) for name, zone in links.items()}
