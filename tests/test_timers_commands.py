"""Commands of crontabs: percent signs and standard input, byte for byte; hostile input."""

import subprocess
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.crontabs import HERE, codes, jobs, network, text
from transpile.dialects.timers.anacrontab import is_anacrontab
from transpile.dialects.timers.cron_commands import build_command, written
from transpile.dialects.timers.crontab import is_crontab
from transpile.dialects.timers.settings import CRONIE, SYSTEMD, VIXIE

# -------------------------------------------------------------------- commands


def _c_input(text: str) -> str:
    """The standard input, character by character, by the comment in do_command.c."""
    out, escaped, needs_newline = "", False, False
    for read in text:
        if escaped and read != "%":
            out += "\\"
        char = "\n" if read == "%" and not escaped else read
        escaped = char == "\\"
        if not escaped:
            out += char
            needs_newline = char != "\n"
    return out + ("\\" if escaped else "") + ("\n" if needs_newline else "")


@pytest.mark.parametrize(
    ("raw", "engine", "shell", "stdin"),
    [
        ("a b", VIXIE, "a b", None),
        ("date +\\%d", VIXIE, "date +%d", None),
        ("mail x%Joe,%%Hi%", VIXIE, "mail x", "Joe,\n\nHi\n"),
        ("a%b\\%c%d", VIXIE, "a", "b%c\nd\n"),
        ("a%", VIXIE, "a", None),
        ("a%%", VIXIE, "a", "\n"),
        ("sed 's/\\./x/'", VIXIE, "sed 's/\\./x/'", None),
        ("a\\", VIXIE, "a\\", None),
        # Debian's patch "Handle escapes in job input": two backslashes become one.
        ("a\\\\b", VIXIE, "a\\b", None),
        ("a\\\\b", CRONIE, "a\\\\b", None),
        ("a\\\\%b", CRONIE, "a\\\\", "b\n"),
        ("a\\\\%b", VIXIE, "a\\", "b\n"),
        ("a\\\\\\%b", VIXIE, "a\\%b", None),
    ],
)
def test_percent_signs(raw: str, engine: str, shell: str, stdin: str | None) -> None:
    found = written(raw, engine)
    assert (found.command, found.stdin) == (shell, stdin)


@given(st.text(alphabet="ab%\\ ' ", max_size=30))
def test_standard_input_is_what_the_loop_of_cron_writes(text: str) -> None:
    assert written(f"cat%{text}", CRONIE).stdin == (_c_input(text) or None)


@given(
    st.sampled_from(
        [
            "cat",
            "cat; cat",
            "tr a b",
            "cat | cat",
            "(cat)",
            "cat # x",
            "cat - && echo 'b'",
            "cat \\",
        ]
    ),
    st.text(alphabet=st.sampled_from("aSTDIN%\\ '\"$`{}<&é\t"), max_size=12),
)
@settings(max_examples=share_of(60), deadline=None)
def test_a_command_gets_exactly_its_standard_input(shell: str, text: str) -> None:
    stdin = _c_input(text)
    wanted = subprocess.run(
        ["/bin/sh", "-c", shell], input=stdin.encode(), capture_output=True, check=False
    )
    made = build_command(shell, stdin or None, (), HERE).text[0]
    found = subprocess.run(
        ["/bin/sh", "-c", str(made)], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert (found.stdout, found.returncode) == (wanted.stdout, wanted.returncode)


@pytest.mark.parametrize(
    ("shell", "stdin", "folder", "made", "by"),
    [
        ("/bin/sh", "x\n", "", "a b <<'STDIN'\nx\nSTDIN", None),
        ("/bin/sh", "STDIN\n", "", "a b <<'INPUT'\nSTDIN\nINPUT", None),
        ("/bin/bash", None, "/x", "cd /x\na b", "/bin/bash"),
        ("/usr/bin/fish", None, "", "a b", "/usr/bin/fish"),
        ("/usr/bin/fish", None, "/x", "cd /x\n/usr/bin/fish -c 'a b'", None),
        ("/bin/csh", "x\n", "", "/bin/csh -c 'a b' <<'STDIN'\nx\nSTDIN", None),
        ("/bin/sh", "S\nI\nT\nL\nE\nD\n", "", "printf %s 'S\nI\nT\nL\nE\nD\n' | { a b\n}", None),
        ("/bin/sh", "x\\", "", "printf %s 'x\\' | { a b\n}", None),
    ],
)
def test_how_a_command_is_written(
    shell: str, stdin: str | None, folder: str, made: str, by: str | None
) -> None:
    found = build_command("a b", stdin, (), HERE, shell=shell, folder=folder)
    assert (found.text, found.shell) == ((made,), by)


@pytest.mark.parametrize(
    "raw",
    ["test -x /a || ( cd / && b )", "sleep $((RANDOM)); a", "a > /x 2>&1 &", "a 'b  c' \"$D\"  "],
)
def test_a_command_without_percent_signs_is_that_of_the_source(raw: str) -> None:
    assert text(jobs(f"0 1 * * * {raw}\n")[0]) == raw


def test_two_backslashes_are_noted() -> None:
    assert codes("0 1 * * * echo a\\\\b\n") == ["A083"]
    assert codes("0 1 * * * echo a\\\\b\n", engine=CRONIE) == []


# -------------------------------------------------------------------- hostile input

HOSTILE = [
    "0 1 * * * a\0b\n",
    "0 1 * * * " + "(" * 100_000 + "\n",
    "0 1 * * * " + '"$(' * 30_000 + "\n",
    "0 1 * * * [ $(date +\\%d) -le 7 ] && " + "a && " * 20_000 + "b\n",
    "0 1 * * * flock -n /x " + "\\" * 50_000 + "\n",
    "1," * 50_000 + "1 1 * * * a\n",
    "0 " + "9" * 100_000 + " * * * a\n",
    "A=" * 50_000 + "\n",
    "A=1\n" * 100_000,
    "0 1 * * * a\n" * 10_000,
    "0 1 * * * a%" + "\\%" * 40_000 + "\n",
    " " * 100_000 + "\n" + "\t" * 100_000,
    "0 1 * * * \x1b[31m\u202e\n",
    "".join(f"V{number}=1\n0 1 * * * a\n" for number in range(1_000)),
    "# x\n" * 100_000 + "0 1 * * * a\n",
    "\\\n" * 100_000,
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
@pytest.mark.parametrize("engine", [VIXIE, CRONIE])
@pytest.mark.parametrize("anacron_too", [False, True])
def test_hostile_input_takes_no_long_time(number: int, engine: str, anacron_too: bool) -> None:
    began = time.process_time()
    body = HOSTILE[number]
    is_crontab(body)
    is_anacrontab(body)
    network(body, "anacrontab" if anacron_too else "c", as_anacron=anacron_too, engine=engine)
    assert time.process_time() - began < 20


@given(st.text(alphabet="0159*/,-~@ \t\n#=\"'%\\ab;&|()[]$`", max_size=60))
@settings(max_examples=share_of(300), deadline=None)
def test_readers_never_raise(body: str) -> None:
    for engine in (VIXIE, CRONIE, SYSTEMD):
        for anacron_too in (False, True):
            network(body, "x/cron.d/a", as_anacron=anacron_too, engine=engine)
            network(f"0 1 * * * {body}", as_anacron=anacron_too, engine=engine)
