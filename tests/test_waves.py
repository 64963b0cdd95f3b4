"""Waves: each job is on one side, and each condition across is asked about or reported."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.lowered import shown
from tests.support import cli
from tests.waves import CLOCK, ESTATE, TWO_WAVES, files_of, write
from transpile import dialects
from transpile.analysis import analyse
from transpile.dialects import DIALECTS, SCHEDULERS
from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.lower import lower
from transpile.model import Bridge, Facts, GlobalValue, Job, Rules, Site, Wave, Waves, atoms
from transpile.model.waves import is_safe_name
from transpile.sources.text import Source, Span


def moved(text: str, *waves: Wave, bridge: Bridge | None = None) -> tuple[Facts, Diagnostics]:
    """The facts about a JIL estate whose first wave moves."""
    diagnostics = Diagnostics()
    dialect = DIALECTS["autosys"]
    (network,) = dialect.read([Source("a.jil", text)], diagnostics, Site())
    rules = Rules(waves=Waves(waves, bridge or Bridge("ask {job}"), waves[0].name))
    return analyse(network, rules, SCHEDULERS, diagnostics), diagnostics


def first(*jobs: str) -> Wave:
    return Wave("first", jobs, Span("transpile.toml", 1))


def orders(text: str = ESTATE, bridge: Bridge | None = None, *jobs: str) -> tuple[Facts, set[str]]:
    """The facts if the orders move, and the codes of findings."""
    facts, found = moved(text, first(*(jobs or ("ORD.*",))), bridge=bridge)
    return facts, {each.code for each in found}


def test_a_box_moves_with_its_members() -> None:
    facts, _ = orders(ESTATE, None, "ORD.LOAD")
    assert facts.sides.stays == {"FIN.RATES", "HR.PAY"}


def test_a_box_that_two_waves_name_moves_once() -> None:
    waves = first("ORD.SUM"), Wave("second", ("ORD.LOAD",), Span("transpile.toml", 5))
    facts, found = moved(ESTATE, *waves)
    assert dict(facts.sides.wave_of)["ORD.LOAD"] == "first"
    assert "A976" in {each.code for each in found}


@pytest.mark.parametrize(
    ("waves", "reported"),
    [
        ((["ORD.*"], ["*"]), False),
        ((["ORD.LOAD"], ["*"]), True),
        ((["ORD.LOAD"], ["ORD.NIGHT"]), True),
        ((["ORD.NIGHT"], ["ORD.LOAD"]), True),
        ((["HR.PAY"], ["HR.*", "ORD.*"]), False),
    ],
)
def test_a_last_wave_may_name_all_the_rest(waves: tuple[list[str], ...], reported: bool) -> None:
    names = ("first", "second")
    every = [Wave(n, tuple(w), Span("t", 1)) for n, w in zip(names, waves, strict=True)]
    _, found = moved(ESTATE, *every)
    assert ("A976" in {each.code for each in found}) is reported


def test_a_moved_job_asks_the_legacy_side() -> None:
    facts, _ = orders()
    (cut,) = facts.cuts.values()
    assert (cut.job, cut.legacy) == ("ORD.SUM", (("FIN.RATES", "ask FIN.RATES"),))
    assert facts.told == {}


def test_a_staying_job_that_hears_nothing_is_an_error() -> None:
    facts, found = orders()
    assert [c.job for c in facts.sides.crossings if not c.moved] == ["HR.PAY"]
    assert "A974" in found
    assert not facts.heard


@pytest.mark.parametrize(
    ("condition", "bridge", "asked"),
    [
        ("s(ORD.WEEK)", Bridge("ask {job}"), True),
        ("s(ORD.WEEK)", Bridge(), False),
        ("s(ORD.WEEK, 12.00)", Bridge("ask {job}"), False),
        ("s(ORD.WEEK, 12.00)", Bridge("ask {job}", times=True), True),
    ],
)
def test_the_legacy_side_knows_what_moved_jobs_did_before(
    condition: str, bridge: Bridge, asked: bool
) -> None:
    text = ESTATE.replace(" & s(FIN.RATES)\n", f" & {condition}\n")
    text += f"insert_job: ORD.WEEK\n{CLOCK.format('05:30')}command: true\n"
    facts, _ = orders(text, bridge)
    assert facts.cuts["ORD.SUM"].before == ((("ORD.WEEK", "ask ORD.WEEK"),) if asked else ())
    assert not moved(text, first("ORD.*"), bridge=Bridge())[0].cuts["ORD.SUM"].before


@pytest.mark.parametrize(
    ("condition", "tell", "listeners"),
    [
        ("d(ORD.LOAD)", "set {job} {status}", ("HR.PAY",)),
        ("d(ORD.LOAD, 12.00) | n(ORD.LOAD)", "set {job} {status}", ("HR.PAY",)),
        ("e(ORD.LOAD) = 3", "set {job} {status}", ()),
        ("e(ORD.LOAD) = 3", "set {job} {status} {code}", ("HR.PAY",)),
        ("d(ORD.LOAD^OTHER)", "set {job} {status}", ()),
    ],
)
def test_what_a_status_tells(condition: str, tell: str, listeners: tuple[str, ...]) -> None:
    facts, found = orders(ESTATE.replace("d(ORD.LOAD)", condition), Bridge("ask {job}", tell))
    heard = facts.heard.get("ORD.LOAD")
    assert (heard.listeners if heard else ()) == listeners
    assert ("A974" in found) is (not listeners and "^" not in condition)
    if heard:
        assert heard.command == tell.replace("{job}", "ORD.LOAD")
        assert facts.heard["ORD.NIGHT"].inside == ("ORD.LOAD",)


def test_a_name_that_a_shell_would_read_is_not_told() -> None:
    text = ESTATE.replace("ORD.LOAD", "ORD.LÖAD")
    facts, found = orders(text, Bridge("ask {job}", "set {job} {status}"))
    assert "A974" in found
    assert not facts.heard


def test_the_rule_of_a_box_hears_of_a_moved_job() -> None:
    text = ESTATE + "insert_job: BOX\njob_type: BOX\nbox_success: s(ORD.LOAD)\n"
    text += "insert_job: IN\nbox_name: BOX\ncommand: true\n"
    facts, _ = orders(text, Bridge("ask {job}", "set {job} {status}"))
    assert facts.heard["ORD.LOAD"].listeners == ("HR.PAY", "BOX")


@pytest.mark.parametrize(
    ("condition", "bridge", "code"),
    [
        ("s(FIN.RATES)", Bridge("ask {job}"), None),
        ("s(FIN.RATES)", Bridge(), "A971"),
        ("s(FIN.RATES, 12.00)", Bridge("ask {job}"), "A972"),
        ("s(FIN.RATES, 12.00)", Bridge("ask {job}", times=True), None),
        ("s(FIN.RATES, 0)", Bridge("ask {job}", times=True), "A972"),
        ("e(FIN.RATES) = 3", Bridge("ask {job}"), "A972"),
        ("e(FIN.RATES) = 3", Bridge("ask {job}", exit_codes=True), None),
    ],
)
def test_what_an_answer_decides(condition: str, bridge: Bridge, code: str | None) -> None:
    facts, found = orders(ESTATE.replace("& s(FIN.RATES)\n", f"& {condition}\n"), bridge)
    assert found & {"A971", "A972"} == ({code} if code else set())
    assert (facts.jobs["ORD.SUM"].held_up is not None) is bool(code)


def test_a_name_that_a_shell_would_read_is_refused() -> None:
    assert not any(map(is_safe_name, ("FIN.$(id)", "a b", "", "#A", "A;B", "A'B", "A\nB")))
    facts, found = orders(ESTATE.replace("FIN.RATES", "-FIN"))
    assert "A972" in found
    assert facts.jobs["ORD.SUM"].held_up is not None


def test_no_workflow_of_the_legacy_side_starts_a_unit() -> None:
    text = ESTATE + "insert_job: ORD.AFTER\ncommand: true\ncondition: s(FIN.RATES)\n"
    facts, found = orders(text)
    assert "A973" in found
    assert not facts.cuts["ORD.AFTER"].starts


def test_units_of_both_sides_share_no_workflow() -> None:
    text = ESTATE.replace("03:30", "01:30")
    facts, _ = orders(text)
    sides = facts.sides.stays
    assert all(len({name in sides for name in group}) == 1 for group in facts.groups)


NAMES = [f"J{number}" for number in range(6)]


@st.composite
def estates(draw: st.DrawFn) -> str:
    """Jobs with and without boxes and clocks; conditions lead upwards."""
    parts = []
    for number, name in enumerate(NAMES):
        lines = [f"insert_job: {name}"]
        box = draw(st.booleans()) and number % 2
        lines.append("box_name: BOX" if box else "")
        if not box and draw(st.booleans()):
            lines.append(CLOCK.format(f"0{draw(st.integers(1, 3))}:30").rstrip())
        named = draw(st.lists(st.sampled_from(NAMES[:number]), max_size=2)) if number else []
        join = draw(st.sampled_from([" & ", " | "]))
        if named:
            lines.append("condition: " + join.join(f"s({each})" for each in named))
        parts.append("\n".join((*filter(None, lines), "command: true\n")))
    return "insert_job: BOX\njob_type: BOX\n\n" + "\n".join(parts)


@settings(max_examples=share_of(60), deadline=None)
@given(estates(), st.sets(st.sampled_from([*NAMES, "BOX"])), st.booleans())
def test_any_split_is_complete(text: str, names: set[str], tells: bool) -> None:
    """Each job is on one side; each condition is inside, asked about, told of, or reported."""
    bridge = Bridge("ask {job}", "tell {job} {status}" if tells else "")
    facts, found = moved(text, first(*sorted(names), "nobody"), bridge=bridge)
    stays = facts.sides.stays
    boxed = {name for name, job in facts.jobs.items() if job.box}
    unit = {*boxed, "BOX"}
    expected = {n for n in facts.jobs if names & (unit if n in unit else {n})}
    assert set(facts.jobs) - stays == expected
    lowered = "\n".join(
        shown(lower(part, {name: n for n, name in enumerate(facts.jobs)}, found))
        for part in facts.parts()
        if not part.stays
    )
    reported = {(d.job, d.message) for d in found if d.code == "A974"}
    for name, job in facts.said.jobs.items():
        for other in _named(job):
            crossing = (name in stays) != (other in stays)
            known = [c for c in facts.sides.crossings if (c.job, c.upstream) == (name, other)]
            assert bool(known) is crossing
            if crossing and name in stays and tells:
                assert name in facts.heard[other].listeners
                assert f"legacy end of {other}: " in lowered
                assert f"legacy start of {other}: " in lowered
            elif crossing and name in stays:
                message = f"{name} stays on the legacy side and does not hear how {other} ends"
                assert any(message in text for job, text in reported if job == other)
            elif crossing and name not in facts.left_out:
                assert other in dict(facts.cuts[name].legacy)


def _named(job: Job) -> set[str]:
    found = (a for c in job.conditions for a in atoms(c) if not isinstance(a, GlobalValue))
    return {atom.job for atom in found}


def test_convert_writes_the_moved_jobs_only(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = cli("convert", write(tmp_path), "-o", out, "--wave", "orders")
    assert result.exit_code == 1
    assert {p for p in files_of(out) if "cuts" in p} == {"ord_night_cuts.py"}
    assert not [path for path in files_of(out) if "pay" in path or "rates" in path]
    assert (
        'LegacyJob("FIN.RATES", "ssh batch autostatus -J FIN.RATES")'
        in (out / "ord_night_cuts.py").read_text()
    )
    again = cli("convert", tmp_path / "estate.jil", "-o", out, "--wave", "orders")
    assert "unchanged  everything" in again.output


def test_the_next_wave_changes_only_what_it_touches(tmp_path: Path) -> None:
    text = f"{ESTATE}\ninsert_job: ORD.ALONE\n{CLOCK.format('05:30')}command: true\n"
    source, out = write(tmp_path, text=text), tmp_path / "out"
    cli("convert", source, "-o", out, "--wave", "orders")
    before = files_of(out)
    cli("convert", source, "-o", out, "--wave", "finance")
    after = files_of(out)
    assert before["ord_alone.py"] == after["ord_alone.py"]
    assert before["ord_night_cuts.py"] != after["ord_night_cuts.py"]
    assert after.keys() - before.keys() == {"fin_rates.py"}


def test_definitions_take_jobs_off_the_legacy_side_and_put_them_back(tmp_path: Path) -> None:
    out = tmp_path / "out"
    cli("convert", write(tmp_path), "-o", out, "--wave", "orders")

    def jobs(*more: str) -> dict[str, tuple[object, ...]]:
        texts = [ESTATE, *((out / "legacy" / name).read_text() for name in more)]
        sources = [Source(f"{number}.jil", text) for number, text in enumerate(texts)]
        (network,) = DIALECTS["autosys"].read(sources, Diagnostics(), Site())
        found = network.jobs
        return {n: (str(j.schedule), j.condition_text, j.box) for n, j in found.items()}

    gone = jobs("orders.jil")
    assert {gone[n] for n in gone if n.startswith("ORD")} == {("None", "", None)}
    assert gone["HR.PAY"] == jobs()["HR.PAY"]
    assert jobs("orders.jil", "orders_back.jil") == jobs()


def test_edited_definitions_are_kept(tmp_path: Path) -> None:
    source, out = write(tmp_path), tmp_path / "out"
    cli("convert", source, "-o", out, "--wave", "orders")
    edited = out / "legacy" / "orders.jil"
    edited.write_text("/* mine */\n")
    source.write_text(ESTATE.replace("ORD.LOAD", "ORD.READ"))
    result = cli("convert", source, "-o", out, "--wave", "orders")
    assert edited.read_text() == "/* mine */\n"
    assert "A904" in result.output


def test_a_format_without_definitions_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = tuple(replace(each, hand_over=None) for each in DIALECTS.values())
    monkeypatch.setattr(dialects, "_FOUND", without)
    output = cli("check", write(tmp_path), "--wave", "orders", "--format", "lines").output
    assert "3 jobs may still start on the legacy side" in output
    assert "A975" in output


@pytest.mark.parametrize(
    ("toml", "arguments", "message"),
    [
        ("", ("--wave", "orders"), "--wave needs [[wave]] tables"),
        (TWO_WAVES, ("--wave", "order"), "did you mean orders?"),
    ],
)
def test_wrong_usage(toml: str, arguments: tuple[str, ...], message: str, tmp_path: Path) -> None:
    result = cli("check", write(tmp_path, toml), *arguments)
    assert result.exit_code == 2
    assert message in result.output
