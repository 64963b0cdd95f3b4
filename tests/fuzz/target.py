"""What is fuzzed: bytes taken for a source, up to modules that must compile, or for a listing."""

import os
import tempfile
from datetime import date
from pathlib import Path

from transpile.dialects import DIALECTS, listing_format
from transpile.model.listings import ListingSetting, log_of
from transpile.pipeline import build_estate, load_sources
from transpile.sources.text import decode
from transpile.targets.printing import render_module

LISTINGS = "listings"
"""Stands for the listings of all dialects."""


def convert(dialect: str, data: bytes) -> None:
    """Convert a file of this content in memory; any exception is a bug."""
    if dialect == LISTINGS:
        read_listing(data)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"source{DIALECTS[dialect].suffixes[0]}"
        path.write_bytes(data)
        estate = build_estate(load_sources([os.fspath(path)], DIALECTS[dialect]))
        for module in estate.modules:
            compile(render_module(module), module.path, "exec")


def read_listing(data: bytes) -> None:
    """Read a listing of this content; any exception is a bug."""
    text, _ = decode(data)
    form = listing_format(text)
    if form is not None:
        listed = form.read(text, ListingSetting("Europe/London", date(2026, 11, 5)))
        for run in log_of(listed.runs).runs:
            assert run.end is None or run.end >= run.start
            assert run.end is not None or run.state is None
        lines = text.count("\n") + 1
        assert all(1 <= number <= lines for number, _ in listed.unread)
