"""SVG drawings: what librsvg and browsers both understand, and the same picture in both."""

import base64
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from selenium import webdriver

from tests.browser import chromium, needs_chromium
from tests.support import GOLDEN, cli
from tests.test_reports import LINKED
from transpile.report.templates import resource

SVG = "{http://www.w3.org/2000/svg}"
RSVG = shutil.which("rsvg-convert")

ELEMENTS = {
    "svg": "class viewBox width height",
    "style": "",
    "defs": "",
    "marker": "id class viewBox refX refY markerWidth markerHeight markerUnits orient",
    "g": "class data-n data-run transform",
    "rect": "class x y width height rx",
    "path": "class d marker-end data-ends",
    "circle": "class cx r",
    "text": "class x y",
    "title": "",
}
"""The elements of drawings and their attributes."""

PROPERTIES = {
    *("fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap"),
    *("font-family", "font-size", "font-weight", "font-style"),
}
DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{\n((?:  .*\n)*)\}")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
SELECTOR = re.compile(r"\.graph(?: (?:>|[a-z]+|(?:\.[a-z-]+)+))*")


def rules(style: str) -> dict[str, dict[str, str]]:
    """The declarations of a style sheet by selector; those of equal selectors are joined."""
    found: dict[str, dict[str, str]] = {}
    for selectors, body in RULE.findall(re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)):
        for selector in selectors.split(","):
            declared = (part.split(":") for part in body.split(";") if part.strip())
            values = {name.strip(): value.strip() for name, value in declared}
            found[selector.strip()] = found.get(selector.strip(), {}) | values
    return found


@cache
def drawn() -> tuple[str, ...]:
    """The SVG files of estates with every kind of shape."""
    cases = ("conditions", "boxes", "damage", "dagman")
    plain = (cli("graph", GOLDEN / c / "input", "--format", "svg").stdout for c in cases)
    ends = {"DAY.LOAD.A": "SUCCESS", "DAY.LOAD.B": "FAILURE", "LATE": "TERMINATED"}
    runs = [{"job": job, "status": status} for job, status in ends.items()]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "run.json"
        path.write_text(json.dumps({"runs": runs}), encoding="utf-8")
        source = GOLDEN / "boxes" / "input"
        laid = cli("graph", source, "--format", "svg", "--overlay", path).stdout
    return (*plain, laid)


def test_styles_are_those_that_librsvg_knows() -> None:
    style = resource("graph.css")
    (dark,) = DARK.findall(style)
    light = DARK.sub("", style)
    assert "@" not in light
    for selector, declared in {**rules(light), **rules(dark)}.items():
        assert SELECTOR.fullmatch(selector), selector
        assert set(declared) <= PROPERTIES, selector
        assert not [value for value in declared.values() if "(" in value], selector


def test_each_colour_has_one_for_the_dark() -> None:
    style = resource("graph.css")
    (dark,) = DARK.findall(style)
    colour = re.compile("#[0-9a-f]{6}")
    coloured = [
        {
            (selector, name)
            for selector, declared in rules(text).items()
            for name, value in declared.items()
            if colour.fullmatch(value)
        }
        for text in (DARK.sub("", style), dark)
    ]
    assert coloured[0] == coloured[1]
    assert coloured[0]


def test_drawings_consist_of_plain_shapes() -> None:
    seen = set()
    for text in drawn():
        for element in ET.fromstring(text).iter():
            tag = element.tag.removeprefix(SVG)
            assert set(element.attrib) <= set(ELEMENTS[tag].split()), tag
            seen.add(tag)
    assert seen == set(ELEMENTS)


def test_every_class_has_a_style(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(LINKED, encoding="utf-8")
    styled = set(re.findall(r"\.([a-z-]+)", resource("graph.css")))
    without = {"plain", "sheet", "success", "by-clock", "closed", "behind", "file", "succeeded"}
    without |= {"wait", "start", "tell", "not_before"}
    texts = (*drawn(), cli("graph", tmp_path / "a.jil", "--format", "svg").stdout)
    words = {
        word
        for text in texts
        for group in re.findall('class="([^"]*)"', text)
        for word in group.split()
    }
    assert words - without <= styled


def test_lines_run_behind_names() -> None:
    """Boxes have a ground below the lines; their names and the nodes come after the last line."""
    for text in drawn():
        for sheet in ET.fromstring(text).iter(f"{SVG}g"):
            kinds = ["line" if "edge" in (e.get("class") or "") else e.tag for e in sheet]
            named = [i for i, e in enumerate(sheet) if e.get("data-n")]
            if sheet.get("data-n") or not named:
                continue
            lines = [i for i, kind in enumerate(kinds) if kind == "line"]
            grounds = [i for i, e in enumerate(sheet) if e.get("class") == "back"]
            assert max(grounds, default=-1) < min(lines, default=len(kinds))
            assert max(lines, default=-1) < min(named)


@pytest.mark.skipif(RSVG is None, reason="needs rsvg-convert: apt-get install librsvg2-bin")
class TestPictures:
    @pytest.fixture(scope="class")
    def driver(self) -> Iterator[webdriver.Chrome]:
        with chromium() as found:
            yield found

    def test_librsvg_draws_shapes_and_text(self, tmp_path: Path) -> None:
        for number, text in enumerate(drawn()):
            picture = rasterised(text, tmp_path / f"{number}.svg")
            assert picture[:8] == b"\x89PNG\r\n\x1a\n"
            assert len(set(picture)) > 200

    @needs_chromium
    def test_both_draw_the_same(self, driver: webdriver.Chrome, tmp_path: Path) -> None:
        """Average brightness of each cell of a grid, in librsvg and in the browser."""
        driver.get("about:blank")
        driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia",
            {"features": [{"name": "prefers-color-scheme", "value": "light"}]},
        )
        for number, text in enumerate(drawn()):
            picture = rasterised(text, tmp_path / f"{number}.svg")
            addresses = [
                "data:image/png;base64," + base64.b64encode(picture).decode(),
                "data:image/svg+xml;base64," + base64.b64encode(text.encode()).decode(),
            ]
            one, other = (driver.execute_async_script(CELLS, address) for address in addresses)
            assert max(one) - min(one) > 10
            assert max(abs(a - b) for a, b in zip(one, other, strict=True)) < 6


def rasterised(text: str, path: Path) -> bytes:
    """A picture as librsvg draws it, as PNG."""
    path.write_text(text, encoding="utf-8")
    done = subprocess.run([str(RSVG), str(path)], capture_output=True, check=True, timeout=60)
    assert done.stderr == b""
    return done.stdout


CELLS = """
const [address, done] = arguments;
const image = new Image();
image.onload = () => {
  const { naturalWidth: width, naturalHeight: height } = image;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const shades = context.getImageData(0, 0, width, height).data;
  const sums = Array(144).fill(0);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
    const at = 4 * (y * width + x);
    const cell = Math.floor(12 * y / height) * 12 + Math.floor(12 * x / width);
    sums[cell] += (shades[at] + shades[at + 1] + shades[at + 2]) / 3;
  }
  done(sums.map((sum) => 144 * sum / (width * height)));
};
image.src = address;
"""
"""Finds the brightness of each of 12 times 12 cells of a picture."""
