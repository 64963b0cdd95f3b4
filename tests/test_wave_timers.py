"""Waves of cron, anacron and systemd: what leaves the legacy side, and what comes back."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.support import cli
from tests.systemd_units import DAILY
from transpile.dialects import DIALECTS
from transpile.dialects.kit.contract import Gone, Handover, Leaving
from transpile.dialects.kit.handovers import file_names
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network, Site
from transpile.sources.text import Source, decode

TIMERS = DIALECTS["timers"]
CRONTAB = """\
# m h dom mon dow command
PATH=/usr/bin
0 5 * * * /opt/backup.sh
  30 6 * * 1 /opt/report.sh
# keeps
@daily /opt/clean.sh
"""
ONESHOT = "[Service]\nType=oneshot\nExecStart=/bin/true\n"


def read(sources: Iterable[Source]) -> list[Network]:
    return list(TIMERS.read(list(sources), Diagnostics(), Site()))


def said(data: bytes) -> list[tuple[str, str, str]]:
    """What each line of a crontab says."""
    jobs = [job for n in read([Source("c", *decode(data))]) for job in n.jobs.values()]
    return [(str(job.schedule), str(job.action), job.description) for job in jobs]


def as_bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def leave(sources: list[Source], waves: Mapping[str, str], wave: str) -> Handover:
    """The hand-over of a wave; `waves` has the jobs that leave, or left before."""
    gone = [Gone(n, {j: waves[j] for j in n.jobs if j in waves}) for n in read(sources)]
    jobs = {job for job, known in waves.items() if known == wave}
    assert TIMERS.hand_over is not None
    return TIMERS.hand_over(sources, Site(), Leaving(wave, jobs, set(), gone))


def units(texts: Mapping[str, str], *jobs: str) -> tuple[str, str, list[str]]:
    """The script of a wave, the one back, and the messages."""
    made = leave([Source(n, t) for n, t in texts.items()], dict.fromkeys(jobs, "one"), "one")
    found = Diagnostics()
    for problem in made.problems:
        found.add(problem.finding, problem.span, job=problem.job)
    scripts = (str(text.get(".systemd.sh", "")) for text in (made.leave, made.back))
    return next(scripts), next(scripts), [f"{each.code} {each.message}" for each in found]


def calls(script: str) -> list[str]:
    return [line for line in script.splitlines() if line.startswith("systemctl")]


# -------------------------------------------------------------------- crontabs


def test_lines_that_leave_become_comments_and_come_back(tmp_path: Path) -> None:
    (tmp_path / "transpile.toml").write_text('[[wave]]\nname = "one"\njobs = ["backup"]\n')
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    source = tmp_path / "a" / "tab"
    source.write_bytes(CRONTAB.encode())
    (tmp_path / "b" / "tab").write_bytes(b"0 1 * * * /opt/other.sh\n")
    out = tmp_path / "out"
    cli("convert", tmp_path, "-o", out, "--wave", "one")
    left = (out / "legacy" / "one.a-tab.crontab").read_bytes()
    line = b"0 5 * * * /opt/backup.sh"
    assert left == CRONTAB.encode().replace(line, b"# wave one: " + line)
    assert (out / "legacy" / "one_back.a-tab.crontab").read_bytes() == source.read_bytes()
    assert len(list((out / "legacy").iterdir())) == 2


def test_crontabs_in_archives_come_back(tmp_path: Path) -> None:
    data = CRONTAB.replace("keeps", "caf\xe9").replace("\n", "\r\n").encode("latin-1")
    with ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("etc/tab", data)
    (tmp_path / "transpile.toml").write_text('[[wave]]\nname = "one"\njobs = ["backup"]\n')
    cli("convert", tmp_path / "all.zip", "-o", tmp_path / "out", "--wave", "one")
    (back,) = (tmp_path / "out" / "legacy").glob("one_back.*")
    assert back.read_bytes() == data


def test_a_crontab_from_standard_input_has_a_file(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "transpile.toml").write_text('[[wave]]\nname = "one"\njobs = ["backup"]\n')
    cli("convert", "-", "-o", tmp_path / "out", "--wave", "one", stdin=CRONTAB)
    (back,) = (tmp_path / "out" / "legacy").glob("one_back.*")
    assert back.read_text() == CRONTAB


def test_a_later_wave_does_not_bring_back_an_earlier_one() -> None:
    sources = [Source("tab", CRONTAB)]
    waves = {"backup": "one", "report": "two"}
    first = leave(sources, {"backup": "one"}, "one")
    second = leave(sources, waves, "two")
    assert second.back == first.leave
    (text,) = second.leave.values()
    assert b"# wave one: 0 5" in as_bytes(text)
    assert b"# wave two:   30 6" in as_bytes(text)
    assert said(as_bytes(text)) == said(CRONTAB.encode())[2:]


@st.composite
def crontabs(draw: st.DrawFn) -> bytes:
    """Crontabs in all encodings, with all ends of lines."""
    kinds = st.sampled_from(["", "# a note", "#0 1 * * * off", "A=b", " 0 {} * * * run{}", "{} x"])
    lines = draw(st.lists(kinds, min_size=1, max_size=8))
    text = [line.format(f"{n % 24}", f"/{n}") for n, line in enumerate(lines)]
    words = draw(st.sampled_from(["", " caf\xe9", " \r x", " \ufeff"]))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    whole = end.join([*text, f"5 5 * * * last{words}"]) + draw(st.sampled_from(["", end]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "latin-1"]))
    return whole.encode(encoding, errors="ignore")


@settings(max_examples=share_of(200), deadline=None)
@given(crontabs(), st.data())
def test_any_line_leaves_and_comes_back(data: bytes, draw: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "tab")
        path.write_bytes(data)
        sources = [Source("tab", *decode(data), path=str(path))]
        (network,) = read(sources)
        chosen = st.sampled_from(["one", "two", ""])
        waves = {job: wave for job in network.jobs if (wave := draw.draw(chosen))}
        made = leave(sources, waves, "two")
    for text, stay in ((made.leave, ("",)), (made.back, ("", "two"))):
        for edited in map(as_bytes, text.values()):
            assert re.sub(rb"# wave (one|two): ", b"", edited) == data
            known = zip(network.jobs, said(data), strict=True)
            assert said(edited) == [each for job, each in known if waves.get(job, "") in stay]
    assert bool(made.leave) == ("two" in waves.values())


def test_a_crontab_that_cron_cannot_read_is_reported() -> None:
    data = b"0 5 * * * /opt/backup.sh\n".decode().encode("utf-16")
    made = leave([Source("tab", *decode(data))], {"backup": "one"}, "one")
    assert not made.leave
    (problem,) = made.problems
    assert problem.finding.code == "A975"
    assert vars(problem.finding)["name"] == "line 1 of tab"


def test_anacrontabs_keep_their_suffix() -> None:
    text = "1 5 daily /opt/a.sh\n7 10 weekly /opt/b.sh \\\n --all\n"
    made = leave([Source("anacrontab", text)], {"weekly": "one"}, "one")
    edited = as_bytes(made.leave[".anacrontab.anacrontab"]).decode()
    assert edited == text.replace("7 10", "# wave one: 7 10")
    (network,) = read([Source("anacrontab", edited)])
    assert list(network.jobs) == ["daily"]


@given(st.lists(st.text(max_size=200), unique=True, max_size=8))
@settings(max_examples=share_of(200), deadline=None)
def test_names_of_files_never_collide(labels: list[str]) -> None:
    found = file_names(labels, "x")
    assert set(found) == set(labels)
    assert len({name.lower() for name in found.values()}) == len(labels)
    assert all(re.fullmatch(r"[A-Za-z0-9_][\w.-]{0,99}", n, re.ASCII) for n in found.values())


def test_a_label_that_looks_like_the_name_of_another_one_collides_with_none() -> None:
    labels = ["a/b", "a-b"]
    taken = file_names(labels, ".txt").values()
    assert len(set(file_names([*labels, *taken], ".txt").values())) == 4
    assert len(set(file_names(["A", "a", "a.txt"], ".txt").values())) == 3
    assert file_names(["../../x.txt"], ".txt") == {"../../x.txt": "x"}


# -------------------------------------------------------------------- systemd


def test_timers_are_disabled_and_enabled_again() -> None:
    texts = {"a.timer": DAILY, "a.service": ONESHOT, "b.timer": DAILY, "b.service": ONESHOT}
    script, back, found = units(texts, "a")
    assert calls(script) == ["systemctl disable --now -- a.timer"]
    assert calls(back) == ["systemctl enable --now -- a.timer"]
    assert found == []


def test_a_timer_that_makes_up_for_lost_starts_forgets_them_on_the_way_back() -> None:
    texts = {"a.timer": DAILY.replace("[Install]", "Persistent=yes\n[Install]")}
    _, back, _ = units({**texts, "a.service": ONESHOT}, "a")
    assert calls(back) == [
        "systemctl clean --what=state -- a.timer",
        "systemctl enable --now -- a.timer",
    ]


def test_other_starts_of_a_service_leave_with_it() -> None:
    boot = f"{ONESHOT}[Install]\nWantedBy=multi-user.target\n"
    path = "[Path]\nPathExists=/x\n[Install]\nWantedBy=paths.target\n"
    cat = f"# /etc/b.service\n{ONESHOT}# /etc/b.path\n{path}"
    texts = {"a.timer": DAILY, "a.service": boot, "cat": cat}
    script, back, _ = units(texts, "a", "b")
    # The run of a service that goes on now is none of the wave's business.
    assert calls(script) == [
        "systemctl disable --now -- a.timer",
        "systemctl disable --now -- b.path",
        "systemctl disable -- a.service",
    ]
    assert calls(back)[-1] == "systemctl enable -- a.service"


def test_a_service_that_a_staying_one_starts_too_stays_enabled() -> None:
    boot = f"{ONESHOT}[Install]\nWantedBy=multi-user.target\n"
    needs = f"[Unit]\nRequires=a.service\nAfter=a.service\n{ONESHOT}"
    texts = {"a.timer": DAILY, "a.service": boot, "b.timer": DAILY, "b.service": needs}
    gone = leave([Source(n, t) for n, t in texts.items()], {}, "one")
    assert gone == Handover({}, {})
    networks = read([Source(n, t) for n, t in texts.items()])
    own = [Gone(n, {"a": "one"} if n.title == "a" else {}) for n in networks]
    assert TIMERS.hand_over is not None
    sources = [Source(n, t) for n, t in texts.items()]
    made = TIMERS.hand_over(sources, Site(), Leaving("one", {"a"}, set(), own))
    assert calls(str(made.leave[".systemd.sh"])) == ["systemctl disable --now -- a.timer"]
    assert made.problems == ()


@pytest.mark.parametrize("key", ["After", "Before", "Requisite", "Conflicts"])
def test_an_order_between_both_sides_is_an_error(key: str) -> None:
    other = f"[Unit]\n{key}=a.service\n{ONESHOT}"
    texts = {"a.timer": DAILY, "a.service": ONESHOT, "b.timer": DAILY, "b.service": other}
    _, _, found = units(texts, "a")
    assert found == [f"A978 b stays on the legacy side, which no longer keeps {key}=a"]
    assert units(texts, "a", "b")[2] == []


def test_what_systemctl_cannot_disable_is_an_error() -> None:
    daemon = "[Unit]\nWants=a.timer\nUpholds=a.service\n[Service]\nExecStart=/bin/d\n"
    texts = {"a.timer": DAILY.partition("[Install]")[0], "a.service": ONESHOT, "d.service": daemon}
    script, back, found = units(texts, "a")
    assert calls(script) == ["systemctl stop -- a.timer"]
    assert calls(back) == ["systemctl start -- a.timer"]
    assert [text.partition(": ")[2] for text in found] == [
        "it has no [Install], so systemctl cannot disable it",
        "d.service has Wants=a.timer",
        "d.service has Upholds=a.service",
    ]


def test_a_target_whose_wish_goes_with_the_timer_is_no_error() -> None:
    timer = DAILY.replace("timers.target", "my.target")
    cat = f"# /etc/a.timer\n{timer}# /etc/my.target\n[Unit]\nDescription=x\n"
    script, _, found = units({"cat": cat, "a.service": ONESHOT}, "a")
    assert calls(script) == ["systemctl disable --now -- a.timer"]
    assert found == []


def test_a_target_that_a_timer_starts_leaves_with_it() -> None:
    timer = DAILY.replace("[Install]", "Unit=all.target\n[Install]")
    target = "# /etc/all.target\n[Unit]\nWants=a.service\n"
    other = "# /etc/d.service\n[Unit]\nUpholds=all.target\n[Service]\nExecStart=/bin/d\n"
    texts = {"cat": f"# /etc/n.timer\n{timer}{target}", "a.service": ONESHOT}
    script, _, found = units(texts, "a")
    assert calls(script) == ["systemctl disable --now -- n.timer"]
    assert found == []
    _, _, found = units({**texts, "d": other}, "a")
    assert [text.partition(": ")[2] for text in found] == ["d.service has Upholds=all.target"]


def test_problems_of_targets_are_shown(tmp_path: Path) -> None:
    (tmp_path / "transpile.toml").write_text('[[wave]]\nname = "one"\njobs = ["a"]\n')
    timer = DAILY.partition("[Install]")[0]
    target = "# /etc/all.target\n[Unit]\nWants=a.service\n"
    cat = f"# /etc/n.timer\n{timer}Unit=all.target\n{target}# /etc/a.service\n{ONESHOT}"
    (tmp_path / "n.service").write_text(cat)
    output = cli("check", tmp_path, "--wave", "one", "--format", "lines").output
    assert "n.timer may still start on the legacy side" in output


def test_units_of_users_are_disabled_for_users() -> None:
    texts = {
        f"home/user/{name}": text for name, text in (("a.timer", DAILY), ("a.service", ONESHOT))
    }
    script, back, _ = units(texts, "a")
    assert calls(script) == ["systemctl --user disable --now -- a.timer"]
    assert calls(back) == ["systemctl --user enable --now -- a.timer"]


def test_names_of_units_are_words_of_the_shell() -> None:
    name = "-a\\x24\\x28id\\x29@b"
    script, _, _ = units({f"{name}.timer": DAILY, f"{name}.service": ONESHOT}, name)
    if shutil.which("sh") is None:
        pytest.skip("no shell")
    shown = script.replace("systemctl", "printf '%s,'")
    done = subprocess.run(["sh", "-c", shown], capture_output=True, text=True, check=True)
    assert done.stdout == f"disable,--now,--,{name}.timer,"
