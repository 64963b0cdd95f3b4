"""The templates of reports. Whatever a template of HTML or SVG prints is escaped."""

import re
from collections.abc import Iterator
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from transpile.sources.printable import printable
from transpile.sources.resources import read_resource

_MARKDOWN = re.compile(
    r"""[\\`*\[\]<#|~$@] | (?<![A-Za-z0-9])_ | _(?![A-Za-z0-9]) | &(?=[#\w]) | :(?=//) | (?<=www)\.
    | ^[-+=>] | (?<=^\d)[.)] | (?<=^\d\d)[.)]""",
    re.VERBOSE,
)
"""What means something to a reader of Markdown, where it does."""


def resource(name: str) -> str:
    """The text of a style sheet or script of ours."""
    return read_resource("templates", name)


def _markdown(value: object) -> str:
    """Text that no reader of Markdown takes for anything else."""
    if isinstance(value, int):
        return f"{value:,}"
    return _MARKDOWN.sub(r"\\\g<0>", printable(str(value)))


def _code(path: str) -> str:
    """The path of a module, for it to stand between backticks."""
    if not re.fullmatch(r"[\w./]+", path, re.ASCII):
        raise ValueError(f"{path!r} is no path of a module")
    return path


MARKDOWN = {"md": _markdown, "code": _code}
"""What is printed into Markdown ends in one of these."""

TRUSTED = {"ours": Markup}
"""For what is printed as it stands: `ours` for style sheets and scripts of this package."""


def environment() -> Environment:
    """HTML and SVG are escaped; nothing that is undefined is printed."""
    found = Environment(
        loader=FunctionLoader(lambda name: resource(f"{name}.jinja")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=lambda name: name is None or not name.endswith(".md"),
    )
    found.filters.update({**MARKDOWN, **TRUSTED})
    return found


_ENVIRONMENT = environment()


def render(name: str, **values: Any) -> str:
    """The text of a template, by its name without `.jinja`."""
    return _ENVIRONMENT.get_template(name).render(**values)


def rendered(name: str, **values: Any) -> Iterator[str]:
    """The text of a template in parts, for a long one."""
    return _ENVIRONMENT.get_template(name).generate(**values)
