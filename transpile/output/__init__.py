"""Writes files completely or not at all, and keeps the files of others."""

from transpile.output.files import write_bytes, write_text
from transpile.output.folder import OutputFolder, Written, hold
from transpile.output.manifest import Basis, digest_of_file

__all__ = [
    "Basis",
    "OutputFolder",
    "Written",
    "digest_of_file",
    "hold",
    "write_bytes",
    "write_text",
]
