"""Globals of the source as inputs of workflows: the text "$$NAME" stands for no value."""

import re
from collections.abc import Iterable

from transpile.runtime.masking import shown


def is_set(value: str) -> bool:
    """True if a global has a value."""
    return not value.startswith("$$")


def require_values(values: Iterable[str]) -> None:
    """Raise ValueError if a text holds a global without a value."""
    for value in values:
        if re.search(r"\$\$\w", value):
            hint = "pass one as input of the workflow"
            raise ValueError(f"no value for {shown(value)}: {hint}")
