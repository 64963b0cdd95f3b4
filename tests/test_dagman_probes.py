"""DAG files that are accepted or refused, compared with condor_dagman 23.9."""

from pathlib import Path

from tests.dagman.probes import prepare, probes
from transpile.pipeline import read_estate

REPORTED = {"A713", "A721"}
"""Errors about converted DAGs: the engine refuses them."""

APART = {
    # A byte order mark is removed from every source.
    "=\ufeffJOB A job.sub",
    "\ufeffRETRY A 1",
    # The engine reads the braces as the name of a file.
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
        agrees = refused is not taken or (not taken and codes & REPORTED)
        if probe not in APART and not (agrees and (taken or codes & (REFUSALS | REPORTED))):
            differ.append((probe, taken, sorted(codes)))
    assert differ == []
