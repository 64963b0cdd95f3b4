"""Records what systemd does with random units, as root: python -m tests.timers.record_units

units.jsonl.gz has two kinds of rows. WORDS: a command line behind its program, and the arguments
that the program got, or None if systemd ignores the line. START: unit files by name, the unit that
a timer starts, the exit code of each service, and when each one that ran began and ended, in
seconds since the first began.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from tests.timers.booted import boot
from tests.timers.recordings import HERE, write

UNITS = HERE / "units.jsonl.gz"
WORDS, START = "words", "start"
LINES, GRAPHS, AT_ONCE = 600, 300, 20

VARIABLES = {"FOO": "one  two 'q w' \\z", "EMPTY": "", "Q": "x"}
"""The environment of the command lines."""

_PIECES = r"""
a b1 ' " \ \\ $ $$ ${FOO} $FOO $EMPTY ${EMPTY} ${ } { %% %n %i % \n \t \x41 \101 \u00e9 \xc3\xa9 \q
\s ; \; * ? ~ ` $(id) & | > < # ! = - e NO ${NO} $NO x$FOO \' \" \x [a] ( ) , @ : / ^
""".split()
_PIECES += [" ", "  ", "\t", "\\ "]

_TELL = """#!/usr/bin/python3
import json, os, sys
with open("{told}", "a") as file:
    words = [os.fsencode(word).decode("latin-1") for word in sys.argv[2:]]
    print(json.dumps([int(sys.argv[1]), words]), file=file)
"""
_SAY = """#!/bin/sh
echo "$(date +%s.%N) $1 begin" >> {told}
sleep "$2"
echo "$(date +%s.%N) $1 end" >> {told}
exit "$3"
"""
Row: TypeAlias = list[Any]


def lines(random: Random, count: int) -> Iterator[str]:
    """Random command lines; all are one command of one line."""
    while count:
        text = "".join(random.choice(_PIECES) for _ in range(random.randint(1, 9))).strip(" \t")
        is_open = (len(text) - len(text.rstrip("\\"))) % 2
        if text and not is_open and " ;" not in text and not text.startswith(";"):
            count -= 1
            yield text


def record_words(random: Random) -> Iterator[Row]:
    """What the programs of random lines get."""
    for _ in range(LINES // 100):
        texts = list(lines(random, 100))
        with TemporaryDirectory() as name:
            folder = Path(name)
            tell = _program(folder, _TELL)
            given = " ".join(f'"{k}={v}"' for k, v in VARIABLES.items()).replace("\\", "\\\\")
            body = [f"ExecStart=-{tell} {number} {text}" for number, text in enumerate(texts)]
            service = "\n".join(["[Unit]", "DefaultDependencies=no", "[Service]", "Type=oneshot"])
            unit = "\n".join([service, f"Environment={given}", *body, ""])
            boot(folder, {"r.service": unit}, ["r.service"], 20)
            told = dict(map(json.loads, (folder / "told").read_text().splitlines()))
        yield from ([WORDS, text, told.get(number)] for number, text in enumerate(texts))


def graph(random: Random, name: str) -> tuple[dict[str, str], dict[str, tuple[float, int]]]:
    """Random services and targets that need one another, with durations and exit codes."""
    jobs = [f"{name}-{letter}" for letter in "rabcde"[: random.randint(2, 6)]]
    handlers = [f"{name}-h{number}" for number in range(random.choice((0, 1, 1, 2)))]
    target = f"{name}-t" if random.random() < 0.35 else ""
    defaults = "" if random.random() < 0.5 else "DefaultDependencies=no\n"
    units: dict[str, str] = {}
    told: dict[str, tuple[float, int]] = {}
    for place, job in enumerate(jobs):
        others = jobs[place + 1 :]
        pool = [f"{other}.service" for other in others]
        pool += [f"{target}.target"] if target and not place else []
        keys = [line for other in pool for line in _needs(random, other)]
        if others and random.random() < 0.15:
            keys.append(f"After={random.choice(others)}.service")
        if place and random.random() < 0.15:
            keys.append(f"Before={random.choice(jobs[:place])}.service")
        for handler in handlers:
            keys += [f"OnFailure={handler}.service"] if random.random() < 0.3 else []
            keys += [f"OnSuccess={handler}.service"] if random.random() < 0.12 else []
        units[job] = "\n".join(keys)
    for place, handler in enumerate(handlers):
        later = [other for other in handlers[place + 1 :] if random.random() < 0.5]
        units[handler] = "\n".join(f"OnFailure={other}.service" for other in later)
    found: dict[str, str] = {}
    for job, keys_text in units.items():
        told[job] = (random.choice((0.2, 0.4, 0.6)), int(random.random() < 0.35))
        type_ = "simple" if job in jobs and random.random() < 0.1 else "oneshot"
        run = f"[Service]\nType={type_}\nExecStart=/bin/say {job} {told[job][0]} {told[job][1]}\n"
        found[f"{job}.service"] = f"[Unit]\n{defaults}{keys_text}\n{run}"
    if target:
        members = (job for job in jobs[1:] if random.random() < 0.5)
        wants = (f"{random.choice(('Requires', 'Wants'))}={job}.service" for job in members)
        found[f"{target}.target"] = f"[Unit]\n{defaults}" + "\n".join(wants) + "\n"
    return found, told


def _needs(random: Random, other: str) -> list[str]:
    """A dependency, or none."""
    if random.random() > 0.45:
        return []
    found = [f"{random.choice(('Requires', 'Wants'))}={other}"]
    return [*found, f"After={other}"] if random.random() < 0.75 else found


def record_starts(random: Random) -> Iterator[Row]:
    """What runs when a timer starts a unit of random units."""
    for turn in range(GRAPHS // AT_ONCE):
        graphs = [graph(random, f"g{turn * AT_ONCE + number}") for number in range(AT_ONCE)]
        with TemporaryDirectory() as name:
            folder = Path(name)
            say = _program(folder, _SAY)
            units = {
                unit: text.replace("/bin/say", str(say))
                for found, _ in graphs
                for unit, text in found.items()
            }
            roots = [next(iter(found)) for found, _ in graphs]
            boot(folder, units, roots, 12)
            told = [line.split() for line in (folder / "told").read_text().splitlines()]
        for (found, planned), root in zip(graphs, roots, strict=True):
            moments: dict[str, list[float]] = {}
            for at, job, _ in told:
                if job in planned:
                    moments.setdefault(job, []).append(float(at))
            first = min((times[0] for times in moments.values()), default=0.0)
            ran = {job: [round(at - first, 2) for at in times] for job, times in moments.items()}
            codes = {job: code for job, (_, code) in planned.items()}
            yield [START, found, root, codes, ran]


def _program(folder: Path, text: str) -> Path:
    path = folder / "program"
    path.write_text(text.format(told=folder / "told"))
    path.chmod(0o755)
    return path


def main() -> None:
    """Record both kinds: ten minutes."""
    random = Random(26)
    write(UNITS, [*record_words(random), *record_starts(random)])


if __name__ == "__main__":
    main()
