"""What starts with a unit: jobs, their conditions, and what no workflow keeps."""

import time
from collections.abc import Mapping
from itertools import pairwise

import pytest

from tests.systemd_units import DAILY, build, found, found_codes
from transpile.model import All, AnyOf, Condition, Network, Status, StatusTest

LETTERS = {StatusTest.SUCCESS: "s", StatusTest.OVER: "o", StatusTest.NOT_SUCCEEDED: "f"}


def units(**keys: str) -> dict[str, str]:
    """Oneshot services with these keys in [Unit]; `a` is started by a timer."""
    found = {"a.timer": DAILY}
    for name, text in keys.items():
        body = f"[Unit]\n{text}\n[Service]\nType=oneshot\nExecStart=/bin/{name}\n"
        found[f"{name}.service"] = body
    return found


def network(estate: Mapping[str, str]) -> tuple[Network, list[str]]:
    networks, diagnostics = build(estate)
    return networks["a"], found(diagnostics)


def shown(condition: Condition | None) -> str:
    """A condition in short: s(a) & (o(b) | f(c))."""
    if condition is None:
        return ""
    if isinstance(condition, All | AnyOf):
        sign = " & " if isinstance(condition, All) else " | "
        return f"({sign.join(map(shown, condition.terms))})"
    assert isinstance(condition, Status)
    return f"{LETTERS[condition.test]}({condition.job})"


def conditions(estate: Mapping[str, str]) -> dict[str, str]:
    jobs = network(estate)[0].jobs
    return {name: shown(job.condition) for name, job in jobs.items()}


BOTH = "Requires=b.service\nAfter=b.service"


@pytest.mark.parametrize(
    ("estate", "expected"),
    [
        (units(a=BOTH, b=""), {"b": "", "a": "s(b)"}),
        (units(a="Wants=b.service\nAfter=b.service", b=""), {"b": "", "a": "o(b)"}),
        (units(a="Wants=b.service", b="Before=a.service"), {"b": "", "a": "o(b)"}),
        (units(a="Wants=b.service", b=""), {"b": "", "a": ""}),
        (units(a="Requires=b.service", b=""), {"b": "", "a": ""}),
        (units(a="Wants=b.service", b="After=a.service"), {"b": "o(a)", "a": ""}),
        (units(a="After=b.service", b=""), {"a": ""}),
        (units(a="Wants=x.service\nAfter=x.service"), {"a": ""}),
        # Of two needs the unordered one counts, if it is before by way of the other.
        (
            units(a="Requires=b.service c.service\nAfter=c.service", b="", c="After=b.service"),
            {"b": "", "c": "o(b)", "a": "(s(c) & s(b))"},
        ),
        (units(a="OnFailure=b.service", b=""), {"a": "", "b": "f(a)"}),
        (units(a="OnSuccess=b.service", b=""), {"a": "", "b": "s(a)"}),
        (units(a="OnSuccess=b.service\nOnFailure=b.service", b=""), {"a": "", "b": "o(a)"}),
        (
            units(
                a="OnFailure=b.service", b="OnFailure=c.service\nOnSuccess=d.service", c="", d=""
            ),
            {"a": "", "b": "f(a)", "c": "(f(a) & f(b))", "d": "s(b)"},
        ),
        (
            units(a="OnFailure=b.service", b="Wants=c.service\nAfter=c.service", c=""),
            {"a": "", "c": "f(a)", "b": "(f(a) & o(c))"},
        ),
        (
            units(a="OnFailure=b.service", b=BOTH.replace("b", "c"), c=""),
            {"a": "", "c": "f(a)", "b": "s(c)"},
        ),
        (
            units(a=f"{BOTH}\nOnFailure=c.service", b="OnFailure=c.service", c=""),
            {"b": "", "a": "s(b)", "c": "(f(b) | f(a))"},
        ),
    ],
)
def test_conditions(estate: dict[str, str], expected: dict[str, str]) -> None:
    assert conditions(estate) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("Requires=b.service\nWants=c.service", "(s(b) & o(c))"),
        ("DefaultDependencies=no\nRequires=b.service\nWants=c.service", ""),
        ("DefaultDependencies=no\nWants=b.service c.service\nAfter=c.service", "o(c)"),
        ("Wants=b.service c.service\nBefore=c.service", "o(b)"),
    ],
)
def test_a_target_stands_for_the_units_that_it_waits_for(target: str, expected: str) -> None:
    estate = units(a="Requires=t.target\nAfter=t.target", b="", c="After=t.target")
    if "Before" not in target:
        estate = units(a="Requires=t.target\nAfter=t.target", b="", c="")
    assert conditions({**estate, "t.target": f"[Unit]\n{target}\n"})["a"] == expected


def test_targets_that_wait_for_one_another_end() -> None:
    layers = {f"t{n}.target": f"[Unit]\nWants=t{n + 1}.target u{n + 1}.target\n" for n in range(40)}
    layers |= {
        f"u{n}.target": f"[Unit]\nWants=t{n + 1}.target u{n + 1}.target\n" for n in range(40)
    }
    circle = {"x.target": "[Unit]\nWants=y.target\n", "y.target": "[Unit]\nWants=x.target\n"}
    estate = units(a="Wants=t0.target u0.target x.target\nAfter=t0.target x.target")
    assert conditions({**estate, **layers, **circle}) == {"a": ""}


def test_installed_units_and_links_start_with_their_target() -> None:
    estate = units(a="Requires=t.target\nAfter=t.target", b="", c="")
    estate["t.target"] = "[Unit]\n"
    estate["b.service"] += "[Install]\nRequiredBy=t.target\n"
    estate["system/t.target.wants/c.service"] = estate["c.service"]
    found = conditions(estate)
    assert (found["a"], found["b"], found["c"]) == ("(s(b) & o(c))", "", "")


def test_a_handler_of_an_instance() -> None:
    estate = units(a="OnFailure=tell@%n.service")
    estate["tell@.service"] = "[Service]\nType=oneshot\nExecStart=/bin/tell %i\n"
    (job,) = [job for name, job in network(estate)[0].jobs.items() if name != "a"]
    assert job.name == "tell@a.service"
    assert "/bin/tell a.service" in str(job.action)


def test_nobody_waits_for_the_end_of_a_service_that_is_no_oneshot() -> None:
    estate = units(a=BOTH, b="")
    estate["b.service"] = estate["b.service"].replace("Type=oneshot", "Type=exec")
    found, said = network(estate)
    assert shown(found.jobs["a"].condition) == ""
    assert "a.service starts as soon as b.service has started" in str(said)


@pytest.mark.parametrize(
    ("estate", "code", "text"),
    [
        (units(a="BindsTo=b.service\nAfter=b.service", b=""), "A097", "stops when the other ends"),
        (units(a="Requisite=b.service", b=""), "A097", "must be active already"),
        (units(a="Conflicts=b.service", b=""), "A097", "stops no job"),
        (units(a="Conflicts=shutdown.target"), "", ""),
        (units(a="Upholds=b.service", b=""), "A091", "starts it again while"),
        (units(a="Requires=b.service", b=""), "A091", "both start at once"),
        (units(a="After=b.service", b=""), "A091", "in different workflows"),
        (units(a="OnFailure=b.service"), "A097", "not in the estate"),
        (units(a="OnFailure=b.target"), "A097", "not in the estate"),
        (units(a="OnFailure=b.mount"), "A097", "not in the estate"),
        (units(a="OnFailure=a.service"), "A097", "a second time"),
        (units(a=f"{BOTH}\nOnFailure=c.service", b="", c=BOTH), "A097", "b.service would run"),
        (units(a="Wants=b c/d.service %z.service x@.service"), "A089", "no name of a unit"),
        (units(a="Requires=x.mount\nWants=y.socket z.service\nAfter=q.service"), "", ""),
    ],
)
def test_what_no_workflow_keeps_is_reported(estate: dict[str, str], code: str, text: str) -> None:
    _, said = network(estate)
    about = [each for each in said if not each.startswith("A099")]
    assert all(each.startswith(code) for each in about)
    assert text in str(about)
    assert bool(about) == bool(code)


def test_units_that_are_no_jobs_are_notes() -> None:
    found, _ = network(
        units(a="Requires=x.mount\nAfter=x.mount network.target\nWants=b.service", b="")
    )
    assert found.jobs["a"].notes == (
        ("Requires", "x.mount"),
        ("After", "x.mount network.target"),
    )
    assert found.jobs["a"].condition_text == "Wants b"


def test_a_service_that_needs_a_missing_one_never_starts() -> None:
    found, said = network(units(a=BOTH, c=""))
    blocked = found.jobs["a"].blocked
    assert blocked is not None
    assert (blocked.code, blocked.reason) == (
        "A088",
        "it needs b.service, which is not in the estate",
    )
    assert "A088" in str(said)


def test_a_daemon_is_no_job() -> None:
    estate = units(a=BOTH, b="")
    estate["b.service"] = "[Service]\nType=notify\nExecStart=/bin/b\n"
    found, said = network(estate)
    assert list(found.jobs) == ["a"]
    assert found.jobs["a"].blocked is None
    assert "the workflow does not start a daemon (Type=notify)" in str(said)


@pytest.mark.parametrize(
    ("body", "is_job"),
    [
        ("[Service]\nType=oneshot\nExecStart=/bin/x\n", True),
        (
            "[Service]\nType=oneshot\nExecStart=/bin/x\n[Install]\nWantedBy=multi-user.target\n",
            True,
        ),
        ("[Service]\nExecStart=/bin/x\n", False),
        ("[Service]\nType=notify\nExecStart=/bin/x\n", False),
        ("[Unit]\nDescription=x\n", False),
        ("", False),
    ],
)
def test_a_service_that_no_timer_starts(body: str, is_job: bool) -> None:
    networks, diagnostics = build({"x.service": body})
    assert (list(networks) == ["x"]) is is_job
    assert ("A098" in found_codes(diagnostics)) is not is_job
    if is_job:
        assert networks["x"].schedule is None
        code = "A095" if "WantedBy" in body else "A099"
        assert found_codes(diagnostics) == {code}


def test_a_service_of_two_timers_is_in_both_workflows() -> None:
    estate = units(a=BOTH, b="", c=BOTH)
    estate["c.timer"] = DAILY
    networks, _ = build(estate)
    assert {title: list(found.jobs) for title, found in networks.items()} == {
        "a": ["b", "a"],
        "c": ["b", "c"],
    }


def test_dependents_of_a_repeated_service_look_at_its_first_try() -> None:
    estate = units(a="Wants=b.service\nAfter=b.service", b="")
    estate["b.service"] += "Restart=on-failure\n"
    _, said = network(estate)
    assert "after the first try of b.service; the workflow waits for the last one" in str(said)


def test_a_late_start_is_reported() -> None:
    needs = "Requires=b.service c.service\nAfter=b.service c.service"
    _, said = network(units(a=f"{needs}\nOnFailure=d.service", b="", c="", d=""))
    assert said == [
        "A321 d may start late: it waits for the end of b, c, the source may start it before"
    ]


# -------------------------------------------------------------------- hostile estates


def test_many_units_and_lines_take_linear_time() -> None:
    names = [f"u{number}" for number in range(3000)]
    chain = {
        f"{name}.service": f"[Unit]\nRequires={after}.service\nAfter={after}.service\n"
        "[Service]\nType=oneshot\nExecStart=/bin/true\n"
        for name, after in pairwise(names)
    }
    last = {"u2999.service": "[Service]\nType=oneshot\nExecStart=/bin/true\n"}
    begin = time.monotonic()
    networks, _ = build({"u0.timer": DAILY, **chain, **last})
    assert len(networks["u0"].jobs) == 3000
    lines = "\n".join(["[Service]", *["Environment=A=1"] * 50_000, "Nise=1", "x" * 100_000, "\0"])
    build({"a.timer": DAILY, "a.service": f"{lines}\nExecStart=/bin/true\n"})
    build({"a.service": "[Service]\nExecStart=/bin/a " + "\\\n" * 100_000})
    assert time.monotonic() - begin < 60


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[Unit]\n" * 50_000,
        "[Service]\nExecStart=" + "a" * 100_000 + "/",
        "[Timer]\nOnCalendar=" + "1," * 50_000,
        "[Timer]\nOnUnitActiveSec=" + "9" * 100_000,
        "[Unit]\nAfter=" + "%i" * 50_000,
        "[Service]\nType=oneshot\nExecStart=/bin/x\nUser=\0\n",
        "[Service]\nType=oneshot\nExecStart=/bin/x\nTimeoutStartSec=" + "9" * 18 + "y\n",
        "[Service]\nType=oneshot\nExecStart=/bin/x\nRestart=on-failure\nStartLimitBurst=999999\n",
        "[Service]\nType=oneshot\nExecStart=/bin/x\nMemoryMax=" + "9" * 18 + "T\n",
    ],
    ids=range(10),
)
def test_hostile_units_are_read(text: str) -> None:
    build({"a.timer": DAILY, "a.service": text})
    build({"a.timer": text, "a.service": "[Service]\nType=oneshot\nExecStart=/bin/true\n"})
    build({"-": text})
