"""`transpile init`: a first transpile.toml, in which every setting is a comment."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support import GOLDEN, ROOT, cli
from transpile.cli.found import survey_of
from transpile.findings.codes.mapping import UnusedRule
from transpile.model.readings import Reading
from transpile.pipeline import Estate, build_estate, load_sources
from transpile.team import read_settings
from transpile.team.chapters import MOST, chapters_of
from transpile.team.starter import pattern_of, quoted, starter_text
from transpile.team.survey import Survey

EVIL = 'a"]\n[options]\nstrict=true\n\x1b[2J*\x7f\\\U000e0001'

JIL = """insert_job: NIGHT
job_type: b
date_conditions: 1
days_of_week: all
start_times: "02:00"
insert_job: LOAD
box_name: NIGHT
command: load --date $$ODATE
machine: prod[1]
owner: batch
application: finance
insert_job: POST
box_name: NIGHT
command: post ~{$ENV}~
machine: prod[1]
condition: s(LOAD) & s(FEED*1) & s(X^INS) & s(FEED*1)
insert_job: GATE
job_type: f
watch_file: /data/in/x.csv
insert_job: WEEKLY
command: weekly
machine: prod2
condition: s(POST)
date_conditions: 1
days_of_week: mo
start_times: "03:00"
timezone: HQ
insert_job: DAILY
command: daily
condition: s(POST)
date_conditions: 1
days_of_week: all
start_times: "04:00"
timezone: Europe/London
"""


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jil").write_text(JIL, encoding="utf-8")
    return folder


def written(*sources: Path, into: Path) -> str:
    result = cli("init", *sources, "-o", into)
    assert result.exit_code == 0, result.output
    return into.read_text(encoding="utf-8")


def active(text: str) -> str:
    """The text without the comment signs of its settings."""
    return re.sub(r"^# ", "", text, flags=re.MULTILINE)


def read(folder: Path, text: str | None = None) -> Estate:
    """The estate in a folder, with this transpile.toml in it."""
    path = folder / "transpile.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    settings = read_settings(path if text is not None else None)
    estate = build_estate(load_sources([str(folder)], settings=settings))
    estate.plan_all()
    return estate


def settings_codes(estate: Estate) -> set[str]:
    """The codes about settings and rules that do not fit, except those about names of folders."""
    return {d.code for d in estate.diagnostics if "A910" < d.code < "A960"} - {"A915"}


def codes(estate: Estate) -> set[str]:
    return {d.code for d in estate.diagnostics}


def test_nothing_is_in_effect_until_a_comment_sign_goes(estate: Path) -> None:
    before = read(estate)
    after = read(estate, written(estate, into=estate / "transpile.toml"))
    assert list(map(str, after.diagnostics)) == list(map(str, before.diagnostics))
    assert after.settings.rules == before.settings.rules
    assert after.settings.options == {}


@pytest.mark.parametrize("golden", ["conditions", "tws", "controlm", "systemd", "azkaban_flows"])
def test_each_setting_is_valid_without_its_comment_sign(golden: str, tmp_path: Path) -> None:
    text = written(GOLDEN / golden / "input", into=tmp_path / "first.toml")
    path = tmp_path / "transpile.toml"
    blocks = re.split(r"\n\n", text)
    assert sum(active(block) != block for block in blocks) > 5
    for number, block in enumerate(blocks):
        alone = "\n\n".join((*blocks[:number], active(block), *blocks[number + 1 :]))
        path.write_text(alone, encoding="utf-8")
        loaded = load_sources([], settings=read_settings(path))
        assert [str(problem.finding) for problem in loaded.settings.problems] == [], block


def test_all_settings_together_answer_what_they_are_about(estate: Path, tmp_path: Path) -> None:
    before = read(estate)
    assert {"A127", "A303", "A304", "A506", "A507", "A546"} <= codes(before)
    after = read(estate, active(written(estate, into=tmp_path / "first.toml")))
    assert codes(after) & {"A127", "A303", "A304", "A506", "A507", "A546"} == set()
    assert settings_codes(after) == set()
    machines = [rule.patterns for rule in after.settings.rules.maps]
    assert machines == [(("machine", "prod[[]1]"),), (("machine", "prod2"),)]


EVENTS = """<DEFTABLE><SMART_FOLDER FOLDER_NAME="F" DATACENTER="c">
<JOB JOBNAME="A" TASKTYPE="Command" CMDLINE="true"><INCOND NAME="IN 1*" ODATE="ODAT"/></JOB>
</SMART_FOLDER></DEFTABLE>"""


@pytest.mark.parametrize("name", ["a.tws", "a.xml"])
def test_events_and_prompts_outside_are_bound(name: str, tmp_path: Path) -> None:
    source = tmp_path / name
    streams = (GOLDEN / "tws" / "input").glob("*.tws")
    texts = {"a.xml": EVENTS, "a.tws": "\n".join(p.read_text("utf-8") for p in streams)}
    source.write_text(texts[name], encoding="utf-8")
    assert codes(read(source)) & {"A755", "A758", "A050"}
    text = written(source, into=tmp_path / "transpile.toml")
    externals = "".join(re.findall(r"^# (\[\[external\]\]\n(?:# .*\n)+)", text, re.MULTILINE))
    assert externals
    (tmp_path / "transpile.toml").write_text(active(externals), encoding="utf-8")
    settings = read_settings(tmp_path / "transpile.toml")
    bound = build_estate(load_sources([str(source)], settings=settings))
    assert codes(bound) & {"A303", "A304", "A755", "A758", "A050"} == set()
    assert UnusedRule.code not in codes(bound)
    assert "A961" in codes(bound)


def test_a_file_that_exists_is_never_replaced(estate: Path, tmp_path: Path) -> None:
    path, link = tmp_path / "mine.toml", tmp_path / "link.toml"
    path.write_text("# mine\n", encoding="utf-8")
    link.symlink_to("nowhere.toml")
    for output in (path, link, tmp_path):
        result = cli("init", estate, "-o", output)
        assert result.exit_code == 2
        assert "exists and stays as it is; name another file with -o" in result.output
    assert path.read_text(encoding="utf-8") == "# mine\n"
    assert not (tmp_path / "nowhere.toml").exists()


def test_what_is_printed(estate: Path, tmp_path: Path) -> None:
    result = cli("init", estate, "-o", tmp_path / "transpile.toml")
    assert "Found: 6 jobs in 3 workflows, from autosys (1 file)." in result.stdout
    assert "  Time zones: that of the scheduler's server, and what HQ means" in result.stdout
    assert "  Platform: the address of Flyte Admin" in result.stdout
    assert "  Jobs that live elsewhere: what stands for 2 jobs that no source" in result.stdout
    assert "  Globals without a value: the value of 1 global that no source sets" in result.stdout
    assert "  Placeholders: the value of 1 placeholder" in result.stdout
    assert "settings, none of them in effect yet" in result.stdout
    assert result.stderr == f"next: transpile check {estate}\n"
    text = (tmp_path / "transpile.toml").read_text(encoding="utf-8")
    assert "Jobs wait for 1 file: /data/in/x.csv" in text
    assert "Users of the jobs: batch (1 job)" in text
    assert "A506" in text
    assert 'folder = "application"' in text


def test_types_without_a_translation_are_counted() -> None:
    found = replace(survey([]), types={"sql": 2, "other": 1})
    text = starter_text(chapters_of(found))
    assert "## Jobs of types without a translation: 3, of them sql (2 jobs). A [[map]]" in text


def test_a_file_that_does_not_count_for_the_sources(estate: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    result = cli("init", estate, "-o", tmp_path / "other" / "transpile.toml")
    assert "not in effect: move it to a file transpile.toml in the folder" in result.stderr
    (estate / "transpile.toml").touch()
    result = cli("init", estate, "-o", tmp_path / "other" / "second.toml")
    assert f"{estate / 'transpile.toml'} holds the settings of these sources" in result.stderr


def test_without_jobs_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "notes.txt").write_text("hello", encoding="utf-8")
    result = cli("init", tmp_path / "in", "-o", tmp_path / "transpile.toml")
    assert result.exit_code == 1
    assert "nothing was written" in result.stderr
    assert not (tmp_path / "transpile.toml").exists()


def test_a_source_that_cannot_be_read_leaves_the_others(estate: Path, tmp_path: Path) -> None:
    (estate / "b.jil").write_bytes(b"\0\1\2" * 50)
    result = cli("init", estate, "-o", tmp_path / "transpile.toml")
    assert result.exit_code == 1
    assert "error[A104]" in result.stdout
    assert (tmp_path / "transpile.toml").is_file()


def test_a_folder_that_does_not_exist(estate: Path, tmp_path: Path) -> None:
    result = cli("init", estate, "-o", tmp_path / "nowhere" / "transpile.toml")
    assert result.exit_code == 1
    assert "cannot be written: No such file or directory" in result.stderr


def survey(names: list[str]) -> Survey:
    """A survey in which names of the source stand wherever they can."""
    counts = dict.fromkeys(names, 1)
    return Survey(
        files={"autosys": 1},
        tables=(),
        jobs=1,
        workflows=(),
        zones={},
        unzoned=True,
        unknown_zones=counts,
        placeholders=counts,
        outside=counts,
        hosts=counts,
        users=counts,
        types=counts,
        unset=tuple(names),
        watched=tuple(names),
        shared=tuple(names),
        readings=(Reading("wakers", "Which?", ("ended", "all")),),
        asked={},
        properties=(),
        unplanned=tuple(names),
        needs_endpoint=True,
    )


def test_names_cannot_become_settings(tmp_path: Path) -> None:
    path = tmp_path / "transpile.toml"
    for convert in (str, active):
        text = starter_text(chapters_of(survey([EVIL])))
        path.write_text(convert(text), encoding="utf-8")
        assert all(char.isprintable() or char == "\n" for char in text)
        settings = read_settings(path)
        assert [str(p.finding.message) for p in settings.problems if p.text != EVIL] == []
        assert settings.options.get("strict") in {None, False}
    rules = settings.rules
    assert rules.site.external(EVIL) is rules.site.externals[0]
    assert rules.maps[0].mismatch({"machine": EVIL}) is None
    assert dict(rules.site.templates)[EVIL] == "value"
    assert (EVIL, "UTC") in rules.site.timezones


@pytest.mark.parametrize("name", ["A*", "[x]", "?", "\\", '"', "'", "é", "\U0001f600", "\t", "#"])
def test_a_pattern_matches_its_name_only(name: str, tmp_path: Path) -> None:
    path = tmp_path / "transpile.toml"
    path.write_text(f'[[external]]\njob = {quoted(pattern_of(name))}\nassume = "x"\n', "utf-8")
    site = read_settings(path).rules.site
    assert site.external(name) is not None
    assert site.external(f"{name}Z") is None
    assert site.external("Z" * len(name)) is None


def test_a_lone_surrogate_is_matched_by_a_question_mark() -> None:
    assert pattern_of("A\ud800*") == "A?[*]"


def test_lines_are_bounded() -> None:
    names = [f"N{number:05}" for number in range(10_000)]
    text = starter_text(chapters_of(survey(names)))
    assert text.count("# [[external]]") == MOST
    assert "## 9,980 more jobs not listed." in text
    assert len(text.splitlines()) < 320


def test_the_largest_workflow_is_proposed_for_a_cut(tmp_path: Path) -> None:
    jobs = (
        f"insert_job: J{n}\ncommand: x\n" + (f"condition: s(J{n - 1})\n" if n else "")
        for n in range(101)
    )
    (tmp_path / "a.jil").write_text("".join(jobs), encoding="utf-8")
    text = written(tmp_path / "a.jil", into=tmp_path / "first.toml")
    assert '# [[cut]]\n# jobs = ["J100"]    ## of J0_network: 101 jobs, 101 units' in text


def test_readings_that_a_finding_asks_for_come_first() -> None:
    loaded = load_sources([str(GOLDEN / "controlm" / "input")])
    found = survey_of(loaded, build_estate(loaded))
    assert "controlm_no_criteria" in found.asked
    text = starter_text(chapters_of(found))
    first = re.search(r"\[readings\]\n(?:## .*\n)+# (\w+)", text)
    assert first is not None
    assert first[1] in found.asked


def test_the_file_is_the_same_each_time(tmp_path: Path) -> None:
    source = ROOT / "samples" / "autosys"
    texts = {written(source, into=tmp_path / f"{number}.toml") for number in range(2)}
    assert len(texts) == 1
