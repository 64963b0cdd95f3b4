"""Time zones as sources spell them, and the names that launch plans get."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest

from tests.support import cli, codes, emit, read
from transpile.dialects import DIALECTS
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Schedule, Site
from transpile.model.clock import clock_changes
from transpile.model.zones import CONSTANT, Zones, posix_offset, zone_named
from transpile.sources.text import Source

JIL = (
    "insert_job: A\ncommand: true\ndate_conditions: 1\ndays_of_week: all\n"
    'start_times: "08:00"\ntimezone: {}\n'
)


def scheduled(zone: str, site: Site | None = None) -> tuple[Schedule | None, set[str]]:
    diagnostics = Diagnostics()
    source = Source("a.jil", JIL.format(zone) if zone else JIL.rpartition("timezone")[0])
    (network,) = DIALECTS["autosys"].read([source], diagnostics, site or Site())
    return network.jobs["A"].schedule, codes(diagnostics)


@pytest.mark.parametrize(
    ("word", "zone"),
    [
        ("US/Eastern", "America/New_York"),
        ("us/eastern", "America/New_York"),
        ("Eastern", "America/New_York"),
        ("EST5EDT", "America/New_York"),
        ("NewYork", "America/New_York"),
        ("New_York", "America/New_York"),
        ("NEWYORK", "America/New_York"),
        ('"Los Angeles"', "America/Los_Angeles"),
        ("Pacific", "America/Los_Angeles"),
        ("Chicago", "America/Chicago"),
        ("GB", "Europe/London"),
        ("europe/london", "Europe/London"),
        ("Europe/Amsterdam", "Europe/Amsterdam"),
        ("Japan", "Asia/Tokyo"),
        ("UTC", "UTC"),
        ("EST", "Etc/GMT+5"),
        ("IST-5:30", "Asia/Kolkata"),
        ('"IST-5\\:30"', "Asia/Kolkata"),
        ("GMT-1", "Etc/GMT-1"),
        ("BRT3", "Etc/GMT+3"),
        ("<+05>-5", "Etc/GMT-5"),
        ("XYZ-0", "Etc/UTC"),
    ],
)
def test_a_zone_of_autosys(word: str, zone: str) -> None:
    schedule, found = scheduled(word)
    assert schedule is not None
    assert schedule.timezone == zone
    assert "A506" not in found
    assert ("A882" in found) is (posix_offset(word.strip('"').replace("\\", "")) is not None)


@pytest.mark.parametrize(
    "word",
    [
        "Middle/Earth",
        "CET-1CEST",
        "GMT0BST,M3.5.0/1,M10.5.0",
        "NST3:30",
        "XYZ20",
        "XYZ-5:70",
        "Georgia",
    ],
)
def test_an_unknown_zone_is_an_error(word: str) -> None:
    """Of a POSIX string with summer time it is not said when that begins."""
    schedule, found = scheduled(word)
    assert schedule is None
    assert "A506" in found


def test_posix_counts_west_of_greenwich() -> None:
    for word, minutes in (("IST-5:30", 330), ("EST5", -300), ("GMT-10", 600)):
        offset = posix_offset(word)
        assert offset is not None
        assert offset.zone is not None
        noon = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo(offset.zone))
        assert noon.utcoffset() == timedelta(minutes=minutes)


def test_zones_that_stand_for_offsets_never_change() -> None:
    for minutes, zone in CONSTANT.items():
        assert clock_changes(zone, date(2026, 1, 1), date(2037, 12, 31)) == ()
        sign = "-" if minutes > 0 else ""
        hours, rest = divmod(abs(minutes), 60)
        offset = posix_offset(f"XYZ{sign}{hours}:{rest:02}")
        assert offset is not None
        assert offset.zone == zone


def test_every_zone_of_iana_is_known_and_loads() -> None:
    for name in available_timezones() - {"Factory", "localtime", "posixrules"}:
        if not name.startswith(("posix/", "right/", "SystemV/")):
            found = zone_named(name.upper())
            assert found is not None, name
            assert "/" in found or found == "UTC", name
            ZoneInfo(found)


def test_names_of_a_site_come_first() -> None:
    site = Site(timezones=(("Eastern", "Australia/Sydney"), ("HQ", "gb")))
    assert scheduled("EASTERN", site)[0] == scheduled("Sydney")[0]
    schedule, found = scheduled("hq", site)
    assert schedule is not None
    assert schedule.timezone == "Europe/London"
    assert "A506" not in found
    assert Zones({}).default is None


def test_the_zone_of_the_server() -> None:
    schedule, found = scheduled("")
    assert schedule is not None
    assert schedule.timezone is None
    assert "A507" in found
    schedule, found = scheduled("", Site(timezones=(("default", "Europe/London"),)))
    assert schedule is not None
    assert schedule.timezone == "Europe/London"
    assert "A507" not in found


SOURCES = {
    "a.jil": JIL.rpartition("timezone")[0],
    "a.tws": 'SCHEDULE W#S ON MO AT 0230\n:\nJ DOCOMMAND "true"\nEND\n',
    "a.flow": "trigger:\n  schedule: {type: cron, value: '0 30 2 * * ?'}\n"
    "nodes:\n  - name: A\n    type: noop\n",
}


@pytest.mark.parametrize("name", SOURCES)
def test_the_zone_of_the_server_in_every_format(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(SOURCES[name])
    if name == "a.flow":
        (tmp_path / "a.project").write_text("azkaban-flow-version: 2.0\n")
    assert "A507" in cli("check", tmp_path).output
    (tmp_path / "transpile.toml").write_text('[timezones]\nDefault = "US/Eastern"\n')
    assert "A507" not in cli("check", tmp_path).output
    cli("convert", tmp_path, "-o", tmp_path / "out")
    written = "".join(path.read_text() for path in (tmp_path / "out").glob("*.py"))
    assert 'timezone="America/New_York"' in written


def test_a_cron_expression_meets_changes_of_the_clock(tmp_path: Path) -> None:
    (tmp_path / "a.flow").write_text(SOURCES["a.flow"])
    (tmp_path / "a.project").write_text("azkaban-flow-version: 2.0\n")
    (tmp_path / "transpile.toml").write_text('[timezones]\ndefault = "Europe/Berlin"\n')
    found = cli("check", tmp_path).output
    assert "A521" in found
    assert "A522" in found
    (tmp_path / "a.flow").write_text(SOURCES["a.flow"].replace("30 2 * * ?", "30 2 ? * MON"))
    assert "A52" not in cli("check", tmp_path).output


def test_a_zone_of_the_settings_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(JIL.format("HQ"))
    (tmp_path / "transpile.toml").write_text('[timezones]\nHQ = "Middle/Earth"\n')
    found = cli("check", tmp_path).output
    assert "transpile.toml:2:1: error[A912]" in found
    assert "error[A506]" in found


def test_zones_of_composer_text() -> None:
    text = 'SCHEDULE W#S TIMEZONE {} ON MO AT 0600\n:\nJ DOCOMMAND "true"\nEND\n'
    assert 'timezone="America/New_York"' in emit(text.format("us/eastern"))["s"]
    assert "A506" in codes(read(text.format("Middle/Earth"))[1])
