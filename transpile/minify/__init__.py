"""Copies of job definitions without names, for bug reports."""

from transpile.minify.estate import Copy, NotSupported, minified, write_copy
from transpile.minify.isomorphism import Differs
from transpile.minify.rewriting import Refused

__all__ = ["Copy", "Differs", "NotSupported", "Refused", "minified", "write_copy"]
