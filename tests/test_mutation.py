"""The mutation tester: tested functions kill their mutants, others are listed."""

from pathlib import Path

from tests.support import ROOT, python

MODULE = '''\
def tested(x: int) -> bool:
    """True for large numbers."""
    return x > 3


def untested(x: int) -> int:
    return x + 1


def half(x: int, y: int) -> str:
    if x and y:
        return "both"
    return "one"


def counted(x: int) -> int:
    while x < 3:
        x += 1
    return x
'''
TESTS = """\
import planted


def test_tested():
    assert [planted.tested(x) for x in (3, 4)] == [False, True]


def test_half():
    assert planted.half(1, 1) == "both"


def test_counted():
    assert planted.counted(2) == 3
"""
FOUND = """\
planted.py:7: return x + 1  ->  return None  (0 tests)
planted.py:7: x + 1  ->  x - 1  (0 tests)
planted.py:7: 1  ->  2  (0 tests)
planted.py:11: x and y  ->  x or y  (1 tests)
planted.py:11: x and y  ->  y  (1 tests)
planted.py:11: x and y  ->  x  (1 tests)
planted.py:13: return 'one'  ->  return None  (1 tests)

10 of 17 mutants killed, 0 invalid
"""


def test_survivors_are_those_that_no_test_sees(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "test_planted.py").write_text(TESTS, encoding="utf-8")
    options = ["planted.py", "--jobs", "1", "--tests", "test_planted.py"]
    path = f"{ROOT}:{tmp_path}"
    found = python("-m", "tests.mutation", *options, cwd=tmp_path, env={"PYTHONPATH": path})
    assert found.stdout == FOUND, found.stdout + found.stderr
    assert found.returncode == 1
