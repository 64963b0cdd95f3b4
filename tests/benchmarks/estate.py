"""Generates JIL estates of the shape measured on production exports.

Boxes of about 20 jobs; a box's jobs depend on one another, some boxes on other boxes of the same
application; 81 % of conditions are one atom, the rest up to 51; 90 % of jobs have an empty
`permission:`; names have dots; half the commands use `$$` globals.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

BOX = 20
APPLICATION = 5  # boxes that may depend on one another


def estate(jobs: int, seed: int = 1) -> Iterator[str]:
    """The lines of an estate with that many jobs, boxes included."""
    rnd = random.Random(seed)
    yield "insert_global: ODATE\nvalue: 2026-01-31\n"
    yield "insert_global: BATCH_HOME\nvalue: /opt/batch\n"
    boxes = max(1, jobs // (BOX + 1))
    count = 0
    for box in range(boxes):
        size = jobs - count - 1 if box == boxes - 1 else max(2, round(rnd.gauss(BOX, 6)))
        size = min(size, jobs - count - 1)
        yield _box(rnd, box)
        for number in range(size):
            yield _job(rnd, box, number)
        count += size + 1


def _box_name(box: int) -> str:
    return f"APP{box // APPLICATION:04}.EOD.BOX_{box:05}"


def _job_name(box: int, number: int) -> str:
    return f"APP{box // APPLICATION:04}.EOD.B{box:05}.STEP_{number:03}"


def _box(rnd: random.Random, box: int) -> str:
    lines = [f"/* ----------------- {_box_name(box)} ----------------- */ ", ""]
    lines += [f"insert_job: {_box_name(box)}   job_type: BOX "]
    lines += ["owner: batch@prod-etl-01", "permission:"]
    if box % APPLICATION == 0:
        lines += ["date_conditions: 1", "days_of_week: mo,tu,we,th,fr"]
        lines += [f'start_times: "{rnd.randrange(24)}:{rnd.randrange(60):02}"']
        lines += ["timezone: Europe/London"]
    elif rnd.random() < 0.5:
        lines += ["date_conditions: 0", f"condition: s({_box_name(box - 1)})"]
    else:
        head = _box_name(box - box % APPLICATION)
        lines += ["date_conditions: 0", f"condition: s({head})"]
    return "\n".join([*lines, "alarm_if_fail: 1", ""])


def _job(rnd: random.Random, box: int, number: int) -> str:
    name = _job_name(box, number)
    lines = [f"/* ----------------- {name} ----------------- */ ", ""]
    lines += [f"insert_job: {name}   job_type: CMD ", f"box_name: {_box_name(box)}"]
    lines += [f"command: {_command(rnd, box, number)}", f"machine: prod-etl-{rnd.randrange(20):02}"]
    lines += ["owner: batch@prod-etl-01"]
    lines += ["permission:" if rnd.random() < 0.9 else "permission: gx,ge,wx"]
    lines += ["date_conditions: 0"]
    if number and rnd.random() < 0.75:
        lines.append(f"condition: {_condition(rnd, box, number)}")
    lines.append(f'description: "Step {number} of the end of day"')
    if rnd.random() < 0.6:
        lines.append(f'std_out_file: "/logs/$AUTO_JOB_NAME.{box}.out"')
        lines.append(f'std_err_file: ">>/logs/{name}.err"')
    if rnd.random() < 0.2:
        lines.append("n_retrys: 2")
    elif rnd.random() < 0.1:
        lines.append("term_run_time: 90")
    return "\n".join([*lines, "alarm_if_fail: 1", ""])


def _command(rnd: random.Random, box: int, number: int) -> str:
    program = rnd.choice(("extract", "load", "validate", "transform", "publish", "reconcile"))
    options = " ".join(
        f"--{key} {rnd.choice(('EU', 'US', 'APAC'))}{rnd.randrange(1000)}"
        for key in rnd.sample(("region", "book", "desk", "feed", "schema"), rnd.randrange(5))
    )
    home = "$$BATCH_HOME" if rnd.random() < 0.4 else "/opt/batch"
    date = " --date $$ODATE" if rnd.random() < 0.3 else ""
    return f"{home}/bin/{program}_{box}_{number}.sh{date} {options}".rstrip()


def _condition(rnd: random.Random, box: int, number: int) -> str:
    several = min(number, rnd.choice((2, 2, 2, 3, 3, 4, 6, 9, 51)))
    count = 1 if rnd.random() < 0.81 else several
    above = rnd.sample(range(number), count) if count > 1 else [number - 1]
    atoms = [f"s({_job_name(box, other)})" for other in sorted(above)]
    if box % APPLICATION and rnd.random() < 0.04:
        atoms.append(f"s({_job_name(box - 1, 0)})")
    return " & ".join(atoms)


def write(folder: Path, jobs: int, files: int = 10) -> Path:
    """Write an estate of that many jobs as `files` files into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    statements = list(estate(jobs))
    per_file = -(-len(statements) // files)
    for number in range(files):
        part = statements[number * per_file : (number + 1) * per_file]
        (folder / f"part_{number:02}.jil").write_text("\n".join(part), encoding="utf-8")
    return folder


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
