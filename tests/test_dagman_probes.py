"""DAGMan: what is accepted and refused, against what condor_dagman 23.9 says of the same files."""

from pathlib import Path

from tests.dagman.probes import prepare, probes
from transpile.pipeline import read_estate

SAID = {"A713", "A721"}
"""Errors that say of a DAG which is converted that the engine refuses it."""

APART = {
    # A byte order mark is taken off every source.
    "=\ufeffJOB A job.sub",
    "\ufeffRETRY A 1",
    # The engine takes the braces for a file.
    "SERVICE N {}",
    "PROVISIONER N {}",
}


REFUSALS = {"A401", "A701", "A702", "A703", "A704"}


def test_accepts_and_refuses_what_the_engine_does(tmp_path: Path) -> None:
    differ = []
    for probe, taken in probes().items():
        prepare(tmp_path, probe)
        estate = read_estate([str(tmp_path / "main.dag")], None)
        codes = {found.code for found in estate.diagnostics}
        empty = bool(codes & {"A105", "A708"}) and not codes & (REFUSALS - {"A704"})
        refused = not estate.modules and not empty
        agrees = refused is not taken or (not taken and codes & SAID)
        if probe not in APART and not (agrees and (taken or codes & (REFUSALS | SAID))):
            differ.append((probe, taken, sorted(codes)))
    assert differ == []
