"""Finds emitted modules in folders."""

from pathlib import Path

from transpile.proof.loading import RUNTIME

RUNTIME_FILE = f"{RUNTIME}.py"


def is_emitted(path: Path) -> bool:
    """True for a Python module, and for a folder with a module that builds workflows."""
    if path.suffix == ".py":
        return True
    return path.is_dir() and any(map(_builds_workflows, _modules(path)))


def holds_programs(folder: Path) -> bool:
    """True for a folder with a program of Flyte 2."""
    return any(is_program(text_of(path)) for path in _modules(folder))


def workflow_modules(folder: Path) -> list[Path]:
    """The modules in a folder that build workflows, sorted."""
    return [path for path in _modules(folder) if _builds_workflows(path)]


def _modules(folder: Path) -> list[Path]:
    """The Python files in a folder, except hidden files and the helpers."""
    return sorted(
        path
        for path in folder.rglob("*.py")
        if path.name != RUNTIME_FILE
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _builds_workflows(path: Path) -> bool:
    text = text_of(path)
    return ("flytekit" in text and "orkflow" in text) or is_program(text)


def is_program(text: str) -> bool:
    """True for the text of a program of Flyte 2."""
    return "TaskEnvironment(" in text and "Flow(" in text


def text_of(path: Path) -> str:
    """The text of a file; empty if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
