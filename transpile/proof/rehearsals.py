"""Chooses how emitted modules are run: as workflows of flytekit, or as programs of Flyte 2."""

import re
from collections.abc import Collection
from importlib import import_module
from pathlib import Path

from transpile.proof.blueprint import Roles
from transpile.proof.loading import LoadError
from transpile.proof.rehearse import Rehearsal

_DRIVES = re.compile(r"^class Flow\b", re.MULTILINE)


def drives(helpers_source: str) -> bool:
    """True for the run-time helpers of programs, which have drivers."""
    return bool(_DRIVES.search(helpers_source))


def rehearsal_of(
    path: Path,
    helpers_source: str,
    roles: Roles,
    *,
    execute: bool = False,
    beside: Collection[str] = (),
) -> Rehearsal:
    """The rehearsal of a module with these helpers; the parameters are those of `Rehearsal`.

    Raises LoadError.
    """
    kind: type[Rehearsal] = Rehearsal
    if drives(helpers_source):
        try:
            # The package of Flyte 2 is needed for its programs only.
            kind = import_module("transpile.proof.program_rehearsal").ProgramRehearsal
        except ModuleNotFoundError as error:
            raise LoadError(f"{error}: pip install 'transpile[flyte2]'") from error
    return kind(path, helpers_source, roles, execute=execute, beside=beside)
