"""`transpile diff`: each kind of difference is found and named, and no other one."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import cli
from transpile.drift.attributes import APART, PLAIN
from transpile.model import Job

NIGHT = {
    "NIGHT": 'job_type: b\ndate_conditions: 1\ndays_of_week: mo,tu\nstart_times: "22:00"',
    "EXTRACT": "box_name: NIGHT\ncommand: extract.sh --all\nmachine: host1\nowner: etl",
    "CHECK": "box_name: NIGHT\ncommand: check.sh\ncondition: s(EXTRACT)\nterm_run_time: 30",
    "LOAD": "box_name: NIGHT\ncommand: load.sh\ncondition: s(EXTRACT) & d(CHECK)\nn_retrys: 1",
}
"""The attributes of the jobs of an estate."""


def jil(jobs: Mapping[str, str]) -> str:
    """The estate as JIL."""
    return "\n\n".join(f"insert_job: {name}\n{text}" for name, text in jobs.items()) + "\n"


def changed(name: str, old: str, new: str) -> dict[str, str]:
    """The estate with a text of a job replaced."""
    assert old in NIGHT[name]
    return {**NIGHT, name: NIGHT[name].replace(old, new)}


@pytest.fixture(name="diff")
def _diff(tmp_path: Path) -> Callable[..., tuple[int, dict[str, Any]]]:
    """Compares two texts of JIL; the exit status and the JSON."""

    def run(old: str, new: str, *options: str) -> tuple[int, dict[str, Any]]:
        paths = [tmp_path / "old.jil", tmp_path / "new.jil"]
        for path, text in zip(paths, (old, new), strict=True):
            path.write_text(text, encoding="utf-8")
        result = cli("diff", *paths, "--format", "json", *options)
        return result.exit_code, json.loads(result.output)

    return run


Diff = Callable[..., tuple[int, dict[str, Any]]]


def what(data: Mapping[str, Any], job: str) -> dict[str, dict[str, Any]]:
    """The differences in meaning of a job, by what changes."""
    found = [each for each in data["jobs"]["changed"] if each["name"] == job]
    return {c["what"]: c for each in found for c in each["changes"] if not c["same"]}


# ---------------------------------------------------------------- no difference


def test_order_comments_blanks_and_spelling_are_no_difference(diff: Diff) -> None:
    new = jil(
        dict(reversed(changed("LOAD", "s(EXTRACT) & d(CHECK)", "done(CHECK)&s(EXTRACT)").items()))
    )
    status, data = diff(jil(NIGHT), "/* a comment */\n\n" + new.replace("\nowner", "\n\n  owner"))
    assert (status, data["same"]) == (0, True)
    assert [each["name"] for each in data["jobs"]["changed"]] == ["LOAD"]
    assert not data["modules"]["changed"]
    assert not data["modules"]["unexplained"]
    assert data["modules"]["restated"]


def test_another_description_is_named_and_no_difference(diff: Diff) -> None:
    new = changed("EXTRACT", "owner", "description: Fetches all.\nowner")
    status, data = diff(jil(NIGHT), jil(new))
    assert status == 0
    (found,) = data["jobs"]["changed"]
    assert [(c["what"], c["new"], c["same"]) for c in found["changes"]] == [
        ("description", "Fetches all.", True)
    ]
    assert [each["path"] for each in data["modules"]["restated"]] == ["night.py"]


def test_another_file_name_is_no_difference(tmp_path: Path) -> None:
    for folder, name in (("old", "a.jil"), ("new", "b.jil")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(jil(NIGHT), encoding="utf-8")
    result = cli("diff", tmp_path / "old", tmp_path / "new")
    assert result.exit_code == 0
    assert "no difference in meaning" in result.output


def test_other_words_for_the_same_start_times_are_no_difference(diff: Diff) -> None:
    new = changed("NIGHT", "days_of_week: mo,tu", "days_of_week: tu, mo")
    assert diff(jil(NIGHT), jil(new))[0] == 0
    calendar = "calendar: {}\n01/05/2026\n01/06/2026\n\n"
    named = [
        calendar.format(name)
        + jil(changed("NIGHT", "days_of_week: mo,tu", f"run_calendar: {name}"))
        for name in ("FIRST", "OTHER")
    ]
    status, data = diff(*named)
    assert status == 0
    (found,) = data["jobs"]["changed"]
    assert [(c["what"], c["same"]) for c in found["changes"]] == [("start times", True)]


# ---------------------------------------------------------------- each kind of difference

CHANGES = {
    "command": ("EXTRACT", "--all", "--part", "command"),
    "machine": ("EXTRACT", "host1", "host2", "machine"),
    "owner": ("EXTRACT", "etl", "root", "owner"),
    "retries": ("LOAD", "n_retrys: 1", "n_retrys: 2", "retries"),
    "time limit": ("CHECK", "term_run_time: 30", "term_run_time: 60", "time limit in minutes"),
    "environment": ("EXTRACT", "owner", "envvars: A=1\nowner", "environment A"),
    "profile": ("EXTRACT", "owner", "profile: /p.sh\nowner", "profile"),
    "success codes": ("EXTRACT", "owner", "max_exit_success: 3\nowner", "success codes"),
    "output": ("EXTRACT", "owner", "std_out_file: /x\nowner", "standard output"),
    "alarm": ("EXTRACT", "owner", "alarm_if_fail: 1\nowner", "alerts"),
    "status": ("EXTRACT", "owner", "status: ON_ICE\nowner", "initial status"),
    "noted": ("EXTRACT", "owner", "max_run_alarm: 9\nowner", "max_run_alarm"),
    "condition": ("LOAD", "& d(CHECK)", "& s(CHECK)", "starts"),
    "look-back": ("LOAD", "d(CHECK)", "d(CHECK, 2)", "starts"),
    "start time": ("NIGHT", "22:00", "22:30", "start times"),
    "box rule": ("NIGHT", "job_type: b", "job_type: b\nbox_success: s(LOAD)", "succeeds"),
}


@pytest.mark.parametrize(("old", "new"), [(0, 1), (1, 0)], ids=["forth", "back"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_named_with_its_module(name: str, old: int, new: int, diff: Diff) -> None:
    job, before, after, label = CHANGES[name]
    versions = jil(NIGHT), jil(changed(job, before, after))
    status, data = diff(versions[old], versions[new])
    assert status == 1
    assert list(what(data, job)) == [label]
    assert all(not what(data, other) for other in NIGHT if other != job)
    assert any(
        reason.startswith(f"{job}: ")
        for module in data["modules"]["changed"]
        for reason in module["because"]
    )


def test_a_dropped_attribute_is_compared_by_its_finding(diff: Diff) -> None:
    versions = [
        jil(changed("EXTRACT", "owner", f"resources: (R, quantity={n})\nowner")) for n in (1, 2)
    ]
    status, data = diff(*versions)
    assert status == 1
    assert any("quantity=2" in g["message"] for f in data["findings"] for g in f["gained"])


def test_definitions_without_an_equivalent_are_compared(diff: Diff) -> None:
    texts = [f"insert_machine: host1\ntype: a\nmax_load: {n}\n\n{jil(NIGHT)}" for n in (1, 2)]
    status, data = diff(*texts)
    assert status == 1
    (found,) = data["findings"]
    assert (found["code"], found["counts"]) == ("A124", True)
    assert [each["statement"] for each in found["gained"]] == ["type: a, max_load: 2"]
    assert not data["modules"]["changed"]


def test_jobs_are_added_and_removed(diff: Diff) -> None:
    new = {**NIGHT, "MAIL": "box_name: NIGHT\ncommand: mail.sh\ncondition: s(LOAD)"}
    status, data = diff(jil(NIGHT), jil(new))
    assert (status, data["jobs"]["added"], data["jobs"]["removed"]) == (1, ["MAIL"], [])
    status, data = diff(jil(new), jil(NIGHT))
    assert (status, data["jobs"]["added"], data["jobs"]["removed"]) == (1, [], ["MAIL"])


def test_a_renamed_job_is_recognised_with_all_that_name_it(diff: Diff) -> None:
    text = jil(NIGHT)
    status, data = diff(text, text.replace("EXTRACT", "FETCH").replace("NIGHT", "EVENING"))
    assert status == 1
    renamed = {(each["old"], each["new"]) for each in data["jobs"]["renamed"]}
    assert renamed == {("EXTRACT", "FETCH"), ("NIGHT", "EVENING")}
    assert not data["jobs"]["added"]
    assert not data["jobs"]["removed"]
    assert not any(what(data, name) for name in ("FETCH", "EVENING", "CHECK", "LOAD"))
    assert not data["findings"]


def test_a_name_that_could_be_one_of_two_is_no_rename(diff: Diff) -> None:
    twins = {"A": "command: same.sh", "B": "command: same.sh"}
    status, data = diff(jil(twins), jil({"C": "command: same.sh", "D": "command: same.sh"}))
    assert status == 1
    assert not data["jobs"]["renamed"]
    assert (data["jobs"]["added"], data["jobs"]["removed"]) == (["C", "D"], ["A", "B"])


def test_a_job_that_changes_and_has_another_name_is_no_rename(diff: Diff) -> None:
    new = jil(NIGHT).replace("EXTRACT", "FETCH").replace("extract.sh", "fetch.sh")
    _, data = diff(jil(NIGHT), new)
    assert (data["jobs"]["added"], data["jobs"]["removed"]) == (["FETCH"], ["EXTRACT"])


def test_jobs_move_between_boxes_and_folders(diff: Diff, tmp_path: Path) -> None:
    new = changed("CHECK", "box_name: NIGHT\n", "")
    status, data = diff(jil(NIGHT), jil(new))
    assert status == 1
    assert data["jobs"]["moved"] == [{"job": "CHECK", "what": "box", "old": "NIGHT", "new": ""}]
    for folder in ("one/north", "two/south"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "night.jil").write_text(jil(NIGHT), encoding="utf-8")
    result = cli("diff", tmp_path / "one", tmp_path / "two", "--format", "json")
    assert result.exit_code == 1
    places = {(m["what"], m["old"], m["new"]) for m in json.loads(result.output)["jobs"]["moved"]}
    assert places == {("folder", "north", "south")}


def test_global_variables_are_compared(diff: Diff) -> None:
    texts = [f"insert_global: LEVEL\nvalue: {n}\n\n{jil(NIGHT)}" for n in (1, 2)]
    status, data = diff(*texts)
    assert (status, data["variables"]) == (1, [{"name": "LEVEL", "old": "1", "new": "2"}])


# ---------------------------------------------------------------- dates


def test_start_times_are_compared_on_the_days_asked_for(diff: Diff) -> None:
    new = changed("NIGHT", "mo,tu", "mo,we")
    status, data = diff(jil(NIGHT), jil(new), "--from", "2026-03-02", "--days", "7")
    found = what(data, "NIGHT")["start times"]
    assert (status, found["gained"]) == (1, ["2026-03-04T22:00:00+00:00"])
    assert found["lost"] == ["2026-03-03T22:00:00+00:00"]


def test_a_date_that_a_calendar_lists_counts_outside_of_the_days(diff: Diff) -> None:
    """The period begins with the year of the last date of OLD: 2026."""
    versions = [
        f"calendar: C\n01/05/2026\n{more}\n"
        + jil(changed("NIGHT", "days_of_week: mo,tu", "run_calendar: C"))
        for more in ("", "12/24/2031\n")
    ]
    status, data = diff(*versions)
    assert (status, data["from"]) == (1, "2026-01-01")
    assert what(data, "NIGHT")["start times"]["gained"] == ["2031-12-24T22:00:00+00:00"]


def test_another_time_zone_shows_as_other_moments(diff: Diff) -> None:
    zoned = [
        changed("NIGHT", "job_type: b", f"job_type: b\ntimezone: {z}")
        for z in ("UTC", "Asia/Tokyo")
    ]
    _, data = diff(*map(jil, zoned), "--from", "2026-03-02", "--days", "3")
    found = what(data, "NIGHT")["start times"]
    assert found["timezone"] == "Asia/Tokyo"
    assert found["lost"] == ["2026-03-03T07:00:00+09:00", "2026-03-04T07:00:00+09:00"]
    assert found["gained"] == ["2026-03-02T22:00:00+09:00", "2026-03-03T22:00:00+09:00"]


# ---------------------------------------------------------------- properties


@settings(max_examples=12, deadline=None)
@given(st.permutations(sorted(NIGHT)), st.sampled_from(["\n", "\n\n\n"]), st.integers(1, 3))
def test_a_shuffled_and_reformatted_source_is_equal(
    tmp_path_factory: pytest.TempPathFactory, order: list[str], gap: str, blanks: int
) -> None:
    folder = tmp_path_factory.mktemp("shuffled")
    (folder / "old.jil").write_text(jil(NIGHT), encoding="utf-8")
    texts = [f"insert_job:{' ' * blanks}{name}\n{NIGHT[name]}\n" for name in order]
    (folder / "new.jil").write_text(gap.join(texts).replace("\n", "\n  "), encoding="utf-8")
    result = cli("diff", folder / "old.jil", folder / "new.jil")
    assert (result.exit_code, result.output.splitlines()[-1].endswith("meaning")) == (0, True)


def test_no_field_of_a_job_is_forgotten() -> None:
    assert APART.keys() | PLAIN.keys() == {field.name for field in fields(Job)}
    assert not APART.keys() & PLAIN.keys()


# ---------------------------------------------------------------- the command


def test_selects_workflows_of_either_version(diff: Diff) -> None:
    alone = {**NIGHT, "ALONE": "command: a.sh"}
    other = {**changed("LOAD", "load.sh", "x.sh"), "ALONE": "command: b.sh", "NEW": "command: n.sh"}
    status, data = diff(jil(alone), jil(other), "--select", "ALONE", "--select", "NEW")
    assert (status, data["jobs"]["added"]) == (1, ["NEW"])
    assert [each["name"] for each in data["jobs"]["changed"]] == ["ALONE"]
    assert [each["path"] for each in data["modules"]["changed"]] == ["alone.py"]


def test_trouble_is_not_a_difference(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(jil(NIGHT), encoding="utf-8")
    result = cli("diff", tmp_path / "a.jil", tmp_path / "missing.jil")
    assert result.exit_code == 2
    assert "missing.jil" in result.output
    assert cli("diff", "-", "-", stdin="").exit_code == 2
    assert cli("diff", tmp_path / "a.jil").exit_code == 2
    assert cli("diff", tmp_path / "a.jil", tmp_path / "a.jil", "--select", "NONE").exit_code == 2


def test_one_version_may_be_standard_input(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(jil(NIGHT), encoding="utf-8")
    assert cli("diff", tmp_path / "a.jil", "-", stdin=jil(NIGHT)).exit_code == 0


def test_settings_inside_a_version_are_named(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.jil").write_text(jil(NIGHT), encoding="utf-8")
    (tmp_path / "new" / "transpile.toml").write_text("[options]\n", encoding="utf-8")
    assert "A914" in cli("diff", tmp_path / "old", tmp_path / "new").output


def test_text_of_the_source_cannot_control_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(jil({"A": "command: a"}), encoding="utf-8")
    (tmp_path / "b.jil").write_text(jil({"A": "command: \x1b]0;x\x07b"}), encoding="utf-8")
    result = cli("diff", tmp_path / "a.jil", tmp_path / "b.jil")
    assert result.exit_code == 1
    assert "\x1b" not in result.output
    assert r"\x1b]0;x\x07b" in result.output


def test_a_long_command_is_shown_where_it_differs(tmp_path: Path) -> None:
    for name, middle in (("old", "left"), ("new", "right")):
        text = f"insert_job: A\ncommand: echo {'x' * 500_000}{middle}{'y' * 500_000}\n"
        (tmp_path / f"{name}.jil").write_text(text)
    result = cli("diff", tmp_path / "old.jil", tmp_path / "new.jil")
    assert len(result.stdout) < 2_000
    assert f"- ...{'x' * 40}left" in result.stdout
    assert f"+ ...{'x' * 40}right" in result.stdout
    assert "(1,000,009 characters)" in result.stdout
