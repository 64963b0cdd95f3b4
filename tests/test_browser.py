"""report.html in a real headless Chromium, on an estate of 2,000 jobs and on hostile names."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from tests.benchmarks.estate import write
from tests.browser import Browser, chromium, needs_chromium
from tests.support import cli
from tests.test_page import HOSTILE, hostile_estate
from tests.test_reports import LINKED

pytestmark = needs_chromium

JOBS, SECONDS = 2000, 2.0
BOX = """
insert_job: LARGE   job_type: BOX

""" + "\n".join(
    f"insert_job: LARGE.{box}   job_type: BOX\nbox_name: LARGE\n\n"
    + "\n".join(
        f"insert_job: LARGE.{box}.{number}   job_type: CMD\nbox_name: LARGE.{box}\ncommand: x\n"
        for number in range(80)
    )
    for box in range(3)
)


@pytest.fixture(scope="module")
def driver() -> Iterator[webdriver.Chrome]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("estate")
    write(folder / "in", JOBS)
    (folder / "in" / "large.jil").write_text(BOX, encoding="utf-8")
    cli("convert", folder / "in", "-o", folder / "out", "--quiet")
    return folder / "out"


@pytest.fixture
def browser(driver: webdriver.Chrome, estate: Path) -> Iterator[Browser]:
    found = Browser(driver, estate / "report.html")
    found.problems()
    yield found
    assert found.problems() == []


@pytest.fixture
def job(estate: Path) -> dict[str, Any]:
    """A job in a box that waits for another one."""
    data = json.loads((estate / "report.json").read_text(encoding="utf-8"))
    waiting = {d["downstream"] for d in data["dependencies"]}
    found: dict[str, Any] = next(
        j for j in data["jobs"] if j["name"] in waiting and j["kind"] == "command"
    )
    return found


def link(what: str, *names: str) -> str:
    return f"#{what}=" + "/".join(quote(name, safe="") for name in names)


def test_it_opens_at_once(browser: Browser) -> None:
    browser.open()
    begun = time.perf_counter()
    browser.open()
    browser.until("#workflows tbody tr")
    assert time.perf_counter() - begun < SECONDS
    assert len(browser.all(".card")) == 6


def test_search_finds_a_job_and_a_click_shows_it(browser: Browser, job: dict[str, Any]) -> None:
    browser.open()
    browser.until("#search").send_keys(job["name"].lower())
    browser.wait(lambda: job["name"] in browser.text("#hits [aria-selected=true]"))
    browser.until("#search").send_keys(Keys.ENTER)
    browser.until("#job")
    source, emitted = browser.texts("#job .listing")
    assert f"insert_job: {job['name']}" in source
    assert "@task" in emitted
    assert "Waits for" in browser.text("#job")
    chosen = browser.attribute(".stage .chosen a", "href")
    assert chosen.endswith(link("job", job["module"], job["name"]))


def test_a_click_in_the_drawing_shows_the_job(browser: Browser, job: dict[str, Any]) -> None:
    browser.open(link("workflow", job["module"]))
    target = link("job", job["module"], job["name"])
    browser.press(f'.stage a[href="{target}"] rect')
    browser.says("#job h2", job["name"])
    first = browser.text("#job .waits a")
    browser.click("#job .waits a")
    browser.says("#job h2", first)
    assert first != job["name"]


def test_a_link_opens_right_there(browser: Browser, job: dict[str, Any]) -> None:
    for fragment in (link("job", job["module"], job["name"]), link("job", job["name"])):
        browser.open(fragment)
        browser.says("#job h2", job["name"])
        chosen = browser.wait(lambda: browser.until(".stage .chosen rect").rect)
        stage = browser.wait(lambda: browser.until(".stage").rect)
        assert stage["x"] <= chosen["x"] <= stage["x"] + stage["width"]
        assert stage["y"] <= chosen["y"] <= stage["y"] + stage["height"]
    browser.open("#code=A405")
    assert "Box flattened" in browser.text("#code-A405[open]")
    assert browser.attribute("#code-A405 tbody a", "href")
    browser.open("#workflow=there_is_none")
    assert browser.until("#home:not([hidden])")


def test_a_large_workflow_opens_box_by_box(browser: Browser) -> None:
    browser.open(link("workflow", "large"))
    browser.until(".stage .closed")
    closed = browser.texts(".stage .closed")
    assert [text.split("\n")[-1] for text in closed] == ["80 jobs"] * 3
    browser.open(link("box", "large", "LARGE.1"))
    assert len(browser.all(".stage .node")) == 80
    browser.open(link("job", "large", "LARGE.2.7"))
    browser.says(".stage .chosen text", "LARGE.2.7")


def test_filters(browser: Browser) -> None:
    browser.open()
    browser.until("#workflows tbody tr")
    rows = len(browser.all("#workflows tbody tr"))
    browser.until("#workflows input").send_keys("large")
    assert len(browser.all("#workflows tbody tr")) == 1 < rows
    browser.open("#findings")
    browser.until("details.group")
    groups = len(browser.all("details.group"))
    browser.run(
        "const s = document.querySelector('#view select'); s.value = 'warning';"
        "s.dispatchEvent(new Event('change'))"
    )
    assert 0 < len(browser.all("details.group")) < groups


def test_a_drawing_is_moved_and_enlarged(browser: Browser, job: dict[str, Any]) -> None:
    browser.open(link("workflow", job["module"]))
    browser.until(".stage svg[viewBox]")

    def view() -> list[float]:
        return [float(n) for n in browser.attribute(".stage svg", "viewBox").split()]

    before = view()
    browser.click("[aria-label=Larger]")
    larger = view()
    assert larger[2] < before[2]
    browser.run(
        "document.querySelector('.stage svg').dispatchEvent(new WheelEvent('wheel',"
        "{deltaY: 300, bubbles: true, cancelable: true}))"
    )
    assert view()[2] > larger[2]
    browser.until(".stage").send_keys(Keys.ARROW_RIGHT)
    assert view()[0] > larger[0]


@pytest.fixture
def linked(driver: webdriver.Chrome, tmp_path: Path) -> Iterator[Browser]:
    (tmp_path / "a.jil").write_text(LINKED, encoding="utf-8")
    cli("convert", tmp_path / "a.jil", "-o", tmp_path / "out", "--quiet")
    found = Browser(driver, tmp_path / "out" / "report.html")
    found.problems()
    yield found
    assert found.problems() == []


def test_the_overview_leads_to_a_workflow_and_its_neighbours(linked: Browser) -> None:
    linked.open()
    linked.until("#estate .stage .by-workflows")
    shapes = [text.split("\n") for text in linked.texts("#estate .stage .node")]
    assert ["NIGHT", "22:15 daily Europe/London"] in shapes
    assert len(linked.all("#estate .stage .edge.start")) == 2
    linked.press('#estate .stage a[href="#workflow=night"] rect')
    linked.until("#view:not([hidden]) [aria-label='Drawing of the workflows around']")
    text = linked.text("#view")
    assert "it has start times: 22:15 daily Europe/London" in text
    assert "waits until RECON succeeded in the last 12:00" in text
    assert {"wait", "tell", "not_before"} <= {
        word
        for shape in linked.all("[aria-label=Drawing] .gate")
        for word in (shape.get_dom_attribute("class") or "").split()
    }
    linked.open(link("job", "close", "RECON"))
    linked.until("#job .waits a")
    assert linked.texts("#job .waits a") == ["LOAD", "SUMMARY"]


def test_workflows_are_found_by_time_and_neighbour(linked: Browser) -> None:
    linked.open()
    for words, titles in (
        ("22:15", ["NIGHT"]),
        ("by hand", ["ALONE"]),
        ("CLOSE summary", ["CLOSE"]),
    ):
        entry = linked.until("#workflows input")
        entry.clear()
        entry.send_keys(words)
        found = linked.texts("#workflows tbody td:first-child a")
        assert set(titles) <= set(found)
        assert len(found) < 4


@pytest.mark.parametrize("fragment", ["", "#findings", "workflow", "job"])
@pytest.mark.parametrize("dark", [False, True])
def test_a_phone_shows_all_of_it(
    browser: Browser, job: dict[str, Any], fragment: str, dark: bool
) -> None:
    names = {"workflow": [job["module"]], "job": [job["module"], job["name"]]}
    where = link(fragment, *names[fragment]) if fragment in names else fragment
    browser.open(where, width=360, height=740, dark=dark)
    browser.until("#view:not([hidden]) *, #workflows tbody tr")
    wide = browser.run("return [document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1] == 360
    background = browser.run("return getComputedStyle(document.body).backgroundColor")
    shade = sum(map(int, background[4:-1].split(","))) / 3
    assert shade < 60 if dark else shade > 200
    browser.open(width=1280, height=900)


def test_hostile_names_are_text(driver: webdriver.Chrome, tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(hostile_estate(), encoding="utf-8")
    cli("convert", tmp_path / "a.jil", "-o", tmp_path / "out")
    data = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    browser = Browser(driver, tmp_path / "out" / "report.html")
    browser.problems()
    assert len(data["jobs"]) == len(HOSTILE)
    for found in data["jobs"]:
        browser.open(link("job", found["module"], found["name"]))
        visible = "".join(c if c.isprintable() else repr(c)[1:-1] for c in found["name"])
        browser.says("#job h2", visible)
        assert visible in browser.text("#job .listing")
        assert browser.run("return document.querySelectorAll('main script, main img').length") == 0
    assert browser.problems() == []
