"""`verify --days`: whole nights on both sides, and the mistakes that it finds."""

import json
import random
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.night_estates import NightGenerator
from tests.support import ROOT
from transpile.cli import main

ESTATE = """\
insert_job: FEED   job_type: c
command: feed
date_conditions: 1
days_of_week: mo,tu,we,th,fr
start_times: "20:00"
timezone: Europe/London

insert_job: NIGHT   job_type: b
date_conditions: 1
days_of_week: all
start_times: "22:00"
timezone: Europe/London

insert_job: LOAD   job_type: c
box_name: NIGHT
command: load
condition: s(FEED, 04.00)

insert_job: POST   job_type: c
box_name: NIGHT
command: post
condition: s(LOAD)

insert_job: CHECK   job_type: c
command: check
date_conditions: 1
days_of_week: all
start_times: "06:00,22:10"
timezone: Europe/London
condition: s(POST)

insert_job: POLL   job_type: c
command: poll
date_conditions: 1
days_of_week: all
start_mins: 0,30
"""
SETTINGS = '[platform]\nendpoint = "flyteadmin:81"\n[durations]\nLOAD = "20m"\n'

ELSEWHERE = """\
insert_job: EVENING   job_type: b
date_conditions: 1
days_of_week: all
start_times: "20:30"

insert_job: TAKINGS   job_type: c
box_name: EVENING
command: takings
condition: s(CARDS)
"""

PLANTED = {
    "a start time is dropped": ("check.py", '"06:00", "22:10"', '"06:00"', "CHECK"),
    "a wait lacks its window": ("night_cuts.py", ", within=timedelta(hours=4)", "", "NIGHT"),
    "a zone is changed": ("feed.py", "Europe/London", "America/New_York", "FEED"),
    "SKIP is forgotten": ("poll.py", ", concurrency=ONE_AT_A_TIME", "", "POLL"),
    "a reset is missing": ("check_cuts.py", '"post", box="")', '"post")', "CHECK"),
}


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sources, and with the modules in `flows`."""
    folder = tmp_path_factory.mktemp("nights")
    (folder / "sources").mkdir()
    (folder / "sources" / "estate.jil").write_text(ESTATE, encoding="utf-8")
    (folder / "sources" / "transpile.toml").write_text(SETTINGS, encoding="utf-8")
    result = invoke("convert", folder / "sources", "-o", folder / "flows")
    assert result.exit_code == 0, result.output
    return folder


def nights(sources: Path, *options: object) -> tuple[int, dict[str, Any]]:
    given = ("--days", 7, "--from", "2026-05-11", "--scenarios", 6, *options)
    result = invoke("verify", sources, *given, "--format", "json")
    return result.exit_code, json.loads(result.stdout)


def workflow(found: dict[str, Any], name: str) -> dict[str, Any]:
    (row,) = (row for row in found["workflows"] if row["name"] == name)
    return row


def test_what_is_not_planted_is_explained(estate: Path) -> None:
    _, fresh = nights(estate / "sources")
    _, written = nights(estate / "sources", "--against", estate / "flows")
    assert fresh == written
    assert all("unexplained" not in row["differences"] for row in fresh["workflows"])
    assert workflow(fresh, "POLL")["differences"] == {}
    assert workflow(fresh, "FEED")["equal_days"] == 7


@pytest.mark.parametrize("title", PLANTED)
def test_a_planted_mistake_is_found(estate: Path, tmp_path: Path, title: str) -> None:
    name, before, after, where = PLANTED[title]
    shutil.copytree(estate / "flows", tmp_path / "flows")
    module = tmp_path / "flows" / name
    text = module.read_text(encoding="utf-8")
    assert before in text
    module.write_text(text.replace(before, after), encoding="utf-8")
    _, good = nights(estate / "sources")
    code, found = nights(estate / "sources", "--against", tmp_path / "flows")
    assert code == 1
    differs = workflow(found, where)["differences"]
    assert differs != workflow(good, where)["differences"]
    if title != "SKIP is forgotten":
        assert differs["unexplained"] > 0


@pytest.mark.parametrize("stands", ['file = "/data/ready"', 'approval = "Is it in?"'])
def test_what_lives_elsewhere_ends_well_at_once(tmp_path: Path, stands: str) -> None:
    (tmp_path / "evening.jil").write_text(ELSEWHERE, encoding="utf-8")
    rules = f'[[external]]\njob = "CARDS"\n{stands}\n'
    (tmp_path / "transpile.toml").write_text(rules, encoding="utf-8")
    status, found = nights(tmp_path, "--from", "2026-03-23", "--days", "3")
    (row,) = found["workflows"]
    assert (status, row["differences"]) == (0, {})
    assert row["agreeing_runs"] == 2 * 3 * 6


def test_a_change_of_one_run_is_no_concern_of_days_but_of_a_run(
    estate: Path, tmp_path: Path
) -> None:
    shutil.copytree(estate / "flows", tmp_path / "flows")
    module = tmp_path / "flows" / "night.py"
    text = module.read_text(encoding="utf-8")
    edge = "load_node >> post_node\n"
    assert edge in text
    module.write_text(text.replace(edge, ""), encoding="utf-8")
    result = invoke("verify", estate / "sources", "--against", tmp_path / "flows")
    assert result.exit_code == 1
    assert "NIGHT: DISAGREE" in result.output
    assert "FEED: agree" in result.output


def test_against_a_folder_without_the_modules(estate: Path, tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    result = invoke("verify", estate / "sources", "--against", tmp_path / "flows")
    assert result.exit_code == 1
    assert "feed.py does not exist; convert the sources again" in result.output
    result = invoke("verify", estate / "sources", "--against", tmp_path / "flows", "--days", 2)
    assert result.exit_code == 2
    assert "feed.py does not exist; convert the sources again" in result.output


def test_the_text_says_what_differs_and_why(estate: Path) -> None:
    result = invoke(
        "verify", estate / "sources", "--days", 7, "--from", "2026-05-11", "--scenarios", 6
    )
    assert "7 days from Mon 2026-05-11 00:00 to Mon 2026-05-18 00:00, UTC" in result.output
    assert "POLL: equal, on 7 of 7 days" in result.output
    assert "NIGHT: DIFFERS" in result.output
    assert "why:" in result.output
    assert "remedy:" in result.output


ACCEPT = """
[[accept]]
class = "stuck box"
jobs = ["NIGHT", "LOAD", "POST", "CHECK"]
reason = "a box need not hang"
[[accept]]
class = "overlap"
reason = "not there"
"""


def test_accepted_differences_are_counted_apart(estate: Path, tmp_path: Path) -> None:
    shutil.copytree(estate / "sources", tmp_path / "sources")
    settings = tmp_path / "sources" / "transpile.toml"
    settings.write_text(SETTINGS + ACCEPT, encoding="utf-8")
    _, before = nights(estate / "sources")
    _, after = nights(tmp_path / "sources")
    stuck = workflow(before, "NIGHT")["differences"]["stuck box"]
    assert workflow(after, "NIGHT")["accepted"] == stuck > 0
    assert "stuck box" not in workflow(after, "NIGHT")["differences"]
    assert after["accepting_nothing"] == ["[[accept]] class = overlap"]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('class = "nothing"\nreason = "x"', "unknown class 'nothing'"),
        ('class = "overlap"', "it needs a reason"),
        ('reason = "x"', "it needs class, jobs or both"),
        ('jobs = "A"\nreason = "x"', "jobs must be a list of names"),
    ],
)
def test_a_wrong_acceptance_is_a_finding(tmp_path: Path, table: str, told: str) -> None:
    (tmp_path / "a.jil").write_text("insert_job: A\ncommand: a\n", encoding="utf-8")
    (tmp_path / "transpile.toml").write_text(f"[[accept]]\n{table}\n", encoding="utf-8")
    result = invoke("check", tmp_path)
    assert told in result.output


def test_strategic_days_are_chosen(tmp_path: Path) -> None:
    result = invoke("verify", ROOT / "samples" / "autosys", "--days", 4, "--format", "json")
    periods = json.loads(result.stdout)["periods"]
    reasons = {why["why"] for period in periods for why in period["because"]}
    assert any("the clock changes in Europe/London" in why for why in reasons)
    assert any(why.startswith("end of the") for why in reasons)
    for period in periods:
        first, last = (date.fromisoformat(period[key][:10]) for key in ("from", "to"))
        assert (last - first).days == 4
        assert all(first <= date.fromisoformat(why["day"]) < last for why in period["because"])


def test_the_page_holds_the_days(estate: Path, tmp_path: Path) -> None:
    page = tmp_path / "nights.html"
    nights(estate / "sources", "--page", page)
    text = page.read_text(encoding="utf-8")
    assert text.count('<th scope="row">') == 4
    assert "<script" not in text
    assert 'class="known" title="2026-05-' in text


@pytest.mark.parametrize("option", ["--page", "--save"])
def test_a_file_that_cannot_be_written_is_refused(estate: Path, option: str) -> None:
    result = invoke("verify", estate / "sources", "--days", 2, option, estate / "none" / "x")
    assert result.exit_code == 2
    assert "its folder does not exist or is read-only" in result.output


def test_processes_do_not_change_the_result(estate: Path) -> None:
    assert nights(estate / "sources", "-j", 2) == nights(estate / "sources", "-j", 1)


def test_a_log_of_each_side(estate: Path, tmp_path: Path) -> None:
    runs = tmp_path / "runs.json"
    told = {"default": [60, 0], "runs": {"POLL#3": [2400, 0], "FEED#1": [600, 1]}}
    runs.write_text(json.dumps(told), encoding="utf-8")
    given = ("--days", 2, "--from", "2026-05-11", "--runs", runs, "--format", "json")
    sides = []
    for side in ("source", "platform"):
        result = invoke("dry-run", estate / "sources", "--by", side, *given)
        assert result.exit_code == 0, result.output
        found = json.loads(result.stdout)
        sides.append([run for run in found["runs"] if run["job"] in ("FEED", "POLL")])
    assert sides[0] == sides[1]
    feed = next(run for run in sides[0] if run["job"] == "FEED")
    assert feed == {
        "job": "FEED",
        "start": "2026-05-11T19:00:00+00:00",
        "end": "2026-05-11T19:10:00+00:00",
        "status": "FAILURE",
    }
    polls = [run["start"][11:16] for run in sides[0] if run["job"] == "POLL"]
    assert polls[:5] == ["00:00", "00:30", "01:00", "02:00", "02:30"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "Expecting property name"),
        ("[]", "it must be an object"),
        ('{"runs": {"A#1": [1]}}', "A#1: [1] is not [seconds, exit code]"),
        ('{"runs": {"A#1": [-1, 0]}}', "is not [seconds, exit code]"),
        ('{"defaults": [1, 0]}', "unknown key 'defaults'"),
        ('{"operations": [{"at": "2026-05-11", "event": "X", "name": "A"}]}', "has no offset"),
        ('{"operations": [1]}', "is not an object with at, event and name"),
    ],
)
def test_runs_that_make_no_sense(estate: Path, tmp_path: Path, text: str, told: str) -> None:
    runs = tmp_path / "runs.json"
    runs.write_text(text, encoding="utf-8")
    result = invoke("dry-run", estate / "sources", "--by", "source", "--runs", runs)
    assert result.exit_code == 2
    assert told in result.output


def test_an_unknown_event_of_an_operator(estate: Path, tmp_path: Path) -> None:
    runs = tmp_path / "runs.json"
    event = {"at": "2026-05-11T09:00:00+00:00", "event": "DANCE", "name": "FEED"}
    runs.write_text(json.dumps({"operations": [event]}), encoding="utf-8")
    result = invoke("dry-run", estate / "sources", "--by", "source", "--runs", runs)
    assert result.exit_code == 2
    assert "unknown event DANCE; the source knows CHANGE_STATUS" in result.output


@pytest.mark.parametrize("chunk", range(2))
def test_generated_estates(tmp_path: Path, chunk: int) -> None:
    """Most runs are reproduced, and what differs is explained."""
    agree = differ = unexplained = 0
    for seed in range(100 + chunk, 116, 2):
        rnd = random.Random(seed)
        folder = tmp_path / str(seed)
        folder.mkdir()
        (folder / "transpile.toml").write_text('[platform]\nendpoint = "a:81"\n', encoding="utf-8")
        (folder / "a.jil").write_text(NightGenerator(rnd, 8).text(), encoding="utf-8")
        _, found = nights(folder)
        for row in found["workflows"]:
            agree += row["agreeing_runs"]
            differ += sum(row["differences"].values())
            unexplained += row["differences"].get("unexplained", 0)
    assert agree > 1000
    assert unexplained == 0, (agree, differ, unexplained)


def test_a_workflow_that_starts_on_no_day_is_said_to_be_idle(tmp_path: Path) -> None:
    source = tmp_path / "idle.jil"
    source.write_text(
        "insert_job: IDLE\ncommand: idle\ndate_conditions: 1\ndays_of_week: su\n"
        'start_times: "20:00"\ntimezone: UTC\n'
    )
    found = CliRunner().invoke(
        main, ["verify", str(source), "--days", "2", "--from", "2026-06-01", "--scenarios", "1"]
    )
    assert "IDLE: equal, on 2 of 2 days; nothing ran on either side" in found.output


def test_a_job_in_several_networks_ends_alike_on_both_sides(tmp_path: Path) -> None:
    after = {"backup": "", "verify": "backup", "report": "verify"}
    for hour, (name, needs) in enumerate(after.items(), 2):
        needed = f"Requires={needs}.service\nAfter={needs}.service\n" if needs else ""
        (tmp_path / f"{name}.service").write_text(
            f"[Unit]\n{needed}[Service]\nType=oneshot\nExecStart=/bin/{name}\n"
        )
        (tmp_path / f"{name}.timer").write_text(
            f"[Timer]\nOnCalendar=*-*-* 0{hour}:30:00\n[Install]\nWantedBy=timers.target\n"
        )
    (tmp_path / "transpile.toml").write_text(
        '[timezones]\ndefault = "UTC"\n[platform]\nendpoint = "flyteadmin:81"\n'
    )
    days = ("--days", "3", "--from", "2026-06-01", "--scenarios", "8")
    output = CliRunner().invoke(main, ["verify", str(tmp_path), *days]).output
    assert "0 of them unexplained" in output
    assert "0 runs agree" not in output
