"""Estates move in three waves; each night equals the night before the moves.

AutoSys and the emitted workflows are both played, on one clock. What they say to one another goes
through programs, which `tests/legacy_side` has stand-ins of.
"""

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.amounts import sample
from tests.legacy_side.estates import (
    ESTATE,
    THREE_WAVES,
    WAVES,
    SplitGenerator,
    job,
    settings,
)
from tests.legacy_side.nights import (
    NOON,
    Estate,
    Night,
    Runs,
    Stage,
    Step,
    differences,
    lines,
)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ENDS = Night(
    {
        "HR.HOURS": [(3, 0)],
        "HR.FEED": [(4, 0), (4, 0), (70, 0), (4, None), (4, 0)],
        "ORD.EXTRACT": [(3, 1), (4, 0)],
        "ORD.LOAD": [(4, 0), (5, 2), (4, 0)],
        "FIN.POST": [(4, 0), (4, 0), (4, 0), (12, 3), (4, 0)],
        "FIN.CHECK": [(4, 0), (4, 0), (40, 0), (4, 0)],
        "RPT.MAKE": [(4, 0), (4, 1), (4, 0)],
    }
)
"""A retry, failures, a kill, a job over its limit, and one that others wait for."""

NIGHTS = 6


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with pytest.MonkeyPatch.context() as patch:
        yield Stage(tmp_path_factory.mktemp("stage"), patch)


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory, stage: Stage) -> dict[str, Step]:
    """What is so before the moves, and after each."""
    estate = Estate(tmp_path_factory.mktemp("estate"), ESTATE, THREE_WAVES)
    return {"": estate.start} | {wave: estate.step(wave) for wave in WAVES}


@pytest.fixture(scope="module")
def usual(steps: dict[str, Step], stage: Stage) -> Runs:
    return stage.play([(NOON, steps[""])], NOON + NIGHTS * DAY, ENDS).found()


def test_the_nights_before_the_moves(usual: Runs) -> None:
    """What the stand-in of AutoSys makes of the second night, by hand."""
    assert [line for line in lines(usual) if line.startswith("04")] == [
        "04 00:30:00 HR.FEED SUCCESS 0 (legacy)",
        "04 00:34:00 FIN.TAX SUCCESS 0 (legacy)",
        "04 00:34:00 HR.HOURS SUCCESS 0 (legacy)",
        "04 00:38:00 HR.HOURS SUCCESS 0 (legacy)",
        "04 01:00:00 FIN.RATES SUCCESS 0 (legacy)",
        "04 01:30:00 ORD.NIGHT SUCCESS (legacy)",
        "04 01:30:00 ORD.EXTRACT SUCCESS 0 (legacy)",
        "04 01:34:00 FIN.TAX SUCCESS 0 (legacy)",
        "04 01:34:00 ORD.LOAD FAILURE 2 (legacy)",
        "04 01:38:00 HR.HOURS SUCCESS 0 (legacy)",
        "04 01:39:00 ORD.FIX SUCCESS 0 (legacy)",
        "04 01:39:00 HR.MOURN SUCCESS 0 (legacy)",
        "04 01:45:00 FIN.LEDGER SUCCESS (legacy)",
        "04 01:45:00 FIN.POST SUCCESS 0 (legacy)",
        "04 01:49:00 FIN.CHECK SUCCESS 0 (legacy)",
        "04 01:49:00 HR.MOURN SUCCESS 0 (legacy)",
        "04 03:00:00 HR.BOX SUCCESS (legacy)",
        "04 03:30:00 HR.PAY SUCCESS 0 (legacy)",
        "04 03:34:00 RPT.DAILY FAILURE (legacy)",
        "04 03:34:00 RPT.MAKE FAILURE 1 (legacy)",
        "04 03:38:00 HR.WAIT SUCCESS 0 (legacy)",
    ]


@pytest.mark.parametrize("wave", WAVES)
def test_the_nights_after_a_move(
    wave: str, stage: Stage, steps: dict[str, Step], usual: Runs
) -> None:
    step = steps[wave]
    assert not step.errors
    sides = stage.play([(NOON, step)], NOON + NIGHTS * DAY, ENDS)
    assert differences(usual, sides.found()) == []
    moved = {job for job, runs in sides.found().items() if {run.side for run in runs} == {"Flyte"}}
    assert moved == step.moved & usual.keys()


def test_the_waves_move_one_by_one(stage: Stage, steps: dict[str, Step], usual: Runs) -> None:
    """Each at noon, two nights after the one before; both sides keep what they know."""
    moves = [(NOON + 2 * number * DAY, step) for number, step in enumerate(steps.values())]
    end = moves[-1][0] + 2 * DAY
    expected = stage.play(moves[:1], end, ENDS).found()
    assert differences(usual, expected) != []
    found = stage.play(moves, end, ENDS).found()
    assert differences(expected, found) == []
    assert {run.side for run in found["FIN.POST"]} == {"legacy", "Flyte"}


# ------------------------------------------------------------------------- an hour of silence


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory, stage: Stage) -> dict[str, Step]:
    """The estate with windows that an hour does not matter to."""
    text = ESTATE
    for hours in ("2.00", "3.00", "4.00", "6.00"):
        text = text.replace(f", {hours})", ", 20.00)")
    text = text.replace("s(ORD.EXTRACT) & s(HR.FEED", "s(ORD.EXTRACT, 12.00) & s(HR.FEED")
    estate = Estate(tmp_path_factory.mktemp("patient"), text, THREE_WAVES)
    return {"": estate.start} | {wave: estate.step(wave) for wave in WAVES}


@pytest.mark.parametrize("wave", WAVES)
def test_an_hour_without_the_other_side(wave: str, stage: Stage, patient: dict[str, Step]) -> None:
    """Each night no program works for some hour; the same jobs run, perhaps later."""
    end = NOON + NIGHTS * DAY
    expected = stage.play([(NOON, patient[""])], end, ENDS).found()
    late = refused = 0
    for first in range(2):
        begins = [
            NOON + DAY / 2 + night * DAY + timedelta(minutes=30, hours=(first + night) % 4)
            for night in range(NIGHTS)
        ]
        down = [(begin, begin + HOUR) for begin in begins]
        sides = stage.play([(NOON, patient[wave])], end, ENDS, down)
        assert differences(expected, sides.found(), HOUR + timedelta(minutes=5)) == []
        late += len(differences(expected, sides.found()))
        refused += sides.refused
    assert late > 10
    assert refused > 100


# ------------------------------------------------------------------------- what was before


def test_the_legacy_side_knows_what_was_before_the_move(tmp_path: Path, stage: Stage) -> None:
    """FIN.WEEK has not run on Flyte yet when FIN.DAY waits for it there."""
    text = job("FIN.WEEK", at="01:00").replace("days_of_week: all", "days_of_week: tu")
    text += job("FIN.DAY", "condition: s(FIN.WEEK)", at="02:00")
    estate = Estate(tmp_path, text, settings({"finance": "FIN.*"}))
    moves = [(NOON, estate.start), (NOON + 3 * DAY, estate.step("finance"))]
    expected = stage.play(moves[:1], NOON + 9 * DAY, Night({})).found()
    found = stage.play(moves, NOON + 9 * DAY, Night({})).found()
    assert len(expected["FIN.DAY"]) == 9
    assert differences(expected, found) == []
    assert {run.side for run in found["FIN.DAY"]} == {"legacy", "Flyte"}


# ------------------------------------------------------------------------- what differs


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        ("-s {status} -J {job}", "-s SUCCESS -J {job}"),
        ("last-status {job}", "echo RUNNING {job}"),
        ("-s {status} -J {job}", "-s {status} -J HR.CLOSE"),
        ("start = ", "# start = "),
    ],
)
def test_a_wrong_bridge_is_seen(command: str, wrong: str, tmp_path: Path, stage: Stage) -> None:
    estate = Estate(tmp_path, ESTATE, THREE_WAVES.replace(command, wrong))
    end = NOON + 3 * DAY
    expected = stage.play([(NOON, estate.start)], end, ENDS).found()
    found = stage.play([(NOON, estate.step("reports"))], end, ENDS).found()
    assert differences(expected, found) != []


def test_jobs_that_stay_in_the_definitions_run_twice(stage: Stage, steps: dict[str, Step]) -> None:
    step = steps["orders"]
    unloaded = Step(step.wave, steps[""].jobs, step.parts)
    with pytest.raises(AssertionError, match="runs on both sides"):
        stage.play([(NOON, unloaded)], NOON + DAY, ENDS)


# ------------------------------------------------------------------------- generated estates


def drawn(seed: int, job: str, number: int) -> tuple[float, int | None]:
    rnd = random.Random(f"{seed}/{job}/{number}")
    seconds = rnd.choice((60, 120, 300, 420, 777)) + rnd.randrange(50)
    return seconds / 60, rnd.choice((0, 0, 0, 0, 0, 1, 2, None))


@pytest.mark.parametrize("seed", sample(range(100), every=12))
def test_any_estate_in_three_waves(seed: int, tmp_path: Path, stage: Stage) -> None:
    generator = SplitGenerator(random.Random(seed))
    text = generator.text()
    estate = Estate(tmp_path, text, generator.settings())
    night = Night({}, lambda job, number: drawn(seed, job, number))
    end = NOON + 3 * DAY
    expected = stage.play([(NOON, estate.start)], end, night).found()
    for wave in WAVES:
        step = estate.step(wave)
        assert not step.errors
        found = stage.play([(NOON, step)], end, night).found()
        assert differences(expected, found) == [], text
