"""Submit descriptions: the words that jobs get, compared with condor_submit."""

from pathlib import Path

import pytest

from tests.support import cli, codes, python
from transpile.pipeline import read_estate

SHOW = """\
#!/bin/sh
for word in "$@"; do printf '%s|' "$word"; done; echo "$T_A$T_B" >> "$SEEN"
"""


@pytest.mark.parametrize(
    ("description", "seen"),
    [
        ("arguments = a  b\tc", [["a", "b", "c"]]),
        ("arguments = a \\\"b\\\" 'c d'", [["a", '"b"', "'c", "d'"]]),
        ("arguments = \"a 'b c' 'it''s' \"\"q\"\" ''\"", [["a", "b c", "it's", '"q"', ""]]),
        (
            "arguments = $HOME `ls` ; & > * ? ~ # \\x ü",
            [["$HOME", "`ls`", *";&>*?~#", "\\x", "ü"]],
        ),
        ("arguments = a $(nobody) b", [["a", "b"]]),
        ("arguments = $(x:one two) $(RETRY)", [["one", "two", "0"]]),
        ("X = a\nX = $(X) b\narguments = $(X)", [["a", "b"]]),
        ("arguments = $(v)\nv = late", [["late"]]),
        ("arguments = $(DOLLAR)HOME $INT(Process,%03d)", [["$HOME", "000"]]),
        ("if defined nothing\narguments = 1\nelse\narguments = 2\nendif", [["2"]]),
        ("arguments = $(Process) $(Step)\nqueue 2\nqueue", [["0", "0"], ["1", "1"], ["2", "0"]]),
        ("arguments = $(x) $(Row)\nqueue x in (a, b c)", [["a", "0"], ["b", "1"], ["c", "2"]]),
        (
            "arguments = $(x)-$(y)\nqueue x,y from (\n a 1\n # no\n b,2 3\n)",
            [["a-1"], ["b-2", "3"]],
        ),
        ("arguments = \"'$(f)'\"\nqueue f from rows.txt", [["one two"], ["# three"]]),
        ("arguments = x\nenvironment = \"T_A=1 T_B='$(RETRY) 2'\"", [["x", "10 2"]]),
        ("arguments = x\nenv = T_A=a b;T_B=c", [["x", "a bc"]]),
    ],
)
def test_jobs_get_the_words_of_condor_submit(
    description: str, seen: list[list[str]], tmp_path: Path
) -> None:
    """The words are those of `condor_submit -dry-run` 23.9."""
    (tmp_path / "show.sh").write_text(SHOW.replace('>> "$SEEN"', ""), encoding="utf-8")
    (tmp_path / "show.sh").chmod(0o755)
    (tmp_path / "rows.txt").write_text("one two\n# three\n", encoding="utf-8")
    queue = "" if "queue" in description else "queue\n"
    text = f"executable = show.sh\noutput = out.$(Process)\n{description}\n{queue}"
    (tmp_path / "a.sub").write_text(text, encoding="utf-8")
    (tmp_path / "main.dag").write_text("JOB A a.sub\n", encoding="utf-8")
    assert cli("convert", tmp_path / "main.dag", "-o", tmp_path / "out").exit_code == 0
    done = python(tmp_path / "out" / "main.py", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = [(tmp_path / f"out.{n}").read_text(encoding="utf-8") for n in range(len(seen))]
    assert [line.rstrip("\n").split("|") for line in lines] == [
        [*words, ""] if "T_A" not in description else words for words in seen
    ]


@pytest.mark.parametrize(
    "text",
    [
        "X = $(Y)\nY = $(X) $(X)\nexecutable = a\narguments = $(X)",
        "executable = a\narguments = $$(Arch)",
        "executable = a\narguments = $(YEAR)",
        "executable = a\nqueue 0",
        "executable = a\nqueue x matching *.txt",
        "executable = a\nqueue x in [0:1] (a b)",
        'executable = a\narguments = one "two"',
        'executable = a\nenvironment = "E1=a b"',
        "executable = a\nenvironment = E1=a;E2",
        'executable = a\nenvironment = "=b"',
        "executable = a\narguments = $(DAGManJobId)",
        "executable = a\narguments = $(DAG_STATUS:0)",
        "executable = a\narguments = $Fq(x)",
        "executable = a\nX = $(Y)\nY = $(X)\narguments = $(X)",
        "executable = a\nif version > 8\nendif",
        "universe = grid\nexecutable = a",
        "arguments = a",
        "executable = a\noutput = a$b",
        "executable = a\nnonsense",
        "executable = a\nnotification = always\nnotify_user = $(YEAR)",
    ],
)
def test_descriptions_that_cannot_be_translated(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.sub").write_text(text, encoding="utf-8")
    (tmp_path / "probe.dag").write_text('JOB A a.sub\nVARS A b="$(c)"\n', encoding="utf-8")
    estate = read_estate([str(tmp_path / "probe.dag")], None)
    assert codes(estate.diagnostics) - {"A642"} == {"A713"}
    assert estate.modules


def test_a_reason_names_only_the_macro_of_the_match(tmp_path: Path) -> None:
    (tmp_path / "a.sub").write_text("executable = a\narguments = one $(x) $$(Arch) two\n")
    (tmp_path / "probe.dag").write_text("JOB A a.sub\n", encoding="utf-8")
    (found,) = read_estate([str(tmp_path / "probe.dag")], None).diagnostics
    assert found.message.endswith(": HTCondor fills in $$(Arch) when it matches a machine")
