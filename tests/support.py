"""What several tests need: conversions in memory, and emitted modules under flytekit."""

import gc
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from click.testing import CliRunner, Result

from transpile.analysis import analyse
from transpile.analysis.sharing import report_shared_files
from transpile.cli import main
from transpile.dialects import DIALECTS, SCHEDULERS, recognise
from transpile.dialects.kit.engine import PlainEngine
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Facts, Form, Network, Rules, Site
from transpile.pipeline import Estate, named_estate
from transpile.sources.text import Source
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.printing import render_module
from transpile.team import Settings

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
CORPUS = ROOT.parent / "shared" / "corpus"


def cli(*arguments: object, stdin: str | bytes | None = None) -> Result:
    """Run the command line in this process; an exception is a failure of the test."""
    result = CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)
    # The program leaves its trees to its end; the tests go on.
    gc.enable()
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def read(*texts: str, rules: Rules | None = None) -> tuple[Facts, Diagnostics]:
    """The facts about an estate of JIL files, or about a DAG."""
    diagnostics = Diagnostics()
    dialect = recognise("", texts[0]) or DIALECTS["autosys"]
    suffix = dialect.suffixes[0]
    sources = [Source(f"{number}{suffix}", text) for number, text in enumerate(texts)]
    networks = list(dialect.read(sources, diagnostics, Site())) or [Network({}, {}, PlainEngine)]
    return analyse(networks[0], rules or Rules(), SCHEDULERS, diagnostics), diagnostics


def aiming_at(target: str) -> Settings:
    """The settings for emitted modules of a target."""
    settings = Settings()
    settings.use_form(target=target)
    return settings


def estate_of(
    networks: Sequence[Facts], diagnostics: Diagnostics, form: Form | None = None
) -> Estate:
    """The estate of these networks."""
    settings = Settings(rules=Rules(form=form or Form()))
    return named_estate(networks, settings, diagnostics, {})


def plan_modules(
    networks: Sequence[Facts], diagnostics: Diagnostics, form: Form | None = None
) -> tuple[tuple[ModulePlan, Facts], ...]:
    """The modules of these networks, with the facts that they are made from."""
    return estate_of(networks, diagnostics, form).planned


def plan(*texts: str, form: Form | None = None) -> tuple[list[ModulePlan], Diagnostics]:
    """The planned modules of an estate of JIL files."""
    network, diagnostics = read(*texts)
    report_shared_files([network], diagnostics)
    return [module for module, _ in plan_modules([network], diagnostics, form)], diagnostics


def emit(*texts: str, form: Form | None = None) -> dict[str, str]:
    """The text of each emitted module, by its name."""
    return {module.name: render_module(module) for module in plan(*texts, form=form)[0]}


KNOWN_TO_DIFFER = frozenset({"A313", "A410", "A411", "A420"})
"""Errors that say that a box, or what looks at it, ends otherwise than in the source."""


def is_known_to_differ(text: str) -> bool:
    """True where an error of a JIL estate says that the emitted workflow does something else."""
    return not KNOWN_TO_DIFFER.isdisjoint(codes(read(text)[1]))


def codes(diagnostics: Diagnostics) -> set[str]:
    """The codes that were reported."""
    return {found.code for found in diagnostics}


def python(
    *arguments: object, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run this Python in a process of its own."""
    quiet = {"FLYTE_SDK_RICH_TRACEBACKS": "0", "FLYTE_SDK_LOGGING_LEVEL": "50"}
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **quiet, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def installed(
    program: str, *arguments: object, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program that is installed beside this Python."""
    return shell(shlex.join([program, *map(str, arguments)]), cwd=cwd, env=env)


def shell(
    command: str, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell that finds this Python, and what is installed beside it, first."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    quiet = {"FLYTE_SDK_LOGGING_LEVEL": "50", "COLUMNS": "200"}
    return subprocess.run(
        command,
        shell=True,
        cwd=cwd,
        env={**os.environ, "PATH": path, **quiet, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )
