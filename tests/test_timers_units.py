"""Unit files: what is one, how they are read, and which networks they make."""

from pathlib import Path

import pytest

from tests.support import cli
from tests.systemd_units import DAILY, build, found, found_codes
from transpile.dialects import recognise
from transpile.dialects.kit.clock_days import ClockPlan
from transpile.dialects.timers.time_spans import FOREVER, seconds_of, spelled
from transpile.dialects.timers.unit_files import Entry, UnitText, is_unit, read_texts
from transpile.dialects.timers.unit_names import (
    BadSpecifier,
    FatalSpecifier,
    UnitName,
    escaped,
    expand,
    unescaped,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network
from transpile.sources.text import Source, Span, decode

RUN = "[Service]\nType=oneshot\nExecStart=/bin/true\n"


def texts_of(text: str, label: str = "a.service") -> tuple[list[UnitText], Diagnostics]:
    diagnostics = Diagnostics()
    return read_texts(Source(label, decode(text.encode())[0]), diagnostics), diagnostics


def values(text: str) -> list[tuple[str, str, str]]:
    (unit,), _ = texts_of(text)
    return [(entry.section, entry.key, entry.value) for entry in unit.entries]


# -------------------------------------------------------------------- which file is a unit


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("[Unit]\nDescription=x\n", True),
        ("# a\n\n; b\n[Timer]\n  OnCalendar = daily\n", True),
        ("[Install]\n", True),
        ("[Service]\nX-Own=1\n", True),
        ("[Unit]\n[Path]\nPathExists=/x\n", True),
        ("[Desktop Entry]\nName=x\nExec=y\n", False),
        ("[Service]\nname=x\n", False),
        ("[Service]\nName=x\n", False),
        ("[Path]\nPathExists=/x\n", False),
        ("[unit]\nDescription=x\n", False),
        ("Description=x\n", False),
        ("[Network]\nDHCP=yes\n", False),
        ("0 3 * * * true\n", False),
        ("", False),
        ("#\n" * 100_000, False),
        ("[Unit]" * 100_000, False),
    ],
    ids=lambda value: ascii(value)[:30] if isinstance(value, str) else None,
)
def test_what_is_a_unit(head: str, expected: bool) -> None:
    assert is_unit(head) is expected
    if expected:
        dialect = recognise("units/a.txt", head)
        assert dialect is not None
        assert dialect.name == "timers"


# -------------------------------------------------------------------- syntax


def test_comments_continuations_and_blanks() -> None:
    text = (
        "; a comment\n[Service]\n ExecStart = /bin/a b \\\n# inside\n ; inside\n   c\\\\\n"
        "\tNice=1\nEnvironment=A=1\\\n\nUser=\nGroup=x \\"
    )
    assert values(text) == [
        ("Service", "ExecStart", "/bin/a b     c\\\\"),
        ("Service", "Nice", "1"),
        ("Service", "Environment", "A=1"),
        ("Service", "User", ""),
        ("Service", "Group", "x"),
    ]


def test_line_ends_and_byte_order_marks_change_nothing() -> None:
    plain = "[Service]\nExecStart=/bin/a \\\n b\nNice=1\n"
    assert values(f"\ufeff{plain}") == values(plain.replace("\n", "\r\n")) == values(plain)


def test_places_are_those_of_the_values() -> None:
    (unit,), _ = texts_of("\n[Unit]\n  After =  b.service\n")
    assert unit.entries == (Entry("Unit", "After", "b.service", Span("a.service", 3, 12)),)


def test_what_systemd_ignores_is_reported() -> None:
    text = (
        "Early=1\n[Service]\nNise=1\nX-Own=1\n=x\njunk\n[X-Own]\na\n[Other]\nb=1\n[Path]\nUnit=c\n"
    )
    (unit,), diagnostics = texts_of(text)
    assert [entry.key for entry in unit.entries] == ["X-Own", "Unit"]
    assert found(diagnostics) == [
        "A089 systemd ignores this: Early is in no section",
        "A089 systemd ignores this: Nise is no key of [Service]",
        "A089 systemd ignores this: =x has no key",
        "A089 systemd ignores this: junk is no assignment",
        "A089 systemd ignores this: [Other] is no section of a unit",
    ]


def test_the_output_of_systemctl_cat_holds_several_files() -> None:
    drop_in = "# /run/systemd/system/a.timer.d/x.conf\n[Timer]\n"
    text = f"# /etc/systemd/system/a.timer\n[Timer]\n\n{drop_in}"
    assert [unit.path for unit in texts_of(text)[0]] == [
        "/etc/systemd/system/a.timer",
        "/run/systemd/system/a.timer.d/x.conf",
    ]
    # Elsewhere such a line is a comment.
    assert [unit.path for unit in texts_of(f"[Timer]\n{text}", "a.timer")[0]] == ["a.timer"]


# -------------------------------------------------------------------- names and spans


def test_specifiers_of_names() -> None:
    name = UnitName.read("back-up@dev-sda\\x2d1.service")
    assert name is not None
    shown = {letter: expand(f"%{letter}", name) for letter in "nNpPiIjJf%ht"}
    assert shown == {
        "n": "back-up@dev-sda\\x2d1.service",
        "N": "back-up@dev-sda\\x2d1",
        "p": "back-up",
        "P": "back/up",
        "i": "dev-sda\\x2d1",
        "I": "dev/sda-1",
        "j": "up",
        "J": "up",
        "f": "/dev/sda-1",
        "%": "%",
        "h": "/root",
        "t": "/run",
    }
    assert str(name.template) == "back-up@.service"
    assert unescaped(escaped("a b/c.d-\u00e9")) == "a b/c.d-\u00c3\u00a9"


@pytest.mark.parametrize(
    "text", ["", "a", ".service", "a b.service", "a/b.service", "a" * 300 + ".timer"]
)
def test_what_is_no_name(text: str) -> None:
    assert UnitName.read(text) is None


def test_specifiers_of_machines_and_unknown_ones() -> None:
    name = UnitName.read("a.service")
    assert name is not None
    assert expand("x%H", name, hole=lambda shell: f"<{shell}>") == "x<$(uname -n)>"
    assert expand("100%, %. %", name) == "100%, %. %"
    for letter in "HmbaoWd":
        with pytest.raises(BadSpecifier, match="machine"):
            expand(f"%{letter}", name)
    with pytest.raises(BadSpecifier, match="user"):
        expand("%h", name, is_user=True)
    with pytest.raises(FatalSpecifier):
        expand("%z", name)


@pytest.mark.parametrize(
    ("text", "seconds", "shown"),
    [
        ("5", 5, "5s"),
        ("1h 30min", 5400, "1h 30min"),
        ("1h30", 3630, "1h 30s"),
        ("1.5h", 5400, "1h 30min"),
        (".5 s", 0.5, "0.5s"),
        ("2 weeks", 1209600, "14d"),
        ("1month", 2629800, "30d 10h 30min"),
        ("infinity", FOREVER, "infinity"),
        ("0", 0, "0s"),
    ],
)
def test_time_spans(text: str, seconds: float, shown: str) -> None:
    assert seconds_of(text) == seconds
    assert spelled(seconds) == shown


@pytest.mark.parametrize(
    "text", ["", "5x", "-5", "1h-5", "5.", "h", "1,5", "9" * 2000, "1 " * 2000]
)
def test_what_is_no_time_span(text: str) -> None:
    with pytest.raises(ValueError, match="time span"):
        seconds_of(text)


# -------------------------------------------------------------------- sets of units


def test_drop_ins_apply_by_name_and_the_nearest_folder_counts() -> None:
    networks, diagnostics = build(
        {
            "a-b.timer": DAILY,
            "a-b.service": RUN,
            "service.d/10-x.conf": "[Service]\nNice=1\nEnvironment=A=all\n",
            "a-.service.d/10-x.conf": "[Service]\nNice=2\n",
            "a-b.service.d/20-y.conf": "[Service]\nExecStart=\nExecStart=/bin/y $A\n",
            "z.service.d/x.conf": "[Service]\nNice=3\n",
        }
    )
    job = networks["a-b"].jobs["a-b"]
    assert dict(job.notes)["Nice"] == "2"
    assert str(job.action).count("/bin/y") == 1
    assert "z.service is no batch job (the estate has only its drop-ins)" in str(found(diagnostics))


def test_a_template_stands_for_its_instances() -> None:
    networks, diagnostics = build(
        {
            "job@.timer": f"{DAILY}DefaultInstance=one\n",
            "job@two.timer": DAILY,
            "job@.service": "[Service]\nType=oneshot\nExecStart=/bin/job %i %I\n",
            "job@.service.d/x.conf": "[Unit]\nDescription=all\n",
            "job@two.service.d/x.conf": "[Unit]\nDescription=two\n",
            "idle@.service": RUN,
        }
    )
    assert sorted(networks) == ["job@one", "job@two"]
    descriptions = [networks[f"job@{n}"].jobs[f"job@{n}"].description for n in ("one", "two")]
    assert descriptions == ["all", "two"]
    assert "nothing in the estate starts idle@.service: it is a template" in str(found(diagnostics))


def test_etc_overrides_usr_and_links_are_wishes() -> None:
    networks, diagnostics = build(
        {
            "usr/lib/systemd/system/a.timer": "[Timer]\nOnCalendar=01:00 UTC\n",
            "etc/systemd/system/a.timer": "[Timer]\nOnCalendar=02:00 UTC\n",
            "etc/systemd/system/timers.target.wants/a.timer": "[Timer]\nOnCalendar=02:00 UTC\n",
            "etc/systemd/system/a.service": RUN,
        }
    )
    assert str(networks["a"].schedule) == "02:00 daily UTC"
    assert found(diagnostics) == [
        "A089 systemd ignores this: etc/systemd/system/a.timer defines a.timer, too"
    ]


def test_a_named_file_brings_the_files_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.timer").write_text(DAILY)
    (tmp_path / "a.service").write_text(f"{RUN}[Unit]\nWants=b.service\nAfter=b.service\n")
    (tmp_path / "b.service").write_text(RUN)
    (tmp_path / "c.service").write_text(RUN)
    drop_ins = tmp_path / "b.service.d"
    drop_ins.mkdir()
    (drop_ins / "x.conf").write_text("[Unit]\nDescription=with a drop-in\n")
    result = cli("convert", tmp_path / "a.timer", "-o", tmp_path / "out")
    assert result.exit_code == 0
    written = {path.name for path in (tmp_path / "out").glob("*.py")}
    assert written == {"__init__.py", "a.py", "job_runtime.py"}
    assert "with a drop-in" in (tmp_path / "out" / "a.py").read_text()


def test_files_beside_standard_input_are_not_read() -> None:
    result = cli("check", "-", "--from", "timers", stdin=DAILY)
    assert "is not in the estate" in result.output


# -------------------------------------------------------------------- timers


def _network(timer: str, service: str = RUN, **more: str) -> tuple[Network, list[str]]:
    units = {"a.timer": f"{timer}\n[Install]\nWantedBy=x.target\n", "a.service": service, **more}
    networks, diagnostics = build(units)
    return networks["a"], found(diagnostics)


def test_several_timers_start_one_service() -> None:
    networks, diagnostics = build(
        {
            "x.timer": f"{DAILY}[Timer]\nUnit=a.service\nPersistent=true\n",
            "a.timer": DAILY.replace("03:00 UTC", "Sat 04:00:15 Asia/Tokyo"),
            "a.service": RUN,
        }
    )
    network = networks["a"]
    assert str(network.schedule) == "03:00 daily UTC; 04:00 sa Asia/Tokyo"
    assert isinstance(network.plan, ClockPlan)
    assert [str(clock) for clock in network.plan.clocks[None]] == [
        "*-*-* 03:00:00 UTC",
        "Sat *-*-* 04:00:15 Asia/Tokyo",
    ]
    assert network.plan.waits == {None: "a"}
    assert network.jobs["a"].notes[0] == ("Persistent", "true")
    assert found_codes(diagnostics) == {"A094"}


@pytest.mark.parametrize(
    ("timer", "schedule", "code"),
    [
        ("OnCalendar=daily UTC\nOnCalendar=\nOnCalendar=04:00 UTC", "04:00 daily UTC", ""),
        ("OnBootSec=1\nOnCalendar=", "", "A088"),
        ("OnBootSec=1h", "", "A093"),
        ("OnBootSec=1h\nOnCalendar=4:0 UTC", "04:00 daily UTC", "A095"),
        ("OnUnitActiveSec=6h\nOnCalendar=4:0 UTC", "04:00 daily UTC", "A095"),
        ("OnUnitInactiveSec=1d", "00:00 daily UTC", "A096"),
        ("OnUnitActiveSec=90s", "", "A093"),
        ("OnUnitActiveSec=7h", "", "A093"),
        ("OnUnitActiveSec=nonsense", "", "A089"),
        ("OnCalendar=*:*:0/30 UTC", "", "A093"),
        ("OnCalendar=2019-1-1", "", "A526"),
        (
            "OnCalendar=2027-1-1 UTC",
            "00:00 day 1 of month 1 from 2027-01-01 before 2028-01-01 UTC",
            "A524",
        ),
        ("OnCalendar=1:0 UTC\nOnClockChange=1", "01:00 daily UTC", "A095"),
        ("OnCalendar=1:0 UTC\nOnClockChange=0\nOnTimezoneChange=no", "01:00 daily UTC", ""),
        ("OnCalendar=1:0 UTC\nRandomizedDelaySec=0\nAccuracySec=1us", "01:00 daily UTC", ""),
        ("OnCalendar=1:0 UTC\nRandomizedDelaySec=1", "01:00 daily UTC", "A094"),
        ("OnCalendar=1:0 EST", "01:00 daily Etc/GMT+5", "A094"),
        (
            "OnCalendar=0/7:00 UTC\nDeferReactivation=1",
            "00:00, 07:00, 14:00, 21:00 daily UTC",
            "A094",
        ),
        ("OnCalendar=0/6:00 UTC\nDeferReactivation=1", "00:00, 06:00, 12:00, 18:00 daily UTC", ""),
    ],
)
def test_starts(timer: str, schedule: str, code: str) -> None:
    networks, diagnostics = build(
        {"a.timer": f"[Timer]\n{timer}\n[Install]\nWantedBy=t.target\n", "a.service": RUN}
    )
    shown = str(networks["a"].schedule or "") if "a" in networks else ""
    assert shown == schedule
    assert found_codes(diagnostics) - {"A099"} == ({code} if code else set())


def test_an_interval_starts_evenly_from_midnight_on() -> None:
    network, said = _network("[Timer]\nOnBootSec=5min\nOnUnitActiveSec=90min")
    assert network.schedule is not None
    starts = [time for each in network.schedule.each() for time in each.times]
    assert sorted(h * 60 + m for h, m in starts) == list(range(0, 24 * 60, 90))
    assert "A096" in str(said)


@pytest.mark.parametrize(
    ("timer", "limit", "reported"),
    [
        ("OnCalendar=*:0/10 UTC", "", True),
        ("OnCalendar=*:0/10 UTC", "TimeoutStartSec=10min", False),
        ("OnCalendar=*:0/10 UTC", "TimeoutStartSec=11min", True),
        ("OnCalendar=*:0/10 UTC\nDeferReactivation=yes", "", False),
        ("OnCalendar=Mon 1:00 UTC\nOnCalendar=Tue 2:00 UTC", "", False),
    ],
)
def test_a_start_during_a_run(timer: str, limit: str, reported: bool) -> None:
    _, said = _network(f"[Timer]\n{timer}", f"{RUN}{limit}\n")
    assert any("right after a run that goes on" in each for each in said) is reported


def test_a_run_that_goes_on_puts_a_start_off(tmp_path: Path) -> None:
    (tmp_path / "a.timer").write_text(DAILY.replace("03:00", "*:0/2"))
    (tmp_path / "a.service").write_text(RUN)
    result = cli("verify", "--days", 1, tmp_path)
    assert "starts at the end of the run of" in result.output
