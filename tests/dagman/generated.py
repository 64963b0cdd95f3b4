"""Random DAGs with everything that the engine covers."""

import random

from tests.dagman.case import Case, Table

_CODES = (1, 1, 2, 3, "killed", "killed")
# No macro refers back to itself: condor_submit would not end.
_PLAIN = ("one", "two words", "$(JOB)", "$(RETRY)", "", "a$(nobody)b")
_VALUES = {
    "x": (*_PLAIN, "$(y)-$(JOB)", "$(z)", "$(y:dflt)"),
    "X": (*_PLAIN, "$(y)", "$(z:dflt)"),
    "y": (*_PLAIN, "$(z)", "$(z:d)-$(RETRY)"),
    "z": _PLAIN,
    "job": ("$(JOB)",),
}


class Generator:
    """Generates DAGs; with `newer`, also syntax that the recorded engine does not accept."""

    def __init__(self, rnd: random.Random, *, newer: bool) -> None:
        self._random = rnd
        self._newer = newer

    def case(self, most: int = 8) -> Case:
        """A DAG with at most this number of nodes per file, and one table."""
        files: dict[str, str] = {}
        names: list[str] = []
        files["main.dag"] = self._dag(files, "", names, self._random.randint(1, most), 0)
        return Case(files, (self._table(names),))

    def _dag(self, files: dict[str, str], prefix: str, names: list[str], n: int, depth: int) -> str:
        rnd = self._random
        lines: list[str] = []
        units: list[str] = []
        for _ in range(n):
            # Names are unique across files: the recorded runs hold only local names.
            name = f"N{len(names)}"
            kind = rnd.random()
            if kind < 0.12 and depth < 2:
                lines.append(self._inner(files, prefix, names, depth, units))
                continue
            units.append(name)
            names.append(f"{prefix}{name}")
            option = rnd.choice([""] * 12 + [" NOOP", " DONE"])
            file = rnd.choice(("job.sub", "told.sub"))
            lines.append(f"JOB {name} {file}{option}")
            lines += self._about(name, depth)
        for place, child in enumerate(units):
            parents = rnd.sample(units[:place], min(place, rnd.choice((0, 1, 1, 2, 3))))
            if parents:
                weak = "WEAK " if self._newer and rnd.random() < 0.15 else ""
                lines.append(f"{weak}PARENT {' '.join(parents)} CHILD {child}")
        if rnd.random() < 0.3 and not prefix.endswith("+"):
            name = f"N{len(names)}"
            names.append(f"{prefix}{name}")
            lines.append(f"FINAL {name} job.sub")
            lines.append(f'VARS {name} x="$(DAG_STATUS) $(FAILED_COUNT)"')
            lines += self._scripts(name, " $DAG_STATUS $FAILED_COUNT")
        rnd.shuffle(lines)
        return "\n".join(lines) + "\n"

    def _inner(
        self, files: dict[str, str], prefix: str, names: list[str], depth: int, units: list[str]
    ) -> str:
        rnd = self._random
        name = f"X{len(files)}"
        file = f"{name.lower()}.dag"
        files[file] = ""
        units.append(name)
        count = rnd.randint(1, 4)
        if rnd.random() < 0.5 and not self._newer:
            # The recorded runs know nodes of sub-DAGs only by what their jobs note.
            files[file] = self._dag(files, f"{prefix}{name}/", names, count, 2)
            return f"SUBDAG EXTERNAL {name} {file}"
        inner = f"{prefix}{name}+"
        files[file] = self._dag(files, inner, names, count, depth + 1)
        return f"SPLICE {name} {file}"

    def _about(self, name: str, depth: int) -> list[str]:
        rnd = self._random
        lines = [*self._scripts(name, ""), *self._variables(name)]
        if rnd.random() < 0.3:
            unless = f" UNLESS-EXIT {rnd.choice((1, 2, -9))}" if rnd.random() < 0.4 else ""
            lines.append(f"RETRY {name} {rnd.randint(0, 3)}{unless}")
        if rnd.random() < 0.06 and depth == 0:
            result = rnd.choice(("", " RETURN 0", " RETURN 4"))
            lines.append(f"ABORT-DAG-ON {name} {rnd.choice((3, -9))}{result}")
        return lines

    def _variables(self, name: str) -> list[str]:
        rnd = self._random
        lines = []
        for _ in range(rnd.choice((0, 0, 1, 2, 4))):
            place = rnd.choice(("", "", "PREPEND ", "APPEND "))
            key = rnd.choice(tuple(_VALUES))
            lines.append(f'VARS {name} {place}{key}="{rnd.choice(_VALUES[key])}"')
        return lines

    def _scripts(self, name: str, told: str) -> list[str]:
        rnd = self._random
        lines = []
        if rnd.random() < 0.2:
            lines.append(f"SCRIPT PRE {name} job.sh $JOB PRE $RETRY{told}")
            lines += [f"PRE_SKIP {name} {rnd.choice((1, 2))}"] if rnd.random() < 0.3 else []
        if rnd.random() < 0.2:
            lines.append(f"SCRIPT POST {name} job.sh $JOB POST $RETURN $RETRY $MAX_RETRIES{told}")
        return lines

    def _table(self, names: list[str]) -> Table:
        rnd = self._random
        table: Table = {}
        for name in names:
            for word in ("", " PRE", " POST"):
                if rnd.random() < 0.25:
                    last = rnd.choice((0, 0, *_CODES))
                    codes = [rnd.choice(_CODES) for _ in range(rnd.randint(0, 2))]
                    table[f"{name}{word}"] = (*codes, last)
        return table


RANDOM: dict[str, Case] = {
    f"random {seed}": Generator(random.Random(seed), newer=False).case() for seed in range(100)
}
