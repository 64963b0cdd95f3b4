"""Finds the run-time helpers that the modules of a package import."""

import ast
import re
from dataclasses import dataclass, field

from transpile.model import Form, Platform
from transpile.targets.flyte.names import HELPERS, RUNTIME
from transpile.targets.flyte.render import render_runtime

_IMPORT = re.compile(rf"^from (?:\w+\.)*{RUNTIME} import (?:\(([^)]*)\)|([^(\n]*))", re.MULTILINE)


def helpers_in(text: str) -> frozenset[str]:
    """The helpers of an emitted module."""
    imports = _IMPORT.findall(text)
    return frozenset(name for many, one in imports for name in re.findall(r"\w+", many or one))


@dataclass(slots=True)
class HelperUse:
    """The names of helpers in use; with `branching`, they also serve native branches."""

    branching: bool
    platform: Platform = field(default_factory=Platform)
    names: set[str] = field(default_factory=set)

    def add_other(self, text: str) -> None:
        """Add the helpers of a module that a person has written or changed; all if in doubt."""
        if RUNTIME not in text:
            return
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError):
            self.names |= HELPERS
            return
        self.branching |= "conditional(" in text
        modules = {RUNTIME}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                ours = [alias for alias in node.names if alias.name.split(".")[-1] == RUNTIME]
                modules.update(alias.asname or RUNTIME for alias in ours)
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[-1] == RUNTIME:
                found = {alias.name for alias in node.names}
                self.names |= HELPERS if "*" in found else found
        for node in ast.walk(tree):
            match node:
                case ast.Attribute(value=ast.Name(id=name) | ast.Attribute(attr=name), attr=helper):
                    self.names |= {helper} if name in modules else set()

    def text(self) -> str:
        """The text of job_runtime.py with these helpers."""
        return render_runtime(Form(branching=self.branching, platform=self.platform), self.names)
