"""The inventory: grades, effort, blockers, needs, and its formats."""

import base64
import csv
import hashlib
import io
import json
import pickle
import re
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT, cli
from tests.test_reports import TEXT
from transpile.assess.commands import LONGEST, is_secret, needs_of_command
from transpile.assess.effort import MINUTES, SETTLED, minutes_of, parts_of_findings
from transpile.assess.needs import Use
from transpile.assess.rows import COLUMNS, workflows_csv
from transpile.assess.wording import rule_in_words
from transpile.assess.workflow import assess_batch
from transpile.dialects import SCHEDULERS
from transpile.findings.need import Need
from transpile.pipeline import build_estate, load_sources
from transpile.sources.printable import printable
from transpile.sources.text import Span

FORMATS = ("text", "json", "csv", "html")
GRADED = """\
insert_job: PLAIN
command: true
insert_job: HELD
command: true
status: on_hold
insert_job: LOST
command: true
condition: s(NOWHERE)
insert_job: LOST_AND_HELD
command: true
condition: s(NOWHERE)
status: on_hold
"""


def of(folder: Path, *options: str, **files: str) -> dict[str, Any]:
    """The inventory of these JIL files as JSON values."""
    for name, text in files.items():
        (folder / f"{name}.jil").write_text(text, encoding="utf-8")
    done = cli("inventory", folder, "--format", "json", *options)
    found: dict[str, Any] = json.loads(done.output)
    return found


def needs(data: dict[str, Any], kind: Need) -> dict[str, int]:
    """The needs of a kind, and their numbers of jobs."""
    return {row["name"]: row["jobs"] for row in data["needs"] if row["kind"] == kind.value}


def grades(data: dict[str, Any]) -> dict[str, str]:
    return {row["workflow"]: row["grade"] for row in data["workflows"]}


def test_inventory_counts_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "b.dag").write_text("JOB X {\nexecutable = /bin/true\n}\n", encoding="utf-8")
    data = of(tmp_path, a=TEXT)
    assert data["jobs"] == {"command": 4, "box": 1}
    assert data["conditions"] == {
        "or": 1,
        "failure": 1,
        "success": 1,
        "done": 1,
        "exit code": 1,
        "notrunning": 1,
    }
    assert needs(data, Need.OUTSIDE) == {"NOWHERE": 1}
    big, small = data["workflows"]
    assert (big["jobs"], big["boxes"], big["depth"], big["width"]) == (3, 1, 3, 1)
    assert (small["workflow"], small["engine"], small["grade"]) == ("b", "dagman", "automatic")
    assert (big["grade"], big["errors"]) == ("manual", 1)


def test_grades(tmp_path: Path) -> None:
    data = of(tmp_path, a=GRADED)
    assert grades(data) == {
        "PLAIN": "automatic",
        "HELD": "review",
        "LOST": "manual",
        "LOST_AND_HELD": "manual",
    }
    counts = {row["grade"]: (row["workflows"], row["jobs"]) for row in data["grades"]}
    assert counts == {"automatic": (1, 1), "review": (1, 1), "manual": (2, 2)}


def test_an_accepted_finding_does_not_count(tmp_path: Path) -> None:
    baseline = tmp_path / "known.json"
    of(tmp_path, a=GRADED)
    cli("check", tmp_path, "--write-baseline", baseline)
    data = of(tmp_path, "--baseline", str(baseline))
    assert set(grades(data).values()) == {"automatic"}
    assert data["blockers"] == []


@pytest.mark.parametrize(
    ("job", "rules", "what"),
    [
        ("command: load --password=hunter2", "", "secret in clear text"),
        (
            "command: true\ncondition: s(GATE)",
            '[[external]]\njob = "GATE"\napproval = "Go?"\n',
            "approval",
        ),
    ],
    ids=["secret", "approval"],
)
def test_things_to_read_without_a_finding(tmp_path: Path, job: str, rules: str, what: str) -> None:
    (tmp_path / "transpile.toml").write_text(rules, encoding="utf-8")
    data = of(tmp_path, a=f"insert_job: J\n{job}\n")
    (row,) = data["workflows"]
    assert row["grade"] == "review"
    assert what in row["blockers"]


def test_the_minutes_follow_from_the_rule(tmp_path: Path) -> None:
    data = of(tmp_path, a=GRADED)
    rule, rows = data["minutes_rule"], {row["workflow"]: row for row in data["workflows"]}
    assert rule == MINUTES
    plain = rule["workflow"] + rule["job"]
    both = plain + rule["kind of error"] + rule["kind of warning"]
    assert rows["PLAIN"]["hours"] == round(plain / 60, 1)
    assert rows["LOST_AND_HELD"]["hours"] == round(both / 60, 1)
    total = plain * 4 + (both - plain) * 2
    assert data["hours_by_part"]["workflows"] == round(total / 60, 1)
    settled = [row for row in data["needs"] if row["kind"] in {kind.value for kind in SETTLED}]
    assert data["hours_by_part"]["needs"] == round(rule["need"] * len(settled) / 60, 1)
    assert data["workflows"][0]["workflow"] == "LOST_AND_HELD"


def test_further_findings_of_a_code_take_less() -> None:
    parts = parts_of_findings({"A1": 3, "A2": 1}, {"B1": 2})
    assert parts == {
        "kind of error": 2,
        "further error": 2,
        "kind of warning": 1,
        "further warning": 1,
    }
    assert minutes_of(parts) == 2 * 30 + 2 * 10 + 10 + 2


def test_needs_that_nobody_settles_take_no_minutes(tmp_path: Path) -> None:
    data = of(tmp_path, a="insert_job: A\ncommand: /opt/bin/load\nmachine: m1\n")
    assert {row["kind"] for row in data["needs"]} == {"host", "folder", "program"}
    assert data["hours_by_part"]["needs"] == round(MINUTES["need"] / 60, 1)


def test_the_rule_is_printed_in_text_json_and_html(tmp_path: Path) -> None:
    lines = list(rule_in_words(MINUTES))
    assert all(len(line) <= 80 for line in lines)
    of(tmp_path, a=GRADED)
    text, page = (cli("inventory", tmp_path, "--format", f).output for f in ("text", "html"))
    for part, minutes in MINUTES.items():
        assert f"{minutes} per {part}" in " ".join(text.split())
        assert f"{minutes} per {part}" in page


def test_blockers_say_what_mending_one_code_gains(tmp_path: Path) -> None:
    blockers = of(tmp_path, a=GRADED)["blockers"]
    found = {
        row["code"]: (row["jobs"], row["workflows"], row["become_automatic"], row["become_review"])
        for row in blockers
    }
    assert found == {"A303": (2, 2, 1, 1), "A206": (2, 2, 1, 0)}
    assert [row["code"] for row in blockers] == ["A303", "A206"]


def test_blockers_of_most_jobs_come_first(tmp_path: Path) -> None:
    members = "".join(f"insert_job: M{n}\nbox_name: B\ncommand: true\n" for n in range(5))
    held = f"insert_job: B\njob_type: b\n{members}status: on_hold\n"
    blockers = of(tmp_path, a=held, b="insert_job: L\ncommand: true\ncondition: s(NOWHERE)\n")
    first = blockers["blockers"][0]
    assert (first["code"], first["jobs"]) == ("A206", 5)


def test_a_finding_about_no_job_belongs_to_the_only_workflow_of_its_file(tmp_path: Path) -> None:
    job, stray = "insert_job: {}\ncommand: true\n", "frobnicate: X\n"
    alone = of(tmp_path, a=stray + job.format("A"))
    assert grades(alone) == {"A": "manual"}
    assert alone["findings_about_no_workflow"] == {"errors": 0, "warnings": 0}
    several = of(tmp_path, a=stray + job.format("A") + job.format("B"))
    assert grades(several) == {"A": "automatic", "B": "automatic"}
    assert several["findings_about_no_workflow"]["errors"] == 1
    assert several["hours_by_part"]["findings about no workflow"] == 0.5


def test_a_finding_about_a_job_in_no_workflow_is_counted_apart(tmp_path: Path) -> None:
    job = "insert_job: {0}\ncommand: true\ncondition: s({1})\n"
    (tmp_path / "b.dag").write_text("JOB A {\nexecutable = /bin/true\n}\n", encoding="utf-8")
    data = of(tmp_path, a=job.format("A", "B") + job.format("B", "A"))
    assert data["left_out"] == 2
    assert grades(data) == {"b": "automatic"}
    assert data["findings_about_no_workflow"]["errors"] >= 1


COMMANDS = {
    "/opt/app/bin/load /data/in/x.csv": {(Need.FOLDER, "/opt/app/bin"), (Need.FOLDER, "/data/in")},
    "cat $DIR/x ${DIR}/y ^D^/e/f ../z a/b https://h/c /dev/null /bin/true": {(Need.HOST, "h")},
    "cat /data/$DAY/x": {(Need.FOLDER, "/data")},
    r"copy \\srv\share\x C:\batch\y.bat": {
        (Need.FOLDER, r"\\srv\share"),
        (Need.HOST, "srv"),
        (Need.FOLDER, "C:\\batch"),
    },
    "ssh -i key -p 22 bob@h1 ls": {(Need.HOST, "h1"), (Need.PROGRAM, "ls")},
    "scp a.txt bob@h2:in": {(Need.HOST, "h2"), (Need.PROGRAM, "scp")},
    "mailx -s x ops@example.com": {(Need.MAIL, "ops@example.com")},
    "sendevent -E FORCE_STARTJOB -J X": {(Need.UTILITY, "sendevent FORCE_STARTJOB")},
    "sqlplus @x.sql; cd x; echo y": {(Need.DATABASE, "sqlplus")},
    "nohup sh -c 'psql -f x'": {(Need.DATABASE, "psql")},
    "run --password=$DB_PASSWORD": {(Need.SECRET, "--password"), (Need.SECRET, "DB_PASSWORD")},
}


@pytest.mark.parametrize("text", COMMANDS)
def test_needs_of_a_command(text: str) -> None:
    found, in_clear = needs_of_command(text, {}, SCHEDULERS)
    kinds = {Need.PROGRAM} if not any(k is Need.PROGRAM for k, _ in COMMANDS[text]) else set()
    assert {need for need in found if need[0] not in kinds} == COMMANDS[text]
    assert not in_clear


HOSTILE = (
    "a",
    "/",
    "/a",
    "-password ",
    "password=",
    "ssh -p ",
    "x:",
    "a:\\",
    "u@",
    "://a:",
    "pwd='",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_commands_are_read_in_linear_time(piece: str) -> None:
    begun = time.process_time()
    needs_of_command(piece * (LONGEST // len(piece)), {}, SCHEDULERS)
    assert time.process_time() - begun < 2


LEAKS = (
    "load --password=S3cr3t",
    "load --password 'S3cr3t x'",
    "DB_PASSWORD=S3cr3t load",
    "curl -u bob:S3cr3t https://h/x",
    "wget https://bob:S3cr3t@h.example.com/x",
    "sqlplus scott/S3cr3t@prod.example.com @x.sql",
    "sshpass -p S3cr3t ssh h1",
    "load api_key: S3cr3t@mail.example.com",
    'curl -H "Authorization: token=S3cr3t"',
)


@pytest.mark.parametrize("command", LEAKS)
def test_the_value_of_a_secret_is_never_printed(tmp_path: Path, command: str) -> None:
    of(tmp_path, a=f"insert_job: J\ncommand: {command} > /log/x\n")
    for form in FORMATS:
        shown = cli("inventory", tmp_path, "--format", form, "--details").output
        assert "S3cr3t" not in shown, form
    data = of(tmp_path)
    assert [row["in_clear"] for row in data["needs"] if row["kind"] == Need.SECRET.value] == [True]


def test_names_of_secrets() -> None:
    assert all(map(is_secret, ("DB_PASSWORD", "apiKey", "client.secret", "--token")))
    assert not any(map(is_secret, ("PWD", "OLDPWD", "PATH", "ODATE", "KEY")))


def test_needs_have_jobs_and_the_first_place(tmp_path: Path) -> None:
    job = "insert_job: {0}\ncommand: x\nmachine: {1}\nowner: batch@m1\nprofile: /home/p\n"
    data = of(tmp_path, b=job.format("B", "m1, m2"), a=job.format("A", "m1"))
    assert needs(data, Need.HOST) == {"m1": 2, "m2": 1}
    assert needs(data, Need.USER) == {"batch@m1": 2}
    assert needs(data, Need.PROFILE) == {"/home/p": 2}
    (row,) = (row for row in data["needs"] if row["name"] == "m1")
    assert (Path(row["file"]).name, row["line"], row["workflows"]) == ("a.jil", 1, 2)


def test_uses_add_up_to_the_first_place() -> None:
    total = Use(1, Span("b", 1)) + Use(2, Span("a", 7), in_clear=True)
    assert total == Use(3, Span("a", 7), in_clear=True)


def test_variables_resources_and_mail(tmp_path: Path) -> None:
    text = """\
insert_job: A
command: load $$DAY
condition: v(OPEN) = "1"
resources: (DB,QUANTITY=1)
send_notification: 1
notification_emailaddress: ops@example.com
"""
    data = of(tmp_path, a=text)
    assert needs(data, Need.VARIABLE) == {"DAY": 1, "OPEN": 1}
    assert needs(data, Need.RESOURCE) == {"(DB,QUANTITY=1)": 1}
    assert needs(data, Need.MAIL) == {"ops@example.com": 1}


def test_calendars_and_clocks(tmp_path: Path) -> None:
    job = (
        "insert_job: {0}\ncommand: true\ndate_conditions: 1\nrun_calendar: {1}\n"
        'start_times: "{2}"\ntimezone: Europe/London\n'
    )
    calendar = "calendar: OPEN\n01/02/2026 00:00\n03/04/2026 00:00\n\n"
    (tmp_path / "c.txt").write_text(calendar, encoding="utf-8")
    text = job.format("A", "OPEN", "10:00") + job.format("B", "CLOSED", "11:00")
    data = of(tmp_path, "--include", "*", a=text)
    found = {row["name"]: row for row in data["calendars"]}
    assert {name: (row["found"], row["workflows"]) for name, row in found.items()} == {
        "OPEN": (True, 1),
        "CLOSED": (False, 1),
    }
    assert (found["OPEN"]["first"], found["OPEN"]["last"]) == ("2026-01-02", "2026-03-04")
    assert found["OPEN"]["days"] == 2
    assert found["CLOSED"]["days"] is None
    clocks = [(row["timezone"], row["times"], row["schedules"]) for row in data["clocks"]]
    assert clocks == [("Europe/London", "10:00", 1)]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_csv_has_no_formulas(name: str) -> None:
    row = dict.fromkeys(COLUMNS, 1) | {"workflow": name, "blockers": ["A1", "-x"]}
    head, shown = csv.reader(io.StringIO(workflows_csv({"workflows": [row]})))
    assert head == list(COLUMNS)
    assert shown[0] == "'" + printable(name)
    assert shown[1:] == ["1"] * (len(COLUMNS) - 2) + ["A1; -x"]


def test_the_page_needs_nothing_else_and_escapes_names(tmp_path: Path) -> None:
    evil = '<script>alert(1)</script>"&'
    of(tmp_path, a=f"insert_job: J\ncommand: true\nmachine: {evil}\n")
    page = cli("inventory", tmp_path, "--format", "html").output
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert not re.findall(r"""(?:src|href)=["'](?!data:)""", page)
    for tag in ("style", "script"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in page


@pytest.mark.parametrize("form", FORMATS)
def test_inventory_of_nothing(tmp_path: Path, form: str) -> None:
    done = cli("inventory", tmp_path, "--format", form)
    assert done.exit_code == 1
    if form == "json":
        data = json.loads(done.stdout)
        assert (data["workflows"], data["needs"], data["blockers"]) == ([], [], [])


SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.is_dir())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_format_of_sources(path: Path) -> None:
    data = json.loads(cli("inventory", path, "--format", "json").output)
    rows = data["workflows"]
    assert rows
    assert {row["grade"] for row in rows} <= {"automatic", "review", "manual"}
    assert sum(row["jobs"] for row in rows) == sum(row["jobs"] for row in data["grades"])
    assert needs(data, Need.PROGRAM)
    for form in ("text", "csv", "html"):
        done = cli("inventory", path, "--format", form)
        assert done.exit_code == 0
        assert rows[0]["workflow"] in done.output


def test_other_processes_can_assess(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(GRADED, encoding="utf-8")
    estate = build_estate(load_sources([str(tmp_path)]))
    found = assess_batch(pickle.loads(pickle.dumps(tuple(estate.tasks()))), SCHEDULERS)
    assert pickle.loads(pickle.dumps(found)) == found
    assert len(found) == 4
