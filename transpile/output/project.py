"""Makes the pyproject.toml of an output folder, by which it can be installed."""

FLYTEKIT = "flytekit>=1.16,<2"
"""The versions of flytekit with which emitted modules are tested."""

FLYTE2 = "flyte==2.12.1"
"""The version of Flyte 2 with which emitted programs are tested; a new one comes every few days."""

_PROJECT = """\
[build-system]
requires = ["hatchling>=1.26"]
build-backend = "hatchling.build"

[project]
name = "{name}"
version = "0.1.0"
description = "{what}, converted by transpile"
requires-python = ">=3.10"
dependencies = ["{needs}"]

"""

_INSIDE = """\
[tool.hatch.build]
dev-mode-dirs = ["."]

[tool.hatch.build.targets.wheel]
packages = ["{package}"]
"""

_ITSELF = """\
# This folder is the package: `pip install -e .` puts the folder around it on Python's path.
[tool.hatch.build]
dev-mode-dirs = [".."]

[tool.hatch.build.targets.wheel]
include = ["*.py"]
exclude = [{excluded}]

[tool.hatch.build.targets.wheel.sources]
"" = "{package}"
"""


def project(package: str, within: str, *, drives: bool = False, tests: str = "") -> str:
    """The text of pyproject.toml for a package, in the folder itself or `within` it.

    The package holds programs of Flyte 2 if it `drives` its jobs. The folder `tests`, if any, is
    not installed.
    """
    # The name of a distribution begins and ends with a letter or digit.
    name = package.strip("_").replace("_", "-") or "flows"
    excluded = '".*"' + (f', "/{tests}"' if tests else "")
    layout = _INSIDE if within else _ITSELF
    what, needs = ("Programs for Flyte 2", FLYTE2) if drives else ("Flyte workflows", FLYTEKIT)
    return (_PROJECT + layout).format(
        name=name, package=package, what=what, needs=needs, excluded=excluded
    )
