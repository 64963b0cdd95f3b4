"""Prints the tests of modules, and the file with the fixture that they share."""

from collections.abc import Iterable, Mapping

from transpile.model import Facts
from transpile.module_tests.plan import plan_tests
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte.naming import WorkflowNames
from transpile.targets.flyte.render import template, text_of

_CONFTEST = template("tests_conftest")
_TESTS = template("tests_module")

CONFTEST = "conftest.py"
"""The name of the file with the fixture; pytest knows it."""


def render_tests(module: ModulePlan, facts: Facts) -> str:
    """The text of the tests of a module."""
    return text_of(_TESTS, tests=plan_tests(module, facts)) + "\n"


def render_conftest(within: str) -> str:
    """The text of the file with the fixture; the package is OUT or `within` a folder of it."""
    return _CONFTEST.render(above=1 if within else 2)


def folder_of(paths: Mapping[str, str]) -> str:
    """The folder in OUT with these tests; empty without any."""
    return next(iter(paths.values()), "").rpartition("/")[0]


def conftest_of(paths: Mapping[str, str]) -> str:
    """The path in OUT of the file with the fixture of these tests."""
    return f"{folder_of(paths)}/{CONFTEST}"


def paths_of_tests(names: Iterable[WorkflowNames], within: str) -> dict[str, str]:
    """The path in OUT of the tests of each module, by the path of the module in the package.

    The folder holds no package: `pyflyte register` and wheels leave it alone. pytest wants all its
    files to have different names.
    """
    modules = [(each.path, each.folder, each.variable) for each in names]
    tops = {(folder or (variable,))[0].lower() for _, folder, variable in modules}
    taken = {within.strip("/").lower()} if within else tops
    folder = "tests"
    while folder in taken:
        folder += "_"
    found: dict[str, str] = {}
    used: set[str] = set()
    for path, folders, variable in modules:
        name = free = f"test_{'__'.join((*folders, variable))}"
        number = 1
        while free.lower() in used:
            number += 1
            free = f"{name}_{number}"
        used.add(free.lower())
        found[path] = f"{folder}/{free}.py"
    return found
