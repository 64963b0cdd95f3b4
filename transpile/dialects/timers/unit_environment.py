"""The environment of a service: variables that it sets, and files that set more."""

import re
import shlex

from transpile.dialects.timers.exec_lines import BadLine, NoTranslation, split_words
from transpile.dialects.timers.exec_text import Variables
from transpile.dialects.timers.unit_reports import Reporter

_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)", re.A | re.S)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.A)
_SERVICE = "Service"
_AS_SHELL = (
    "a shell reads the file when the job runs: it expands $ and splits values without quotes, "
    "systemd does neither"
)


class Surroundings:
    """What a command of a service finds: variables, files of variables, a folder, a mask.

    `lead` is the shell text in front of each command.
    """

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._unit = reporter.unit
        self.environment = self._environment()
        unset = self._unset()
        files = self._files()
        has_user = self._unit.last(_SERVICE, "User") is not None or self._unit.is_user
        passed = self._unit.each(_SERVICE, "PassEnvironment")
        names = frozenset(word for entry in passed for word in entry.value.split())
        self.variables = Variables(self.environment, bool(files), has_user, names)
        self.lead = [*self._folder(), *self._mask(), *files, *unset]

    def _environment(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for entry in self._unit.each(_SERVICE, "Environment"):
            try:
                words = split_words(entry.value)
            except BadLine as error:
                self._reporter.ignored(entry, str(error))
                continue
            except NoTranslation as error:
                self._reporter.refuse(entry, str(error))
                continue
            for word in words:
                text = self._reporter.expanded(entry, word)
                match = _ASSIGNMENT.fullmatch(text or "")
                if match is not None:
                    found[match[1]] = match[2]
                elif text is not None:
                    self._reporter.ignored(entry, f"{text} is no NAME=value")
        return found

    def _unset(self) -> list[str]:
        """Text that removes variables, and those removed from the environment."""
        names: dict[str, None] = {}
        for entry in self._unit.each(_SERVICE, "UnsetEnvironment"):
            for word in entry.value.split():
                name, equals, value = word.partition("=")
                if not _NAME.fullmatch(name) or (equals and self.environment.get(name) != value):
                    self._reporter.differs(entry, f"{word} is not removed")
                    continue
                self.environment.pop(name, None)
                names.update({} if equals else {name: None})
        return [f"unset {' '.join(names)}"] if names else []

    def _files(self) -> list[str]:
        """Text that reads the files of variables."""
        found: list[str] = []
        for entry in self._unit.each(_SERVICE, "EnvironmentFile"):
            path = self._reporter.expanded(entry, entry.value.removeprefix("-"))
            if path is None:
                continue
            if not path.startswith("/"):
                self._reporter.ignored(entry, f"{path} is no absolute path")
            elif any(mark in path for mark in "*?["):
                self._reporter.refuse(entry, "it is a pattern of files")
            else:
                quoted = shlex.quote(path)
                read = f"set -a && . {quoted} && set +a"
                is_optional = entry.value.startswith("-")
                found += [f"if [ -e {quoted} ]; then {read}; fi" if is_optional else read]
                self._reporter.differs(entry, _AS_SHELL)
        return found

    def _folder(self) -> list[str]:
        """Text that changes to the working directory."""
        entry = self._unit.last(_SERVICE, "WorkingDirectory")
        if entry is None:
            return []
        path = self._reporter.expanded(entry, entry.value.removeprefix("-"))
        if path is None:
            return []
        if path == "~":
            self._reporter.differs(entry, "the home directory is that of the container's user")
            found = "cd"
        elif not path.startswith("/"):
            self._reporter.refuse(entry, "systemd refuses a path that is not absolute")
            return []
        else:
            found = f"cd {shlex.quote(path)}"
        return [f"{{ {found} || true; }}" if entry.value.startswith("-") else found]

    def _mask(self) -> list[str]:
        entry = self._unit.last(_SERVICE, "UMask")
        if entry is None:
            return []
        if not re.fullmatch(r"[0-7]{1,4}", entry.value, re.A):
            self._reporter.ignored(entry, f"{entry.value} is no mask")
            return []
        return [f"umask {entry.value}"]
