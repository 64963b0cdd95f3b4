"""Variables of Control-M: what becomes of texts with `%%`."""

import pytest

from tests.controlm_texts import Estate, refused, shown
from transpile.dialects.controlm.codes.variables import (
    EndlessVariable,
    OrderIdentity,
    ServerZone,
    SharedVariable,
    ValueLost,
)
from transpile.dialects.controlm.variables import Unknown
from transpile.model import Variable, VariableRef

# ---------------------------------------------------------------- names and scopes


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("nothing % to {{ do }}", "nothing % to {{ do }}"),
        ("%%X", "1"),
        ("a%%X/b", "a1/b"),
        ("%%X.%%Y", "12"),
        ("%%X..%%Y", "1.2"),
        ("%%X.txt", "1txt"),
        ("%%X..txt", "1.txt"),
        ("f.%%X", "f.1"),
        ("%%X%%.%%Y", "12"),
        ("%%X-%%Y", "1-2"),
        ("%%@X", "1"),
        ("%%TAPE_%%X", "301"),
        ("%%T%%KIND.%%X", "3011"),
        ("%%#X is %%X", "%%X is 1"),
        ("%%%#%X", "%%X"),
        ("%%%X", "%1"),
        ("100%% %%1 %%' %", "100%% %%1 %%' %"),
        ("%%BLANK.x%%BLANK3.y", " x   y"),
    ],
)
def test_how_texts_are_put_together(raw: str, expected: str) -> None:
    own = (("X", "1"), ("Y", "2"), ("TAPE_1", "301"), ("KIND", "APE_%%X"))
    assert Estate(*own).static(raw) == expected


def test_the_narrowest_scope_counts() -> None:
    estate = Estate(("X", "job"), folder=[("X", "folder"), ("Y", "%%X of the folder")])
    assert estate.static("%%X %%Y") == "job job of the folder"


def test_the_last_definition_counts() -> None:
    assert Estate(("X", "1"), ("X", "2")).static("%%X") == "2"


def test_a_value_mentions_what_its_variable_was_before() -> None:
    estate = Estate(("X", "%%X.b"), ("X", "%%X.c"), folder=[("X", "a")])
    assert estate.static("%%X") == "abc"


def test_names_of_jobs_and_folders() -> None:
    estate = Estate(
        APPLICATION="APP",
        SUB_APPLICATION="SUB",
        NODEID="host",
        RUN_AS="me",
        MEMNAME="%%JOBNAME..sh",
    )
    raw = "%%JOBNAME %%SCHEDTAB %%APPLIC %%APPLGROUP %%NODEID %%OWNER %%MEMNAME %%DATACENTER"
    assert estate.static(raw) == "A F APP SUB host me A.sh ctm"


def test_a_system_variable_is_that_of_the_job() -> None:
    assert Estate(folder=[("LOG", "/log/%%JOBNAME")]).static("%%LOG") == "/log/A"


def test_own_variables_come_before_those_of_the_system() -> None:
    assert Estate(("ODATE", "never")).static("%%ODATE") == "never"


def test_an_unknown_variable_is_an_input() -> None:
    estate = Estate()
    assert shown(estate.text("x %%REGION..y")) == "x <REGION>.y"
    assert estate.variables.variables == {"REGION": Variable("REGION", None)}
    assert not estate.codes


def test_pools_and_global_variables_are_inputs() -> None:
    estate = Estate()
    raw = r"%%\A %%\\P\B %%\\P\\B %%\\C %%\ODATE"
    assert estate.inputs(raw) == ["A", "P.B", "P.B", "C", "GLOBAL.ODATE"]


def test_nothing_is_an_input_that_no_text_asks_for() -> None:
    assert not Estate(("X", "%%Y")).variables.variables


@pytest.mark.parametrize(
    ("other", "expected"), [("north", "north"), ("south", None), ("%%$DATE", None)]
)
def test_a_variable_that_jobs_set_has_a_default_if_they_agree(
    other: str, expected: str | None
) -> None:
    estate = Estate((r"\X", "north"))
    assert estate.static(r"%%X %%\X") == "north north"
    assert estate.codes == [SharedVariable.code]
    estate.other("B", (r"\X", other))
    assert shown(estate.text("%%X", estate.other("C"))) == "<X>"
    assert estate.variables.variables == {"X": Variable("X", expected)}


def test_a_job_sets_a_variable_of_its_folder() -> None:
    estate = Estate((r"\\X", "north"))
    assert estate.static("%%X") == "north"
    assert estate.codes == [SharedVariable.code]
    estate.text("%%X", estate.other("B"))
    assert estate.variables.variables == {"X": Variable("X", "north")}
    assert not Estate(folder=[(r"\\X", "north")]).codes


def test_what_a_scope_says_itself() -> None:
    estate = Estate(("FileWatch-PATH", "%%X"), folder=[("Y", "1")])
    assert estate.job.own("FileWatch-PATH") == "%%X"
    assert estate.job.own("Y") is None


# ---------------------------------------------------------------- what has no end


def test_a_circle_is_refused() -> None:
    refused(EndlessVariable, "%%X", ("X", "%%Y"), ("Y", "%%X"), reason="X -> Y -> X")


def test_deep_references_are_refused() -> None:
    chain = [(f"X{n}", f"%%X{n + 1}") for n in range(1000)]
    refused(EndlessVariable, "%%X0", *chain, reason="levels deep")


@pytest.mark.parametrize("seed", ["0123456789", "%%UNKNOWN."])
def test_a_value_that_explodes_is_refused(seed: str) -> None:
    chain = [("X0", seed), *((f"X{n + 1}", f"%%X{n}." * 10) for n in range(40))]
    refused(EndlessVariable, "%%X40", *chain, reason="too long")


def test_a_value_with_many_uses_of_nothing_is_quick() -> None:
    own = [("X", ""), *(("X", "%%X.%%X") for _ in range(40))]
    assert Estate(*own).static("<%%X>") == "<>"


# ---------------------------------------------------------------- dates


def test_the_order_date_is_that_of_the_start() -> None:
    estate = Estate()
    text = estate.text("load %%$ODATE.x %%OMONTH")
    assert shown(text) == "load <ODATE.%Y%m%d>x <ODATE.%m>"
    assert {part.zone for part in text if isinstance(part, VariableRef)} == {"Europe/Berlin"}
    assert estate.variables.variables == {"ODATE": Variable("ODATE", None, is_start=True)}
    assert not estate.codes


def test_a_year_of_the_order_date() -> None:
    own = (("DAY", "%%$ODATE"), ("YEAR4", "%%SUBSTR %%DAY 1 4"), ("REST", "%%SUBSTR %%DAY 5 4"))
    assert shown(Estate(*own).text("%%YEAR4-%%REST")) == "<ODATE.%Y>-<ODATE.%m%d>"


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("ODATE", "%y%m%d"),
        ("OYEAR", "%y"),
        ("OJULDAY", "%j"),
        ("$OJULDAY", "%Y%j"),
        ("OCENT", "%C"),
    ],
)
def test_forms_of_the_order_date(word: str, form: str) -> None:
    assert shown(Estate().text(f"%%{word}")) == f"<ODATE.{form}>"


def test_another_date_than_the_order_date() -> None:
    own = ("YESTERDAY", "%%$CALCDATE %%$ODATE -1")
    assert shown(Estate(own).text("%%YESTERDAY")) == "<ODATE.%Y%m%d -1>"


def test_a_run_that_starts_after_midnight_has_the_order_date_of_the_day_before() -> None:
    assert shown(Estate(days_late=1).text("%%$ODATE")) == "<ODATE.%Y%m%d -1>"
    own = ("TOMORROW", "%%$CALCDATE %%$ODATE +1")
    assert shown(Estate(own, days_late=1).text("%%TOMORROW")) == "<ODATE.%Y%m%d>"


def test_the_working_day_of_a_run_is_refused() -> None:
    refused(ValueLost, "%%$RDATE", reason="working day")


def test_a_date_without_a_zone_is_reported() -> None:
    estate = Estate(zone=None)
    assert shown(estate.text("%%OMONTH $%%DAY".replace("$", ""))) == "<ODATE.%m> $(date +%d)"
    assert estate.codes == [ServerZone.code]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("%%TIME", "$(TZ=UTC date +%H%M%S)"),
        ("%%$DATE.%%TIME", "$(TZ=UTC date +%Y%m%d%H%M%S)"),
        ("%%DATE", "$(TZ=UTC date +%y%m%d)"),
        ("%%JULDAY", "$(TZ=UTC date +%j)"),
        ('"%%DAY"', '"$(TZ=UTC date +%d)"'),
        ("'%%DAY'", "''\"$(TZ=UTC date +%d)\"''"),
    ],
)
def test_the_time_at_which_a_job_starts(raw: str, expected: str) -> None:
    assert Estate(zone="UTC").static(raw) == expected


@pytest.mark.parametrize("word", ["%%TIME", "%%$ODATE", "%%RUNCOUNT", "%%ORDERID"])
def test_without_a_shell_there_is_no_value_of_the_run(word: str) -> None:
    estate = Estate()
    with pytest.raises(Unknown) as caught:
        estate.text(f"/data/{word}", shell=False)
    assert caught.value.cause is ValueLost
    assert estate.text("/data/%%X", shell=False) == ("/data/", VariableRef("X", "%%X"))


@pytest.mark.parametrize(
    "raw",
    [
        "x\\%%TIME",
        "$%%TIME",
        "$HOME_%%TIME",
        "cat <<EOF\n%%TIME\nEOF",
        "$'a' %%TIME",
        "\"$(echo 'a')\" %%TIME",
        "\"$(echo 'a')\" %%$ODATE",
        "'a' $%%$ODATE",
        "${X%%$ODATE}",
    ],
)
def test_quoting_that_hides_the_place_is_refused(raw: str) -> None:
    refused(ValueLost, raw)


def test_the_number_and_the_name_of_a_run() -> None:
    estate = Estate()
    assert estate.static("%%RUNCOUNT") == "$((${FLYTE_ATTEMPT_NUMBER:-0} + 1))"
    assert not estate.codes
    assert estate.static("%%ORDERID") == "${FLYTE_INTERNAL_EXECUTION_ID}"
    assert estate.codes == [OrderIdentity.code]
    with pytest.raises(Unknown):
        Estate(CYCLIC="1").text("%%RUNCOUNT")


@pytest.mark.parametrize("word", ["COMPSTAT", "OWDAY", "APPLIC", "TABLE_ID"])
def test_what_only_control_m_knows(word: str) -> None:
    refused(ValueLost, f"%%{word}")


@pytest.mark.parametrize("value", ["%%TIME", "%%UNKNOWN", "a/b"])
def test_a_name_cannot_go_on_with_such_a_value(value: str) -> None:
    refused(ValueLost, "%%LOG_%%X", ("X", value), reason="the name %%LOG_")
