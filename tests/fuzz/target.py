"""What is fuzzed: bytes that are taken for a source, up to modules that must compile."""

import os
import tempfile
from pathlib import Path

from transpile.dialects import DIALECTS
from transpile.pipeline import build_estate, load_sources
from transpile.targets.flyte.render import render_module


def convert(dialect: str, data: bytes) -> None:
    """Convert a file of this content in memory; any exception is a bug."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"source{DIALECTS[dialect].suffixes[0]}"
        path.write_bytes(data)
        estate = build_estate(load_sources([os.fspath(path)], DIALECTS[dialect]))
        for module in estate.modules:
            compile(render_module(module), module.path, "exec")
