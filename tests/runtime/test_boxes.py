"""Statuses of boxes and results of workflows."""

from typing import Any

import pytest

from transpile.runtime.boxes import box_status, require_success


@pytest.mark.parametrize(
    ("members", "options", "expected"),
    [
        ([], {}, "SUCCESS"),
        (["SUCCESS 0", "SUCCESS 3"], {}, "SUCCESS"),
        (["SUCCESS 0", "FAILURE 3"], {}, "FAILURE"),
        (["SUCCESS 0", "TERMINATED"], {}, "FAILURE"),
        (["SUCCESS 0", "SKIPPED"], {}, "RUNNING"),
        (["FAILURE 1", "RUNNING"], {}, "RUNNING"),
        # Rules in the place of either half.
        (["FAILURE 1"], {"success": True}, "SUCCESS"),
        (["SUCCESS 0"], {"success": False}, "RUNNING"),
        (["FAILURE 1"], {"success": False}, "FAILURE"),
        (["SUCCESS 0"], {"failure": True}, "FAILURE"),
        (["SUCCESS 0"], {"failure": False}, "SUCCESS"),
        (["FAILURE 1"], {"failure": False}, "RUNNING"),
        (["SUCCESS 0"], {"success": True, "failure": True}, "FAILURE"),
        (["SKIPPED"], {"success": True, "complete": True}, "SUCCESS"),
        # A terminator.
        (["FAILURE 1", "SUCCESS 0"], {"terminators": ["0"]}, "TERMINATED"),
        (["TERMINATED"], {"terminators": ["0"], "success": True}, "TERMINATED"),
        (["SKIPPED"], {"terminators": ["0"]}, "RUNNING"),
        (["SUCCESS 0", "FAILURE 1"], {"terminators": ["0"]}, "FAILURE"),
    ],
)
def test_the_status_of_a_box(members: list[str], options: dict[str, Any], expected: str) -> None:
    statuses = {str(number): status for number, status in enumerate(members)}
    assert box_status(statuses, **options) == expected


def test_a_box_that_hangs() -> None:
    with pytest.raises(RuntimeError, match="hangs on a job that cannot run"):
        box_status({"A": "SUCCESS 0"}, success=False, complete=True)


def test_a_workflow_without_failures() -> None:
    assert require_success({}) == "SUCCESS"
    assert require_success({"A": "SUCCESS 0", "B": "SKIPPED"}) == "SUCCESS"


@pytest.mark.parametrize("status", ["FAILURE 3", "FAILURE", "TERMINATED", "RUNNING"])
def test_a_workflow_with_failures(status: str) -> None:
    with pytest.raises(RuntimeError, match=f"^B: {status}, C: TERMINATED$"):
        require_success({"A": "SUCCESS 0", "B": status, "C": "TERMINATED"})
