"""Commands whose output decides whether they succeed."""

from datetime import timedelta

import pytest

from transpile.runtime.errors import Killed
from transpile.runtime.failures import Failure
from transpile.runtime.judged import run_judged, run_judged_status

BAD = {"*ERROR*": False}
GOOD = {"all ?one": True}


@pytest.mark.parametrize(
    ("command", "output", "expected"),
    [
        ("echo fine", BAD, "SUCCESS 0"),
        ("echo an ERROR here", BAD, "FAILURE 1"),
        ("echo an ERROR >&2", BAD, "FAILURE 1"),
        ("echo an ERROR; exit 4", BAD, "FAILURE 4"),
        ("echo fine; exit 4", BAD, "FAILURE 4"),
        ("echo all done; exit 4", GOOD, "SUCCESS 0"),
        ("echo all done", GOOD, "SUCCESS 0"),
        ("echo not all done; exit 4", GOOD, "FAILURE 4"),
        ("echo all done; echo ERROR", {**BAD, **GOOD}, "SUCCESS 0"),
        ("echo all done; echo ERROR", {**GOOD, **BAD}, "FAILURE 1"),
        ("echo 'a.c'", {"a?c": False}, "FAILURE 1"),
        ("echo 'abc'", {"a.c": False}, "SUCCESS 0"),
        ("printf 'no end: ERROR'", BAD, "FAILURE 1"),
        ("echo 'a*c'", {"a*c": False}, "FAILURE 1"),
        ("echo abcabd", {"*ab?": False}, "FAILURE 1"),
        ("echo abcabd", {"*abc": False}, "SUCCESS 0"),
        ("echo", {"*": False}, "FAILURE 1"),
        ("echo x", {"": False}, "SUCCESS 0"),
        ("echo", {"": False}, "FAILURE 1"),
        ("printf '\\377 ERROR\\n'", BAD, "FAILURE 1"),
    ],
)
def test_the_last_pattern_that_fits_decides(
    command: str, output: dict[str, bool], expected: str
) -> None:
    assert run_judged_status(command, output=output) == expected


def test_many_stars_take_little_time() -> None:
    command = f"printf '{'a' * 5000}'"
    assert run_judged(command, output={f"{'*a' * 200}*b": False}) == 0


def test_codes_without_a_fitting_line() -> None:
    assert run_judged("exit 4", output=BAD, success_codes=(0, 4)) == 4


def test_the_output_is_shown_and_the_command_may_be_of_any_shape(
    capfd: pytest.CaptureFixture[str],
) -> None:
    command = "cat <<END\n) 'quoted'\nEND\necho more # a comment"
    assert run_judged(command, output=BAD) == 0
    assert capfd.readouterr().out == ") 'quoted'\nmore\n"


def test_it_is_tried_again(tmp_path: object) -> None:
    command = f"echo x >> {tmp_path}/tries; test $(wc -l < {tmp_path}/tries) = 3 || echo ERROR"
    assert run_judged_status(command, output=BAD, retries=2) == "SUCCESS 0"
    assert run_judged_status("echo ERROR", output=BAD, retries=1) == "FAILURE 1"


def test_the_error_has_the_exit_code() -> None:
    with pytest.raises(Failure, match="exit code 1: echo ERROR") as failure:
        run_judged("echo ERROR", output=BAD)
    assert failure.value.exit_code == 1


def test_a_time_limit() -> None:
    with pytest.raises(Killed, match="time limit"):
        run_judged("sleep 20", output=BAD, time_limit=timedelta(seconds=0.3))
