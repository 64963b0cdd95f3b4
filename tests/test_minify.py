"""`transpile minify`: copies that read as the original does, without any of its words."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings

from tests.jil_estates import Estate, estates
from tests.support import ROOT, cli
from transpile.cli import minify as minify_command
from transpile.dialects import DIALECTS
from transpile.dialects.kit.pieces import Minifier, Piece, Treatment, words_of
from transpile.minify import Differs, Refused, minified, write_copy
from transpile.minify import estate as minify_estate
from transpile.minify.pseudonyms import Pseudonyms, humps
from transpile.minify.public import PUBLIC
from transpile.model.zones import zone_named
from transpile.pipeline import load_sources

GOLDEN, SAMPLES = ROOT / "tests" / "golden", ROOT / "samples"
MINIFIED = [name for name, dialect in DIALECTS.items() if dialect.minifier]
REFUSED = {"damage": "broken.jil:1:1: 'this' cannot be classified"}
"""Goldens whose text cannot be classified."""

KEPT = {part.lower() for zone in available_timezones() for part in re.split(r"[/_]", zone)}
KEPT |= {"encoding"}
"""Words in names of time zones and in the declaration of XML."""


def formats(path: Path) -> set[str]:
    return set(load_sources([str(path)]).sources)


INPUTS = [
    path
    for path in (*sorted(GOLDEN.glob("*/input")), *(SAMPLES / name for name in MINIFIED))
    if path.is_dir() and path.parent.name not in REFUSED and formats(path) <= set(MINIFIED)
]


def copied(source: Path, folder: Path) -> dict[str, str]:
    """The files of the copy, by path."""
    loaded = load_sources([str(source)])
    copy = minified(loaded)
    write_copy(loaded, copy, folder, None)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("latin-1")
        for path in folder.rglob("*")
        if path.is_file()
    }


def words_in(texts: Iterable[str], known: frozenset[str]) -> set[str]:
    """The words of texts with four letters and more, apart from those that are known."""
    plain = (re.sub(r"\\[nt]|\\x[0-9a-f]{2}|[YN]{28,}", " ", text) for text in texts)
    tokens = (token for text in plain for token in re.findall(r"[^\W\d_]+", text))
    words = {part.lower() for t in tokens if t.lower() not in known for part in humps(t)}
    return {word for word in words if len(word) > 3} - known


def known_words(names: set[str]) -> frozenset[str]:
    minifiers = [minifier for name in names if (minifier := DIALECTS[name].minifier)]
    suffixes = (DIALECTS[name].suffixes for name in names)
    return PUBLIC.union(
        *(m.words | m.public for m in minifiers), *(words_of(*each) for each in suffixes)
    )


@pytest.mark.parametrize("source", INPUTS, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_a_copy_reads_as_the_original_does_and_holds_none_of_its_words(
    source: Path, tmp_path: Path
) -> None:
    loaded = load_sources([str(source)])
    found = copied(source, tmp_path / "copy")
    assert len(found) >= len(loaded.texts)
    known = known_words(set(loaded.sources))
    left = words_in([*loaded.texts.values(), *loaded.texts], known)
    left &= words_in([*found, *found.values()], known)
    assert {word for word in left if word.strip("x") and zone_named(word) is None} <= KEPT


@settings(max_examples=15, deadline=None)
@given(estates(8))
def test_any_estate_has_a_copy(tmp_path_factory: pytest.TempPathFactory, estate: Estate) -> None:
    folder = tmp_path_factory.mktemp("estate")
    (folder / "in.jil").write_text(estate.text)
    found = copied(folder / "in.jil", folder / "copy")
    assert found["a1.jil"].count("insert_job:") == len(estate.jobs)


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.jil").write_text(text)
    return folder


def test_equal_words_are_replaced_by_equal_ones_everywhere(tmp_path: Path) -> None:
    source = write(
        tmp_path / "in",
        one="insert_job: FIN.Wages\ncommand: /srv/fin/wages.py -t $$Payday\n"
        "run_calendar: PAYDAYS\n",
        two='insert_job: B\ncondition: s(FIN.Wages, 9999) & v(Payday) = "late"\n'
        "command: sendevent -E FORCE_STARTJOB -J FIN.Wages && exit 42 2>&1\n",
        three="insert_global: Payday\nvalue: late\ncalendar: PAYDAYS\n01/29/2027 00:00\n",
    )
    found = copied(source, tmp_path / "copy")
    mapping = minified(load_sources([str(source)])).mapping
    fin, wages, payday, late = mapping["FIN"], mapping["Wages"], mapping["Payday"], mapping["late"]
    assert found == {
        "a1.jil": f"insert_job: {fin}.{wages}\n"
        f"command: /{mapping['srv']}/{fin.lower()}/{wages.lower()}.py -t $${payday}\n"
        f"run_calendar: {mapping['PAYDAYS']}\n",
        "a2.jil": f"insert_global: {payday}\nvalue: {late}\ncalendar: {mapping['PAYDAYS']}\n"
        "01/29/2027 00:00\n",
        "a3.jil": f'insert_job: B\ncondition: s({fin}.{wages}, 9999) & v({payday}) = "{late}"\n'
        f"command: sendevent -E FORCE_STARTJOB -J {fin}.{wages} && exit 42 2>&1\n",
    }
    assert [len(new) for new in mapping.values()] == [len(word) for word in mapping]


@pytest.mark.parametrize(
    ("token", "shape"),
    [
        ("ORDERS", r"[A-Z]{6}"),
        ("Orders", r"[A-Z][a-z]{5}"),
        ("loadOrders", r"[a-z]{4}[A-Z][a-z]{5}"),
        ("load01", r"[a-z]{4}01"),
        ("01load", r"01[a-z]{4}"),
        ("20261231", r"\d{8}(?<!20261231)"),
        ("Secr3tPw", r"[A-Za-z]{8}(?<!Secr3tPw)"),
        ("Zürich", r"[A-Z][a-z]{4}é"),
        ("x", "x"),
        ("12", "12"),
        ("Exit", "Exit"),
        ("sort2", "sort2"),
    ],
)
def test_words_keep_their_shape(token: str, shape: str) -> None:
    names = Pseudonyms(frozenset(), {"exit", "sort"})
    new = names.token(token)
    assert re.fullmatch(shape, new)
    assert names.token(token) == new


def test_words_that_differ_in_case_only_still_do() -> None:
    names = Pseudonyms(frozenset())
    upper, lower, title = map(names.token, ("NIGHT", "night", "Night"))
    assert (upper, title) == (lower.upper(), lower.capitalize())


def test_spellings_that_cannot_be_kept_apart_are_refused(tmp_path: Path) -> None:
    # The signs for Kelvin and Angstrom have the lower case of k and å.
    spelled = [k + a for k in "kK\u212a" for a in "\u00e5\u00c5\u212b"]
    source = write(tmp_path / "in", a="".join(f"insert_job: {name}\n" for name in spelled))
    with pytest.raises(Refused, match="is spelled in more ways than can be kept apart"):
        minified(load_sources([str(source)]))


def test_addresses_are_replaced_and_pauses_stay(tmp_path: Path) -> None:
    text = "insert_job: A\ncommand: ping 10.20.30.40 && sleep 3600 && ping 10.20.30.41 # 9876543\n"
    found = copied(write(tmp_path / "in", a=text), tmp_path / "copy")["a1.jil"]
    assert re.fullmatch(
        r"insert_job: A\ncommand: (\w+) 198\.18\.0\.1 && sleep 3600 && \1 198\.18\.0\.2 # \d{7}\n",
        found,
    )
    assert "9876543" not in found


def test_line_ends_and_encoding_stay(tmp_path: Path) -> None:
    (tmp_path / "in.jil").write_bytes("insert_job: Müller\r\ncommand: true\r\n".encode("latin-1"))
    copied(tmp_path / "in.jil", tmp_path / "copy")
    data = (tmp_path / "copy" / "a1.jil").read_bytes()
    assert re.fullmatch(rb"insert_job: [A-Z][a-z]{4}\xe9\r\ncommand: true\r\n", data)


def test_folders_are_numbered_in_order(tmp_path: Path) -> None:
    for name in ("zeta/b.jil", "alpha/c.jil", "alpha/deep/d.jil", "top.jil"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(f"insert_job: {name[0]}\ncommand: true\n")
    assert sorted(copied(tmp_path / "in", tmp_path / "copy")) == [
        *("a1.jil", "d1/a2.jil", "d1/d2/a3.jil", "d3/a4.jil"),
    ]


JOB = "insert_job: SECRET\ncommand: keep secret\nstart_times: 10:00\ndate_conditions: 1\n"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("10:00", "11:00", "times"),
        ("insert_job", "update_job", "jobs is 1"),
        ("command: keep", "command: keep keep", "command"),
        ("date_conditions: 1", "date_conditions: 1\nfoo: 1", "finding A853"),
    ],
)
def test_a_copy_that_reads_otherwise_is_refused(
    old: str, new: str, field: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(tmp_path / "in", a=JOB.replace("keep", "true"))
    old, new = old.replace("keep", "true"), new.replace("keep", "true")
    whole = minify_estate._encoded
    monkeypatch.setattr(
        minify_estate,
        "_encoded",
        lambda source, text: whole(source, text.replace(old, new)),
    )
    with pytest.raises(Differs) if field != "command" else pytest.raises(AssertionError):
        copied(source, tmp_path / "copy")
        # The text of a command may be any other text.
        raise AssertionError
    assert (tmp_path / "copy").exists() is (field == "command")


def test_a_word_that_would_stay_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write(tmp_path / "in", a=JOB)
    whole = Pseudonyms.token
    monkeypatch.setattr(Pseudonyms, "token", lambda self, t: t if t == "secret" else whole(self, t))
    with pytest.raises(Refused, match=r"a\.jil:2:15: 'secret' would stay"):
        copied(source, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_text_that_is_in_no_piece_is_refused(tmp_path: Path) -> None:
    loaded = load_sources([str(write(tmp_path / "in", a=JOB))])
    dialect, sources = loaded.sources["autosys"]
    holes = Minifier(lambda _: iter([Piece(0, 12, Treatment.NAMES)]))
    loaded.sources["autosys"] = (replace(dialect, minifier=holes), sources)
    with pytest.raises(Refused, match=r"a\.jil:1:13: 'SECRET' cannot be classified"):
        minified(loaded)


# -------------------------------------------------------------------- the command


def test_the_command_copies_and_says_what_it_did(tmp_path: Path) -> None:
    source = write(tmp_path / "in", a=f"/* old */\n{JOB}")
    (source / "notes.md").write_text("secret")
    found = cli("minify", source, "-o", tmp_path / "copy", "--mapping", tmp_path / "map.json")
    assert found.exit_code == 0
    assert "copied 1 file to" in found.output
    assert "not copied: notes.md" in found.output
    assert [path.name for path in (tmp_path / "copy").iterdir()] == ["a1.jil"]
    text = (tmp_path / "copy" / "a1.jil").read_text()
    assert text.startswith("/**/\ninsert_job: ")
    mapping = json.loads((tmp_path / "map.json").read_text())
    assert mapping["files"] == {"a.jil": "a1.jil"}
    assert f"insert_job: {mapping['words']['SECRET']}\n" in text


def test_the_command_gives_the_same_copy_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert cli("minify", SAMPLES / "dagman", "-o", tmp_path / name).exit_code == 0
    one, two = (
        {path.name: path.read_text() for path in (tmp_path / name).rglob("*") if path.is_file()}
        for name in ("one", "two")
    )
    assert one == two


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_cannot_be_classified_is_refused(name: str, tmp_path: Path) -> None:
    found = cli("minify", GOLDEN / name / "input", "-o", tmp_path / "copy")
    assert found.exit_code == 1
    assert REFUSED[name] in found.output
    assert list(tmp_path.iterdir()) == []


def test_a_format_that_does_not_say_how_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(tmp_path / "in", a=JOB)
    loaded = load_sources([str(source)])
    dialect, sources = loaded.sources["autosys"]
    loaded.sources["autosys"] = (replace(dialect, minifier=None), sources)
    monkeypatch.setattr(minify_command, "load_sources", lambda *_: loaded)
    found = cli("minify", source, "-o", tmp_path / "copy")
    assert found.exit_code == 1
    assert "cannot minify AutoSys JIL yet; nothing is written" in found.output
    assert not (tmp_path / "copy").exists()


def test_a_misspelled_attribute_stays(tmp_path: Path) -> None:
    text = "insert_job: A\ncomand: secret\nwhatever: 1\n"
    found = copied(write(tmp_path / "in", a=text), tmp_path / "copy")["a1.jil"]
    assert re.fullmatch(r"insert_job: A\ncomand: \w{6}(?<!secret)\n(?!whatever)\w{8}: 1\n", found)


def test_names_of_files_that_others_name_keep_their_order(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, text in {
        "apple.dag": "SUBDAG EXTERNAL Inner melon.dag\n",
        "melon.dag": "JOB Secret pear.sub\n",
        "pear.sub": "executable = /opt/secret\nqueue 2\n",
    }.items():
        (tmp_path / "in" / name).write_text(text)
    found = copied(tmp_path / "in", tmp_path / "copy")
    apple, melon, pear = sorted(found)
    assert found[apple].split()[3] == melon
    assert found[melon].split()[2] == pear
    assert "queue 2" in found[pear]


def test_the_folder_has_to_be_empty(tmp_path: Path) -> None:
    source = write(tmp_path / "in", a=JOB)
    found = cli("minify", source, "-o", source)
    assert found.exit_code == 2
    assert "is not empty" in found.output
    assert cli("minify", source, "-o", tmp_path / "c", "--mapping", tmp_path / "c/m").exit_code == 2
    (tmp_path / "empty").mkdir()
    assert cli("minify", source, "-o", tmp_path / "empty").exit_code == 0


def test_sources_are_needed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    found = cli("minify", tmp_path / "in", "-o", tmp_path / "copy")
    assert found.exit_code == 1
    assert not (tmp_path / "copy").exists()
