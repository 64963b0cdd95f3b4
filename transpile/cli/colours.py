"""Colours: on a terminal, unless NO_COLOR is set; anywhere if FORCE_COLOR is set."""

import os
import sys
from typing import IO


def wanted() -> bool | None:
    """What NO_COLOR and FORCE_COLOR say; None if a terminal decides. NO_COLOR is stronger."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def is_terminal(*, err: bool = False) -> bool:
    """True if standard output or standard error is a terminal."""
    stream: IO[str] | None = sys.stderr if err else sys.stdout
    return stream is not None and stream.isatty()
