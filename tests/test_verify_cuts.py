"""`verify` of what crosses workflows: it agrees as emitted, and finds each planted mistake."""

from pathlib import Path

import pytest

from tests.support import plan_modules, read
from transpile.cli.subjects import Written, verify_module, write_modules
from transpile.model.outcome import Change, Ending, State
from transpile.proof.verify import Verdict

ESTATE = """\
insert_job: TRD.CLOSE   job_type: BOX
date_conditions: 1
days_of_week: mo,tu,we,th,fr
start_times: "18:00"
timezone: America/New_York

insert_job: TRD.EXTRACT   job_type: CMD
box_name: TRD.CLOSE
command: extract

insert_job: TRD.RECON   job_type: CMD
box_name: TRD.CLOSE
command: reconcile
condition: s(TRD.EXTRACT)
n_retrys: 2

insert_job: FIN.NIGHT   job_type: BOX
date_conditions: 1
days_of_week: all
start_times: "22:15"
timezone: Europe/London

insert_job: FIN.LOAD   job_type: CMD
box_name: FIN.NIGHT
command: load
condition: s(TRD.RECON, 12.00)

insert_job: FIN.POST   job_type: CMD
box_name: FIN.NIGHT
command: post
condition: s(FIN.LOAD)

insert_job: FIN.CODE   job_type: CMD
box_name: FIN.NIGHT
command: code
condition: s(FIN.LOAD) & (e(TRD.EXTRACT) < 5 | t(TRD.EXTRACT) | n(TRD.RECON))

insert_job: FIN.LATE   job_type: CMD
box_name: FIN.NIGHT
command: late
date_conditions: 1
days_of_week: mo,we
start_times: "23:30"
timezone: Europe/London

insert_job: RPT.SUMMARY   job_type: CMD
command: summary
condition: s(FIN.POST) & s(TRD.RECON)
"""


def emitted(folder: Path, text: str = ESTATE) -> dict[str, Written]:
    """The emitted modules of an estate by the name of their workflow."""
    network, diagnostics = read(text)
    found = write_modules(plan_modules([network], diagnostics), folder)
    return {written.module.title: written for written in found}


def verdict(written: Written) -> Verdict:
    return verify_module(written, 100, 0)


@pytest.mark.parametrize("workflow", ["TRD.CLOSE", "FIN.NIGHT", "RPT.SUMMARY"])
def test_the_workflows_agree_as_emitted(workflow: str, tmp_path: Path) -> None:
    found = verdict(emitted(tmp_path)[workflow])
    assert (found.problems, found.disagreements) == ([], [])


NIGHT, NIGHT_CUTS = ("FIN.NIGHT", ""), ("FIN.NIGHT", "_cuts")
START, CLOSE = ("RPT.SUMMARY", "_cuts"), ("TRD.CLOSE", "")
UNREFUSED = """\
from datetime import timedelta

    from flytekit import wait_for_input

    return wait_for_input(FIN_LOAD.gate, timeout=timedelta(days=365), expected_type=bool)
"""
MISTAKES = {
    "other test": (NIGHT_CUTS, "succeeded(last(TRD_RECON,", "not_running(last(TRD_RECON,"),
    "other window": (NIGHT_CUTS, "timedelta(hours=12)", "timedelta(hours=6)"),
    "no window": (NIGHT_CUTS, ", within=timedelta(hours=12)", ""),
    "other exit code": (NIGHT_CUTS, "(last(TRD_EXTRACT)) < 5", "(last(TRD_EXTRACT)) < 6"),
    "other job": (NIGHT_CUTS, '"trd-recon"', '"trd-extract"'),
    "and for or": (NIGHT_CUTS, "or terminated", "and terminated"),
    "other workflow of a gate": (NIGHT_CUTS, 'workflow="FIN.NIGHT"', 'workflow="FIN"'),
    "other node of a gate": (NIGHT_CUTS, 'node="fin-load-wait"', 'node="wait"'),
    "dropped look": (NIGHT, "return look(FIN_LOAD)", 'return ""'),
    "other look": (NIGHT, "return look(FIN_LOAD)", "return look(FIN_CODE)"),
    "gate that no tell opens": (NIGHT, "return gate(FIN_LOAD)", "return gate(FIN_CODE)"),
    "gate without refusal": (NIGHT, "return gate(FIN_LOAD)\n", UNREFUSED),
    "wait not connected": (NIGHT, "fin_load_wait_node >> fin_load_node\n", ""),
    "other start time": (NIGHT, '["23:30"]', '["23:31"]'),
    "other zone": (
        NIGHT,
        'timezone="Europe/London",\n        days',
        'timezone="UTC",\n        days',
    ),
    "other days": (NIGHT, '["mo", "we"]', '["mo", "tu"]'),
    "start time not connected": (NIGHT, "fin_late_not_before_node >> fin_late_node\n", ""),
    "start not told": (NIGHT, "return tell(RPT_SUMMARY)", 'return ""'),
    "or for and": (START, "and succeeded", "or succeeded"),
    "other launch plan": (START, '"RPT.SUMMARY.start"', '"RPT.SUMMARY"'),
    "missing tell": (CLOSE, "tell(FIN_LOAD, FIN_CODE, RPT_SUMMARY)", "tell(FIN_CODE, RPT_SUMMARY)"),
    "tell before the job": (CLOSE, "trd_recon_node >> trd_recon_tell_node\n", ""),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_planted_mistake_is_found(mistake: str, tmp_path: Path) -> None:
    (workflow, suffix), old, new = MISTAKES[mistake]
    written = emitted(tmp_path)[workflow]
    path = written.path.with_name(f"{written.path.stem}{suffix}.py")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert not verdict(written).good


READER = """
insert_job: READER
command: read
condition: n(TRD.CLOSE) & s(TRD.RECON)
date_conditions: 1
days_of_week: all
start_times: "3:00"
"""


def test_a_box_elsewhere_runs_while_a_job_in_it_has_a_status(tmp_path: Path) -> None:
    elsewhere = emitted(tmp_path, ESTATE + READER)["FIN.NIGHT"].elsewhere
    done = (Change(-20.0, Ending(State.SUCCEEDED, 0)),)
    found = elsewhere.consistent({"TRD.CLOSE": (), "TRD.RECON": done})
    assert found["TRD.RECON"] == done
    assert [change.ending.state for change in found["TRD.CLOSE"]] == [State.UNFINISHED]


STREAMS = """\
SCHEDULE W#FEED ON EVERYDAY AT 0600 TZ UTC : A DOCOMMAND "feed" END
SCHEDULE W#SUM ON EVERYDAY AT 0700 TZ UTC
FOLLOWS FEED, FEED.A
: A DOCOMMAND "sum" END
"""
SPAN = "begun=(timedelta(hours=-13), timedelta(hours=11))"
OTHER_SPANS = {
    "as emitted": (SPAN, True),
    "no span": ("", False),
    "early": (SPAN.replace("-13", "-14"), False),
    "late": (SPAN.replace("11", "12"), False),
    "too short": (SPAN.replace("-13", "-12"), False),
}


@pytest.mark.parametrize(("span", "good"), OTHER_SPANS.values(), ids=OTHER_SPANS)
def test_a_wait_for_another_instance_is_found(span: str, good: bool, tmp_path: Path) -> None:
    written = emitted(tmp_path, STREAMS)["SUM"]
    path = written.path.with_name(f"{written.path.stem}_cuts.py")
    text = path.read_text(encoding="utf-8")
    assert text.count(SPAN) == 2
    path.write_text(text.replace(SPAN, span), encoding="utf-8")
    assert verdict(written).good is good
