"""Checks of the values in transpile.toml."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from transpile.model.zones import zone_named

_LEVEL = re.compile(r"(?:[\w .-]|\{\w+\})+", re.ASCII)
"""One folder in the setting `folder`."""


_DURATION = re.compile(r"(?=.)(?:(\d{1,5})h)?(?:(\d{1,5})m)?(?:(\d{1,5})s)?", re.ASCII)


def seconds_of(value: Any) -> float | None:
    """The seconds of a number of minutes, or of a text such as 1h30m; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value * 60.0 if 0 <= value < 10**6 else None
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return float(hours * 3600 + minutes * 60 + seconds)


class Check(NamedTuple):
    """A test of a value, and a phrase for what it accepts."""

    accepts: Callable[[Any], bool]
    wanted: str


def is_text(value: Any) -> bool:
    """True for a text that is not empty."""
    return isinstance(value, str) and bool(value)


def is_texts_by_name(value: Any) -> bool:
    """True for a table of such texts."""
    return isinstance(value, dict) and all(map(is_text, value.values()))


def any_text(wanted: str = "a text") -> Check:
    """Accepts texts, also empty ones."""
    return Check(lambda value: isinstance(value, str), wanted)


def whole_number(low: int, high: int | None = None) -> Check:
    """Accepts integers in a range."""

    def accepts(value: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, int):
            return False
        return value >= low and (high is None or value <= high)

    wanted = f"a number of at least {low}" if high is None else f"a number from {low} to {high}"
    return Check(accepts, wanted)


def one_of(words: Sequence[str]) -> Check:
    """Accepts one of the words."""
    return Check(lambda value: value in words, f"one of {', '.join(words)}")


def _is_patterns(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_prefix(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"([A-Za-z0-9][\w.-]*)?", value, re.ASCII))


def _is_folder(value: Any) -> bool:
    if not isinstance(value, str) or not ("{" in value or value.isidentifier()):
        return False
    return all(map(_LEVEL.fullmatch, value.split("/")))


def _is_zone(value: Any) -> bool:
    return isinstance(value, str) and zone_named(value) is not None


def _is_resources(value: Any) -> bool:
    return is_texts_by_name(value) and value.keys() <= {"cpu", "mem", "gpu", "ephemeral_storage"}


def _is_secrets(value: Any) -> bool:
    return isinstance(value, list) and all(
        is_texts_by_name(item) and "key" in item and item.keys() <= {"group", "key"}
        for item in value
    )


def _is_endpoint(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"(dns:///)?[\w.:[\]-]+", value, re.ASCII))


def _is_credentials(value: Any) -> bool:
    if not isinstance(value, dict) or not is_text(value.get("client_id")):
        return False
    secret, scopes = value.get("secret", {}), value.get("scopes", [])
    return (
        value.keys() <= {"client_id", "secret", "scopes", "audience"}
        and is_texts_by_name(secret)
        and secret.keys() == {"group", "key"}
        and isinstance(scopes, list)
        and all(map(is_text, scopes))
        and is_text(value.get("audience", "none"))
    )


def _is_date(value: Any) -> bool:
    try:
        return date.fromisoformat(str(value)).isoformat() == str(value)
    except ValueError:
        return False


FLAG = Check(lambda value: isinstance(value, bool), "true or false")
PATTERN_LIST = Check(_is_patterns, "a list of patterns")
PREFIX = Check(_is_prefix, "letters, digits, '.', '_' and '-'")
FOLDER = Check(_is_folder, "a property such as application, or {application}/{group}")
ZONE = Check(_is_zone, "a time zone such as Europe/London")
RESOURCES = Check(_is_resources, "texts for cpu, mem, gpu or ephemeral_storage")
SECRETS = Check(_is_secrets, "a list of tables with key and, optionally, group")
ENDPOINT = Check(_is_endpoint, "an address such as flyteadmin.flyte.svc.cluster.local:81")
CREDENTIALS = Check(
    _is_credentials,
    "a table with client_id, secret = { group, key } and, optionally, scopes and audience",
)
DURATION = Check(
    lambda value: seconds_of(value) is not None, 'a number of minutes, or a text such as "1h30m"'
)
REPORT = {
    "title": any_text("the title of the estate"),
    "date": Check(_is_date, "a date such as 2026-12-31"),
}
"""The settings of reports."""
TEXTS = Check(is_texts_by_name, "a table of texts")
