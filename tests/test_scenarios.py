"""The choice of scenarios where not all combinations can be tried."""

import pytest

from tests.support import read
from transpile.model.outcome import Outcome
from transpile.proof.scenarios import Scenarios

RARE = "insert_job: A\ncommand: a\nmax_exit_success: 9\n\n" + "".join(
    f"insert_job: J{number}\ncommand: j\ncondition: e(A) = {number}\n\n" for number in range(20)
)
"""Jobs that run after one exit code of A each."""


@pytest.mark.parametrize("seed", range(3))
def test_the_retry_of_a_job_that_runs_after_one_exit_code_is_tried(seed: int) -> None:
    network, _ = read(f"{RARE}insert_job: LAST\ncommand: l\ncondition: s(J7)\nn_retrys: 1\n")
    scenarios = Scenarios(network, 120, seed)
    assert not scenarios.exhaustive
    tried = [each.outcomes for each in scenarios]
    assert len(tried) == 120
    assert {"A": Outcome((7,)), "LAST": Outcome((1, 0))} in tried
