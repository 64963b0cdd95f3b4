"""Places emitted modules in folders like those of their sources."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from transpile.model import Facts
from transpile.targets.flyte.names import RESERVED_FOR_MODULES, Scope, identifier


class Places:
    """The folders of a package, and the names in use in each.

    No module has the name of the package: a script imports the modules of its own folder first.
    """

    def __init__(self, estate: Iterable[Facts], package: str) -> None:
        self._avoid = RESERVED_FOR_MODULES | {package.lower()}
        self._scopes: dict[tuple[str, ...], Scope] = {(): Scope()}
        spans = (job.span for facts in estate for job in facts.jobs.values())
        for file in dict.fromkeys(span.file for span in spans):
            folder = self._folder(file)
            for depth in range(len(folder)):
                # Python cannot import a module that has the name of a folder beside it.
                around, inner = folder[:depth], folder[: depth + 1]
                if inner not in self._scopes:
                    self._scopes[around].claim(folder[depth])
                    self._scopes[inner] = Scope()

    def folder(self, files: Iterable[str]) -> tuple[str, ...]:
        """The folder of a module that is made from these files: the deepest that holds all."""
        first, *others = map(self._folder, files)
        depth = len(first)
        while any(other[:depth] != first[:depth] for other in others):
            depth -= 1
        return first[:depth]

    def claim(self, folder: tuple[str, ...], name: str) -> str:
        """A new module name in a folder that resembles `name`."""
        return self._scopes[folder].claim(identifier(name, "workflow", self._avoid), "_cuts")

    def _folder(self, file: str) -> tuple[str, ...]:
        parts = PurePosixPath(file).parent.parts
        return tuple(identifier(part, "folder", self._avoid) for part in parts)
