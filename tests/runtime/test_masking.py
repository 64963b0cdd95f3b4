"""What texts look like in a log, the errors that say them, and what flytekit logs."""

import logging
import time

import pytest
from flytekit.core.context_manager import FlyteContextManager

from transpile.runtime.errors import Killed, blocked
from transpile.runtime.failures import Failure
from transpile.runtime.log import is_to_be_logged
from transpile.runtime.masking import masked, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mysql --password=abc db", "mysql --password=*** db"),
        ("mysql --password 'a b' db", "mysql --password *** db"),
        ('DB_PASSWORD="a b" load', "DB_PASSWORD=*** load"),
        ("AWS_SECRET_ACCESS_KEY=a/b+c aws", "AWS_SECRET_ACCESS_KEY=*** aws"),
        ("call --api-key k --x", "call --api-key *** --x"),
        ('{"access_token": "t"}', '{"access_token": ***}'),
        ("curl -H 'Authorization: Bearer t' u", "curl -H 'Authorization: Bearer ***' u"),
        ("psql postgres://me:pw@host/db", "psql postgres://me:***@host/db"),
        ("sshpass -p pw ssh host", "sshpass -p *** ssh host"),
        ("load --password=$PW ${TOKEN} TOKEN=${T}", None),
        (r"C:\a", None),
        ("mkdir -p a; tokenize b; curl http://host:80/x@y", None),
    ],
)
def test_secrets_are_not_shown(text: str, expected: str | None) -> None:
    assert masked(text) == shown(text) == (expected or text)


@pytest.mark.parametrize("piece", ["token ", 'password="', "://a", '"\\', "a-", "$("])
def test_masking_is_linear(piece: str) -> None:
    def seconds(count: int) -> float:
        begun = time.process_time()
        masked(piece * count)
        return time.process_time() - begun

    assert seconds(80_000) < 20 * seconds(10_000) + 0.5


def test_control_characters_are_shown_as_such() -> None:
    assert shown("a\x1b[31m\r\0\t\nb\u202e") == "a\\x1b[31m\\r\\x00\\t\nb\\u202e"


def test_long_texts_are_cut() -> None:
    assert shown("x" * 201) == "x" * 200
    # The secret goes before the text is cut.
    assert "y" not in shown(f"token={'y' * 300}")


def test_messages_of_errors() -> None:
    assert Killed("signal 15", "token=a", 15).args == ("killed by signal 15: token=***",)
    assert Killed("time limit", "a").signal == 9
    assert Failure("it broke", "a\0").args == ("it broke: a\\x00",)
    assert Failure.of_code(3, "a").args == ("exit code 3: a",)
    with pytest.raises(
        RuntimeError, match=r"A875: no \\x1b \(`transpile explain A875` says more\)"
    ):
        blocked("A875", "no \x1b")


NESTED = "You are not supposed to nest @task/@workflow inside a task"


@pytest.mark.parametrize(
    ("message", "builds", "logged"),
    [(NESTED, True, False), (NESTED, False, True), ("other", True, True)],
)
def test_what_flytekit_logs(message: str, builds: bool, logged: bool) -> None:
    record = logging.LogRecord("flytekit", logging.ERROR, "f.py", 1, message, None, None)
    context = FlyteContextManager.current_context()
    builder = context.with_new_compilation_state() if builds else context.new_builder()
    with FlyteContextManager.with_context(builder):
        assert is_to_be_logged(record) is logged
