"""report.html without a mouse and without a screen: axe-core, tab order, focus, announcements."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_core_python
import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from tests.browser import Browser, chromium, needs_chromium
from tests.support import GOLDEN, cli
from tests.test_reports import LINKED

pytestmark = needs_chromium

AXE = Path(axe_core_python.__file__).with_name("axe.min.js")
VIEWS = (
    *("", "#findings", "#findings=warning", "#jobs", "#dependencies=partial", "#files", "#plans"),
    *("#workflow=night", "#job=night/LOAD", "#code=A303"),
)


RUNS = [
    {
        "job": "LOAD",
        "start": "2026-11-02T22:15:00",
        "end": "2026-11-02T22:16:00",
        "status": "FAILURE",
    },
    {
        "job": "LATE",
        "start": "2026-11-02T23:30:00",
        "end": "2026-11-02T23:31:00",
        "status": "SUCCESS",
    },
]


@pytest.fixture(scope="module")
def driver() -> Iterator[webdriver.Chrome]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with each kind of mark, finding and gate."""
    folder = tmp_path_factory.mktemp("access")
    (folder / "in").mkdir()
    (folder / "in" / "linked.jil").write_text(LINKED, encoding="utf-8")
    for case in ("conditions", "statements"):
        for path in sorted((GOLDEN / case / "input").rglob("*.jil")):
            (folder / "in" / f"{case}-{path.name}").write_bytes(path.read_bytes())
    settings = '[report]\ntitle = "Finance <b>"\ndate = 2026-11-27\n'
    (folder / "in" / "transpile.toml").write_text(settings, encoding="utf-8")
    (folder / "run.json").write_text(json.dumps({"runs": RUNS}), encoding="utf-8")
    cli("convert", folder / "in", "-o", folder / "out", "--overlay", folder / "run.json")
    return folder / "out" / "report.html"


@pytest.fixture
def browser(driver: webdriver.Chrome, page: Path) -> Iterator[Browser]:
    found = Browser(driver, page)
    found.problems()
    yield found
    assert found.problems() == []


def violations(browser: Browser) -> list[tuple[str, list[Any]]]:
    """What axe-core finds, by rule, with the elements and the reasons."""
    browser.run(AXE.read_text(encoding="utf-8"))
    found = browser.driver.execute_async_script(
        "const done = arguments[0];"
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})"
        ".then((found) => done(found.violations))"
    )
    return [
        (rule["id"], [(node["html"][:160], node["failureSummary"][:300]) for node in rule["nodes"]])
        for rule in found
    ]


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)], ids=["light", "dark"])
def test_axe_finds_nothing(browser: Browser, width: int, dark: bool) -> None:
    for view in VIEWS:
        browser.open(view, width=width, height=800, dark=dark)
        browser.until("#view:not([hidden]) *, #workflows tbody tr")
        assert violations(browser) == [], view


def test_axe_can_find_something(browser: Browser) -> None:
    browser.open("", width=1280, height=800)
    browser.run("document.querySelector('#search').removeAttribute('aria-label')")
    browser.run("document.querySelector('#search').removeAttribute('placeholder')")
    browser.run("document.querySelector('h1').style.color = '#ccc'")
    assert {rule for rule, _ in violations(browser)} >= {"label", "color-contrast"}


def focused(browser: Browser) -> str:
    """The element with the focus: its id, label or text."""
    found: str = browser.run(
        "const e = document.activeElement;"
        "return e.id || e.getAttribute('aria-label') || e.textContent.trim()"
    )
    return found


def press(browser: Browser, *keys: str) -> None:
    for key in keys:
        browser.driver.switch_to.active_element.send_keys(key)


def test_the_first_tab_skips_to_the_content(browser: Browser) -> None:
    browser.open("#workflow=night", width=1280, height=800)
    browser.until("#view h1")
    press(browser, Keys.TAB)
    assert focused(browser) == "skip"
    assert browser.run("return document.activeElement.getBoundingClientRect().left") >= 0
    press(browser, Keys.ENTER)
    assert focused(browser) == "main"
    assert browser.run("return location.hash") == "#workflow=night"


def test_a_drawing_is_two_tabs_and_arrows_lead_through_it(browser: Browser) -> None:
    browser.open("#workflow=night", width=1280, height=800)
    browser.until(".stage .seen[width]")
    browser.run("document.querySelector('.stage').focus()")
    press(browser, Keys.TAB)
    names = [focused(browser)]
    for key in (Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_DOWN):
        press(browser, key)
        names.append(focused(browser))
    assert len(set(names)) == 4
    assert any(name.startswith("LOAD: failed") for name in names)
    outline = browser.run(
        "const e = document.activeElement; const r = e.querySelector('rect');"
        "return getComputedStyle(r).strokeWidth"
    )
    assert outline == "3px"
    last = names[-1]
    press(browser, Keys.TAB)
    assert not browser.run("return document.activeElement.closest('.stage > .graph') !== null")
    press(browser, Keys.SHIFT + Keys.TAB)
    assert focused(browser) == last


def test_enter_on_a_job_shows_it_and_says_so(browser: Browser) -> None:
    browser.open("#workflow=night", width=1280, height=800)
    browser.until(".stage a[aria-label^='LOAD:']").send_keys(Keys.ENTER)
    browser.says("#job h2", "LOAD")
    heard = "return document.querySelector('#heard').textContent"
    browser.wait(lambda: "LOAD" in browser.run(heard))


def test_a_run_is_laid_over_drawings(browser: Browser) -> None:
    browser.open("#job=night/LOAD", width=1280, height=800)
    browser.says("#job > .run", "In run.json: failed; 2026-11-02 22:15:00 to 2026-11-02 22:16:00")
    assert "run: failed" in browser.texts("#job header .chip")
    legend = browser.text(".legend")
    for words in ("statuses of run.json:", "failed", "succeeded", "no record"):
        assert words in legend
    shapes = {text.split("\n")[0]: text for text in browser.texts("[aria-label=Drawing] .node")}
    assert shapes["LOAD"].endswith("failed 22:15:00–22:16:00")
    assert shapes["POST"].endswith("no record")
    labels = browser.run(
        "return [...document.querySelectorAll('.stage .run')].map((sign) =>"
        "sign.closest('g[data-n]').querySelector('a').getAttribute('aria-label'))"
    )
    assert "LATE: succeeded; 2026-11-02 23:30:00 to 2026-11-02 23:31:00" in labels
    browser.open("", width=1280, height=800)
    browser.until("#estate .stage .run.failed")


def test_a_new_view_begins_at_its_heading(browser: Browser) -> None:
    browser.open("", width=1280, height=800)
    browser.click("a[data-view=findings]")
    browser.wait(lambda: focused(browser) == "Findings by code")


def test_search_says_how_much_it_finds(browser: Browser) -> None:
    browser.open("", width=1280, height=800)
    browser.until("#search").send_keys("load")
    heard = "return document.querySelector('#heard').textContent"
    browser.wait(lambda: "hit" in browser.run(heard))
    press(browser, Keys.ARROW_DOWN)
    active = browser.attribute("#search", "aria-activedescendant")
    assert browser.until(f"#{active}").get_dom_attribute("role") == "option"


def test_the_page_says_what_it_is_about(browser: Browser) -> None:
    browser.open("", width=1280, height=800)
    browser.says("#home h1", "Finance <b>")
    assert browser.text(".made").endswith("from the sources of 2026-11-27")
    assert browser.driver.title == "Finance <b> · conversion report"


def test_each_number_leads_to_the_list_that_it_counts(browser: Browser) -> None:
    browser.open("", width=1280, height=800)
    browser.until("#workflows tbody tr")
    counts = browser.run(
        "return [...document.querySelectorAll('.card dl div')].map((row) =>"
        "[row.querySelector('a')?.getAttribute('href'),"
        "Number(row.querySelector('dd').textContent.replace(',', ''))])"
    )
    assert {href for href, number in counts if not number} <= {None}
    followed = [(href, number) for href, number in counts if href]
    for href, number in followed:
        if href.startswith("#findings"):
            continue
        browser.open(href)
        browser.says("#view h1 .chip", f"{number:,}")
    kinds = {href.split("=")[0] for href, _ in followed}
    assert kinds >= {"#jobs", "#dependencies", "#findings", "#files", "#plans"}
    for level in ("error", "warning"):
        browser.open(f"#findings={level}")
        chips = browser.texts("details.group summary > .chip:first-child")
        assert set(chips) == {level}
