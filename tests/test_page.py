"""report.html and report.md: all of it is there, nothing is asked of a network, text stays text."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.support import GOLDEN, ROOT, cli
from tests.test_reports import LINKED
from transpile.findings.finding import CODES

HOSTILE = (
    "</script><script>alert(1)</script>",
    "]]>",
    "</title></svg><img/src=x/onerror=alert(1)>",
    "a\x07b\u2028c\u202e",
    "{{7*7}}{%raw%}",
    "<!--it's&amp;",
)


def hostile_estate() -> str:
    """JIL in which all that can hold markup does."""
    return "\n".join(
        f"insert_job: {name}\njob_type: c\ncommand: echo '{name}'\ndescription: {name}\n"
        for name in HOSTILE
    )


class Page(HTMLParser):
    """The elements of a page, checked for being closed in order."""

    VOID = frozenset({"meta", "link", "input", "br", "img"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.parts: dict[str, str] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        name = (self.found[-1][1].get("id") if self.open[-1:] == ["script"] else None) or ""
        key = name or (self.open[-1] if self.open else "")
        self.parts[key] = self.parts.get(key, "") + data

    def unpacked(self, name: str) -> Any:
        """A packed part, as the page opens it."""
        return json.loads(zlib.decompress(base64.b64decode(self.parts[name])))


def converted(source: Path, out: Path) -> tuple[Page, dict[str, Any]]:
    cli("convert", source, "-o", out)
    data = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return Page((out / "report.html").read_text(encoding="utf-8")), data


@pytest.mark.parametrize("case", ["conditions", "boxes", "damage", "dagman", "names", "statements"])
def test_all_that_is_reported_is_on_the_page(case: str, tmp_path: Path) -> None:
    page, data = converted(GOLDEN / case / "input", tmp_path)
    index = page.unpacked("index")
    workflows = {row["module"]: row["place"] for row in index["workflows"]}
    assert list(workflows) == [row["module"] for row in data["workflows"]]
    shown: dict[tuple[str | None, str], str] = {}
    for module, (part, place) in workflows.items():
        details = page.unpacked(part)[place]
        shown |= {(module, job["name"]): job["status"] for job in details["jobs"]}
        drawn = "".join(text for _, text in details["pictures"])
        assert drawn.count('class="node ') + drawn.count('class="box ') == len(
            details["jobs"]
        ) + len(details["missing"]) + len(details["gates"])
        for job in details["jobs"]:
            emitted = (tmp_path / Path(*module.split("."))).with_suffix(".py")
            lines = emitted.read_text(encoding="utf-8").split("\n")
            for first, text in job["emitted"]:
                part_of = lines[first - 1 : first - 1 + len(text.split("\n"))]
                assert "\n".join(part_of) == text
            assert job["emitted"] or job["kind"] == "box"
    for part, place in (row["place"] for row in index["leftOut"]):
        details = page.unpacked(part)[place]
        shown |= {(None, job["name"]): job["status"] for job in details["jobs"]}
    told = {(j["module"], j["name"]): j["status"] for j in data["jobs"]}
    assert shown == told
    places = [tuple(row) for code in index["codes"] for row in page.unpacked(f"c{code['code']}")]
    assert sorted((p[0], p[1], p[7], p[2], p[3], p[4]) for p in places) == sorted(
        (d["code"], d["level"], d["file"], d["line"], d["column"], d["message"])
        for d in data["diagnostics"]
    )


def test_workflows_and_cuts_are_on_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(LINKED, encoding="utf-8")
    page, data = converted(tmp_path / "a.jil", tmp_path / "out")
    rows = page.unpacked("index")["workflows"]
    titles = [row["title"] for row in rows]
    named = {
        "waitsFor": "waits_for",
        "startedBy": "started_by",
        "tells": "tells",
        "starts": "starts",
    }
    for row, told in zip(rows, data["workflows"], strict=True):
        for here, there in named.items():
            assert [titles[number] for number in row[here]] == told[there]
    close, night, summary, alone = rows
    assert (close["clock"], alone["clock"]) == ("18:00 mo America/New_York", "by hand")
    cuts = page.unpacked("cuts")
    assert [(titles[cut[0]], cut[1], cut[2], cut[3]) for cut in cuts] == [
        (told["workflow"], told["job"], told["kind"] == "start", told["condition"])
        for told in data["cuts"]
    ]
    drawn = page.unpacked("drawn")
    assert drawn["names"] == [row["module"] for row in rows]
    ((_, picture),) = drawn["pictures"]
    assert "18:00 mo America/New_York</text>" in picture
    assert picture.count('class="edge wait"') == 1
    assert picture.count('class="edge start"') == 2
    part, place = summary["around"]
    near = page.unpacked(part)[place]
    assert near["names"][0] == summary["module"]
    assert set(near["names"]) == {row["module"] for row in (close, night, summary)}
    assert alone["around"] is None
    part, place = night["place"]
    details = page.unpacked(part)[place]
    assert details["gates"] == [
        ["LOAD", "wait", "waits until", "RECON succeeded in the last 12:00"],
        ["POST", "tell", "tells", "SUMMARY"],
        ["LATE", "not_before", "not before", "23:30 daily Europe/London"],
    ]
    assert details["reasons"] == {"NIGHT": "it has start times: 22:15 daily Europe/London"}


def test_each_job_stands_beside_its_own_lines(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    text = (
        "/* first */\ninsert_job: A   job_type: c\ncommand: one\n\n\n"
        "/* second */\ninsert_job: B   job_type: c\ncommand: two\ncondition: s(A)\n"
    )
    (tmp_path / "in" / "a.jil").write_text(text, encoding="utf-8")
    page, _ = converted(tmp_path / "in", tmp_path / "out")
    first, second = page.unpacked("p0")[0]["jobs"]
    assert first["source"] == [[2, "insert_job: A   job_type: c\ncommand: one"]]
    assert second["source"][0][1].endswith("condition: s(A)")
    task, node = first["emitted"]
    assert task[1].startswith("@task\ndef a() -> int:")
    assert node[1].startswith("a_node = ")
    assert second["emitted"][-1][1].endswith("\na_node >> b_node")


def test_the_lines_of_a_dag_that_are_about_a_node(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    main = 'JOB A {\nexecutable = x\n}\nSPLICE S in.sub\n\nVARS A v="1"\nPARENT A CHILD S\n'
    (tmp_path / "in" / "a.dag").write_text(main, encoding="utf-8")
    inner = "JOB A {\nexecutable = y\n}\nRETRY A 2\nJOB B {\nexecutable = z\n}\n"
    (tmp_path / "in" / "in.sub").write_text(inner, encoding="utf-8")
    page, _ = converted(tmp_path / "in" / "a.dag", tmp_path / "out")
    jobs = {job["name"]: job for job in page.unpacked("p0")[0]["jobs"]}
    assert [line for line, _ in jobs["A"]["source"]] == [1, 6, 7]
    assert jobs["S+A"]["file"] == "in.sub"
    assert jobs["S+A"]["source"] == [[1, "JOB A {\nexecutable = y\n}\nRETRY A 2"]]


def test_nothing_is_asked_of_a_network(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(hostile_estate(), encoding="utf-8")
    page, _ = converted(tmp_path / "a.jil", tmp_path / "out")
    for tag, attributes in page.found:
        assert tag not in {"iframe", "object", "embed", "base", "form", "img"}
        assert not {key for key in attributes if key.startswith("on")} | {"style"} & set(attributes)
        if tag in {"script", "link", "image", "use"}:
            assert attributes.get("src") is None
            assert attributes.get("href") in {None, "data:,"}
    addresses = re.findall(r"\w+://[^\s\"'<`)]*", page.text)
    assert set(addresses) <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"@import|url\((?!#)|\bfetch\(|XMLHttpRequest|innerHTML|eval\(", page.text)


def test_only_our_own_script_may_run(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(hostile_estate(), encoding="utf-8")
    page, _ = converted(tmp_path / "a.jil", tmp_path / "out")
    (policy,) = [
        str(attributes["content"])
        for tag, attributes in page.found
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for element in ("script", "style"):
        digest = hashlib.sha256(page.parts[element].encode("utf-8")).digest()
        assert f"{element}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    kinds = [attributes.get("type") for tag, attributes in page.found if tag == "script"]
    assert kinds.count("module") == 1
    assert set(kinds) == {"module", "application/deflate+base64"}


def test_hostile_text_is_data(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(hostile_estate(), encoding="utf-8")
    page, data = converted(tmp_path / "a.jil", tmp_path / "out")
    assert "alert(1)" not in page.text
    names = [
        job["name"] for n in range(len(data["workflows"])) for job in page.unpacked("p0")[n]["jobs"]
    ]
    assert sorted(names) == sorted(job["name"] for job in data["jobs"])
    assert len(names) == len(HOSTILE)
    text = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "<" not in re.sub(r"\\<", "", text)
    assert text.isprintable() or {c for c in text if not c.isprintable()} == {"\n"}


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    found = []
    for seed in ("1", "2"):
        out = tmp_path / seed / "out"
        command = [sys.executable, "-m", "transpile", "convert", str(ROOT / "samples" / "autosys")]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([*command, "-o", str(out)], cwd=ROOT, check=True, env=environment)
        found.append([(out / name).read_bytes() for name in ("report.html", "report.md")])
    assert found[0] == found[1]
    assert str(tmp_path).encode() not in found[0][0]


def test_the_short_report(tmp_path: Path) -> None:
    cli("convert", GOLDEN / "conditions" / "input", "-o", tmp_path)
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    data = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    for row in data["workflows"]:
        assert f"`{row['module']}.py`" in text
    for code in {found["code"] for found in data["diagnostics"]}:
        count = sum(found["code"] == code for found in data["diagnostics"])
        assert f"### {code} {CODES[code].title}: {count:,} " in text.replace("\\", "")
        assert CODES[code].help in text.replace("\\", "")
    jobs = [job["status"] for job in data["jobs"]]
    counted = [jobs.count(status) for status in ("translated", "partial", "left_out")]
    assert f"| jobs | {' | '.join(map(str, counted))} |" in text


def test_reports_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text("/* nothing */\n", encoding="utf-8")
    page, _ = converted(tmp_path / "a.jil", tmp_path / "out")
    assert page.unpacked("index")["workflows"] == []
    assert "None." in (tmp_path / "out" / "report.md").read_text(encoding="utf-8")


def test_a_second_run_makes_the_page_of_a_first_one(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        text = f"insert_job: {name.upper()}\njob_type: c\ncommand: one\n"
        (tmp_path / "in" / f"{name}.jil").write_text(text, encoding="utf-8")
    cli("convert", tmp_path / "in", "-o", tmp_path / "out")
    (tmp_path / "in" / "b.jil").write_text("insert_job: B\njob_type: c\ncommand: two\n")
    cli("convert", tmp_path / "in", "-o", tmp_path / "out")
    cli("convert", tmp_path / "in", "-o", tmp_path / "fresh")
    for name in ("report.html", "report.md"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "fresh" / name).read_bytes()


def test_a_job_that_became_an_entity_stands_beside_its_node(tmp_path: Path) -> None:
    page, _ = converted(ROOT / "samples" / "mapping", tmp_path)
    slope, intercept = page.unpacked("p0")[0]["jobs"]
    for job in (slope, intercept):
        name = job["name"].lower()
        ((_, text),) = job["emitted"]
        assert text.startswith(f"# {job['name']} · fit.jil:")
        assert f"{name}_node = imperative_wf.add_entity({name}, " in text.replace("(\n    ", "(")


def test_accepted_findings_say_so(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jil").write_text("insert_job: A\njob_type: c\ncommand: x\nwhat: 1\n")
    rule = '[[suppress]]\ncode = "A853"\nreason = "ours <b>"\n'
    (tmp_path / "in" / "transpile.toml").write_text(rule, encoding="utf-8")
    page, _ = converted(tmp_path / "in", tmp_path / "out")
    (row,) = [row for row in page.unpacked("cA853") if row[0] == "A853"]
    assert row[6] == "ours <b>"
    index = page.unpacked("index")
    assert [(c["level"], c["accepted"]) for c in index["codes"] if c["code"] == "A853"] == [
        ("note", 1)
    ]
    assert index["workflows"][0]["levels"] == [0, 0, 0]
    text = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "(accepted: ours \\<b>)" in text


def test_it_records_the_readings_and_which_the_team_has_answered(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text("insert_job: A\ncommand: true\n", encoding="utf-8")
    settings = '[readings]\nretry_wait = "none"\n'
    (tmp_path / "transpile.toml").write_text(settings, encoding="utf-8")
    cli("convert", tmp_path / "a.jil", "-o", tmp_path / "out")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<dt>retry_wait</dt><dd>none <b>the team's answer</b></dd>" in page
    assert "<dt>wakers</dt><dd>ended</dd>" in page
