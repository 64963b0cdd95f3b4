"""Finds the run-time helpers that the modules of a package import."""

import ast
import re
from dataclasses import dataclass, field, replace

from transpile.model import Form
from transpile.targets.flyte.names import RUNTIME
from transpile.targets.printing import helper_names, render_runtime

_IMPORT = re.compile(rf"^from (?:\w+\.)*{RUNTIME} import (?:\(([^)]*)\)|([^(\n]*))", re.MULTILINE)


def helpers_in(text: str) -> frozenset[str]:
    """The helpers of an emitted module."""
    imports = _IMPORT.findall(text)
    return frozenset(name for many, one in imports for name in re.findall(r"\w+", many or one))


@dataclass(slots=True)
class HelperUse:
    """The names of helpers in use, for modules of a `form`."""

    form: Form = field(default_factory=Form)
    names: set[str] = field(default_factory=set)

    def add_other(self, text: str) -> None:
        """Add the helpers of a module that a person has written or changed; all if in doubt."""
        if RUNTIME not in text:
            return
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError):
            self.names |= helper_names(self.form)
            return
        if "conditional(" in text:
            self.form = replace(self.form, branching=True)
        modules = {RUNTIME}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                ours = [alias for alias in node.names if alias.name.split(".")[-1] == RUNTIME]
                modules.update(alias.asname or RUNTIME for alias in ours)
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[-1] == RUNTIME:
                found = {alias.name for alias in node.names}
                self.names |= helper_names(self.form) if "*" in found else found
        for node in ast.walk(tree):
            match node:
                case ast.Attribute(value=ast.Name(id=name) | ast.Attribute(attr=name), attr=helper):
                    self.names |= {helper} if name in modules else set()

    def text(self) -> str:
        """The text of job_runtime.py with these helpers."""
        return render_runtime(self.form, self.names)
