"""Approvals and their answers."""

from datetime import timedelta

import pytest
from flytekit import workflow
from flytekit.core.gate import Gate

from transpile.runtime.approvals import approval, approved, approved_status
from transpile.runtime.failures import Failure


def test_an_answer() -> None:
    assert approved("Go on?", answer=True) == 0
    assert approved_status("Go on?", answer=True) == "SUCCESS 0"


def test_no(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Failure, match=r"not approved: Go on\?") as failure:
        approved("Go on?", answer=False)
    assert failure.value.exit_code == 1
    assert approved_status("Go on? token=abc", answer=False) == "FAILURE 1"
    assert capsys.readouterr().out == "not approved: Go on? token=***\n"


def test_a_local_run_is_approved(capsys: pytest.CaptureFixture[str]) -> None:
    assert approval("JOB", within=timedelta(hours=1)) is True
    assert capsys.readouterr().out == "JOB: taken to be approved\n"


def test_on_the_platform_a_person_is_asked() -> None:
    @workflow
    def asking() -> bool:
        answer: bool = approval("JOB", within=timedelta(hours=2))
        return answer

    (node,) = asking.nodes
    assert isinstance(node.flyte_entity, Gate)
    assert node.metadata.name == "JOB (answer)"
    assert node.flyte_entity._timeout == timedelta(hours=2)
