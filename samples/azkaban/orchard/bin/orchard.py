"""The jobs of the orchard: small files in, small files out."""

import argparse
import json
import os
from pathlib import Path


def pick(store: Path, season: str) -> dict[str, object]:
    rows = [(row, 12 + row * 7 % 5, row % 3 == 1) for row in range(1, 11)]
    lines = [f"{row},{kilos},{'bruised' if bad else 'good'}" for row, kilos, bad in rows]
    (store / "picked.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    good = sum(kilos for _, kilos, bad in rows if not bad)
    bruised = sum(kilos for _, kilos, bad in rows if bad)
    return {"good": good, "bruised": bruised, "season": season}


def press(store: Path, kilos: int) -> None:
    (store / "juice.txt").write_text(f"{kilos * 0.6:.1f} litres\n", encoding="utf-8")


def good_kilos(store: Path) -> int:
    rows = (line.split(",") for line in (store / "picked.csv").read_text().splitlines())
    return sum(int(kilos) for _, kilos, state in rows if state == "good")


def crates(store: Path, size: int) -> None:
    full, rest = divmod(good_kilos(store), size)
    kilos = [size] * full + [rest] * bool(rest)
    (store / "crates.txt").write_text("".join(f"{k} kg\n" for k in kilos), encoding="utf-8")


def labels(store: Path, text: str) -> None:
    found = (store / "crates.txt").read_text(encoding="utf-8").splitlines()
    lines = [f"{number}: {text}, {kilos}\n" for number, kilos in enumerate(found, 1)]
    (store / "labels.txt").write_text("".join(lines), encoding="utf-8")


def sell(store: Path) -> None:
    count = len((store / "labels.txt").read_text(encoding="utf-8").splitlines())
    (store / "till.txt").write_text(f"{count} crates sold\n", encoding="utf-8")


def report(store: Path) -> None:
    names = ("till.txt", "juice.txt")
    parts = [(store / name).read_text() for name in names if (store / name).exists()]
    (store / "report.txt").write_text("".join(parts), encoding="utf-8")
    print("".join(parts), end="")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("job")
    parser.add_argument("store", type=Path)
    parser.add_argument("--season", default="")
    parser.add_argument("--kilos", type=int, default=0)
    parser.add_argument("--size", type=int, default=0)
    parser.add_argument("--text", default="")
    given = parser.parse_args()
    if given.job == "pick":
        outputs = json.dumps(pick(given.store, given.season))
        Path(os.environ["JOB_OUTPUT_PROP_FILE"]).write_text(outputs, encoding="utf-8")
    elif given.job == "press":
        press(given.store, given.kilos)
    elif given.job == "crates":
        crates(given.store, given.size)
    elif given.job == "labels":
        labels(given.store, given.text)
    else:
        {"sell": sell, "report": report}[given.job](given.store)


if __name__ == "__main__":
    main()
