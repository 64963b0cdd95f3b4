"""What a source holds never drives the terminal: every command shows control characters escaped."""

import json
from pathlib import Path

import pytest

from tests.support import cli
from transpile.sources.printable import printable, to_json

EVIL = "\x1b[31m\x9b2J\u202e\x07\x7f"

ESTATES = {
    "jil": {"a.jil": f"""insert_job: BOX{EVIL}
job_type: BOX
description: "d{EVIL}"
date_conditions: 1
days_of_week: all
start_times: "08:00"
timezone: X{EVIL}

insert_job: J{EVIL}
box_name: BOX{EVIL}
command: echo {EVIL} $$G{EVIL}
machine: m{EVIL}
std_out_file: /tmp/{EVIL}
profile: /p{EVIL}

insert_job: K
command: false
condition: f(J{EVIL}) | s(NO{EVIL}) & v(GL{EVIL}) = "x{EVIL}"

{EVIL}: foo
update_job: U{EVIL}
foo{EVIL}: bar{EVIL}
"""},
    "dagman": {
        "a.dag": f"JOB A{EVIL} a{EVIL}.sub\nJOB B b.sub\nPARENT A{EVIL} CHILD B\n"
        f'VARS B x{EVIL}="y{EVIL}"\nSCRIPT PRE B pre{EVIL}.sh\nFOO{EVIL} x\n',
        "b.sub": f"executable = /bin/echo\narguments = {EVIL} $(x{EVIL})\nfoo{EVIL} = 1\nqueue\n",
    },
    "tws": {
        "s.tws": f"""SCHEDULE C#S{EVIL}
DESCRIPTION "x{EVIL}"
ON RUNCYCLE R{EVIL} "FREQ=DAILY;"
FOO{EVIL}
:
C#J{EVIL}
 DOCOMMAND "echo {EVIL}"
 FOLLOWS X{EVIL}
 OPENS "/x{EVIL}"
END
""",
    },
    "azkaban": {
        f"j{EVIL}.job": f"type=command\ncommand=echo {EVIL} ${{x{EVIL}}}\nretries=x{EVIL}\n",
        "k.job": f"type=command\ncommand=x\ndependencies=nope{EVIL}\n",
        "f.flow": 'nodes:\n - name: "a\\e[31m\\u202e\\x9b"\n   type: command\n   config:\n'
        '     command: echo "\\e x"\n     foo: "x\\e"\n - name: b\n   type: "no\\e"\n'
        '   dependsOn: ["a\\e[31m\\u202e\\x9b"]\n',
    },
}

COMMANDS = [
    *(
        ["check", "{}", *form]
        for form in ([], *(["--format", f] for f in ("json", "sarif", "lines")))
    ),
    *(["inventory", "{}", "--format", form] for form in ("text", "csv", "json", "html")),
    *(["schedule", "{}", "--format", form] for form in ("text", "json")),
    *(["graph", "{}", "--format", form] for form in ("dot", "mermaid", "json", "svg")),
    *(["dry-run", "{}", "--format", form] for form in ("text", "json")),
    *(["verify", "{}", "--scenarios", "5", "--format", form] for form in ("text", "json")),
    ["convert", "{}", "-o", "{out}"],
    ["convert", "{}", "-o", "{out}", "--format", "json"],
    ["init", "{}", "-o", "{out}/first.toml"],
    ["explain-map", f"J{EVIL}", "{}"],
    ["explain-map", f"a{EVIL}", "{}"],
    ["dry-run", "{}", "--fail", f"J{EVIL}?"],
    ["dry-run", "{}", "--input", f"x{EVIL}=1"],
    ["graph", "{}", "--workflow", f"x{EVIL}"],
    ["check", f"{{}}{EVIL}"],
    ["check", "{}", "--from", EVIL],
    ["explain", EVIL],
    ["dialects", EVIL],
    [f"check{EVIL}"],
]


@pytest.mark.parametrize("name", ESTATES)
def test_no_command_prints_a_control_character(tmp_path: Path, name: str) -> None:
    estate = tmp_path / "estate"
    estate.mkdir()
    for file, text in ESTATES[name].items():
        (estate / file).write_text(text, encoding="utf-8")
    shown = ""
    for command in COMMANDS:
        done = cli(*(a.format(estate, out=tmp_path / "out") for a in command))
        shown += done.stdout + done.stderr
        odd = {c for c in done.stdout + done.stderr if not c.isprintable() and c != "\n"}
        assert not odd, command
    assert "\\x1b" in shown
    for path in (tmp_path / "out").rglob("*.*"):
        odd = {c for c in path.read_text(encoding="utf-8") if not c.isprintable() and c != "\n"}
        assert not odd, path


def test_printable() -> None:
    assert printable("a\x1b[0m\nü\u202e") == "a\\x1b[0m\\nü\\u202e"


def test_json_keeps_its_value() -> None:
    value = {"ü" + EVIL: ["\ud800", "\U000e0001", "\n", '"\\']}
    text = to_json(value, 1)
    assert json.loads(text) == value
    assert "ü" in text
    assert all(c.isprintable() or c == "\n" for c in text)
