"""What check says about waves, and about their settings."""

from pathlib import Path

import pytest

from tests.support import cli
from tests.waves import TWO_WAVES, write


def test_check_lists_what_a_wave_leaves_open(tmp_path: Path) -> None:
    output = cli("check", write(tmp_path), "--wave", "orders").output
    assert "  ORD.SUM waits for FIN.RATES, until wave finance" in output
    assert "  HR.PAY waits for ORD.LOAD, no wave moves HR.PAY" in output


def test_check_counts_what_crosses_after_each_wave(tmp_path: Path) -> None:
    output = cli("check", write(tmp_path)).output
    both = "condition of moved jobs on the legacy side"
    assert f"after wave orders: 1 {both}, 1 the other way" in output
    assert "after wave finance: 0 conditions of moved jobs on the legacy side, 2" in output
    all_gone = TWO_WAVES.replace('"FIN.*"', '"FIN.*", "HR.*"')
    assert "after wave finance: nothing crosses" in cli("check", write(tmp_path, all_gone)).output


@pytest.mark.parametrize(
    "toml",
    [
        '[[wave]]\nname = "../x"\njobs = ["A"]\n',
        '[[wave]]\nname = "x"\n',
        '[[wave]]\nname = "x_back"\njobs = ["A"]\n',
        '[[wave]]\nname = "x"\njobs = "A"\n',
        '[bridge]\nstatus = "autostatus"\n',
        '[bridge]\nstatus = "autostatus {job}\\n"\n',
        "[bridge]\ninterval = 0\n",
    ],
)
def test_wrong_settings_are_reported(toml: str, tmp_path: Path) -> None:
    result = cli("check", write(tmp_path, toml), "--format", "lines")
    assert "A912" in result.output or "A952" in result.output


@pytest.mark.parametrize("name", ["orders", "Orders"])
def test_two_waves_of_one_name_are_reported(name: str, tmp_path: Path) -> None:
    toml = TWO_WAVES + f'\n[[wave]]\nname = "{name}"\njobs = ["HR.*"]\n'
    output = cli("check", write(tmp_path, toml), "--format", "lines").output
    assert "A952]: [[wave]]: another wave has its name" in output
    lines = cli("check", write(tmp_path, toml)).output.splitlines()
    assert sum(line.startswith("after wave") for line in lines) == 2


def test_invalid_waves_are_none(tmp_path: Path) -> None:
    toml = TWO_WAVES.replace('"orders"', '"ü"').replace('"finance"', '"one_back"')
    result = cli("check", write(tmp_path, toml), "--wave", "ü")
    assert result.exit_code == 2
    assert "check without --wave reports invalid ones" in result.output


@pytest.mark.parametrize("jobs", ["X*", "ORD.*"])
def test_a_wave_that_moves_nothing_is_reported(jobs: str, tmp_path: Path) -> None:
    toml = f'{TWO_WAVES}\n[[wave]]\nname = "none"\njobs = ["{jobs}"]\n'
    assert "A953" in cli("check", write(tmp_path, toml), "--format", "lines").output
