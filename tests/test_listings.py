"""Listings of schedulers: the runs that they have, and whatever else is in them."""

from datetime import date, datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.fuzz.target import read_listing
from transpile.dialects import LISTINGS, listing_format
from transpile.model.listings import Extent, Listed, ListingSetting, log_of
from transpile.model.outcome import State

FOLDER = Path(__file__).parent / "listings"
LONDON = ListingSetting("Europe/London", date(2026, 11, 5))
GOOD, BAD, KILLED = State.SUCCEEDED, State.FAILED, State.TERMINATED

Row = tuple[str, str, str | None, State | None, int | None]


def read(text: str, setting: ListingSetting = LONDON) -> Listed:
    form = listing_format(text)
    assert form is not None
    return form.read(text, setting)


def read_file(name: str) -> Listed:
    return read((FOLDER / name).read_text(encoding="utf-8"))


def rows(listed: Listed) -> list[Row]:
    """The runs with times such as `3 22:15:03`: the day, and the time in UTC."""

    def shown(moment: datetime) -> str:
        assert moment.tzinfo is timezone.utc
        return f"{moment.day} {moment:%H:%M:%S}"

    return [
        (run.job, shown(run.start), run.end and shown(run.end), run.state, run.code)
        for run in log_of(listed.runs).runs
    ]


def test_every_format_is_recognised_by_its_content() -> None:
    found = {}
    for path in FOLDER.iterdir():
        form = listing_format(path.read_text(encoding="utf-8"))
        found[path.name] = form and form.title
    assert found == {
        "autorep.txt": "autorep -J",
        "autorep_detail.txt": "autorep -J",
        "forecast.txt": "forecast",
        "sj.txt": "conman sj, conman ss",
        "ss.txt": "conman sj, conman ss",
        "table.csv": "table",
    }
    assert set(found.values()) == {form.title for form in LISTINGS}


def test_autorep() -> None:
    listed = read_file("autorep.txt")
    assert listed.extent is Extent.SOME
    assert rows(listed) == [
        ("FARM.FEED", "2 07:00:00", "2 07:30:00", None, None),
        ("FARM.NIGHT", "3 22:15:03", "3 22:41:10", BAD, 0),
        ("FARM.MILK", "3 22:15:04", "3 22:19:59", GOOD, 0),
        ("FARM.CHURN", "3 22:20:01", "3 22:41:09", BAD, 3),
        ("FARM.WEIGH", "4 05:00:00", "4 05:10:00", KILLED, 137),
        ("FARM.GATE", "4 06:00:02", None, None, None),
    ]
    assert listed.idle == 1
    assert listed.unread == ((11, "CAUAJM_I_50016 End of report."),)


def test_autorep_with_events_has_earlier_runs_and_joins_tries() -> None:
    listed = read_file("autorep_detail.txt")
    assert rows(listed) == [
        ("FARM.CHURN", "3 20:00:01", "3 20:07:00", KILLED, None),
        ("FARM.MILK", "3 22:15:05", "3 22:19:59", GOOD, 0),
        ("FARM.CHURN", "3 22:20:01", "3 22:41:09", BAD, 3),
    ]
    assert listed.unread == ((30, "  see the cow for details"),)


def test_forecast() -> None:
    listed = read_file("forecast.txt")
    assert listed.extent is Extent.FORECAST
    assert rows(listed) == [
        ("FARM.MILK", "5 22:15:00", None, None, None),
        ("FARM.NIGHT", "5 22:15:00", None, None, None),
        ("FARM.NIGHT", "6 22:15:00", None, None, None),
    ]
    assert listed.unread == ((6, "total: 2 jobs"),)


def test_conman_jobs() -> None:
    """A start is the first such time after that of the stream, maybe on the next day."""
    listed = read_file("sj.txt")
    assert listed.extent is Extent.ALL
    assert rows(listed) == [
        ("DAIRY#NIGHT", "3 21:30:00", "4 00:35:00", BAD, None),
        ("DAIRY#NIGHT.MILK", "3 21:30:00", "3 21:35:00", GOOD, 0),
        ("DAIRY#NIGHT.CHURN", "3 23:50:00", "4 00:35:00", BAD, 3),
        ("DAIRY#NIGHT.CHURN", "4 00:35:00", None, None, None),
    ]
    assert (listed.idle, listed.unread) == (4, ((13, "Batchman LIVES."),))


def test_conman_streams() -> None:
    listed = read_file("ss.txt")
    assert rows(listed) == [("DAIRY#NIGHT", "3 21:30:00", "4 00:35:00", GOOD, None)]
    assert (listed.idle, listed.unread) == (1, ())


def test_table() -> None:
    listed = read_file("table.csv")
    assert listed.extent is Extent.ALL
    assert rows(listed) == [
        ("FARM.MILK", "2 22:15:00", "2 22:19:00", GOOD, 4),
        ("FARM.NIGHT", "2 22:15:00", "2 22:20:00", GOOD, None),
        ("FARM.GATE", "3 06:00:00", None, None, None),
    ]
    assert listed.idle == 1
    assert [number for number, _ in listed.unread] == [6, 7, 8]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_a_table_without_ends_is_a_forecast(sign: str) -> None:
    listed = read(f"job{sign}start{sign}end\nA{sign}2026-11-05T06:00:00\n".replace("\n", "\r\n"))
    assert (listed.extent, rows(listed)) == (
        Extent.FORECAST,
        [("A", "5 06:00:00", None, None, None)],
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-07-01 12:00:00", "1 11:00:00"),
        ("2026-07-01T12:00:00+05:30", "1 06:30:00"),
        ("2026-07-01T12:00Z", "1 12:00:00"),
        ("2026-07-01T12:00:00.123456789Z", "1 12:00:00"),
        ("07/01/2026 12:00", "1 11:00:00"),
        ("07/01/26 12:00:30", "1 11:00:30"),
        ("13/01/2026 12:00:00", "13 12:00:00"),
        # 01:30 happens twice, and 01:30 in spring never.
        ("10/25/2026 01:30:00", "25 00:30:00"),
        ("03/29/2026 01:30:00", "29 01:30:00"),
    ],
)
def test_times(text: str, expected: str) -> None:
    (row,) = rows(read(f"job,start\nA,{text}\n"))
    assert row[1] == expected


@pytest.mark.parametrize(
    "text", ["2026-13-01 12:00:00", "2026-01-01 25:00:00", "noon", "0001-01-01T00:00:00+05:00"]
)
def test_times_that_are_none(text: str) -> None:
    listed = read(f"job,start\nA,{text}\n")
    assert (listed.runs, [number for number, _ in listed.unread]) == ((), [2])


def test_an_end_in_the_repeated_hour_is_not_before_its_start() -> None:
    line = "A  10/25/2026 01:50:00  10/25/2026 01:10:00  SU  1/1 0\n"
    text = "Job Name  Last Start  Last End  ST Run/Ntry Pri/Xit\n" + line
    assert rows(read(text)) == [("A", "25 00:50:00", "25 01:10:00", GOOD, 0)]


@pytest.mark.parametrize(
    ("near", "year"),
    [(date(2026, 11, 5), 2026), (date(2027, 1, 2), 2026), (date(2028, 6, 1), 2028)],
)
def test_a_day_without_year_is_the_nearest_one(near: date, year: int) -> None:
    assert ListingSetting("UTC", near).day(12, 30).year in (year, year - (near.month == 6))


def test_a_day_that_exists_in_leap_years_only() -> None:
    assert ListingSetting("UTC", date(2027, 3, 1)).day(2, 29) == date(2028, 2, 29)
    with pytest.raises(ValueError, match="no date"):
        ListingSetting("UTC", date(2026, 3, 1)).day(2, 29 + 1)


def test_no_listing() -> None:
    for text in ("", "\n", "insert_job: A\ncommand: true\n", "a,b\n1,2\n", "job\nA\n", '"\n'):
        assert listing_format(text) is None


def test_a_run_that_two_files_have_counts_once_with_all_that_is_known() -> None:
    twice = [*read_file("autorep.txt").runs, *read_file("autorep.txt").runs]
    assert log_of(twice) == log_of(read_file("autorep.txt").runs)
    numbers = [run.number for run in log_of(read_file("autorep_detail.txt").runs).runs]
    assert numbers == [1, 1, 2]


# ------------------------------------------------------------------------- any text

texts = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.iterdir())]
heads = st.sampled_from([text[: text.index("\n", 80) + 1] for text in texts])
pieces = st.sampled_from(
    [
        *("11/03/2026 22:15:03", "-----", "SU", "FA/3", " ", "  ", "\n", "\t", ";", ",", "|", '"'),
        *("FARM.NIGHT", "DAIRY#NIGHT", "2130", "2961", "13/45", "11/03", "*******", "SUCC", "10"),
        *("(21:30)", "00:05", ">>", "+", "Status/[Event]  Time", "STARTING", "RESTART", "\0", "é"),
        *("2026-11-03T22:15:03Z", "99/99/9999 99:99:99", "0", "-1", "99999999999", "\u2028", "۳"),
    ]
)


@settings(max_examples=share_of(400), deadline=None)
@given(heads, st.lists(pieces | st.text(max_size=4), max_size=40).map("".join))
def test_any_text_is_read(head: str, text: str) -> None:
    read_listing((head + text).encode("utf-8", "surrogatepass"))


@settings(max_examples=share_of(200), deadline=None)
@given(st.sampled_from(texts), st.data())
def test_damaged_listings_are_read(text: str, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2).map(sorted))
    read_listing((text[: places[0]] + text[places[1] :]).encode())


def test_long_lines_take_no_time() -> None:
    for text in texts:
        for filler in (" ", "A", "1/1/1 ", ">> a ", "_ *"):
            read_listing((text + filler * 20_000 + "\n").encode())
