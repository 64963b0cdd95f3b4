"""Renders the templates of reports; HTML is escaped."""

import base64
import hashlib
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
"""Characters with a meaning in Markdown, where they have it."""


def resource(name: str) -> str:
    """The text of a template, style sheet or script."""
    return read_resource("templates", name)


def policy_hash(text: str) -> str:
    """The SHA-256 by which the content security policy allows an inline script or style."""
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _markdown(value: object) -> str:
    """Plain text of Markdown: every character with a meaning is escaped."""
    if isinstance(value, int):
        return f"{value:,}"
    return _MARKDOWN.sub(r"\\\g<0>", printable(str(value)))


def _code(text: str) -> str:
    """A path, name or cron expression between backticks. Raises ValueError for other characters."""
    if not re.fullmatch(r"[\w./*, -]+", text, re.ASCII):
        raise ValueError(f"{text!r} is no path, name or cron expression")
    return text


def _spans(text: str) -> str:
    """Text with code between backquotes, for a cell of a table."""
    parts = printable(text).split("`")
    return "".join(
        "`{}`".format(part.replace("|", r"\|")) if place % 2 else _markdown(part)
        for place, part in enumerate(parts)
    )


MARKDOWN = {"md": _markdown, "code": _code, "spans": _spans}
"""Filters of the Markdown template; each printed value ends in one of them."""

TRUSTED = {"ours": Markup}
"""Filters for text that is not escaped: `ours` marks style sheets and scripts of this package."""


def environment() -> Environment:
    """The Jinja environment: HTML is escaped, undefined values are errors."""
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
    """The text of a template in parts."""
    return _ENVIRONMENT.get_template(name).generate(**values)
