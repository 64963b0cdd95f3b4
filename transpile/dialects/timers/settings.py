"""The [timers] table of transpile.toml."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from transpile.findings.codes.output import UnknownSetting
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Site
from transpile.model.zones import Zones

TABLE = "timers"
VIXIE, CRONIE, SYSTEMD = "vixie", "cronie", "systemd"
ENGINES = (VIXIE, CRONIE, SYSTEMD)
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True, slots=True)
class TimerSettings:
    """What files of timers do not say.

    `engine` runs the crontabs. `user_field` tells whether their lines name a user, None if their
    names and texts decide. `anacron` is the time (hour, minute) at which anacron starts. `since`
    has a day on which a job of a period ran, by its identifier. `zone` is that of the machine,
    `zones` are those that the site has names for.
    """

    engine: str = VIXIE
    user_field: bool | None = None
    anacron: tuple[int, int] = (7, 30)
    since: Mapping[str, date] = field(default_factory=dict)
    zone: str | None = None
    zones: Zones = field(default_factory=Zones)


def read_timer_settings(site: Site, diagnostics: Diagnostics) -> TimerSettings:
    """The settings; those that are wrong are reported and ignored."""
    zones = Zones(dict(site.timezones))
    found: dict[str, Any] = {"zone": zones.default, "zones": zones}
    for table in site.tables:
        if table.name != TABLE:
            continue
        for key, value in (table.values or {}).items():
            if key not in _READERS:
                reason = f"[{TABLE}] has {', '.join(_READERS)}"
                diagnostics.add(UnknownSetting(text=key, reason=reason), table.span, text=key)
                continue
            read, wanted = _READERS[key]
            known = read(value)
            if known is None:
                text = f"{key} = {value!r}"
                wrong = UnknownSetting(text=text, reason=f"it must be {wanted}")
                diagnostics.add(wrong, table.span, text=text)
            else:
                found[key] = known
    return TimerSettings(**found)


def _engine(value: object) -> str | None:
    return value if isinstance(value, str) and value in ENGINES else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _time(value: object) -> tuple[int, int] | None:
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    return (int(match[1]), int(match[2])) if match else None


def _since(value: object) -> dict[str, date] | None:
    if not isinstance(value, dict) or not all(type(day) is date for day in value.values()):
        return None
    return value


_READERS: dict[str, tuple[Callable[[object], Any], str]] = {
    "engine": (_engine, f"one of {', '.join(ENGINES)}"),
    "user_field": (_flag, "true or false"),
    "anacron": (_time, "a time such as 07:30"),
    "since": (_since, "a table of dates, such as { backup = 2026-01-05 }"),
}
