"""An estate moves in three waves; each night is that before the moves.

AutoSys and Flyte are both played, on one clock; what they tell one another goes through programs.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.legacy_side.nights import NOON, Estate, Night, Stage, differences, lines

CLOCK = 'date_conditions: 1\ndays_of_week: all\nstart_times: "{}"\n'


def job(name: str, *lines: str, box: str = "", kind: str = "CMD", at: str = "") -> str:
    command = "" if kind == "BOX" else "command: work\nmachine: batch\n"
    inside = f"box_name: {box}\n" if box else ""
    clock = CLOCK.format(at) if at else ""
    more = "".join(f"{line}\n" for line in lines)
    return f"insert_job: {name}\njob_type: {kind}\n{inside}{command}{clock}{more}\n"


ESTATE = "".join(
    (
        job("HR.FEED", at="00:30"),
        job("HR.ICE", "status: ON_ICE", at="00:30"),
        job("HR.HOURS", "condition: t(HR.FEED) | s(FIN.TAX)"),
        job("FIN.RATES", "condition: d(HR.FEED) & s(ORD.ICE)", at="01:00"),
        job("FIN.TAX", "condition: s(ORD.EXTRACT) & s(HR.FEED, 2.00)"),
        job("ORD.NIGHT", "box_success: s(ORD.SUM) | d(ORD.FIX)", kind="BOX", at="01:30"),
        job("ORD.EXTRACT", "n_retrys: 1", box="ORD.NIGHT"),
        job("ORD.LOAD", "condition: s(ORD.EXTRACT)", box="ORD.NIGHT"),
        job("ORD.FIX", "condition: f(ORD.LOAD)", box="ORD.NIGHT"),
        job("ORD.SUM", "condition: s(ORD.LOAD) & s(FIN.RATES, 12.00)", box="ORD.NIGHT"),
        job("ORD.ICE", "status: ON_ICE", at="00:30"),
        job("FIN.LEDGER", "condition: d(ORD.NIGHT, 6.00) & n(HR.ICE)", kind="BOX", at="01:45"),
        job("FIN.POST", box="FIN.LEDGER"),
        job("FIN.CHECK", "condition: d(FIN.POST)", "term_run_time: 30", box="FIN.LEDGER"),
        job("FIN.ALERT", "condition: f(FIN.POST) | t(FIN.CHECK)"),
        job("RPT.DAILY", "condition: s(FIN.LEDGER, 3.00) & s(HR.PAY, 4.00)", kind="BOX"),
        job("RPT.MAKE", box="RPT.DAILY"),
        job("RPT.SEND", "condition: s(RPT.MAKE)", box="RPT.DAILY"),
        job("RPT.SORRY", "condition: d(FIN.ALERT, 2.00) & s(HR.PAY, 2.00)", at="04:15"),
        job("HR.PAY", "condition: n(FIN.CHECK) & s(FIN.RATES)", at="03:30"),
        job("HR.BOX", kind="BOX", at="03:00"),
        job("HR.WAIT", "condition: s(RPT.SEND, 20.00) | d(RPT.SORRY, 20.00)", box="HR.BOX"),
        job("HR.CLOSE", "condition: s(RPT.DAILY, 2.00)"),
        job("HR.MOURN", "condition: f(ORD.LOAD) & d(FIN.POST)"),
    )
)
TOML = """
[timezones]
default = "UTC"

[platform]
endpoint = "flyteadmin:81"

[[wave]]
name = "orders"
jobs = ["ORD.*"]

[[wave]]
name = "finance"
jobs = ["FIN.*"]

[[wave]]
name = "reports"
jobs = ["RPT.*"]

[bridge]
status = "last-status {job}"
tell = "sendevent -E CHANGE_STATUS -s {status} -J {job}"
start = "pyflyte run -p nightly -d production remote-launchplan {launch_plan}"
interval = 60
times = true
"""
WAVES = "orders", "finance", "reports"
BAD = Night(
    {
        "HR.FEED": [(4, 0), (4, 0), (70, 0), (4, None), (4, 0)],
        "ORD.EXTRACT": [(3, 1), (4, 0)],
        "ORD.LOAD": [(4, 0), (5, 2), (4, 0)],
        "FIN.POST": [(4, 0), (4, 0), (4, 0), (12, 3), (4, 0)],
        "FIN.CHECK": [(4, 0), (4, 0), (40, 0), (4, 0)],
        "RPT.MAKE": [(4, 0), (4, 1), (4, 0)],
    }
)


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    return Stage(tmp_path, monkeypatch)


def test_x(stage: Stage, tmp_path: Path) -> None:
    estate = Estate(tmp_path / "estate", ESTATE, TOML)
    end = NOON + timedelta(days=6)
    usual = stage.play([(NOON, estate.start)], end, BAD).found()
    print(*lines(usual), sep="\n")
    for wave in WAVES:
        step = estate.step(wave)
        print(wave, step.errors)
        sides = stage.play([(NOON, step)], end, BAD)
        print(*differences(usual, sides.found()), sep="\n")
