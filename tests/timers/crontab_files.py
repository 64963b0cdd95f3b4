"""Random crontabs: lines of all sorts, some of which cron refuses."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

GOOD = ["0 5 * * *", "15,45 2-4 1 jan mon", "*/5 * * * *", "5;x 1 * * *", "  0 5 * * *"]
GOOD += ["\t7\t7  7 *\t*", "@daily", "@hourly", "@reboot"]
BAD = [
    "0 25 * * *",
    "* * * *",
    "x",
    "60 1 * * *",
    "1, 2 * * *",
    "5/5 1 * * *",
    "? 5 * * *",
    "0 5 *",
]
BAD += ["- 1 * * * *", "-1 2 3 * *", "@often", "@"]
VARIABLES = ["A=1", "A = 1", "  A=1", 'MAILTO=""', "MAILTO=''", '"A"=1', "'A' = \"1 2\"  ", "A=B=C"]
VARIABLES += ["A= # b", "1=2", "A-B=2", 'PATH=/bin:"x y"', "*=1", "A='1'", 'A="1" ', "A=$B"]
VARIABLES += ["CRON_TZ=UTC", "RANDOM_DELAY=0"]
WRONG_VARIABLES = ["MAILTO=", "A=  ", "A =", "A", "A B=1", "export A=1", 'A="1', "A='1", '"A=1']
WRONG_VARIABLES += ['A="1" 2', "'A'B=1", 'A=1"']
ASIDE = ["# text", "", "   ", "\t# 0 5 * * * x", "#"]
COMMANDS = "/x|x|x y % z|x \\% y|-x|-n x|-q x|* x|*/5 x| | x |#x|x \\|é|'x|-n|- x".split("|")


class File(NamedTuple):
    """A crontab. The lines of a system's own name a user."""

    is_system: bool
    text: str


def files(rnd: Random, count: int) -> Iterator[File]:
    """So many crontabs."""
    for _ in range(count):
        is_system = rnd.random() < 0.4
        lines = [_line(rnd, is_system) for _ in range(rnd.randint(1, 6))]
        end = rnd.choices(["\n", "", "\n\n", "\n# text", "\n  ", "\r\n"], (12, 2, 1, 1, 1, 1))[0]
        yield File(is_system, "\n".join(lines) + end)


def _line(rnd: Random, is_system: bool) -> str:
    kinds = {_job: 8, _variable: 4, _aside: 4, _wrong: 1, _long: 0.3}
    return rnd.choices([*kinds], [*kinds.values()])[0](rnd, is_system)


def _job(rnd: Random, is_system: bool) -> str:
    command = "/x" if rnd.random() < 0.6 else rnd.choice(COMMANDS)
    return _whole(rnd.choice(GOOD), command, rnd, is_system)


def _whole(fields: str, command: str, rnd: Random, is_system: bool) -> str:
    user = f"root{rnd.choice([' ', '  '])}" if is_system else ""
    return f"{fields} {user}{command}"


def _wrong(rnd: Random, is_system: bool) -> str:
    if rnd.random() < 0.4:
        return rnd.choice(WRONG_VARIABLES)
    return _whole(rnd.choice(BAD), "/x", rnd, is_system)


def _variable(rnd: Random, is_system: bool) -> str:
    return rnd.choice(VARIABLES)


def _aside(rnd: Random, is_system: bool) -> str:
    return rnd.choice(ASIDE)


def _long(rnd: Random, is_system: bool) -> str:
    command = "x" * rnd.choice([996, 997, 998, 999, 1200])
    return f"0 5 * * * {'root ' if is_system else ''}{command}"
