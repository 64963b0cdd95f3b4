"""Two readings of a text: the small evaluators here against the engines and what is emitted.

The evaluators read the text itself; they share no code with grammars, readers and engines.
"""

import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.support import plan_modules, read
from transpile.cli.subjects import roles_of, write_modules
from transpile.model.outcome import KILLED, Outcome, State
from transpile.proof.rehearse import Plan, Rehearsal
from transpile.proof.roster import Found, ending_of
from transpile.targets.printing import render_runtime

Codes = Mapping[str, int | None]
"""The exit code of each job, None if it is killed."""

BOUNDED = settings(
    deadline=None,
    max_examples=share_of(120),
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def runs(text: str, jobs: list[str], nights: list[Codes]) -> list[tuple[list[bool], list[bool]]]:
    """For each night whether the engine, and the emitted workflow, run each of the jobs."""
    network, diagnostics = read(text)
    found: list[tuple[dict[str, bool], dict[str, bool]]] = [({}, {}) for _ in nights]
    with tempfile.TemporaryDirectory() as folder:
        for written in write_modules(plan_modules([network], diagnostics), Path(folder)):
            module, part = written.module, written.facts
            rehearsal = Rehearsal(written.path, render_runtime(module.form), roles_of(module))
            workflow, values = rehearsal.workflows[module.name], {"G": "on"}
            for (source, emitted), codes in zip(found, nights, strict=True):
                outcomes = {n: Outcome((code,)) for n, code in codes.items() if n in part.jobs}
                run = part.said.engine(part).run(outcomes, values)
                records = Found(rehearsal.run(workflow, Plan(outcomes=outcomes))[1])
                for name in part.order:
                    source[name] = run.jobs[name].state is not State.NOT_RUN
                    emitted[name] = ending_of(records.job(name)).state is not State.NOT_RUN
    return [([s[name] for name in jobs], [e[name] for name in jobs]) for s, e in found]


# ---------------------------------------------------------------- AutoSys

TOKEN = re.compile(r"\s*([()&|]|(?:and|or)\b|[a-z]+\s*\([^)]*\)(?:\s*[!<>=]+\s*[\w\"]+)?)", re.I)
ATOM = re.compile(r"([a-z]+)\s*\(\s*(\w+)\s*\)\s*(?:([!<>=]+)\s*\"?(\w+)\"?)?", re.I)
COMPARE: dict[str, Callable[[int, int], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}


def jil_holds(text: str, codes: Codes) -> bool:
    """A condition of AutoSys when all its jobs have ended: from left to right, no precedence."""
    tokens = TOKEN.findall(text)

    def whole() -> bool:
        value = term()
        while tokens and tokens[0] != ")":
            operator = tokens.pop(0).lower()
            right = term()
            value = (value and right) if operator in ("&", "and") else (value or right)
        return value

    def term() -> bool:
        token = tokens.pop(0)
        if token != "(":
            return jil_atom(token, codes)
        value = whole()
        assert tokens.pop(0) == ")"
        return value

    return whole()


def jil_atom(text: str, codes: Codes) -> bool:
    match = ATOM.fullmatch(text)
    assert match
    word, name, sign, value = match.groups()
    kind = word[0].lower()
    if kind == "v":
        return (value == "on") is (sign == "=")
    code = codes[name]
    if kind == "e":
        return code is not None and COMPARE[sign](code, int(value))
    return {"s": code == 0, "f": code not in (0, None), "t": code is None, "d": True}[kind]


ATOMS = st.one_of(
    st.builds(
        "{}({})".format,
        st.sampled_from(["s", "success", "S", "f", "Failure", "d", "DONE", "t", "terminated"]),
        st.sampled_from(["A", " B", "C "]),
    ),
    st.builds(
        "{}({}) {} {}".format,
        st.sampled_from(["e", "exitcode", "E"]),
        st.sampled_from("ABC"),
        st.sampled_from(sorted(COMPARE)),
        st.integers(0, 4),
    ),
    st.builds(
        "{}(G) {} {}".format,
        st.sampled_from(["v", "value"]),
        st.sampled_from(["=", "!="]),
        st.sampled_from(["on", "off", '"on"']),
    ),
)
OPERATORS = st.sampled_from([" & ", "|", " and ", " OR ", "&", " | "])
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("{}{}{}".format, inner, OPERATORS, inner),
        st.builds("({})".format, inner),
    ),
    max_leaves=6,
)
NIGHTS = st.lists(
    st.fixed_dictionaries(dict.fromkeys("ABC", st.sampled_from([0, 0, 1, 2, 3, 4, KILLED]))),
    min_size=6,
    max_size=6,
)


@BOUNDED
@given(CONDITIONS, NIGHTS)
def test_conditions_of_autosys(condition: str, nights: list[Codes]) -> None:
    jobs = "".join(f"insert_job: {name}\ncommand: x\n\n" for name in "ABC")
    text = f"insert_global: G\nvalue: on\n\n{jobs}insert_job: D\ncommand: d\n"
    for codes, (source, emitted) in zip(
        nights, runs(f"{text}condition: {condition}\n", ["D"], nights), strict=True
    ):
        assert source == emitted == [jil_holds(condition, codes)], (condition, codes)


# ---------------------------------------------------------------- DAGMan


@st.composite
def dags(draw: st.DrawFn) -> str:
    """A DAG of six nodes; edges point forwards, several to a line."""
    nodes = [f"N{number}" for number in range(6)]
    lines = [f"JOB {node} x.sub" for node in nodes]
    for _ in range(draw(st.integers(1, 5))):
        cut = draw(st.integers(1, 5))
        parents = draw(st.lists(st.sampled_from(nodes[:cut]), min_size=1, unique=True))
        children = draw(st.lists(st.sampled_from(nodes[cut:]), min_size=1, unique=True))
        word = draw(st.sampled_from(["PARENT {} CHILD {}", "parent {} child {}"]))
        lines.append(word.format(" ".join(parents), " ".join(children)))
    return "\n".join(lines) + "\n"


def dag_runs(text: str, codes: Codes) -> list[bool]:
    """Which nodes of a DAG run: those whose parents have all run and succeeded."""
    parents: dict[str, set[str]] = {}
    for line in text.splitlines():
        words = line.split()
        if words[0] == "JOB":
            parents[words[1]] = set()
        else:
            middle = [word.lower() for word in words].index("child")
            for child in words[middle + 1 :]:
                parents[child].update(words[1:middle])
    ran: dict[str, bool] = {}
    for node, above in parents.items():
        ran[node] = all(ran[parent] and codes[parent] == 0 for parent in above)
    return list(ran.values())


@BOUNDED
@given(
    dags(),
    st.lists(
        st.fixed_dictionaries({f"N{n}": st.sampled_from([0, 0, 0, 1]) for n in range(6)}),
        min_size=4,
        max_size=4,
    ),
)
def test_edges_of_dagman(text: str, nights: list[Codes]) -> None:
    submit = "SUBMIT-DESCRIPTION x.sub {\n  executable = /bin/x\n}\n"
    nodes = [f"N{number}" for number in range(6)]
    for codes, (source, emitted) in zip(nights, runs(submit + text, nodes, nights), strict=True):
        assert source == emitted == dag_runs(text, codes), (text, codes)


# ---------------------------------------------------------------- TWS

FOLLOWS = st.builds(
    "follows {}{}".format, st.sampled_from("abc"), st.sampled_from(["", " if succ", " if abend"])
)


@st.composite
def dependencies(draw: st.DrawFn) -> list[str]:
    """Lines of a job: what it follows, and a join of some of these."""
    lines = draw(st.lists(FOLLOWS, max_size=2, unique_by=lambda line: line.split()[1]))
    if draw(st.booleans()) or not lines:
        inside = draw(st.lists(FOLLOWS, min_size=2, max_size=3, unique_by=lambda x: x.split()[1]))
        # In a join each dependency has a condition.
        inside = [line if " if " in line else f"{line} if succ" for line in inside]
        count = draw(st.integers(1, len(inside)))
        word = "all" if count == len(inside) else str(count)
        lines += [f"join either {word} of", *(f" {line}" for line in inside), "endjoin"]
    return lines


def tws_holds(lines: list[str], codes: Codes) -> bool:
    """What a job follows: all of it, and as many as a join wants of what is in it."""
    met, needed, pending = [], 0, None
    for line in lines:
        words = line.split()
        if words[0] == "join":
            pending, needed = [], -1 if words[2] == "all" else int(words[2])
        elif words[0] == "endjoin":
            assert pending is not None
            met.append(sum(pending) >= (len(pending) if needed < 0 else needed))
            pending = None
        else:
            failed = codes[words[1]] != 0
            (met if pending is None else pending).append(failed is (words[-1] == "abend"))
    return all(met)


@BOUNDED
@given(
    dependencies(),
    st.lists(
        st.fixed_dictionaries(dict.fromkeys("abc", st.sampled_from([0, 0, 1]))),
        min_size=4,
        max_size=4,
    ),
)
def test_dependencies_of_tws(lines: list[str], nights: list[Codes]) -> None:
    jobs = "".join(f'w#{name} docommand "x" streamlogon u\n' for name in "abc")
    below = "".join(f" {line}\n" for line in lines)
    text = f'schedule w#s\n:\n{jobs}w#d docommand "d" streamlogon u\n{below}end\n'
    named = [{f"w#s.{name}": code for name, code in codes.items()} for codes in nights]
    for codes, (source, emitted) in zip(nights, runs(text, ["w#s.d"], named), strict=True):
        assert source == emitted == [tws_holds(lines, codes)], (lines, codes)
