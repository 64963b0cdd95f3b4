"""A headless Chromium for tests of report.html and of drawings."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

T = TypeVar("T")

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
DRIVER = shutil.which("chromedriver")

needs_chromium = pytest.mark.skipif(
    not (CHROMIUM and DRIVER),
    reason="needs Chromium and its driver: apt-get install chromium-driver",
)


@contextmanager
def chromium() -> Iterator[webdriver.Chrome]:
    """A browser without a page."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    found = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    try:
        yield found
    finally:
        found.quit()


class Browser:
    """A page and what it says."""

    def __init__(self, driver: webdriver.Chrome, path: Path) -> None:
        self.driver = driver
        self.path = path
        self._seen(width=1280, height=900)

    def _seen(self, *, width: int, height: int, dark: bool = False) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})

    def open(self, fragment: str = "", **how: Any) -> None:
        self.driver.get("about:blank")
        if how:
            self._seen(**how)
        self.driver.get(f"file://{self.path}{fragment}")
        self.until("#view:not([hidden]), #home:not([hidden])")

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def first(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def wait(self, asked: Callable[[], T]) -> T:
        """The answer as soon as it is true; the page may redraw what is asked about meanwhile."""
        ignored = (NoSuchElementException, StaleElementReferenceException)
        waiting = WebDriverWait(self.driver, 10, 0.05, ignored_exceptions=ignored)
        found: T = waiting.until(lambda _: asked())
        return found

    def until(self, selector: str) -> WebElement:
        return self.wait(lambda: self.first(selector))

    def text(self, selector: str) -> str:
        """The text of the first element that fits, as soon as it has one."""
        return self.wait(lambda: self.first(selector).text)

    def texts(self, selector: str) -> list[str]:
        """The texts of all elements that fit, read from one state of the page."""
        return self.wait(lambda: [element.text for element in self.all(selector)])

    def says(self, selector: str, text: str) -> None:
        """Wait until the first element that fits has this text."""
        self.wait(lambda: self.first(selector).text == text)

    def attribute(self, selector: str, name: str) -> str:
        """An attribute of the first element that fits, as soon as it has one."""
        return self.wait(lambda: self.first(selector).get_dom_attribute(name)) or ""

    def click(self, selector: str) -> None:
        """Click on the first element that fits, as soon as there is one."""

        def clicked() -> bool:
            self.first(selector).click()
            return True

        self.wait(clicked)

    def press(self, selector: str) -> None:
        """Click on a shape of a drawing, where a real click needs it in sight."""
        self.until(selector)
        self.run(
            "document.querySelector(arguments[0]).dispatchEvent("
            "new MouseEvent('click', {bubbles: true, cancelable: true}))",
            selector,
        )

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def problems(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]
