"""Drawings in report.html: legible at any size, with a map, edges behind names."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from selenium import webdriver

from tests.browser import Browser, chromium, needs_chromium
from tests.support import cli

pytestmark = needs_chromium

SIZES = (5, 50, 500)
SMALLEST = 8.99
"""Pixels of the smallest text."""


def layered(prefix: str, jobs: int) -> str:
    """A workflow of jobs in layers of seven; each waits for one job of the layer before."""
    lines = [f"insert_job: {prefix}\njob_type: BOX\n"]
    for number in range(jobs):
        lines.append(
            f"insert_job: {prefix}.{number}\njob_type: CMD\nbox_name: {prefix}\ncommand: x"
        )
        lines.append(f"condition: s({prefix}.{number - 7})\n" if number >= 7 else "")
    return "\n".join(lines)


@pytest.fixture(scope="module")
def driver() -> Iterator[webdriver.Chrome]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sizes")
    text = "\n".join(layered(f"S{size}", size) for size in SIZES)
    (folder / "a.jil").write_text(text, encoding="utf-8")
    cli("convert", folder / "a.jil", "-o", folder / "out", "--quiet")
    return folder / "out" / "report.html"


@pytest.fixture
def browser(driver: webdriver.Chrome, page: Path) -> Iterator[Browser]:
    found = Browser(driver, page)
    found.problems()
    yield found
    assert found.problems() == []


def letters(browser: Browser) -> float:
    """The height of the smallest text of a drawing in pixels."""
    found: float = browser.run(
        "return Math.min(...[...document.querySelectorAll('.stage > .graph text')].map((text) =>"
        "text.getScreenCTM().a * parseFloat(getComputedStyle(text).fontSize)))"
    )
    return found


def in_sight(browser: Browser) -> int:
    """The number of jobs of a drawing that lie in its stage as a whole."""
    found: int = browser.run(
        "const stage = document.querySelector('.stage').getBoundingClientRect();"
        "return [...document.querySelectorAll('.stage > .graph .node')].filter((node) => {"
        "const box = node.getBoundingClientRect();"
        "return box.left >= stage.left && box.right <= stage.right && box.top >= stage.top - 1"
        "&& box.bottom <= stage.bottom + 1}).length"
    )
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("width", [1280, 360])
def test_text_is_legible_when_a_drawing_opens_or_is_fitted(
    browser: Browser, size: int, width: int
) -> None:
    browser.open(f"#workflow=s{size}", width=width, height=800)
    browser.until(".stage .seen[width]")
    assert letters(browser) >= SMALLEST
    assert in_sight(browser) >= (1 if width < 600 else min(size, 5))
    for _ in range(4):
        browser.click("[aria-label=Smaller]")
    browser.click("[aria-label='Fit to the window']")
    assert letters(browser) >= SMALLEST


def test_a_small_drawing_is_seen_as_a_whole(browser: Browser) -> None:
    browser.open("#workflow=s5", width=1280, height=800)
    browser.until(".stage .map.off")
    assert in_sight(browser) == 5


def test_the_map_leads_to_any_part(browser: Browser) -> None:
    browser.open("#workflow=s500", width=1280, height=800)
    browser.until(".stage .map:not(.off)")
    places = []
    for part in (0.1, 0.5, 0.95):
        browser.run(
            "const map = document.querySelector('.map'), box = map.getBoundingClientRect();"
            "map.dispatchEvent(new PointerEvent('pointerdown', {buttons: 1, bubbles: true,"
            "clientX: box.left + arguments[0] * box.width, clientY: box.top + box.height / 2}))",
            part,
        )
        places.append(float(browser.attribute(".stage > .graph", "viewBox").split()[0]))
        assert in_sight(browser) > 0
    assert all(before < after for before, after in pairwise(places))
